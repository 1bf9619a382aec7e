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

const (
	// What the table tells of the quarters of a period, newest first; of those alone with an answer that
	// rests on the entry $4, and a reply whose wait is in the bins $5 to $6.
	sqlQuarters = `
	SELECT begins_at, handed_off, failed_hand_off, small_talk, not_helpful, abstained, confirmed, returned, untouched,
	       direct, composed, clarify, abstain, pleasantry,
	       replied, bot_content, bot_discontent, both_content, both_discontent, staff_content, staff_discontent, cardinality(returned_last_at)
	FROM tally
	WHERE tenant_id = $1 AND begins_at >= $2 AND begins_at < $3 AND ($4::uuid IS NULL OR $4 = ANY (entry_ids))
	  AND ($5::smallint IS NULL OR EXISTS (SELECT FROM unnest(first_words_bins) AS bin WHERE bin >= $5 AND bin <= $6::smallint))
	ORDER BY begins_at DESC`

	// The quarters in which conversations began that were handed over for one of
	// the reasons $4, if there are any, or met by a person, if $5; newest first, and how many.
	sqlQuartersHandedOver = `
	SELECT date_bin('15 minutes', began_at, '2000-01-01 00:00:00+00'), count(DISTINCT conversation_id)::int
	FROM handover
	WHERE tenant_id = $1 AND began_at >= $2 AND began_at < $3 AND (cardinality($4::text[]) = 0 OR reason = ANY ($4))
	  AND (NOT $5::bool OR reason <> 'staff' AND first_reply_us IS NOT NULL)
	GROUP BY 1 ORDER BY 1 DESC`
)

// A spanWith is a time in which at most n of the wanted conversations began; of what is not in
// the table that is not known, and n is 0.
type spanWith struct {
	insight.Period
	n int
}

// spansOf returns where to look for a filter's conversations, newest first: the
// quarters that began lets through, cut to the period.
func (s *Store) spansOf(ctx context.Context, id tenant.ID, p insight.Period, until time.Time, f insight.Filter, began func(time.Time) bool) ([]spanWith, error) {
	var out []spanWith
	add := func(at time.Time, n int) {
		if !began(at) {
			return
		}
		span := insight.Period{From: at, To: at.Add(quarter)}
		if span.From.Before(p.From) {
			span.From = p.From
		}
		if p.To.Before(span.To) {
			span.To = p.To
		}
		out = append(out, spanWith{span, n})
	}
	if len(f.Reasons) > 0 || f.Met {
		err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
			b.In(id, sqlQuartersHandedOver, id.UUID, p.From, p.To, append([]string{}, f.Reasons...), f.Met).Query(func(rows pgx.Rows) error {
				var at time.Time
				var n int
				_, err := pgx.ForEachRow(rows, []any{&at, &n}, func() error { add(at, n); return nil })
				return err
			})
		})
		return out, err
	}
	live := func(l insight.Period) {
		if !f.Timed() {
			out = append(out, spanWith{Period: l})
			return
		}
		for at := l.To.Add(-1).Truncate(quarter); at.Add(quarter).After(l.From); at = at.Add(-quarter) {
			add(at, 0)
		}
	}
	stored, parts := split(p, until)
	if len(parts) > 0 && !parts[len(parts)-1].From.Before(stored.To) {
		live(parts[len(parts)-1])
		parts = parts[:len(parts)-1]
	}
	if stored.From.Before(stored.To) {
		entry, least, last := inQuarters(f)
		err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
			b.In(id, sqlQuarters, id.UUID, stored.From, stored.To, entry, least, last).Query(func(rows pgx.Rows) error {
				return eachQuarter(rows, func(t *tally) {
					if n := t.most(f); n > 0 {
						add(t.beginsAt, n)
					}
				})
			})
		})
		if err != nil {
			return nil, err
		}
	}
	for _, l := range parts {
		live(l)
	}
	return out, nil
}

func eachQuarter(rows pgx.Rows, f func(t *tally)) error {
	var t tally
	_, err := pgx.ForEachRow(rows, []any{
		&t.beginsAt, &t.handedOff, &t.failedHandOff, &t.smallTalk, &t.notHelpful, &t.abstained, &t.confirmed, &t.returned, &t.untouched,
		&t.direct, &t.composed, &t.clarify, &t.abstain, &t.pleasantry,
		&t.replied, &t.botContent, &t.botDiscontent, &t.bothContent, &t.bothDiscontent, &t.staffContent, &t.staffDiscontent, &t.cameBack,
	}, func() error { f(&t); return nil })
	return err
}

// inQuarters is what a filter says of replies, as the table has them; NULL where it says nothing.
func inQuarters(f insight.Filter) (entry *uuid.UUID, least, last *int16) {
	entry, _, _ = ofReplies(f)
	if w := f.Waited; w != nil {
		from, to := insight.Bin(w.After), int16(math.MaxInt16)
		if w.UpTo > 0 {
			to = insight.Bin(w.UpTo)
		}
		least, last = &from, &to
	}
	return entry, least, last
}

// most is how many of its conversations a filter can mean.
func (t *tally) most(f insight.Filter) int {
	n := 0
	for o, conversations := range t.byOutcome() {
		if f.Wants(o) {
			n += conversations
		}
	}
	if f.Replied {
		n = min(n, int(t.replied))
	}
	switch f.Decision {
	case "direct":
		n = min(n, int(t.direct))
	case "composed":
		n = min(n, int(t.composed))
	case "clarify":
		n = min(n, int(t.clarify))
	case "abstain":
		n = min(n, int(t.abstain))
	case "small_talk":
		n = min(n, int(t.pleasantry))
	}
	if f.Lasting != nil && !*f.Lasting {
		n = min(n, int(t.cameBack))
	}
	if f.Rating == "" && f.Heard == "" {
		return n
	}
	rated := 0
	for heard, r := range t.ratings() {
		switch {
		case f.Heard != "" && f.Heard != heard:
		case f.Rating == insight.Content:
			rated += r.Content
		case f.Rating == insight.Discontent:
			rated += r.Discontent
		default:
			rated += r.N()
		}
	}
	return min(n, rated)
}
