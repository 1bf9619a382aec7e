package check

import (
	"context"
	"sync"
)

// atOnce bounds the runs at one time: each holds an index of the shop or two of its own,
// and keeps all processors, which shoppers' answers need too.
const atOnce = 2

// turns lets runs begin. The zero value works.
type turns struct {
	once  sync.Once
	slots chan struct{}
}

// take waits for a turn; leave gives it back. Error: the context's.
func (t *turns) take(ctx context.Context) (leave func(), err error) {
	t.once.Do(func() { t.slots = make(chan struct{}, atOnce) })
	select {
	case t.slots <- struct{}{}:
		return func() { <-t.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
