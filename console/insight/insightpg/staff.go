package insightpg

import (
	"context"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

const (
	// Hand-overs are few: they are read as they are, and the percentiles of their waits are exact. A
	// person who stepped in unasked kept nobody waiting.
	sqlStaff = `
	SELECT count(first_reply_us)::int, count(DISTINCT conversation_id) FILTER (WHERE first_reply_us IS NOT NULL)::int,
	       coalesce(percentile_cont(ARRAY[.5, .95, .99]) WITHIN GROUP (ORDER BY first_reply_us), '{}')
	FROM handover WHERE tenant_id = $1 AND began_at >= $2 AND began_at < $3 AND reason <> 'staff'`

	sqlReasons = `
	SELECT reason, count(*)::int, count(DISTINCT conversation_id)::int
	FROM handover WHERE tenant_id = $1 AND began_at >= $2 AND began_at < $3 GROUP BY reason`

	// What those took that are over and that somebody answered.
	sqlMeasured = `
	SELECT count(*)::int, coalesce(avg(handled_us) / 60e6, 0)::float8
	FROM handover WHERE tenant_id = $1 AND asked_at >= $2 AND ended_at IS NOT NULL AND replies > 0 AND handled_us > 0`

	sqlOpening = `SELECT weekday, opens, closes FROM opening WHERE tenant_id = $1`

	sqlClosedOn = `SELECT unnest(closed_on)::text FROM hours WHERE tenant_id = $1`
)

// readReasons returns one of each reason, in their order.
func readReasons(rows pgx.Rows) ([]insight.HandOvers, error) {
	byReason := map[string]insight.HandOvers{}
	var h insight.HandOvers
	_, err := pgx.ForEachRow(rows, []any{&h.Reason, &h.N, &h.Conversations}, func() error { byReason[h.Reason] = h; return nil })
	out := make([]insight.HandOvers, len(insight.Reasons))
	for i, reason := range insight.Reasons {
		out[i] = byReason[reason]
		out[i].Reason = reason
	}
	return out, err
}

func scanStaff(row pgx.Row, p *insight.Percentiles, met *int) error {
	var us []float64
	if err := row.Scan(&p.N, met, &us); err != nil || len(us) < 3 {
		return err
	}
	wait := func(us float64) time.Duration { return time.Duration(us * float64(time.Microsecond)) }
	p.P50, p.P95, p.P99 = wait(us[0]), wait(us[1]), wait(us[2])
	return nil
}

// measuredOver is how far back the inbox is asked what a conversation takes.
const measuredOver = 90 * 24 * time.Hour

// Measured returns the mean minutes of staff that a handed-over conversation took in
// the ninety days before now, as the inbox measured them, and of how many.
func (s *Store) Measured(ctx context.Context, id tenant.ID, now time.Time) (minutes float64, n int, err error) {
	err = s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlMeasured, id.UUID, now.Add(-measuredOver)).QueryRow(func(row pgx.Row) error { return row.Scan(&n, &minutes) })
	})
	return minutes, n, err
}

// hours returns when the shop's people are there.
func (s *Store) hours(ctx context.Context, id tenant.ID) (h insight.Hours, err error) {
	err = s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlOpening, id.UUID).Query(func(rows pgx.Rows) error {
			h.Openings, err = pgx.CollectRows(rows, pgx.RowToStructByPos[insight.Opening])
			return err
		})
		b.In(id, sqlClosedOn, id.UUID).Query(func(rows pgx.Rows) error {
			h.ClosedOn, err = pgx.CollectRows(rows, pgx.RowTo[string])
			return err
		})
	})
	return h, err
}
