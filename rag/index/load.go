package index

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"storebot/rag/product"
	"storebot/tenant"
)

// loadTimeout bounds one load of one shop.
const loadTimeout = 30 * time.Second

// load starts a load of the shop unless one runs. The caller holds the mutex.
func (c *Cache) load(s *shop) {
	if s.loading != nil {
		return
	}
	done := make(chan struct{})
	s.loading = done
	wanted := s.wanted
	c.loads.Go(func() {
		defer close(done)
		// The load is for every question that waits, not for the first one's
		// context.
		ctx, cancel := context.WithTimeout(context.Background(), loadTimeout)
		defer cancel()
		index, err := c.read(ctx, s.id)
		c.loaded(s, index, wanted, err)
	})
}

// read reads a shop and builds its index. A shop that breaks the building is told
// as an error: it must not end the process, in which all the others are.
func (c *Cache) read(ctx context.Context, id tenant.ID) (index *Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			index, err = nil, fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	known, err := c.loader.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return Build(known.Entries, known.Vectors, Options{Version: known.Version, Model: known.Model, Until: known.Until, Shelf: product.NewShelf(known.Products)}), nil
}

// loaded takes in what a load brought that was started for a version.
func (c *Cache) loaded(s *shop, index *Index, wanted int64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.loading = nil
	if c.shops[s.id] != s {
		return // forgotten meanwhile: its tenant is no more
	}
	c.stats.Loads++
	if err != nil {
		c.stats.LoadErrors++
		s.err = fmt.Errorf("load the knowledge of tenant %s: %w", s.id, err)
		if s.index == nil {
			delete(c.shops, s.id)
		}
		return
	}
	if s.index != nil {
		c.stats.Bytes -= s.index.held()
		c.order.MoveToFront(s.place)
	} else {
		s.place = c.order.PushFront(s)
	}
	s.index, s.err = index, nil
	c.stats.Bytes += index.held()
	c.evict()
	// Again only if a newer version was announced meanwhile: an announced one
	// that the database does not have (a restored backup) is never reached.
	if s.wanted > wanted && s.wanted > index.options.Version {
		c.load(s)
	}
}

// evict forgets the shops asked longest ago until the rest fits.
func (c *Cache) evict() {
	for c.stats.Bytes > c.maxBytes && c.order.Len() > 1 {
		c.forget(c.order.Back().Value.(*shop))
		c.stats.Evictions++
	}
}

func (c *Cache) forget(s *shop) {
	if s.index != nil {
		c.order.Remove(s.place)
		c.stats.Bytes -= s.index.held()
	}
	delete(c.shops, s.id)
}
