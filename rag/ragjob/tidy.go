package ragjob

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// Tidy does what time makes due: old conversations deleted, shops erased,
// holdings measured. more says that there is more to do at once.
type Tidy interface {
	Tidy(ctx context.Context) (more bool, err error)
}

// tidyEvery is how late something can be done that time made due.
const tidyEvery = 10 * time.Minute

type tidyArgs struct{}

func (tidyArgs) Kind() string { return "tidy" }
func (tidyArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: upkeepQueue, UniqueOpts: once}
}

type tidyWorker struct {
	river.WorkerDefaults[tidyArgs]
	tidy Tidy
	now  func() time.Time
}

// Timeout lets a large shop be erased in its one transaction.
func (*tidyWorker) Timeout(*river.Job[tidyArgs]) time.Duration { return 30 * time.Minute }

func (w *tidyWorker) Work(ctx context.Context, _ *river.Job[tidyArgs]) error {
	until := w.now().Add(slice)
	for {
		more, err := w.tidy.Tidy(ctx)
		if err != nil || !more {
			return err
		}
		if w.now().After(until) {
			return river.JobSnooze(0)
		}
	}
}
