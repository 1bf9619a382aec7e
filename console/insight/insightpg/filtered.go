package insightpg

import (
	"context"
	"math"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The conversations that began in one of the spans from $2 to $3, before ($4, $5), and fit
// an insight.Filter: of the outcomes $7; with a reply, if $8; heard $9; rated as $10; lasting as $11,
// judged by $12; handed over for one of $13; met by a person, if $14; with a reply by the decision $15, an answer
// that rests on the entry $16, first words that took more than $17 us and at most $18.
const sqlLedgerOf = `
	WITH begun AS (
		SELECT c.*, ` + beside + `
		FROM unnest($2::timestamptz[], $3::timestamptz[]) AS span (since, until) CROSS JOIN LATERAL (
			SELECT id, created_at, wants_person_at, staff_at FROM conversation
			WHERE tenant_id = $1 AND created_at >= since AND created_at < until AND (created_at, id) < ($4, $5) OFFSET 0) c
		WHERE (cardinality($13::text[]) = 0 OR (SELECT true FROM handover h
		           WHERE h.tenant_id = $1 AND h.conversation_id = c.id AND h.reason = ANY ($13) LIMIT 1))
		  AND (NOT $14::bool OR (SELECT true FROM handover h
		           WHERE h.tenant_id = $1 AND h.conversation_id = c.id AND h.reason <> 'staff' AND h.first_reply_us IS NOT NULL LIMIT 1))
	), turn AS (
		SELECT m.* FROM begun b CROSS JOIN LATERAL (
			SELECT conversation_id, id, created_at, decision, reason, rating, total_us, first_words_us, entry_ids[1] AS entry
			FROM message WHERE tenant_id = $1 AND conversation_id = b.id AND author = 'bot' OFFSET 0) m
	), ` + outcomes + `, page AS (
		SELECT * FROM outcome
		WHERE outcome = ANY ($7::text[]) AND (NOT $8::bool OR questions > 0) AND ($9::text = '' OR heard = $9)
		  AND CASE $10::text WHEN '' THEN true WHEN 'rated' THEN content IS NOT NULL ELSE content = ($10 = 'content') END
		  AND ($11::bool IS NULL OR last_at <= $12 AND came_back <> $11)
		  AND ($15::text = '' OR id IN (SELECT conversation_id FROM turn WHERE decision = $15))
		  AND ($16::uuid IS NULL OR id IN (SELECT conversation_id FROM turn WHERE entry = $16 AND decision IN ('direct', 'composed')))
		  AND ($17::bigint IS NULL OR id IN (SELECT conversation_id FROM turn WHERE first_words_us > $17 AND first_words_us <= $18::bigint))
		ORDER BY created_at DESC, id DESC LIMIT $6)
	SELECT o.id, o.created_at,
	       coalesce((SELECT m.text FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = o.id AND m.author = 'shopper'
	                 ORDER BY m.created_at, m.id LIMIT 1), ''),
	       o.questions, o.outcome
	FROM page o ORDER BY o.created_at DESC, o.id DESC`

// maxUnknown is how many spans are read at once of which it is not known what they hold.
const maxUnknown = 96

// ledgerOf is Ledger for a filter: it classifies the quarters that may have such
// a conversation, by their tallies, until the page is full.
func (s *Store) ledgerOf(ctx context.Context, id tenant.ID, p insight.Period, last insight.LedgerRow, limit int, f insight.Filter, young time.Time) ([]insight.LedgerRow, error) {
	zone, until, err := s.span(ctx, id)
	if err != nil {
		return nil, err
	}
	if end := last.StartedAt.Add(time.Microsecond); end.Before(p.To) {
		p.To = end
	}
	if !p.From.Before(p.To) {
		return nil, nil
	}
	if f.Heard != "" && f.Rating == "" {
		f.Rating = insight.Rated
	}
	var hours insight.Hours
	if f.OffHours {
		if hours, err = s.hours(ctx, id); err != nil {
			return nil, err
		}
	}
	spans, err := s.spansOf(ctx, id, p, until, f, func(at time.Time) bool { return f.Began(at.In(zone), hours) })
	if err != nil {
		return nil, err
	}
	outcomes := []insight.Outcome{}
	for _, o := range insight.Outcomes {
		if f.Wants(o) {
			outcomes = append(outcomes, o)
		}
	}
	entry, after, upTo := ofReplies(f)
	reasons := append([]string{}, f.Reasons...)
	var out []insight.LedgerRow
	// Where few of those that may be meant are, each look is twice as wide as the one before.
	for want := limit; len(spans) > 0 && len(out) < limit; want *= 2 {
		var since, to []time.Time
		for n, unknown := 0, 0; len(spans) > 0 && n < want-len(out) && unknown < maxUnknown; spans = spans[1:] {
			since, to = append(since, spans[0].From), append(to, spans[0].To)
			if n += spans[0].n; spans[0].n == 0 {
				unknown++
			}
		}
		err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
			prepare(b, id)
			b.In(id, tenantpg.NoLoops)
			b.In(id, sqlLedgerOf, id.UUID, since, to, last.StartedAt, last.Conversation, limit-len(out), outcomes,
				f.Replied, f.Heard, f.Rating, f.Lasting, young, reasons, f.Met, f.Decision, entry, after, upTo).Query(func(rows pgx.Rows) error {
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

// ofReplies is what a filter says of replies, NULL where it says nothing.
func ofReplies(f insight.Filter) (entry *uuid.UUID, after, upTo *int64) {
	if f.Entry != uuid.Nil {
		entry = &f.Entry
	}
	if w := f.Waited; w != nil {
		least, most := w.After.Microseconds(), int64(math.MaxInt64)
		if w.UpTo > 0 {
			most = w.UpTo.Microseconds()
		}
		if least == 0 {
			least = -1 // a wait of no time is in the first band
		}
		after, upTo = &least, &most
	}
	return entry, after, upTo
}

// newest is where a list begins that ends before p.To.
func newest(p insight.Period) insight.LedgerRow {
	return insight.LedgerRow{StartedAt: p.To, Conversation: uuid.Max}
}
