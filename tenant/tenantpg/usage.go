package tenantpg

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// Outside any tenant: one statement for all shops that were asked. A shop that
// was deleted meanwhile is passed over.
const sqlAddCounts = `
	WITH told AS (
		SELECT c.tenant_id, c.messages, c.model_us
		FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS c (tenant_id, messages, model_us)
		JOIN identity.tenant t ON t.id = c.tenant_id AND t.status <> 'deleted'
	), added AS (
		INSERT INTO identity.usage AS u (tenant_id, month, messages, model_us, asked_at)
		SELECT tenant_id, date_trunc('month', now() AT TIME ZONE 'UTC')::date, messages, model_us,
		       CASE WHEN messages > 0 THEN now() END
		FROM told ORDER BY tenant_id
		ON CONFLICT (tenant_id, month) DO UPDATE
		SET messages = u.messages + excluded.messages, model_us = u.model_us + excluded.model_us,
		    asked_at = coalesce(excluded.asked_at, u.asked_at)
		RETURNING u.tenant_id, u.messages, u.model_us
	)
	SELECT a.tenant_id, a.messages, a.model_us, q.messages_month, q.entries, q.model_seconds, q.storage_bytes
	FROM added a LEFT JOIN identity.quota q ON q.tenant_id = a.tenant_id`

// AddCounts adds counts to this month's and returns how the shops stand.
func (s *Store) AddCounts(ctx context.Context, counts []tenant.Count) (map[tenant.ID]tenant.Standing, error) {
	ids, messages, model := make([]uuid.UUID, len(counts)), make([]int64, len(counts)), make([]int64, len(counts))
	for i, c := range counts {
		ids[i], messages[i], model[i] = c.Tenant.UUID, c.Messages, c.Model.Microseconds()
	}
	out := make(map[tenant.ID]tenant.Standing, len(counts))
	err := s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlAddCounts, ids, messages, model)
		var id tenant.ID
		var x tenant.Standing
		var us int64
		q := &x.Quota
		_, err := pgx.ForEachRow(rows, []any{&id, &x.Messages, &us, &q.Messages, &q.Entries, &q.ModelSeconds, &q.Storage}, func() error {
			x.Model = time.Duration(us) * time.Microsecond
			out[id] = x
			x = tenant.Standing{}
			return nil
		})
		return err
	})
	return out, err
}

const sqlUsage = `
	SELECT coalesce(u.messages, 0), coalesce(h.entries, 0), coalesce(u.model_us, 0) / 1000000, coalesce(h.storage_bytes, 0),
	       q.messages_month, q.entries, q.model_seconds, q.storage_bytes
	FROM identity.tenant t
	LEFT JOIN identity.usage u ON u.tenant_id = t.id AND u.month = date_trunc('month', now() AT TIME ZONE 'UTC')::date
	LEFT JOIN identity.holding h ON h.tenant_id = t.id
	LEFT JOIN identity.quota q ON q.tenant_id = t.id
	WHERE t.id = $1`

// Usage returns a shop's usage and quota.
func (s *Store) Usage(ctx context.Context, id tenant.ID) (u tenant.Usage, q tenant.Quota, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlUsage, id).Scan(&u.Messages, &u.Entries, &u.ModelSeconds, &u.Storage,
			&q.Messages, &q.Entries, &q.ModelSeconds, &q.Storage)
	})
	return u, q, found(err)
}

const sqlEntriesNow = `
	SELECT (SELECT count(*) FROM entry WHERE tenant_id = $1) + (SELECT count(*) FROM product WHERE tenant_id = $1 AND deleted_at IS NULL)`

// EntriesNow counts the shop's entries, its products among them.
func (s *Store) EntriesNow(ctx context.Context, id tenant.ID) (n int64, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlEntriesNow, id).Scan(&n)
	})
	return n, err
}

// Outside any tenant: which shops are to be measured.
const sqlUnmeasured = `
	SELECT t.id FROM identity.tenant t LEFT JOIN identity.holding h ON h.tenant_id = t.id
	WHERE t.status <> 'deleted' AND (h.measured_at IS NULL OR h.measured_at <= now() - $1::interval)
	ORDER BY h.measured_at NULLS FIRST, t.id LIMIT 50`

// What a row takes, as stored: pg_column_size tells of compression, and leaves
// out indexes and page overhead.
const sqlMeasure = `
	INSERT INTO identity.holding (tenant_id, entries, storage_bytes)
	SELECT $1, (SELECT count(*) FROM entry WHERE tenant_id = $1) + (SELECT count(*) FROM product WHERE tenant_id = $1 AND deleted_at IS NULL),
	       coalesce((SELECT sum(pg_column_size(x)) FROM entry x WHERE tenant_id = $1), 0)
	     + coalesce((SELECT sum(pg_column_size(x)) FROM product x WHERE tenant_id = $1), 0)
	     + coalesce((SELECT sum(pg_column_size(x)) FROM phrasing x WHERE tenant_id = $1), 0)
	     + coalesce((SELECT sum(pg_column_size(x)) FROM embedding x WHERE tenant_id = $1), 0)
	     + coalesce((SELECT sum(pg_column_size(x)) FROM message x WHERE tenant_id = $1), 0)
	ON CONFLICT (tenant_id) DO UPDATE
	SET entries = excluded.entries, storage_bytes = excluded.storage_bytes, measured_at = now()`

// MeasureHoldings measures what some shops hold, each in a transaction of its own.
func (s *Store) MeasureHoldings(ctx context.Context, age time.Duration) (more bool, err error) {
	var ids []tenant.ID
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlUnmeasured, age)
		ids, err = pgx.CollectRows(rows, pgx.RowTo[tenant.ID])
		return err
	})
	if err != nil {
		return false, err
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, sqlMeasure, id)
			return err
		}))
	}
	return len(ids) == 50, errors.Join(failed...)
}
