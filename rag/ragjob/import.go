package ragjob

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"storebot/rag"
	"storebot/tenant"
)

// Imports stores what was staged.
type Imports interface {
	// Step stores the next rows of a running import; any number of callers at
	// once, each row once. rag.ErrNotFound: there is no such import.
	Step(ctx context.Context, id tenant.ID, importID uuid.UUID) (rag.Import, error)
	// FailImport ends an import that cannot go on; reason is a fixed word.
	FailImport(ctx context.Context, id tenant.ID, importID uuid.UUID, reason string) error
}

// gaveUp is what the import says, for the console to say it in words: it stopped
// because of a fault on our side, which is in the log, and can go on.
const gaveUp = "stopped"

type importWorker struct {
	river.WorkerDefaults[importArgs]
	imports Imports
	now     func() time.Time
}

func (w *importWorker) Work(ctx context.Context, job *river.Job[importArgs]) error {
	id, importID := tenant.ID{UUID: job.Args.Tenant}, job.Args.Import
	until := w.now().Add(slice)
	for {
		m, err := w.imports.Step(ctx, id, importID)
		switch {
		case err == nil && m.State != rag.Running:
			return nil
		case errors.Is(err, rag.ErrNotFound):
			return river.JobCancel(err)
		case ctx.Err() != nil: // the process stops: the next one goes on
			return river.JobSnooze(0)
		case err != nil && job.Attempt >= job.MaxAttempts:
			return errors.Join(err, w.imports.FailImport(ctx, id, importID, gaveUp))
		case err != nil:
			return err
		case w.now().After(until):
			return river.JobSnooze(0)
		}
	}
}

// NextRetry waits 1, 2, 4 … seconds, a minute at most.
func (w *importWorker) NextRetry(job *river.Job[importArgs]) time.Time {
	return w.now().Add(min(time.Second<<min(len(job.Errors), 6), time.Minute))
}
