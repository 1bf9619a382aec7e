package ollama

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"storebot/rag"
)

// urgency says who waits for a request: a shopper, or nobody.
type urgency int

const (
	live       urgency = iota // someone is waiting
	background                // an import or a re-embedding
)

// A queue gives a bounded number of slots to a bounded number of waiters, live
// ones always first. Background requests never take the last free slot when
// there are two or more, so a live one waits for another live one only.
type queue struct {
	name          string
	slots         int
	backgroundMax int // of the slots
	limit         int // waiters of each urgency
	wait          [2]time.Duration

	mu      sync.Mutex
	running [2]int
	waiting [2][]chan struct{}
	served  time.Duration // moving mean of how long a slot is held
}

// enter waits for a slot and returns how to give it back. It fails at once with
// rag.ErrModelUnavailable when the queue is full or when the caller's deadline
// would pass before its turn, and after the queue's own longest wait; with the
// context's error when that ends first.
func (q *queue) enter(ctx context.Context, u urgency) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q.mu.Lock()
	if q.free(u) && len(q.waiting[live]) == 0 && (u == live || len(q.waiting[background]) == 0) {
		q.running[u]++
		q.mu.Unlock()
		return q.leaver(u), nil
	}
	ahead := len(q.waiting[u])
	if ahead >= q.limit {
		q.mu.Unlock()
		return nil, fmt.Errorf("%w: %d %s requests wait already", rag.ErrModelUnavailable, ahead, q.name)
	}
	turn := q.served * time.Duration(ahead+1) / time.Duration(q.slots)
	if deadline, ok := ctx.Deadline(); ok && u == live && time.Until(deadline) < turn {
		q.mu.Unlock()
		return nil, fmt.Errorf("%w: the %s queue takes about %s, longer than the caller can wait", rag.ErrModelUnavailable, q.name, turn.Round(time.Millisecond))
	}
	ready := make(chan struct{})
	q.waiting[u] = append(q.waiting[u], ready)
	q.mu.Unlock()

	patience := time.NewTimer(q.wait[u])
	defer patience.Stop()
	select {
	case <-ready:
		return q.leaver(u), nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-patience.C:
		err = fmt.Errorf("%w: no %s slot came free within %s", rag.ErrModelUnavailable, q.name, q.wait[u])
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if i := slices.Index(q.waiting[u], ready); i >= 0 {
		q.waiting[u] = slices.Delete(q.waiting[u], i, i+1)
		return nil, err
	}
	// The slot was given in the same moment: pass it on.
	q.running[u]--
	q.grant()
	return nil, err
}

// free tells whether a slot may be taken now. The caller holds mu.
func (q *queue) free(u urgency) bool {
	if q.running[live]+q.running[background] >= q.slots {
		return false
	}
	return u == live || q.running[background] < q.backgroundMax
}

// grant hands free slots to waiters, live ones first. The caller holds mu.
func (q *queue) grant() {
	for _, u := range []urgency{live, background} {
		for len(q.waiting[u]) > 0 && q.free(u) {
			close(q.waiting[u][0])
			q.waiting[u] = q.waiting[u][1:]
			q.running[u]++
		}
	}
}

func (q *queue) leaver(u urgency) func() {
	start := time.Now()
	return sync.OnceFunc(func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		held := time.Since(start)
		if q.served == 0 {
			q.served = held
		}
		q.served += (held - q.served) / 4
		q.running[u]--
		q.grant()
	})
}

// depth is how many requests run and wait now.
func (q *queue) depth() (running, waiting int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running[live] + q.running[background], len(q.waiting[live]) + len(q.waiting[background])
}
