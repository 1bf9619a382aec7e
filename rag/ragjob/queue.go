package ragjob

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"storebot/migrations"
	"storebot/tenant"
)

const (
	importQueue = "import"
	embedQueue  = "embed"
	upkeepQueue = "upkeep"
)

// once lets a job be there once with its arguments as long as it has not ended.
var once = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
	rivertype.JobStateRunning, rivertype.JobStateScheduled,
}}

type importArgs struct {
	Tenant uuid.UUID `json:"tenant"`
	Import uuid.UUID `json:"import"`
}

func (importArgs) Kind() string { return "import" }
func (importArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: importQueue, UniqueOpts: once, MaxAttempts: 12}
}

type embedArgs struct {
	Tenant uuid.UUID `json:"tenant"`
}

func (embedArgs) Kind() string { return "embed" }
func (embedArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: embedQueue, UniqueOpts: once}
}

type purgeArgs struct {
	Tenant uuid.UUID `json:"tenant"`
}

func (purgeArgs) Kind() string { return "purge" }
func (purgeArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: upkeepQueue, UniqueOpts: once}
}

type sweepArgs struct{}

func (sweepArgs) Kind() string { return "sweep" }
func (sweepArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: upkeepQueue, UniqueOpts: once}
}

// A Queue puts jobs into other transactions. It works none.
type Queue struct{ client *river.Client[pgx.Tx] }

// NewQueue makes a queue. It needs no connection of its own.
func NewQueue() (*Queue, error) {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Schema: migrations.Jobs})
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	return &Queue{client}, nil
}

func (q *Queue) insert(ctx context.Context, tx pgx.Tx, args river.JobArgs) error {
	return q.insertAt(ctx, tx, args, time.Time{})
}

// insertAt has the job wait until at; the zero time: not at all.
func (q *Queue) insertAt(ctx context.Context, tx pgx.Tx, args river.JobArgs, at time.Time) error {
	if _, err := q.client.InsertTx(ctx, tx, args, &river.InsertOpts{ScheduledAt: at}); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// Import has a running import's rows stored.
func (q *Queue) Import(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID) error {
	return q.insert(ctx, tx, importArgs{Tenant: id.UUID, Import: importID})
}

// Embed has a shop's missing vectors made. tx must hold the shop's lock if it
// changes entries: a job that is about to end then either sees the change or has
// ended before.
func (q *Queue) Embed(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	return q.insert(ctx, tx, embedArgs{Tenant: id.UUID})
}

// Purge has the vectors of models that a shop uses no more deleted.
func (q *Queue) Purge(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	return q.insert(ctx, tx, purgeArgs{Tenant: id.UUID})
}
