package ragjob

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"storebot/rag"
	"storebot/tenant"
)

// Upkeep is what has to be done now and then, and after a change of the model.
type Upkeep interface {
	// Purge deletes some vectors of models that the shop uses no more.
	Purge(ctx context.Context, id tenant.ID) (more bool, err error)
	// EnqueueUnsettled enqueues the shops that model is not done with.
	EnqueueUnsettled(ctx context.Context, model string) error
	// CountUse brings the use of every shop's entries up to date.
	CountUse(ctx context.Context) error
}

type purgeWorker struct {
	river.WorkerDefaults[purgeArgs]
	upkeep Upkeep
	now    func() time.Time
}

func (w *purgeWorker) Work(ctx context.Context, job *river.Job[purgeArgs]) error {
	until := w.now().Add(slice)
	for {
		more, err := w.upkeep.Purge(ctx, tenant.ID{UUID: job.Args.Tenant})
		if err != nil || !more {
			return err
		}
		if w.now().After(until) {
			return river.JobSnooze(0)
		}
	}
}

// A sweepWorker counts the use of entries, so that whoever looks after a long
// time need not wait for it, and finds the shops that the target model is not
// done with. While there is no such model that is left to whoever opens it, and to the
// next sweep: to wait for it here would be to count all shops' use again and again.
type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	upkeep   Upkeep
	embedder func() rag.Embedder
}

func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	if err := w.upkeep.CountUse(ctx); err != nil {
		return err
	}
	engine := w.embedder()
	if engine == nil || engine.Model() == "" {
		return nil
	}
	return w.upkeep.EnqueueUnsettled(ctx, engine.Model())
}
