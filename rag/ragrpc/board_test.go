package ragrpc

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// absent is what a test does not ask for.
type absent interface{ Talks }

// stored is a shop's open talks in a database that takes a second to read all of them.
type stored struct {
	absent
	mu    sync.Mutex
	open  map[uuid.UUID]rag.OpenTalk
	reads int // of all
}

func (s *stored) OpenTalks(_ context.Context, id tenant.ID, now time.Time) ([]rag.OpenTalk, error) {
	s.mu.Lock()
	s.reads++
	list := s.list(nil)
	s.mu.Unlock()
	time.Sleep(time.Second) // of the bubble's clock
	return list, nil
}

func (s *stored) OpenTalksOf(_ context.Context, _ tenant.ID, conversations []uuid.UUID, _ time.Time) ([]rag.OpenTalk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list(conversations), nil
}

func (s *stored) list(of []uuid.UUID) (out []rag.OpenTalk) {
	for id, t := range s.open {
		if of == nil || slices.Contains(of, id) {
			out = append(out, t)
		}
	}
	return out
}

func TestOpenTalksAreReadOnceForAllWhoLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept, gone, late := uuid.New(), uuid.New(), uuid.New()
		db := &stored{open: map[uuid.UUID]rag.OpenTalk{
			kept: {ID: kept, State: rag.Waiting, DueAt: time.Now().Add(time.Hour)}, gone: {ID: gone, State: rag.Waiting},
		}}
		var all boards
		shop := tenant.ID{UUID: uuid.New()}
		b := all.join(shop)
		read := func(list []uuid.UUID, everything bool, age time.Duration) []rag.OpenTalk {
			open, err := b.read(t.Context(), db, shop, time.Now, list, everything, age)
			if err != nil {
				t.Error(err)
			}
			return open
		}
		var wait sync.WaitGroup
		for range 10 {
			wait.Go(func() {
				if got := read(nil, true, 0); len(got) != 2 {
					t.Errorf("%+v", got)
				}
			})
		}
		wait.Wait()
		if db.reads > 2 {
			t.Errorf("ten who look at once read everything %d times", db.reads)
		}
		// One conversation ended, another one began to wait: those two alone are read.
		delete(db.open, gone)
		db.open[late] = rag.OpenTalk{ID: late, State: rag.Waiting}
		db.reads = 0
		got := read([]uuid.UUID{gone, late}, false, 0)
		if c := rag.CountInbox(got, uuid.New()); c.Waiting != 2 || c.Overdue != 0 || db.reads != 0 {
			t.Errorf("counted %+v after %d readings of everything", c, db.reads)
		}
		// Waiting becomes too long without anything being stored.
		time.Sleep(2 * time.Hour) // of the bubble's clock
		if c := rag.CountInbox(read(nil, false, 0), uuid.New()); c.Overdue != 1 || db.reads != 0 {
			t.Errorf("counted %+v after %d readings of everything", c, db.reads)
		}
		for range 3 { // what is asked for now and then need not be of this moment
			read(nil, true, time.Minute)
		}
		if db.reads != 1 {
			t.Errorf("read everything %d times within a minute", db.reads)
		}
		all.join(shop)
		all.leave(shop)
		all.leave(shop)
		if len(all.of) != 0 {
			t.Error("a shop that nobody looks at is kept")
		}
	})
}
