package ragjob

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// takeoverEvery is how often running jobs are looked through.
const takeoverEvery = 5 * time.Second

// lockSpace keeps this use of advisory locks apart from others.
const lockSpace = 0x4A6F6273

// Every process that works jobs holds an advisory lock named after its client
// for as long as it lives: the server gives it back with the connection, also
// when the process is killed. A running job whose client holds no lock is
// therefore nobody's. The attempt is not counted: it failed for no fault of the
// job.
const (
	sqlAlive = `SELECT pg_advisory_lock($1::int, hashtext($2::text))`

	sqlTakeover = `
		UPDATE jobs.river_job j
		SET state = 'available', scheduled_at = now(), attempt = greatest(0, j.attempt - 1)
		WHERE j.state = 'running'
		  AND NOT EXISTS (
			SELECT FROM pg_locks l
			WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
			  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
			  AND l.classid::bigint = $1::bigint
			  AND l.objid::bigint = (hashtext(j.attempted_by[cardinality(j.attempted_by)])::bigint & 4294967295))`
)

// An alive shows that this process lives, and takes over from those that do
// not.
type alive struct {
	pool *pgxpool.Pool
	name string
	log  *slog.Logger

	cancel context.CancelFunc
	done   sync.WaitGroup
}

// start takes the lock, takes over once and goes on doing both in the
// background.
func (a *alive) start(ctx context.Context) error {
	conn, err := a.lock(ctx)
	if err != nil {
		return err
	}
	if err := a.takeover(ctx, conn); err != nil {
		end(conn)
		return err
	}
	ctx, a.cancel = context.WithCancel(context.WithoutCancel(ctx))
	a.done.Go(func() { a.run(ctx, conn) })
	return nil
}

func (a *alive) stop() {
	if a.cancel != nil {
		a.cancel()
	}
	a.done.Wait()
}

func (a *alive) run(ctx context.Context, conn *pgxpool.Conn) {
	tick := time.NewTicker(takeoverEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			end(conn)
			return
		case <-tick.C:
		}
		var err error
		if conn == nil {
			conn, err = a.lock(ctx)
		}
		if err == nil {
			err = a.takeover(ctx, conn)
		}
		if err != nil && ctx.Err() == nil {
			a.log.Warn("looking for jobs of dead processes failed", "error", err)
			end(conn) // the next tick gets a connection, and the lock, anew
			conn = nil
		}
	}
}

func (a *alive) lock(ctx context.Context) (*pgxpool.Conn, error) {
	conn, err := a.pool.Acquire(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if _, err := conn.Exec(ctx, sqlAlive, lockSpace, a.name); err != nil {
		end(conn)
		return nil, fmt.Errorf("take the lock of a living process: %w", err)
	}
	return conn, nil
}

// end closes the connection, and with it gives the lock back.
func end(conn *pgxpool.Conn) {
	if conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = conn.Hijack().Close(ctx)
}

func (a *alive) takeover(ctx context.Context, conn *pgxpool.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, takeoverEvery)
	defer cancel()
	tag, err := conn.Exec(ctx, sqlTakeover, lockSpace)
	if err != nil {
		return fmt.Errorf("take over jobs: %w", err)
	}
	if n := tag.RowsAffected(); n > 0 {
		a.log.Info("took over jobs of processes that are no more", "jobs", n)
	}
	return nil
}
