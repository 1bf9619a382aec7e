package ragjob

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"storebot/rag"
	"storebot/tenant"
)

// Thresholds is where shops' thresholds are kept.
type Thresholds interface {
	// Calibrate finds a shop's threshold anew. Error: rag.ErrNotFound.
	Calibrate(ctx context.Context, id tenant.ID) error
	// EnqueueStale asks for the calibration of shops that have something new to be
	// found from although nobody asked.
	EnqueueStale(ctx context.Context) error
}

const (
	calibrateQueue = "calibrate"
	// calibrateAfter gathers what comes in together: a rating is seldom alone.
	calibrateAfter = 5 * time.Second
	// calibrateEvery bounds how long labels that nobody announced stay unread.
	calibrateEvery = 6 * time.Hour
)

type calibrateArgs struct {
	Tenant uuid.UUID `json:"tenant"`
}

func (calibrateArgs) Kind() string { return "calibrate" }
func (calibrateArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: calibrateQueue, UniqueOpts: once}
}

type staleArgs struct{}

func (staleArgs) Kind() string { return "calibrate-stale" }
func (staleArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: calibrateQueue}
}

// Calibrate has a shop's threshold found anew from its labels.
func (q *Queue) Calibrate(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	return q.insertAt(ctx, tx, calibrateArgs{Tenant: id.UUID}, time.Now().Add(calibrateAfter))
}

type calibrateWorker struct {
	river.WorkerDefaults[calibrateArgs]
	thresholds Thresholds
}

func (w *calibrateWorker) Work(ctx context.Context, job *river.Job[calibrateArgs]) error {
	err := w.thresholds.Calibrate(ctx, tenant.ID{UUID: job.Args.Tenant})
	if errors.Is(err, rag.ErrNotFound) {
		return river.JobCancel(err)
	}
	return err
}

type staleWorker struct {
	river.WorkerDefaults[staleArgs]
	thresholds Thresholds
}

func (w *staleWorker) Work(ctx context.Context, _ *river.Job[staleArgs]) error {
	return w.thresholds.EnqueueStale(ctx)
}
