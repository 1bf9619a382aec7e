// Package ragjob does the work that nobody waits for: storing imports, making
// vectors and deleting old ones, finding thresholds, mailing staff, and what time makes
// due. Jobs live in Postgres (River, schema jobs) and
// come into being in the transaction that makes them necessary. Workers call
// interfaces for each piece; they never touch a shop's tables themselves.
//
// A job works in slices of some seconds and then goes to the end of its queue:
// a large shop cannot keep a small one waiting. A job whose process was killed
// is taken over within seconds (see takeover.go) and goes on where it stopped.
package ragjob

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"storebot/migrations"
	"storebot/rag"
)

const (
	// slice is how long a job works before others get their turn.
	slice = 3 * time.Second
	// jobTimeout ends a job that hangs; a slice takes seconds.
	jobTimeout = time.Minute
	// stuckAfter is the second net below takeover: for a worker that lives and
	// does not come back.
	stuckAfter = 2 * time.Minute
	// pause is how long work that needs a model waits while there is none.
	pause = 15 * time.Second
	// sweepEvery bounds how long a shop can lack vectors whatever went wrong.
	sweepEvery = time.Hour
)

// Config is what the workers need. Fields that may be nil say so.
type Config struct {
	Imports  Imports
	Vectors  Vectors
	Upkeep   Upkeep
	Tidy     Tidy                // nil: nothing is due by time
	Notices  Notices             // nil: no notice is worked here
	Mailer   Mailer              // nil: this process sends no mail
	Console  string              // where people reach the console, for links
	Embedder func() rag.Embedder // of the target model; nil while there is none
	// Thresholds may be nil: calibrations are another process's.
	Thresholds Thresholds
	Log        *slog.Logger // nil: slog.Default()
}

// A Runner works jobs in this process.
type Runner struct {
	client *river.Client[pgx.Tx]
	alive  *alive
}

// New makes a runner on a pool of its own, of at least 8 connections: one is
// held for as long as it runs. The pool's role must be the runtime role, and
// its statements run outside any tenant.
func New(pool *pgxpool.Pool, c Config) (*Runner, error) {
	log := c.Log
	if log == nil {
		log = slog.Default()
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &importWorker{imports: c.Imports, now: time.Now})
	river.AddWorker(workers, &embedWorker{vectors: c.Vectors, embedder: c.Embedder, log: log, now: time.Now})
	river.AddWorker(workers, &purgeWorker{upkeep: c.Upkeep, now: time.Now})
	river.AddWorker(workers, &sweepWorker{upkeep: c.Upkeep, embedder: c.Embedder})
	queues := map[string]river.QueueConfig{
		importQueue: {MaxWorkers: 2},
		embedQueue:  {MaxWorkers: 2},
		upkeepQueue: {MaxWorkers: 1},
	}
	periodic := []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(sweepEvery),
		func() (river.JobArgs, *river.InsertOpts) { return sweepArgs{}, nil }, nil)}
	if c.Tidy != nil {
		river.AddWorker(workers, &tidyWorker{tidy: c.Tidy, now: time.Now})
		periodic = append(periodic, river.NewPeriodicJob(river.PeriodicInterval(tidyEvery),
			func() (river.JobArgs, *river.InsertOpts) { return tidyArgs{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	if c.Notices != nil {
		river.AddWorker(workers, &noticeWorker{notices: c.Notices, mailer: c.Mailer, console: c.Console})
		queues[noticeQueue] = river.QueueConfig{MaxWorkers: 2}
	}
	if c.Thresholds != nil {
		river.AddWorker(workers, &calibrateWorker{thresholds: c.Thresholds})
		river.AddWorker(workers, &staleWorker{thresholds: c.Thresholds})
		queues[calibrateQueue] = river.QueueConfig{MaxWorkers: 1}
		periodic = append(periodic, river.NewPeriodicJob(river.PeriodicInterval(calibrateEvery),
			func() (river.JobArgs, *river.InsertOpts) { return staleArgs{}, nil }, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	name := "storebot-" + uuid.NewString()
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		ID:                   name,
		Schema:               migrations.Jobs,
		Logger:               log,
		Queues:               queues,
		Workers:              workers,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: stuckAfter,
		SoftStopTimeout:      5 * time.Second,
		PeriodicJobs:         periodic,
	})
	if err != nil {
		return nil, fmt.Errorf("job client: %w", err)
	}
	return &Runner{client: client, alive: &alive{pool: pool, name: name, log: log}}, nil
}

// Start takes over what dead processes left and begins to work. It returns when
// the workers run; cancelling ctx afterwards stops them as Stop does.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.alive.start(ctx); err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	if err := r.client.Start(ctx); err != nil {
		r.alive.stop()
		return fmt.Errorf("start jobs: %w", err)
	}
	// The model may be another one than the last process had.
	if _, err := r.client.Insert(ctx, sweepArgs{}, nil); err != nil {
		return errors.Join(fmt.Errorf("start jobs: %w", err), r.Stop(context.WithoutCancel(ctx)))
	}
	return nil
}

// Stop lets running jobs end their slice, five seconds at most, and returns when
// none runs. What was not finished is left for the next process.
func (r *Runner) Stop(ctx context.Context) error {
	err := r.client.Stop(ctx)
	r.alive.stop()
	return err
}
