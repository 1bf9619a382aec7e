package check_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/index"
	"storebot/tenant"
)

// gated loads nothing until it is let, and counts who waits.
type gated struct {
	waiting chan struct{}
	open    chan struct{}
}

var errGated = errors.New("nothing is there")

func (g gated) Load(context.Context, tenant.ID) (index.Knowledge, error) {
	g.waiting <- struct{}{}
	<-g.open
	return index.Knowledge{}, errGated
}

func (gated) Shop(context.Context, tenant.ID) (rag.Shop, error) { return rag.Shop{}, nil }

// Two runs go on at one time; a third waits, and no longer than its caller does.
func TestRunsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gated{make(chan struct{}, 9), make(chan struct{})}
		r := &check.Runner{Loader: g, Shops: g}
		ended := make(chan error, 9)
		run := func(ctx context.Context) {
			_, err := r.Run(ctx, tenant.NewID())
			ended <- err
		}
		left, leave := context.WithCancel(t.Context())
		go run(t.Context())
		go run(t.Context())
		synctest.Wait()
		go run(t.Context())
		go run(left)
		synctest.Wait()
		if n := len(g.waiting); n != 2 {
			t.Errorf("%d runs are under way, want 2", n)
		}
		leave()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("whose caller left: %v", err)
		}
		close(g.open)
		for range 3 {
			if err := <-ended; !errors.Is(err, errGated) {
				t.Errorf("a run ended as %v", err)
			}
		}
	})
}
