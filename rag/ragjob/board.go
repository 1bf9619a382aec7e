package ragjob

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"storebot/migrations"
)

// ErrNoJob is returned for a job that is not there.
var ErrNoJob = errors.New("job queue: no such job")

// Count is how many jobs of a queue are in a state (River's word), and since
// when the oldest is due or was worked.
type Count struct {
	Queue, State string
	N            int64
	Oldest       time.Time
}

// Failed is a job that failed last time: it waits for another try, or gave up.
type Failed struct {
	ID                   int64
	Kind, State          string
	Attempt, MaxAttempts int
	Error                string // the last one's first line; it names no shop's text
	NextAt               time.Time
}

// Transactor runs fn in a transaction outside any tenant.
type Transactor interface {
	Identity(ctx context.Context, fn func(tx pgx.Tx) error) error
}

// Board shows the queue to those who run the installation. Use NewBoard.
type Board struct {
	db     Transactor
	client *river.Client[pgx.Tx]
}

// NewBoard returns a board over db.
func NewBoard(db Transactor) (*Board, error) {
	client, err := river.NewClient(riverpgxv5.New(nil), &river.Config{Schema: migrations.Jobs})
	if err != nil {
		return nil, fmt.Errorf("job board: %w", err)
	}
	return &Board{db, client}, nil
}

const sqlCounts = `
	SELECT queue, state::text, count(*), min(coalesce(attempted_at, scheduled_at))
	FROM jobs.river_job GROUP BY queue, state ORDER BY queue, state`

// Counts returns the queues by state.
func (b *Board) Counts(ctx context.Context) (out []Count, err error) {
	err = b.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlCounts)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Count])
		return err
	})
	return out, err
}

const sqlFailed = `
	SELECT id, kind, state::text, attempt, max_attempts,
	       left(split_part(coalesce(errors[cardinality(errors)] ->> 'error', ''), E'\n', 1), 300), scheduled_at
	FROM jobs.river_job
	WHERE state IN ('retryable', 'discarded')
	ORDER BY state, scheduled_at DESC LIMIT $1`

// Failed returns jobs that failed last time, those that gave up first.
func (b *Board) Failed(ctx context.Context, limit int) (out []Failed, err error) {
	err = b.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlFailed, limit)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Failed])
		return err
	})
	return out, err
}

// Retry has a job tried again now. Error: ErrNoJob.
func (b *Board) Retry(ctx context.Context, id int64) error {
	return b.db.Identity(ctx, func(tx pgx.Tx) error {
		_, err := b.client.JobRetryTx(ctx, tx, id)
		if errors.Is(err, rivertype.ErrNotFound) {
			return ErrNoJob
		}
		return err
	})
}
