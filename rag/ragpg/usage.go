package ragpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const (
	// usageAge is how old the use of entries may be where it is shown.
	usageAge = 10 * time.Second
	// usageOverlap is how much is looked at again: a message carries the time at
	// which its question arrived and is seen only after its commit, and the clock
	// that wrote it is another machine's.
	usageOverlap = 5 * time.Minute
)

const (
	sqlStartMark = `INSERT INTO usage_mark (tenant_id, counted_at) VALUES ($1, '-infinity') ON CONFLICT (tenant_id) DO NOTHING`

	// One counts at a time; whoever comes meanwhile is given what is there.
	sqlTakeMark = `
		SELECT greatest(counted_at, '0001-01-01') FROM usage_mark
		WHERE tenant_id = $1 AND counted_at < now() - make_interval(secs => $2) FOR UPDATE SKIP LOCKED`

	// Each conversation with new messages or ratings is counted anew as a whole:
	// counting it twice is counting it once, whatever was seen when.
	sqlCountUse = `
		WITH touched AS MATERIALIZED (
			SELECT conversation_id FROM message WHERE tenant_id = $1 AND created_at > $2
			UNION
			SELECT conversation_id FROM message WHERE tenant_id = $1 AND rated_at > $2)
		INSERT INTO entry_use (tenant_id, entry_id, conversation_id, last_used_at, helpful, unhelpful)
		SELECT $1, s.entry_id, m.conversation_id, max(m.created_at),
		       count(*) FILTER (WHERE m.rating = 1), count(*) FILTER (WHERE m.rating = -1)
		FROM touched t
		CROSS JOIN LATERAL (
			SELECT conversation_id, created_at, rating, entry_ids FROM message
			WHERE tenant_id = $1 AND conversation_id = t.conversation_id AND author = 'bot' AND decision IN ('direct', 'composed') OFFSET 0) m
		CROSS JOIN LATERAL unnest(m.entry_ids) AS s(entry_id)
		GROUP BY s.entry_id, m.conversation_id
		ON CONFLICT (tenant_id, entry_id, conversation_id) DO UPDATE
		SET last_used_at = excluded.last_used_at, helpful = excluded.helpful, unhelpful = excluded.unhelpful
		WHERE (entry_use.last_used_at, entry_use.helpful, entry_use.unhelpful)
		   IS DISTINCT FROM (excluded.last_used_at, excluded.helpful, excluded.unhelpful)`

	sqlMoveMark = `UPDATE usage_mark SET counted_at = now() WHERE tenant_id = $1`
)

// CountUse brings the use of every shop's entries up to date. A shop with which that
// fails keeps no other from it.
func (k *Knowledge) CountUse(ctx context.Context) error {
	return eachTenant(ctx, k.DB, func(ids []tenant.ID) error {
		return each(ctx, ids, func(id tenant.ID) error { return k.countUse(ctx, id) })
	})
}

// countUse brings the use of a shop's entries up to date, ten seconds aside. It
// reads what came since the last time; answering pays nothing for it.
func (k *Knowledge) countUse(ctx context.Context, id tenant.ID) error {
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlStartMark, id.UUID); err != nil {
			return err
		}
		var since time.Time
		switch err := tx.QueryRow(ctx, sqlTakeMark, id.UUID, usageAge.Seconds()).Scan(&since); {
		case errors.Is(err, pgx.ErrNoRows):
			return nil
		case err != nil:
			return err
		}
		if _, err := tx.Exec(ctx, sqlCountUse, planned, id.UUID, since.Add(-usageOverlap)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlMoveMark, id.UUID)
		return err
	})
	if err != nil {
		return fmt.Errorf("count the use of entries: %w", err)
	}
	return nil
}
