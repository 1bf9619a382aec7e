package tenantpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"storebot/tenant"
)

// ErrReading is returned by DB.Batch, beside the cause, when the transaction is
// committed and only a callback failed.
var ErrReading = errors.New("the batch is committed, but a result could not be read")

// NoLoops is for statements that join many rows, and comes before them in their
// transaction: they then read each side once. The policy and the condition on tenant_id
// say the same, which the planner takes for two, and of a table that was never analysed
// it takes every condition to leave one row: it expects a handful and would ask the
// other side for each (measured: 7,300 conversations in 7 minutes, against a tenth of a
// second; 20,000 products not within a minute and a half).
const NoLoops = `SELECT set_config('enable_nestloop', 'off', true)`

// Batch collects the statements of one transaction, of one tenant or of many.
type Batch struct {
	queue   pgx.Batch
	current tenant.ID
	started bool
}

// In queues a statement to run inside the tenant. The result is taken with the
// returned query's Exec, QueryRow or Query, whose function is called after all
// statements have run; without one the result is thrown away. The statement
// must not begin or end a transaction.
func (b *Batch) In(id tenant.ID, sql string, args ...any) *pgx.QueuedQuery {
	if !b.started {
		b.queue.BeginTx(pgx.TxOptions{})
		b.started = true
	}
	if id != b.current || b.queue.Len() == 1 {
		b.queue.Queue(setTenant, id.String())
		b.current = id
	}
	return b.queue.Queue(sql, args...)
}

// Identity queues a statement on the tables of the schema identity, which are
// read before the tenant is known. It comes before every In: no tenant is set yet.
func (b *Batch) Identity(sql string, args ...any) *pgx.QueuedQuery {
	if !b.started {
		b.queue.BeginTx(pgx.TxOptions{})
		b.started = true
	}
	return b.queue.Queue(sql, args...)
}

// Batch sends what fill queues as one transaction in one round trip: for hot
// paths. A failed statement rolls all of it back and is returned. The functions
// that read results run when the commit is already on its way and cannot stop
// it: their first error comes back as ErrReading. Nothing queued, nothing sent.
func (db *DB) Batch(ctx context.Context, fill func(b *Batch)) error {
	var b Batch
	fill(&b)
	if !b.started {
		return nil
	}
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer conn.Release()
	return b.send(ctx, conn)
}

func (b *Batch) send(ctx context.Context, conn *pgxpool.Conn) error {
	var reading error
	for _, q := range b.queue.QueuedQueries {
		read := q.Fn
		if read == nil {
			continue
		}
		// A reader's failure must not keep the results after it, of which the
		// commit is one, from being read. One of the server's repeats itself there.
		q.Fn = func(results pgx.BatchResults) error {
			if err := read(results); err != nil && reading == nil {
				reading = err
			}
			return nil
		}
	}
	committed := false
	var left string
	b.queue.Queue(`commit`)
	commit := b.queue.QueuedQueries[b.queue.Len()-1]
	commit.Fn = func(results pgx.BatchResults) error {
		tag, err := results.Exec()
		committed = err == nil && tag.String() == "COMMIT"
		return err
	}
	// The check before the connection goes back to the pool, without a round
	// trip of its own.
	b.queue.Queue(readTenant).QueryRow(func(row pgx.Row) error { return row.Scan(&left) })
	err := conn.SendBatch(ctx, &b.queue).Close()
	if status := conn.Conn().PgConn().TxStatus(); !conn.Conn().IsClosed() && status != 'I' {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		// If it fails, Release closes the connection, which rolls back as well.
		_, _ = conn.Exec(ctx, `rollback`)
	}
	switch {
	case err != nil && !committed:
		return fmt.Errorf("batch: %w", err)
	case !committed:
		return fmt.Errorf("batch: %w", pgx.ErrTxCommitRollback)
	case reading != nil:
		return fmt.Errorf("%w: %w", ErrReading, reading)
	}
	if err == nil && left == "" {
		conn.Conn().PgConn().CustomData()[checked] = true
	}
	return nil
}
