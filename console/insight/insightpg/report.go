package insightpg

import (
	"context"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

// One statement, so that all figures are of one moment and the turns are read
// once. $4: an answer given after it is too young to have lasted.
const sqlReport = `
	WITH begun AS (
		SELECT id, created_at, wants_person_at, id IN (SELECT conversation_id FROM contact WHERE tenant_id = $1) AS contact,
		       (created_at AT TIME ZONE (SELECT time_zone FROM shop WHERE tenant_id = $1))::date AS date
		FROM conversation WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3
	), turn AS (
		SELECT m.conversation_id, m.id, m.created_at, m.decision, m.reason, m.rating, m.first_words_us, m.total_us, b.date
		FROM begun b JOIN message m ON m.conversation_id = b.id
		WHERE m.tenant_id = $1 AND m.author = 'bot'
		  AND m.created_at >= $2::timestamptz - interval '1 day' -- for the index: no clock is a day late
	), ` + outcomes + `, day AS (
		SELECT date, count(*) AS conversations, count(*) FILTER (WHERE outcome IN ('confirmed', 'untouched', 'returned')) AS without_staff
		FROM outcome JOIN begun USING (id) GROUP BY date
	), wait AS (
		SELECT date, percentile_cont(ARRAY[.5, .95]) WITHIN GROUP (ORDER BY first_words_us) AS first FROM turn GROUP BY date
	)
	SELECT (SELECT json_agg(x) FROM (
	           SELECT outcome, count(*) AS conversations, sum(questions) AS questions, count(*) FILTER (WHERE last_at > $4) AS young
	           FROM outcome GROUP BY outcome) x),
	       (SELECT json_agg(x) FROM (
	           SELECT decision, count(*) AS replies, count(*) FILTER (WHERE rating = 1) AS up, count(*) FILTER (WHERE rating = -1) AS down
	           FROM turn GROUP BY decision) x),
	       (SELECT json_build_object('n', count(*),
	                   'first', percentile_cont(ARRAY[.5, .95, .99]) WITHIN GROUP (ORDER BY first_words_us),
	                   'total', percentile_cont(ARRAY[.5, .95, .99]) WITHIN GROUP (ORDER BY total_us))
	        FROM turn),
	       (SELECT json_agg(x) FROM (
	           SELECT to_char(date, 'YYYY-MM-DD') AS date, conversations, without_staff, first
	           FROM day LEFT JOIN wait USING (date) ORDER BY date) x),
	       (SELECT count(*)::int FROM gap WHERE tenant_id = $1 AND state = 'open')`

// What sqlReport returns.
type (
	outcomeRow struct {
		Outcome       insight.Outcome `json:"outcome"`
		Conversations int             `json:"conversations"`
		Questions     int             `json:"questions"`
		Young         int             `json:"young"`
	}
	decisionRow struct {
		Decision string `json:"decision"`
		Replies  int    `json:"replies"`
		Up       int    `json:"up"`
		Down     int    `json:"down"`
	}
	waitRow struct {
		N     int       `json:"n"`
		First []float64 `json:"first"` // microseconds; null without a reply
		Total []float64 `json:"total"`
	}
	dayRow struct {
		Date          string    `json:"date"`
		Conversations int       `json:"conversations"`
		WithoutStaff  int       `json:"without_staff"`
		First         []float64 `json:"first"`
	}
)

// Report returns the figures of a shop over a period. now tells which
// conversations are too young to be judged durable. Error: insight.ErrPeriod.
func (s *Store) Report(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (insight.Report, error) {
	if err := p.Check(); err != nil {
		return insight.Report{}, err
	}
	r := insight.Report{ByOutcome: map[insight.Outcome]int{}, ByDecision: map[string]int{}}
	read := func(rows pgx.Rows) error {
		var byOutcome []outcomeRow
		var byDecision []decisionRow
		var wait waitRow
		var days []dayRow
		_, err := pgx.ForEachRow(rows, []any{&byOutcome, &byDecision, &wait, &days, &r.OpenGaps}, func() error { return nil })
		for _, o := range byOutcome {
			r.ByOutcome[o.Outcome] = o.Conversations
			r.Conversations += o.Conversations
			r.Questions += o.Questions
			if o.Outcome == insight.Untouched {
				r.NotYetDurable = o.Young
			}
		}
		for _, d := range byDecision {
			r.ByDecision[d.Decision] = d.Replies
			r.RatedUp += d.Up
			r.RatedDown += d.Down
		}
		if wait.N > 0 {
			r.FirstWords, r.Total = percentiles(wait.First, wait.N), percentiles(wait.Total, wait.N)
		}
		for _, d := range days {
			day := insight.Day{Date: d.Date, Conversations: d.Conversations, AnsweredWithoutStaff: d.WithoutStaff}
			if len(d.First) == 2 {
				day.P50, day.P95 = microseconds(d.First[0]), microseconds(d.First[1])
			}
			r.Days = append(r.Days, day)
		}
		return err
	}
	err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
		prepare(b, id)
		b.In(id, sqlNoLoops)
		b.In(id, sqlReport, id.UUID, p.From, p.To, now.Add(-insight.DurableAfter)).Query(read)
	})
	return r, err
}

func percentiles(us []float64, n int) insight.Percentiles {
	return insight.Percentiles{P50: microseconds(us[0]), P95: microseconds(us[1]), P99: microseconds(us[2]), N: n}
}

func microseconds(us float64) time.Duration { return time.Duration(us * float64(time.Microsecond)) }
