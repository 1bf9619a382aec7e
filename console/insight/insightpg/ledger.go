package insightpg

import (
	"context"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

// The page is cut before anything is classified; it has the conversations that
// outcome keeps. The subqueries cannot be joined, so that each looks up one
// conversation by its key, whatever the planner expects, and only until the page is full.
const sqlLedger = `
	WITH begun AS (
		SELECT c.*, ` + beside + `
		FROM (
			SELECT id, created_at, wants_person_at, staff_at FROM conversation
			WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3 AND (created_at, id) < ($4, $5)
			ORDER BY created_at DESC, id DESC OFFSET 0) c
		WHERE c.wants_person_at IS NOT NULL OR c.staff_at IS NOT NULL
		   OR (SELECT true FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = c.id LIMIT 1)
		   OR (SELECT true FROM contact k WHERE k.tenant_id = $1 AND k.conversation_id = c.id LIMIT 1)
		LIMIT $6
	), turn AS (
		SELECT m.* FROM begun b CROSS JOIN LATERAL (
			SELECT conversation_id, id, created_at, decision, reason, rating, total_us
			FROM message WHERE tenant_id = $1 AND conversation_id = b.id AND author = 'bot' OFFSET 0) m
	), ` + outcomes + `
	SELECT o.id, o.created_at,
	       coalesce((SELECT m.text FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = o.id AND m.author = 'shopper'
	                 ORDER BY m.created_at, m.id LIMIT 1), ''),
	       o.questions, o.outcome
	FROM outcome o ORDER BY o.created_at DESC, o.id DESC`

// Ledger returns the conversations behind a report, newest first: at most limit
// of those before the row last, or from the start for a zero last; of those that the
// filter means. now is as for Report. Error: insight.ErrPeriod.
func (s *Store) Ledger(ctx context.Context, id tenant.ID, p insight.Period, last insight.LedgerRow, limit int, f insight.Filter, now time.Time) ([]insight.LedgerRow, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if last.StartedAt.IsZero() {
		last = newest(p)
	}
	if !f.All() {
		return s.ledgerOf(ctx, id, p, last, limit, f, now.Add(-insight.DurableAfter))
	}
	var out []insight.LedgerRow
	err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
		prepare(b, id)
		b.In(id, tenantpg.NoLoops)
		b.In(id, sqlLedger, id.UUID, p.From, p.To, last.StartedAt, last.Conversation, limit).Query(func(rows pgx.Rows) (err error) {
			out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[insight.LedgerRow])
			return err
		})
	})
	return out, err
}
