package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

const (
	sqlHours = `
		SELECT s.time_zone, coalesce(h.closed_on, '{}')::text[], coalesce(h.away_text, ''), coalesce(h.consent_text, ''),
		       coalesce(h.reply_within_min, 15), coalesce(h.notify, '{}')
		FROM shop s LEFT JOIN hours h ON h.tenant_id = s.tenant_id WHERE s.tenant_id = $1`

	sqlOpenings = `SELECT weekday, opens, closes FROM opening WHERE tenant_id = $1 ORDER BY weekday, opens`

	sqlStoreHours = `
		INSERT INTO hours (tenant_id, closed_on, away_text, consent_text, reply_within_min, notify)
		VALUES ($1, $2::text[]::date[], $3, $4, $5, $6)
		ON CONFLICT (tenant_id) DO UPDATE
		SET closed_on = EXCLUDED.closed_on, away_text = EXCLUDED.away_text, consent_text = EXCLUDED.consent_text,
		    reply_within_min = EXCLUDED.reply_within_min, notify = EXCLUDED.notify, updated_at = now()`

	sqlDeleteOpenings = `DELETE FROM opening WHERE tenant_id = $1`

	sqlInsertOpenings = `
		INSERT INTO opening (tenant_id, weekday, opens, closes) SELECT $1, unnest($2::smallint[]), unnest($3::smallint[]), unnest($4::smallint[])`
)

// queueHours reads a shop's hours into h. Error: pgx.ErrNoRows.
func queueHours(b *tenantpg.Batch, id tenant.ID, h *rag.Hours) {
	b.In(id, sqlHours, id.UUID).QueryRow(func(row pgx.Row) (err error) {
		var zone string
		var within int
		if err := row.Scan(&zone, &h.ClosedOn, &h.AwayText, &h.ConsentText, &within, &h.Notify); err != nil {
			return err
		}
		h.ReplyWithin = time.Duration(within) * time.Minute
		if h.Zone, err = time.LoadLocation(zone); err != nil {
			return fmt.Errorf("time zone of tenant %s: %w", id, err)
		}
		return nil
	})
	b.In(id, sqlOpenings, id.UUID).Query(func(rows pgx.Rows) (err error) {
		h.Openings, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Opening])
		return err
	})
}

// Hours returns when a shop's people are there. Error: rag.ErrNotFound.
func (h *Handovers) Hours(ctx context.Context, id tenant.ID) (out rag.Hours, err error) {
	err = h.DB.Batch(ctx, func(b *tenantpg.Batch) { queueHours(b, id, &out) })
	if err != nil {
		return out, lookup(err, "hours of tenant %s", id)
	}
	return out, nil
}

// SetHours replaces them, but for the time zone, which is the shop's own. In
// effect here at once, in other processes within seconds.
func (h *Handovers) SetHours(ctx context.Context, id tenant.ID, hours rag.Hours) error {
	var weekdays, opens, closes []int16
	for _, o := range hours.Openings {
		weekdays = append(weekdays, int16(o.Weekday))
		opens = append(opens, int16(o.Opens))
		closes = append(closes, int16(o.Closes))
	}
	err := h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var b pgx.Batch
		b.Queue(sqlStoreHours, id.UUID, nonNil(hours.ClosedOn), hours.AwayText, hours.ConsentText, int(hours.ReplyWithin/time.Minute), nonNil(hours.Notify))
		b.Queue(sqlDeleteOpenings, id.UUID)
		b.Queue(sqlInsertOpenings, id.UUID, weekdays, opens, closes)
		return tx.SendBatch(ctx, &b).Close()
	})
	if err != nil {
		return fmt.Errorf("store hours: %w", err)
	}
	h.Shops.Forget(id)
	return nil
}

// nonNil is list, for a column that takes no NULL.
func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
