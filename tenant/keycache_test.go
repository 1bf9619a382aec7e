package tenant

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// shelf stands for the store: what a key opens, how long a read takes, and
// whether it fails. Fields change between calls only.
type shelf struct {
	reads atomic.Int64
	delay time.Duration
	fail  error
	keys  map[Hash]KeyInfo
}

func (s *shelf) read(ctx context.Context, h Hash) (KeyInfo, error) {
	s.reads.Add(1)
	info, there := s.keys[h] // as a read's snapshot: before the time it takes
	select {
	case <-time.After(s.delay):
	case <-ctx.Done():
		return KeyInfo{}, ctx.Err()
	}
	if s.fail != nil {
		return KeyInfo{}, s.fail
	}
	if !there {
		return KeyInfo{}, ErrNotFound
	}
	return info, nil
}

func newShelf() (*shelf, *keyCache, Hash, KeyInfo) {
	h, info := Hash{1}, KeyInfo{Tenant: NewID(), Status: Active}
	s := &shelf{keys: map[Hash]KeyInfo{h: info}, delay: 10 * time.Millisecond}
	return s, newKeyCache(s.read, time.Now), h, info
}

func TestKeyCacheReadsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c, h, info := newShelf()
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if got, err := c.get(t.Context(), h); err != nil || got.Tenant != info.Tenant {
					t.Errorf("get = %v, %v", got, err)
				}
			})
		}
		all.Wait()
		if n := s.reads.Load(); n != 1 {
			t.Errorf("100 requests at once made %d reads, want 1", n)
		}
	})
}

// What changes elsewhere is in effect a second later, good or bad.
func TestKeyCacheForgetsWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c, h, info := newShelf()
		other := Hash{2}
		c.get(t.Context(), h)
		if _, err := c.get(t.Context(), other); !errors.Is(err, ErrNotFound) {
			t.Errorf("an unknown key gives %v", err)
		}
		n := s.reads.Load()
		c.get(t.Context(), h)
		c.get(t.Context(), other)
		if s.reads.Load() != n {
			t.Error("what was just read, or not found, is read again")
		}
		suspended := info
		suspended.Status = Suspended
		s.keys = map[Hash]KeyInfo{h: suspended, other: info}
		s.delay = keyPatience - time.Millisecond
		time.Sleep(time.Second - s.delay)
		if got, err := c.get(t.Context(), h); err != nil || got.Status != Suspended {
			t.Errorf("a second after the change: %v, %v", got, err)
		}
		if _, err := c.get(t.Context(), other); err != nil {
			t.Errorf("a second after the key was made: %v", err)
		}
		delete(s.keys, h)
		time.Sleep(time.Second)
		if _, err := c.get(t.Context(), h); !errors.Is(err, ErrNotFound) {
			t.Errorf("a second after the key was revoked: %v", err)
		}
	})
}

// A change made here is in effect at once, even against a read under way.
func TestKeyCacheForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c, h, info := newShelf()
		c.get(t.Context(), h)
		delete(s.keys, h)
		c.forget(info.Tenant)
		if _, err := c.get(t.Context(), h); !errors.Is(err, ErrNotFound) {
			t.Errorf("after forget: %v", err)
		}

		s.keys[h] = info
		time.Sleep(time.Second)
		go c.get(t.Context(), h)
		synctest.Wait() // the read has begun and saw the key
		delete(s.keys, h)
		c.forget(info.Tenant)
		if _, err := c.get(t.Context(), h); !errors.Is(err, ErrNotFound) {
			t.Errorf("a read begun before forget was believed: %v", err)
		}
		synctest.Wait()
		if _, err := c.get(t.Context(), h); !errors.Is(err, ErrNotFound) {
			t.Errorf("a read begun before forget was kept: %v", err)
		}
	})
}

func TestKeyCacheOutlivesTheStore(t *testing.T) {
	down := errors.New("connection refused")
	for name, broken := range map[string]func(*shelf){
		"refused": func(s *shelf) { s.fail = down },
		"hanging": func(s *shelf) { s.delay = time.Hour },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, c, h, info := newShelf()
				c.get(t.Context(), h)
				n := s.reads.Load()
				broken(s)
				for range 50 {
					time.Sleep(100 * time.Millisecond)
					begun := time.Now()
					got, err := c.get(t.Context(), h)
					if err != nil || got.Tenant != info.Tenant {
						t.Fatalf("a known key with the store down: %v, %v", got, err)
					}
					if took := time.Since(begun); took > keyPatience {
						t.Fatalf("a known key with the store down took %v", took)
					}
				}
				if made := s.reads.Load() - n; made > 8 {
					t.Errorf("50 requests in 5 s asked the broken store %d times", made)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				if _, err := c.get(ctx, Hash{9}); !errors.Is(err, down) && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("an unknown key with the store down: %v, want the store's error or the deadline", err)
				}
				time.Sleep(keyOutage)
				if _, err := c.get(t.Context(), h); err == nil {
					t.Error("a key still works long after it was last read")
				}
				// Back again: the truth within a second.
				s.fail, s.delay = nil, time.Millisecond
				time.Sleep(time.Second)
				if got, err := c.get(t.Context(), h); err != nil || got.Tenant != info.Tenant {
					t.Errorf("with the store back: %v, %v", got, err)
				}
				synctest.Wait()
			})
		})
	}
}

// A flood of made-up keys neither grows the memory, nor pushes a shop out, nor
// takes the store to itself.
func TestKeyCacheFlood(t *testing.T) {
	s, c, h, _ := newShelf()
	s.delay = 0
	if _, err := c.get(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	var at, most atomic.Int64
	inner := c.read
	c.read = func(ctx context.Context, hash Hash) (KeyInfo, error) {
		if n := at.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer at.Add(-1)
		return inner(ctx, hash)
	}
	var all sync.WaitGroup
	for w := range 64 {
		all.Go(func() {
			for i := range 300 {
				c.get(t.Context(), Hash{7, byte(w), byte(i), byte(i >> 8)})
			}
		})
	}
	all.Wait()
	if n := len(c.unknown); n > maxUnknown {
		t.Errorf("%d unknown keys are kept, want at most %d", n, maxUnknown)
	}
	if n := len(c.known); n != 1 {
		t.Errorf("%d known keys are left, want the one", n)
	}
	if most.Load() > newReads {
		t.Errorf("%d reads at once, want at most %d", most.Load(), newReads)
	}
}

func BenchmarkKeyCacheHit(b *testing.B) {
	s, c, _, _ := newShelf()
	s.delay = 0
	key := NewKey()
	h, _ := HashKey(key)
	s.keys[h] = KeyInfo{Tenant: NewID(), Status: Active}
	service := &Service{keys: c}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := service.ShopByKey(context.Background(), key); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A watched cache reads nothing again that did not change, and what did change
// elsewhere is in effect within a second, whatever is lost on the way.
func TestKeyCacheWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c, h, info := newShelf()
		type said struct {
			changes Changes
			err     error
		}
		var says atomic.Pointer[said]
		says.Store(&said{changes: Changes{Revision: 7, Complete: true}})
		service := &Service{keys: c, directory: &changing{func(since int64) (Changes, error) {
			time.Sleep(20 * time.Millisecond)
			now := says.Load()
			found := now.changes
			found.Complete = since >= 0 && found.Complete
			if found.Revision == since {
				found.Tenants = nil
			}
			return found, now.err
		}}}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go service.WatchKeys(ctx)
		synctest.Wait()
		time.Sleep(50 * time.Millisecond) // the first question forgets all
		hold := func(d time.Duration) (last KeyInfo, err error) {
			for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
				last, err = c.get(t.Context(), h)
			}
			return last, err
		}
		if _, err := hold(5 * time.Second); err != nil {
			t.Fatal(err)
		}
		if n := s.reads.Load(); n != 1 {
			t.Errorf("in 5 s a watched key was read %d times, want 1", n)
		}

		suspended := info
		suspended.Status = Suspended
		s.keys = map[Hash]KeyInfo{h: suspended}
		says.Store(&said{changes: Changes{Revision: 8, Tenants: []ID{info.Tenant}, Complete: true}})
		if got, err := hold(time.Second); err != nil || got.Status != Suspended {
			t.Errorf("a second after the change: %v, %v", got, err)
		}

		// A change that the store no longer lists: all is forgotten.
		s.keys = map[Hash]KeyInfo{h: info}
		says.Store(&said{changes: Changes{Revision: 3}})
		if got, err := hold(time.Second); err != nil || got.Status != Active {
			t.Errorf("a second after a change that is not listed: %v, %v", got, err)
		}

		// While the question for changes fails, each key is read by itself.
		says.Store(&said{err: errors.New("no such table")})
		s.keys = map[Hash]KeyInfo{h: suspended}
		if got, err := hold(time.Second); err != nil || got.Status != Suspended {
			t.Errorf("a second after the change, unwatched: %v, %v", got, err)
		}
		stop()
		synctest.Wait()
	})
}

// changing is a Directory of which only the changes are asked.
type changing struct{ since func(int64) (Changes, error) }

func (c *changing) ChangesSince(_ context.Context, revision int64) (Changes, error) {
	return c.since(revision)
}
func (*changing) KeyByHash(context.Context, Hash) (KeyInfo, error) { panic("not asked") }
func (*changing) TenantBySlug(context.Context, string) (Tenant, error) {
	panic("not asked")
}
func (*changing) Overdue(context.Context, int) ([]ID, error) { panic("not asked") }
func (*changing) Tenants(context.Context) ([]Listing, error) { panic("not asked") }
