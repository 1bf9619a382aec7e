package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storebot/tenant"
)

const (
	checkEvery   = time.Second
	checkTimeout = 5 * time.Second
)

// Invalidate says that the tenant's knowledge has reached a version. A shop
// that is not in memory needs nothing.
func (c *Cache) Invalidate(id tenant.ID, version int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.shops[id]
	if s == nil || version <= s.wanted {
		return
	}
	s.wanted = version
	if s.index != nil && s.index.options.Version < version {
		c.load(s)
	}
}

// Run checks the versions of the shops in memory every second until ctx ends,
// so that a lost notification is made good. It returns the context's error.
func (c *Cache) Run(ctx context.Context) error {
	ticker := time.NewTicker(checkEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			c.loads.Wait()
			return ctx.Err()
		case <-ticker.C:
			// A failed check is counted; the shops go on answering.
			_ = c.Check(ctx)
		}
	}
}

// Check compares the versions of the shops in memory with the database's, in
// one query, starts loading what differs there, and the shops of which an entry
// became valid or ceased to be, and forgets tenants that are no more.
func (c *Cache) Check(ctx context.Context) error {
	c.mu.Lock()
	ids := make([]tenant.ID, 0, c.order.Len())
	for e := c.order.Front(); e != nil; e = e.Next() {
		ids = append(ids, e.Value.(*shop).id)
	}
	c.mu.Unlock()
	var versions map[tenant.ID]int64
	if len(ids) > 0 {
		ctx, cancel := context.WithTimeout(ctx, checkTimeout)
		defer cancel()
		var err error
		if versions, err = c.loader.Version(ctx, ids); err != nil {
			if !errors.Is(err, context.Canceled) {
				c.mu.Lock()
				c.stats.CheckErrors++
				c.mu.Unlock()
			}
			return fmt.Errorf("check the versions of %d tenants: %w", len(ids), err)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.CheckedAt = c.now()
	for _, id := range ids {
		s := c.shops[id]
		if s == nil || s.index == nil {
			continue // forgotten meanwhile, and perhaps asked again
		}
		version, known := versions[id]
		switch {
		case !known:
			c.forget(s)
		case s.index.options.Version != version:
			// Also a lower one: a restored backup counts on from where it was.
			s.wanted = version
			c.load(s)
		case s.index.past(c.stats.CheckedAt):
			c.load(s)
		}
	}
	return nil
}
