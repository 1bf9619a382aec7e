package index

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/tenant"
)

// A shelf is a Loader whose knowledge the test sets.
type shelf struct {
	mu     sync.Mutex
	known  map[tenant.ID]Knowledge
	err    error
	loads  map[tenant.ID]int
	checks int
	gate   chan struct{} // when set, a load waits for it
}

var errAway = errors.New("the database is away")

func newShelf() *shelf {
	return &shelf{known: map[tenant.ID]Knowledge{}, loads: map[tenant.ID]int{}}
}

func (s *shelf) Load(ctx context.Context, id tenant.ID) (Knowledge, error) {
	s.mu.Lock()
	gate := s.gate
	s.loads[id]++
	s.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return Knowledge{}, ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[id], s.err
}

func (s *shelf) Version(_ context.Context, ids []tenant.ID) (map[tenant.ID]int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.checks++
	if s.err != nil {
		return nil, s.err
	}
	versions := map[tenant.ID]int64{}
	for _, id := range ids {
		if known, ok := s.known[id]; ok {
			versions[id] = known.Version
		}
	}
	return versions, nil
}

func (s *shelf) set(id tenant.ID, version int64, entries ...rag.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[id] = Knowledge{Entries: entries, Version: version}
}

func (s *shelf) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

func (s *shelf) hold(gate chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate = gate
}

func (s *shelf) loaded(id tenant.ID) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loads[id]
}

func builtinOnly(string) rag.Embedder { return nil }

func newCache(loader Loader, maxBytes int64) *Cache {
	return NewCache(loader, builtinOnly, maxBytes, time.Now)
}

// answer asks and gives the first match's answer.
func answer(t *testing.T, c *Cache, id tenant.ID, question string) string {
	t.Helper()
	found, err := c.Retrieve(t.Context(), id, question)
	if err != nil {
		t.Fatalf("ask %q: %v", question, err)
	}
	if len(found.Matches) == 0 {
		return ""
	}
	return found.Matches[0].Entry.Answer
}

func TestCacheKeepsTenantsApart(t *testing.T) {
	s, a, b := newShelf(), tenant.NewID(), tenant.NewID()
	s.set(a, 1, entry("opening hours", "nine"))
	s.set(b, 1, entry("opening hours", "ten"))
	c := newCache(s, 1<<30)
	for range 3 {
		if got := answer(t, c, a, "opening hours"); got != "nine" {
			t.Errorf("the first tenant was answered %q", got)
		}
		if got := answer(t, c, b, "opening hours"); got != "ten" {
			t.Errorf("the second tenant was answered %q", got)
		}
	}
	if s.loaded(a) != 1 || s.loaded(b) != 1 {
		t.Errorf("loaded %d and %d times", s.loaded(a), s.loaded(b))
	}
}

func TestCacheWithoutKnowledge(t *testing.T) {
	s, id := newShelf(), tenant.NewID()
	c := newCache(s, 1<<30)
	for range 2 {
		if _, err := c.Retrieve(t.Context(), id, "anything"); !errors.Is(err, rag.ErrNoKnowledge) {
			t.Fatalf("got the error %v", err)
		}
	}
	if s.loaded(id) != 1 {
		t.Errorf("an empty shop was loaded %d times", s.loaded(id))
	}
}

func TestCacheLoadsOnceForManyQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, id := newShelf(), tenant.NewID()
		s.set(id, 1, entry("opening hours", "nine"))
		gate := make(chan struct{})
		s.hold(gate)
		c := newCache(s, 1<<30)
		var group sync.WaitGroup
		for range 20 {
			group.Go(func() {
				if got := answer(t, c, id, "opening hours"); got != "nine" {
					t.Errorf("answered %q", got)
				}
			})
		}
		impatient, cancel := context.WithCancel(t.Context())
		group.Go(func() {
			if _, err := c.Retrieve(impatient, id, "opening hours"); !errors.Is(err, context.Canceled) {
				t.Errorf("the impatient one got %v", err)
			}
		})
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(gate)
		group.Wait()
		if s.loaded(id) != 1 {
			t.Errorf("21 questions at once loaded the shop %d times", s.loaded(id))
		}
	})
}

func TestCacheServesTheOldWhileTheNewLoads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, id := newShelf(), tenant.NewID()
		s.set(id, 1, entry("opening hours", "nine"))
		c := newCache(s, 1<<30)
		answer(t, c, id, "opening hours")
		gate := make(chan struct{})
		s.hold(gate)
		s.set(id, 2, entry("opening hours", "ten"))
		c.Invalidate(id, 2)
		synctest.Wait()
		if got := answer(t, c, id, "opening hours"); got != "nine" {
			t.Errorf("while the new one loads, answered %q", got)
		}
		s.set(id, 3, entry("opening hours", "eleven"))
		c.Invalidate(id, 3)
		c.Invalidate(id, 2) // late, and old
		close(gate)
		synctest.Wait()
		found, err := c.Retrieve(t.Context(), id, "opening hours")
		if err != nil || found.Version != 3 || found.Matches[0].Entry.Answer != "eleven" {
			t.Errorf("got %v, %v", found, err)
		}
		c.Invalidate(tenant.NewID(), 5) // not in memory: nothing to do
		if stats := c.Stats(); stats.Shops != 1 {
			t.Errorf("%d shops in memory", stats.Shops)
		}
	})
}

func TestCacheLoadsAgainWhatChangedWhileItLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, id := newShelf(), tenant.NewID()
		s.set(id, 1, entry("opening hours", "nine"))
		c := newCache(s, 1<<30)
		answer(t, c, id, "opening hours")
		gate := make(chan struct{})
		s.hold(gate)
		c.Invalidate(id, 2)
		synctest.Wait()
		c.Invalidate(id, 3)
		s.set(id, 2, entry("opening hours", "ten"))
		gate <- struct{}{}
		synctest.Wait()
		s.set(id, 3, entry("opening hours", "eleven"))
		gate <- struct{}{}
		synctest.Wait()
		if got := answer(t, c, id, "opening hours"); got != "eleven" {
			t.Errorf("answered %q", got)
		}
	})
}

func TestCacheChecksEverySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, kept, gone := newShelf(), tenant.NewID(), tenant.NewID()
		s.set(kept, 1, entry("opening hours", "nine"))
		s.set(gone, 1, entry("opening hours", "nine"))
		c := newCache(s, 1<<30)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- c.Run(ctx) }()
		answer(t, c, kept, "opening hours")
		answer(t, c, gone, "opening hours")

		s.set(kept, 2, entry("opening hours", "ten"))
		s.mu.Lock()
		delete(s.known, gone)
		s.mu.Unlock()
		time.Sleep(1100 * time.Millisecond) // of the bubble's clock
		synctest.Wait()
		if got := answer(t, c, kept, "opening hours"); got != "ten" {
			t.Errorf("a second after the change, answered %q", got)
		}
		if stats := c.Stats(); stats.Shops != 1 || stats.CheckedAt.IsZero() {
			t.Errorf("after the check the cache has %+v", stats)
		}
		if s.checks != 1 {
			t.Errorf("a second took %d version queries", s.checks)
		}

		s.fail(errAway)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got := answer(t, c, kept, "opening hours"); got != "ten" {
			t.Errorf("with the database away, answered %q", got)
		}
		if stats := c.Stats(); stats.CheckErrors != 3 {
			t.Errorf("three failed checks are counted as %d", stats.CheckErrors)
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %v", err)
		}
	})
}

func TestCacheKeepsTheOldWhenTheNewCannotBeLoaded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, id := newShelf(), tenant.NewID()
		s.set(id, 1, entry("opening hours", "nine"))
		c := newCache(s, 1<<30)
		answer(t, c, id, "opening hours")
		s.fail(errAway)
		c.Invalidate(id, 2)
		synctest.Wait()
		if got := answer(t, c, id, "opening hours"); got != "nine" {
			t.Errorf("answered %q", got)
		}
		s.fail(nil)
		s.set(id, 2, entry("opening hours", "ten"))
		if err := c.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := answer(t, c, id, "opening hours"); got != "ten" {
			t.Errorf("once the database is back, answered %q", got)
		}
		if stats := c.Stats(); stats.LoadErrors != 1 {
			t.Errorf("one failed load is counted as %d", stats.LoadErrors)
		}
	})
}

func TestCacheFollowsARestoredBackup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, id := newShelf(), tenant.NewID()
		s.set(id, 7, entry("opening hours", "nine"))
		c := newCache(s, 1<<30)
		answer(t, c, id, "opening hours")
		s.set(id, 4, entry("opening hours", "ten"))
		c.Invalidate(id, 9) // announced, then lost with the old database
		synctest.Wait()
		for range 3 {
			if err := c.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if got := answer(t, c, id, "opening hours"); got != "ten" || s.loaded(id) != 2 {
			t.Errorf("answered %q after %d loads", got, s.loaded(id))
		}
	})
}

func TestCacheTriesAFailedFirstLoadAgain(t *testing.T) {
	s, id := newShelf(), tenant.NewID()
	s.set(id, 1, entry("opening hours", "nine"))
	s.fail(errAway)
	c := newCache(s, 1<<30)
	if _, err := c.Retrieve(t.Context(), id, "opening hours"); !errors.Is(err, errAway) {
		t.Fatalf("got the error %v", err)
	}
	s.fail(nil)
	if got := answer(t, c, id, "opening hours"); got != "nine" {
		t.Errorf("answered %q", got)
	}
}

func TestCacheForgetsTheShopAskedLongestAgo(t *testing.T) {
	s, ids := newShelf(), []tenant.ID{tenant.NewID(), tenant.NewID(), tenant.NewID()}
	size := Build(teaShop(), nil, Options{}).Bytes()
	for _, id := range ids {
		s.set(id, 1, teaShop()...)
	}
	c := newCache(s, int64(2*size))
	for _, i := range []int{0, 1, 0, 2, 0} { // the third load pushes shop 1 out
		answer(t, c, ids[i], "tea")
	}
	if s.loaded(ids[0]) != 1 || s.loaded(ids[1]) != 1 {
		t.Errorf("loaded %d and %d times", s.loaded(ids[0]), s.loaded(ids[1]))
	}
	answer(t, c, ids[1], "tea")
	if s.loaded(ids[1]) != 2 {
		t.Errorf("the shop asked longest ago was loaded %d times", s.loaded(ids[1]))
	}
	if stats := c.Stats(); stats.Shops != 2 || stats.Bytes != int64(2*size) || stats.Evictions != 2 {
		t.Errorf("the cache has %+v", stats)
	}
	tiny := newCache(s, 1)
	if got := answer(t, tiny, ids[0], "brew green tea"); got == "" {
		t.Error("a shop larger than the cache was not answered")
	}
}

// An engine is an embedder whose state the test sets.
type engine struct {
	lexical.Embedder
	name  string
	err   error
	calls int
}

func (e *engine) Model() string { return e.name }

func (e *engine) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	e.calls++
	if e.err != nil {
		return nil, e.err
	}
	return e.Embedder.EmbedQuery(ctx, text)
}

func TestCacheWithAnEmbeddingModel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		id, e := tenant.NewID(), &engine{name: "model@1"}
		vector, err := e.EmbedQuery(t.Context(), "opening hours")
		if err != nil {
			t.Fatal(err)
		}
		e.calls = 0
		s := newShelf()
		s.known[id] = Knowledge{Entries: []rag.Entry{entry("opening hours", "nine")}, Vectors: Vectors{{vector}}, Version: 1, Model: "model@1"}
		c := NewCache(s, func(model string) rag.Embedder {
			if e.name != model {
				return nil
			}
			return e
		}, 1<<30, time.Now)
		asks := func(want string, lexicalOnly int64) {
			t.Helper()
			found, err := c.Retrieve(t.Context(), id, "the hours of the shop") // its words alone leave a doubt
			if err != nil || found.Engine != want || len(found.Matches) != 1 {
				t.Errorf("got %+v, %v; want the engine %s", found, err, want)
			}
			if got := c.Stats().LexicalOnly; got != lexicalOnly {
				t.Errorf("%d questions are counted as lexical only, want %d", got, lexicalOnly)
			}
		}
		asks("model@1", 0)
		e.err = rag.ErrModelUnavailable
		asks("lexical", 1)
		e.err = nil
		asks("lexical", 2) // left alone for a while
		if e.calls != 2 {
			t.Errorf("the broken engine was called %d times", e.calls)
		}
		time.Sleep(embedPause)
		asks("model@1", 2)
		e.name = "model@2" // replaced, the vectors not yet made anew
		asks("lexical", 3)
	})
}

func TestCacheIsSafeForConcurrentUse(t *testing.T) {
	s := newShelf()
	ids := make([]tenant.ID, 6)
	for i := range ids {
		ids[i] = tenant.NewID()
		s.set(ids[i], 1, teaShop()...)
	}
	c := newCache(s, int64(3*Build(teaShop(), nil, Options{}).Bytes()))
	var group sync.WaitGroup
	for worker := range 6 {
		group.Go(func() {
			for i := range 30 {
				id := ids[(worker+i)%len(ids)]
				if _, err := c.Retrieve(t.Context(), id, "tea"); err != nil {
					t.Error(err)
				}
				s.set(id, int64(i), teaShop()...)
				c.Invalidate(id, int64(i))
				if err := c.Check(t.Context()); err != nil {
					t.Error(err)
				}
				c.Stats()
			}
		})
	}
	group.Wait()
	c.loads.Wait()
}
