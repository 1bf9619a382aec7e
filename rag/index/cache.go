package index

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"time"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

// Knowledge is what a shop has published.
type Knowledge struct {
	Entries  []rag.Entry
	Products []product.Product
	Vectors  Vectors   // nil without an embedding model
	Version  int64     // grows with every change of what is published
	Until    time.Time // when entries become valid or cease to be, next; zero: never
	Model    string    // the embedder that made Vectors; "" and lexical.Model: none needed
}

// A Loader reads published knowledge from where it is kept for good.
type Loader interface {
	// Load reads everything that the tenant has published, in one consistent
	// state. A tenant without entries is not an error.
	Load(ctx context.Context, id tenant.ID) (Knowledge, error)
	// Version reads the current versions of many tenants in one query; a
	// tenant that is no more is missing from the answer.
	Version(ctx context.Context, ids []tenant.ID) (map[tenant.ID]int64, error)
}

const (
	// embedTimeout is how long a question may wait for its vector; past it the
	// lexical half answers alone.
	embedTimeout = 400 * time.Millisecond
	// embedPause is how long an embedder that failed is left alone, so that
	// not every question waits for the same broken engine.
	embedPause = 2 * time.Second
)

// A Cache holds the indexes of the shops that are being asked. The first
// question loads a shop; a newer version loads in the background while the old
// one goes on answering, and so it does when the database is away. Safe for
// concurrent use.
type Cache struct {
	loader   Loader
	embedder func(model string) rag.Embedder
	maxBytes int64
	now      func() time.Time

	loads sync.WaitGroup

	mu    sync.Mutex
	shops map[tenant.ID]*shop
	order *list.List // of *shop with an index, most recently asked first
	stats Stats
}

// A shop is one tenant's place in the cache. Its fields are the cache's mutex's.
type shop struct {
	id      tenant.ID
	index   *Index // nil until the first load is done
	place   *list.Element
	wanted  int64         // the version heard of last
	loading chan struct{} // closed when the load that runs is done; nil: none runs
	err     error         // of the last load
	embed   time.Time     // no embedding before
}

// NewCache makes a cache of at most maxBytes (one shop is always kept, however
// large). embedder returns the engine that made the vectors of this name, or nil
// while it is not to be had.
func NewCache(loader Loader, embedder func(model string) rag.Embedder, maxBytes int64, now func() time.Time) *Cache {
	return &Cache{
		loader: loader, embedder: embedder, maxBytes: maxBytes, now: now,
		shops: make(map[tenant.ID]*shop), order: list.New(),
	}
}

// Retrieve finds a tenant's entries for a question. Errors: rag.ErrNoKnowledge
// when the tenant has published nothing, the loader's when the tenant is not
// in memory and cannot be read, the context's.
func (c *Cache) Retrieve(ctx context.Context, id tenant.ID, question string) (rag.Retrieval, error) {
	index, err := c.index(ctx, id)
	if err != nil {
		return rag.Retrieval{}, err
	}
	if len(index.entries) == 0 && index.options.Shelf == nil {
		return rag.Retrieval{}, rag.ErrNoKnowledge
	}
	found := index.Search(question, func() []float32 { return c.embed(ctx, id, index.options.Model, question) })
	if err := ctx.Err(); err != nil {
		return rag.Retrieval{}, err
	}
	if index.past(c.now()) {
		found = valid(found, c.now())
	}
	return found, nil
}

// embed asks for a question's vector, and gives nil where there is none to be
// had now: the retrieval then says Engine "lexical", and Stats counts it.
func (c *Cache) embed(ctx context.Context, id tenant.ID, model, question string) []float32 {
	engine := c.embedder(model)
	c.mu.Lock()
	s := c.shops[id]
	usable := engine != nil && (s == nil || !c.now().Before(s.embed))
	c.mu.Unlock()
	var vector []float32
	var err error
	if usable {
		limited, cancel := context.WithTimeout(ctx, embedTimeout)
		vector, err = engine.EmbedQuery(limited, question)
		cancel()
	}
	if usable && err == nil || ctx.Err() != nil {
		return vector
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.LexicalOnly++
	// A text that the engine refuses says nothing about the next one: else a shopper
	// could take the vectors from everybody else's questions.
	if s != nil && (errors.Is(err, rag.ErrModelUnavailable) || errors.Is(err, context.DeadlineExceeded)) {
		s.embed = c.now().Add(embedPause)
	}
	return nil
}

// index gives the tenant's index, waiting for its first load if need be.
func (c *Cache) index(ctx context.Context, id tenant.ID) (*Index, error) {
	c.mu.Lock()
	s := c.shops[id]
	if s == nil {
		s = &shop{id: id}
		c.shops[id] = s
	}
	if index := s.index; index != nil {
		c.order.MoveToFront(s.place)
		c.mu.Unlock()
		return index, nil
	}
	c.load(s)
	loaded := s.loading
	c.mu.Unlock()

	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-loaded:
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.index == nil {
		return nil, s.err
	}
	return s.index, nil
}
