package ragrpc

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// boards are the shops' open talks, each for as long as somebody looks at them.
type boards struct {
	mu sync.Mutex
	of map[tenant.ID]*board
}

// A board is a shop's open talks as they were read last, for all who look at them at
// once: to count them anew after each message, by reading all of them, takes a second
// of the database's time in a shop that has twenty thousand.
type board struct {
	looking int // guarded by boards.mu

	turn  chan struct{} // held by who reads or writes what follows
	talks map[uuid.UUID]rag.OpenTalk
	began time.Time // of the last reading of all of them, by this process's clock; zero: none yet
}

// join returns the shop's board; leave it.
func (s *boards) join(id tenant.ID) *board {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.of[id]
	if b == nil {
		b = &board{turn: make(chan struct{}, 1)}
		if s.of == nil {
			s.of = map[tenant.ID]*board{}
		}
		s.of[id] = b
	}
	b.looking++
	return b
}

func (s *boards) leave(id tenant.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[id].looking--; s.of[id].looking == 0 {
		delete(s.of, id)
	}
}

// read returns the shop's open talks, in no order, with every change that was stored
// before the call in the conversations of list; if all is set, in any, as of age ago. Readings
// of all that are asked for while one goes on share the next.
func (b *board) read(ctx context.Context, talks Talks, id tenant.ID, now func() time.Time, list []uuid.UUID, all bool, age time.Duration) ([]rag.OpenTalk, error) {
	asked := time.Now()
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	switch {
	case b.began.After(asked):
	case b.began.IsZero(), all && !b.began.After(asked.Add(-age)):
		began := time.Now()
		open, err := talks.OpenTalks(ctx, id, now())
		if err != nil {
			return nil, err
		}
		b.talks, b.began = make(map[uuid.UUID]rag.OpenTalk, len(open)), began
		b.put(open)
	case len(list) > 0:
		open, err := talks.OpenTalksOf(ctx, id, list, now())
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			delete(b.talks, c)
		}
		b.put(open)
	}
	out, at := slices.Collect(maps.Values(b.talks)), now()
	for i := range out {
		out[i].Overdue = !out[i].DueAt.IsZero() && !out[i].DueAt.After(at)
	}
	return out, nil
}

func (b *board) put(open []rag.OpenTalk) {
	for _, t := range open {
		b.talks[t.ID] = t
	}
}
