// Package insightpg reads the figures of one shop out of its stored turns. It
// writes nothing but the baseline, and holds no rule: what an outcome is worth
// is insight's.
package insightpg

import (
	"context"
	"errors"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Store reads and writes one database.
type Store struct{ db *tenantpg.DB }

// NewStore returns a Store over db.
func NewStore(db *tenantpg.DB) *Store { return &Store{db} }

// outcomes classifies the conversations that began in [$2, $3), one row each;
// the order of its cases is that of insight.Outcome. A reply that was looked
// for is one that is not small talk. Half an hour without a word ends a visit.
const outcomes = `
	WITH turn AS (
		SELECT m.conversation_id, m.created_at, m.author, m.decision, m.rating, m.text, m.first_words_us, m.total_us,
		       m.created_at - lag(m.created_at) OVER (PARTITION BY m.conversation_id ORDER BY m.created_at, m.id) AS pause
		FROM message m
		JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
		WHERE m.tenant_id = $1 AND c.tenant_id = $1 AND c.created_at >= $2 AND c.created_at < $3
	), summary AS (
		SELECT conversation_id,
		       count(*) FILTER (WHERE author = 'shopper') AS questions,
		       (array_agg(text ORDER BY created_at) FILTER (WHERE author = 'shopper'))[1] AS first_question,
		       count(*) FILTER (WHERE decision <> 'small_talk') AS looked_for,
		       (array_agg(decision ORDER BY created_at DESC) FILTER (WHERE decision <> 'small_talk'))[1] AS last_decision,
		       (array_agg(rating ORDER BY created_at DESC) FILTER (WHERE rating IS NOT NULL))[1] AS last_rating,
		       bool_or(author = 'shopper' AND pause >= interval '30 minutes' AND pause <= interval '7 days') AS came_back
		FROM turn GROUP BY conversation_id
	), outcome AS (
		SELECT c.id, c.created_at, s.first_question, s.questions,
		       CASE
		           WHEN s.looked_for = 0 AND c.wants_person_at IS NULL THEN 'small_talk'
		           WHEN EXISTS (SELECT FROM contact k WHERE k.tenant_id = $1 AND k.conversation_id = c.id) THEN 'handed_off'
		           WHEN c.wants_person_at IS NOT NULL THEN 'failed_hand_off'
		           WHEN s.last_rating = -1 THEN 'not_helpful'
		           WHEN s.last_decision IN ('abstain', 'clarify') THEN 'abstained'
		           WHEN s.last_rating = 1 THEN 'confirmed'
		           WHEN s.came_back THEN 'returned'
		           ELSE 'untouched'
		       END AS outcome
		FROM conversation c JOIN summary s ON s.conversation_id = c.id
		WHERE c.tenant_id = $1
	)`

const sqlOutcomes = outcomes + `
	SELECT outcome, count(*)::int, coalesce(sum(questions), 0)::int, count(*) FILTER (WHERE created_at > $4)::int
	FROM outcome GROUP BY outcome`

const sqlWaits = outcomes + `
	SELECT percentile_cont(ARRAY[.5, .95, .99]) WITHIN GROUP (ORDER BY first_words_us),
	       percentile_cont(ARRAY[.5, .95, .99]) WITHIN GROUP (ORDER BY total_us),
	       count(*)::int
	FROM turn WHERE author = 'bot'`

const sqlDecisions = outcomes + `
	SELECT decision, count(*)::int, count(*) FILTER (WHERE rating = 1)::int, count(*) FILTER (WHERE rating = -1)::int
	FROM turn WHERE author = 'bot' GROUP BY decision`

const sqlDays = outcomes + `, day AS (
		SELECT (created_at AT TIME ZONE (SELECT time_zone FROM shop WHERE tenant_id = $1))::date AS date,
		       count(*)::int AS conversations,
		       count(*) FILTER (WHERE outcome IN ('confirmed', 'untouched', 'returned'))::int AS without_staff
		FROM outcome GROUP BY 1
	), wait AS (
		SELECT (c.created_at AT TIME ZONE (SELECT time_zone FROM shop WHERE tenant_id = $1))::date AS date,
		       percentile_cont(ARRAY[.5, .95]) WITHIN GROUP (ORDER BY t.first_words_us) AS p
		FROM turn t JOIN outcome c ON c.id = t.conversation_id
		WHERE t.author = 'bot' GROUP BY 1
	)
	SELECT to_char(d.date, 'YYYY-MM-DD'), d.conversations, d.without_staff, w.p[1], w.p[2]
	FROM day d JOIN wait w USING (date) ORDER BY d.date`

const sqlOpenGaps = `SELECT count(*)::int FROM gap WHERE tenant_id = $1 AND state = 'open'`

// Report returns the figures of a shop over a period. now tells which
// conversations are too young to be judged durable. Error: insight.ErrPeriod.
func (s *Store) Report(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (insight.Report, error) {
	if err := p.Check(); err != nil {
		return insight.Report{}, err
	}
	r := insight.Report{ByOutcome: map[insight.Outcome]int{}, ByDecision: map[string]int{}}
	err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlOutcomes, id, p.From, p.To, now.Add(-insight.DurableAfter)).Query(func(rows pgx.Rows) error {
			var outcome insight.Outcome
			var n, questions, young int
			_, err := pgx.ForEachRow(rows, []any{&outcome, &n, &questions, &young}, func() error {
				r.ByOutcome[outcome] = n
				r.Conversations += n
				r.Questions += questions
				if outcome == insight.Untouched {
					r.NotYetDurable = young
				}
				return nil
			})
			return err
		})
		b.In(id, sqlWaits, id, p.From, p.To).QueryRow(func(row pgx.Row) error {
			var first, total []float64
			var n int
			if err := row.Scan(&first, &total, &n); err != nil || n == 0 {
				return err
			}
			r.FirstWords, r.Total = percentiles(first, n), percentiles(total, n)
			return nil
		})
		b.In(id, sqlDecisions, id, p.From, p.To).Query(func(rows pgx.Rows) error {
			var decision string
			var n, up, down int
			_, err := pgx.ForEachRow(rows, []any{&decision, &n, &up, &down}, func() error {
				r.ByDecision[decision] = n
				r.RatedUp += up
				r.RatedDown += down
				return nil
			})
			return err
		})
		b.In(id, sqlDays, id, p.From, p.To).Query(func(rows pgx.Rows) error {
			var d insight.Day
			var p50, p95 float64
			_, err := pgx.ForEachRow(rows, []any{&d.Date, &d.Conversations, &d.AnsweredWithoutStaff, &p50, &p95}, func() error {
				d.P50, d.P95 = microseconds(p50), microseconds(p95)
				r.Days = append(r.Days, d)
				return nil
			})
			return err
		})
		b.In(id, sqlOpenGaps, id).QueryRow(func(row pgx.Row) error { return row.Scan(&r.OpenGaps) })
	})
	return r, err
}

func percentiles(us []float64, n int) insight.Percentiles {
	return insight.Percentiles{P50: microseconds(us[0]), P95: microseconds(us[1]), P99: microseconds(us[2]), N: n}
}

func microseconds(us float64) time.Duration { return time.Duration(us * float64(time.Microsecond)) }

const sqlLedger = outcomes + `
	SELECT id, created_at, first_question, questions, outcome FROM outcome
	WHERE (created_at, id) < ($4, $5) ORDER BY created_at DESC, id DESC LIMIT $6`

// Ledger returns the conversations behind a report, newest first: those before
// the row last, or from the start for a zero last.
func (s *Store) Ledger(ctx context.Context, id tenant.ID, p insight.Period, last insight.LedgerRow, limit int) ([]insight.LedgerRow, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if last.StartedAt.IsZero() {
		last = insight.LedgerRow{StartedAt: p.To, Conversation: uuid.Max}
	}
	var out []insight.LedgerRow
	err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlLedger, id, p.From, p.To, last.StartedAt, last.Conversation, limit)
		if err != nil {
			return err
		}
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[insight.LedgerRow])
		return err
	})
	return out, err
}

const sqlBaseline = `
	SELECT minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency FROM baseline WHERE tenant_id = $1`

// Baseline returns what the merchant said; ok is false while nothing was.
func (s *Store) Baseline(ctx context.Context, id tenant.ID) (b insight.Baseline, ok bool, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlBaseline, id).Scan(&b.MinutesToFirstReply, &b.MinutesPerConversation, &b.HourlyWageMinor, &b.Currency)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return insight.Baseline{}, false, nil
	}
	return b, err == nil, err
}

const sqlSetBaseline = `
	INSERT INTO baseline (tenant_id, minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency)
	VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (tenant_id) DO UPDATE SET minutes_to_first_reply = $2, minutes_per_conversation = $3,
	    hourly_wage_minor = $4, currency = $5, updated_at = now()`

// SetBaseline replaces what the merchant said.
func (s *Store) SetBaseline(ctx context.Context, id tenant.ID, b insight.Baseline) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSetBaseline, id, b.MinutesToFirstReply, b.MinutesPerConversation, b.HourlyWageMinor, b.Currency)
		return err
	})
}
