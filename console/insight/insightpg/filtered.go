package insightpg

import (
	"context"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// The quarters that have a conversation of the outcomes $4, newest first, and how many.
	sqlQuartersWith = `
	SELECT begins_at, n FROM (
		SELECT begins_at,
		       CASE WHEN 'handed_off' = ANY ($4::text[]) THEN handed_off ELSE 0 END + CASE WHEN 'failed_hand_off' = ANY ($4) THEN failed_hand_off ELSE 0 END
		       + CASE WHEN 'small_talk' = ANY ($4) THEN small_talk ELSE 0 END + CASE WHEN 'not_helpful' = ANY ($4) THEN not_helpful ELSE 0 END
		       + CASE WHEN 'abstained' = ANY ($4) THEN abstained ELSE 0 END + CASE WHEN 'confirmed' = ANY ($4) THEN confirmed ELSE 0 END
		       + CASE WHEN 'returned' = ANY ($4) THEN returned ELSE 0 END + CASE WHEN 'untouched' = ANY ($4) THEN untouched ELSE 0 END AS n
		FROM tally WHERE tenant_id = $1 AND begins_at >= $2 AND begins_at < $3) x
	WHERE n > 0 ORDER BY begins_at DESC`

	// The conversations of the outcomes $6 that began in one of the spans from $2 to $3, before ($4, $5).
	sqlLedgerOf = `
	WITH begun AS (
		SELECT c.*, coalesce((SELECT true FROM contact k WHERE k.tenant_id = $1 AND k.conversation_id = c.id LIMIT 1), false) AS contact
		FROM unnest($2::timestamptz[], $3::timestamptz[]) AS span (since, until) CROSS JOIN LATERAL (
			SELECT id, created_at, wants_person_at, staff_at FROM conversation
			WHERE tenant_id = $1 AND created_at >= since AND created_at < until AND (created_at, id) < ($4, $5) OFFSET 0) c
	), turn AS (
		SELECT m.* FROM begun b CROSS JOIN LATERAL (
			SELECT conversation_id, id, created_at, decision, reason, rating, total_us
			FROM message WHERE tenant_id = $1 AND conversation_id = b.id AND author = 'bot' OFFSET 0) m
	), ` + outcomes + `, page AS (
		SELECT * FROM outcome WHERE outcome = ANY ($6::text[]) ORDER BY created_at DESC, id DESC LIMIT $7)
	SELECT o.id, o.created_at,
	       coalesce((SELECT m.text FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = o.id AND m.author = 'shopper'
	                 ORDER BY m.created_at, m.id LIMIT 1), ''),
	       o.questions, o.outcome
	FROM page o ORDER BY o.created_at DESC, o.id DESC`
)

// ledgerOf is Ledger for some outcomes: it classifies the quarters that have such
// a conversation, by their tallies, until the page is full.
func (s *Store) ledgerOf(ctx context.Context, id tenant.ID, p insight.Period, last insight.LedgerRow, limit int, outcomes []insight.Outcome) ([]insight.LedgerRow, error) {
	_, until, err := s.span(ctx, id)
	if err != nil {
		return nil, err
	}
	if end := last.StartedAt.Add(time.Microsecond); end.Before(p.To) {
		p.To = end
	}
	if !p.From.Before(p.To) {
		return nil, nil
	}
	spans, err := s.spansWith(ctx, id, p, until, outcomes)
	if err != nil {
		return nil, err
	}
	var out []insight.LedgerRow
	for len(spans) > 0 && len(out) < limit {
		var since, to []time.Time
		for n := 0; len(spans) > 0 && n < limit-len(out); spans = spans[1:] {
			since, to = append(since, spans[0].From), append(to, spans[0].To)
			n += spans[0].n
		}
		err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
			prepare(b, id)
			b.In(id, sqlLedgerOf, id.UUID, since, to, last.StartedAt, last.Conversation, outcomes, limit-len(out)).Query(func(rows pgx.Rows) error {
				page, err := pgx.CollectRows(rows, pgx.RowToStructByPos[insight.LedgerRow])
				out = append(out, page...)
				return err
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// A spanWith is a time in which n wanted conversations began; of what is not in
// the table that is not known, and n is 0.
type spanWith struct {
	insight.Period
	n int
}

// spansWith returns where to look, newest first.
func (s *Store) spansWith(ctx context.Context, id tenant.ID, p insight.Period, until time.Time, outcomes []insight.Outcome) (out []spanWith, err error) {
	stored, live := split(p, until)
	if len(live) > 0 && !live[len(live)-1].From.Before(stored.To) {
		out = append(out, spanWith{Period: live[len(live)-1]})
		live = live[:len(live)-1]
	}
	if stored.From.Before(stored.To) {
		err = s.db.Batch(ctx, func(b *tenantpg.Batch) {
			b.In(id, sqlQuartersWith, id.UUID, stored.From, stored.To, outcomes).Query(func(rows pgx.Rows) error {
				var at time.Time
				var n int
				_, err := pgx.ForEachRow(rows, []any{&at, &n}, func() error {
					out = append(out, spanWith{insight.Period{From: at, To: at.Add(quarter)}, n})
					return nil
				})
				return err
			})
		})
	}
	for _, l := range live {
		out = append(out, spanWith{Period: l})
	}
	return out, err
}

// newest is where a list begins that ends before p.To.
func newest(p insight.Period) insight.LedgerRow {
	return insight.LedgerRow{StartedAt: p.To, Conversation: uuid.Max}
}
