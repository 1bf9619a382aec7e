package insightpg

import (
	"context"
	"fmt"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// What one transaction counts at most, so that none takes more than a second or two.
const (
	stepQuarters      = 96
	stepConversations = 10_000
)

const (
	// A quarter is counted when it ended two hours ago: the triggers of the
	// tables it is counted from tell of every change in one that is older than one hour.
	sqlDue = `
	SELECT EXISTS (SELECT FROM tally_stale WHERE tenant_id = $1)
	    OR coalesce((SELECT ends_at FROM tally_until WHERE tenant_id = $1), '-infinity') < date_bin('15 minutes', now() - interval '2 hours', '2000-01-01 00:00:00+00')`

	sqlBegin = `INSERT INTO tally_until (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING`

	// The row is the lock: who counts a shop's quarters is alone with them.
	sqlLock = `SELECT CASE WHEN isfinite(ends_at) THEN ends_at ELSE '0001-01-01 00:00:00+00' END FROM tally_until WHERE tenant_id = $1 FOR UPDATE`

	// What was not counted yet cannot be stale.
	sqlDropStale = `DELETE FROM tally_stale WHERE tenant_id = $1 AND begins_at >= $2`

	// What is stale is taken before it is counted, each in a statement of its own:
	// what commits in between is counted, or leaves a row of its own.
	sqlTakeStale = `
	WITH taken AS (
		DELETE FROM tally_stale WHERE tenant_id = $1 AND begins_at IN (
			SELECT DISTINCT begins_at FROM tally_stale WHERE tenant_id = $1 ORDER BY begins_at LIMIT $2)
		RETURNING begins_at)
	SELECT DISTINCT begins_at FROM taken ORDER BY begins_at`

	// From $2 on: where the next conversation began, and where the next $3
	// have begun. Both are beginnings of quarters.
	sqlNext = `
	SELECT date_bin('15 minutes', closed, '2000-01-01 00:00:00+00'),
	       date_bin('15 minutes', (SELECT created_at FROM conversation WHERE tenant_id = $1 AND created_at >= $2 ORDER BY created_at LIMIT 1), '2000-01-01 00:00:00+00'),
	       date_bin('15 minutes', (SELECT created_at FROM conversation WHERE tenant_id = $1 AND created_at >= $2 ORDER BY created_at OFFSET $3 LIMIT 1), '2000-01-01 00:00:00+00')
	           + interval '15 minutes'
	FROM (SELECT now() - interval '2 hours' AS closed) x`

	sqlForget = `DELETE FROM tally WHERE tenant_id = $1 AND begins_at >= $2 AND begins_at < $3`
	sqlCount  = `INSERT INTO tally ` + counted
	sqlUntil  = `UPDATE tally_until SET ends_at = $2 WHERE tenant_id = $1`
)

// RollUp counts the quarters of an hour that are over and not counted yet, and
// again those in which something changed since. It works in transactions of a second or
// two, and what they counted stays counted when it is stopped.
func (s *Store) RollUp(ctx context.Context, id tenant.ID) error {
	for {
		if due, err := s.due(ctx, id); err != nil || !due {
			return err
		}
		err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error { return rollUp(ctx, tx, id) })
		if err != nil {
			return fmt.Errorf("count the figures of %s: %w", id, err)
		}
	}
}

func (s *Store) due(ctx context.Context, id tenant.ID) (due bool, err error) {
	err = s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlDue, id.UUID).QueryRow(func(row pgx.Row) error { return row.Scan(&due) })
	})
	return due, err
}

func rollUp(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	for _, sql := range []string{sqlPlan, sqlMemory, sqlJIT, tenantpg.NoLoops} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, sqlBegin, id.UUID); err != nil {
		return err
	}
	var until time.Time
	if err := tx.QueryRow(ctx, sqlLock, id.UUID).Scan(&until); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlDropStale, id.UUID, until); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, sqlTakeStale, id.UUID, stepQuarters)
	if err != nil {
		return err
	}
	stale, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
	if err != nil {
		return err
	}
	for _, p := range runs(stale) {
		if err := recount(ctx, tx, id, p); err != nil {
			return err
		}
	}
	var closed time.Time
	var first, enough *time.Time
	if err := tx.QueryRow(ctx, sqlNext, id.UUID, until, stepConversations).Scan(&closed, &first, &enough); err != nil {
		return err
	}
	if !until.Before(closed) {
		return nil
	}
	p := insight.Period{From: closed, To: closed}
	if first != nil && first.Before(closed) {
		p.From = *first
		if enough != nil && enough.Before(closed) {
			p.To = *enough
		}
		if err := recount(ctx, tx, id, p); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, sqlUntil, id.UUID, p.To)
	return err
}

func recount(ctx context.Context, tx pgx.Tx, id tenant.ID, p insight.Period) error {
	for _, sql := range []string{sqlForget, sqlCount} {
		if _, err := tx.Exec(ctx, sql, id.UUID, p.From, p.To); err != nil {
			return err
		}
	}
	return nil
}

// runs joins quarters, in order, that follow each other.
func runs(quarters []time.Time) (out []insight.Period) {
	for _, q := range quarters {
		if n := len(out); n > 0 && out[n-1].To.Equal(q) {
			out[n-1].To = q.Add(quarter)
			continue
		}
		out = append(out, insight.Period{From: q, To: q.Add(quarter)})
	}
	return out
}

const sqlShops = `SELECT id FROM identity.tenant WHERE id > $1 ORDER BY id LIMIT $2`

// RollUpAll counts for every shop. A shop whose figures cannot be counted does
// not keep the others from it; the first error is returned.
func (s *Store) RollUpAll(ctx context.Context) error {
	const page = 500
	var failed error
	for after := uuid.Nil; ; {
		var ids []uuid.UUID
		err := s.db.Identity(ctx, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlShops, after, page)
			if err != nil {
				return err
			}
			ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
			return err
		})
		if err != nil {
			return fmt.Errorf("list shops: %w", err)
		}
		for _, u := range ids {
			if err := s.RollUp(ctx, tenant.ID{UUID: u}); err != nil && failed == nil {
				failed = err
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		if len(ids) < page {
			return failed
		}
		after = ids[len(ids)-1]
	}
}
