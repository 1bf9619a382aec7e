package insightpg_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"storebot/console/insight"

	"github.com/google/uuid"
)

// plain is every figure again, in SQL that shares nothing with the product's:
// each conversation's turns are numbered and looked at one beside the other. Read as superuser. $1 shop,
// $2 and $3 period, $4 now.
const plain = `
CREATE TEMP TABLE plain AS
WITH bot AS (
	SELECT m.*, row_number() OVER w AS nth, count(*) OVER (PARTITION BY m.conversation_id) AS turns,
	       q.created_at - lag(m.created_at) OVER w AS silence
	FROM message m
	JOIN message q ON q.conversation_id = m.conversation_id AND q.client_key = m.client_key AND q.author = 'shopper'
	WHERE m.tenant_id = $1 AND m.author = 'bot'
	WINDOW w AS (PARTITION BY m.conversation_id ORDER BY m.created_at)
), facts AS (
	SELECT c.id, c.created_at AS began, c.wants_person_at IS NOT NULL AS pressed, c.staff_at IS NOT NULL AS touched,
	       c.id IN (SELECT conversation_id FROM contact) AS reachable,
	       c.id IN (SELECT conversation_id FROM message WHERE author = 'staff') AS person_wrote,
	       max(s.score) AS score,
	       count(b.id) AS replies,
	       count(b.id) FILTER (WHERE b.decision <> 'small_talk') AS looked_up,
	       count(b.id) FILTER (WHERE b.reason = 'person') AS asked_in_words,
	       (array_agg(b.decision ORDER BY b.nth DESC) FILTER (WHERE b.decision <> 'small_talk'))[1] AS last_decision,
	       (array_agg(b.rating ORDER BY b.nth DESC) FILTER (WHERE b.rating <> 0))[1] AS last_rating,
	       count(b.id) FILTER (WHERE b.decision <> 'small_talk' AND b.silence BETWEEN interval '30 minutes' AND interval '7 days') AS comebacks,
	       coalesce(max(b.created_at), c.created_at) AS last_at
	FROM conversation c LEFT JOIN bot b ON b.conversation_id = c.id LEFT JOIN satisfaction s ON s.conversation_id = c.id
	WHERE c.tenant_id = $1 AND c.created_at >= $2 AND c.created_at < $3
	GROUP BY c.id, c.created_at, c.wants_person_at, c.staff_at
), named AS (
	SELECT *, CASE
		WHEN reachable OR touched THEN 'handed_off'
		WHEN pressed OR asked_in_words > 0 THEN 'failed_hand_off'
		WHEN looked_up = 0 THEN 'small_talk'
		WHEN last_rating = -1 THEN 'not_helpful'
		WHEN last_decision IN ('abstain', 'clarify') THEN 'abstained'
		WHEN last_rating = 1 THEN 'confirmed'
		WHEN comebacks > 0 THEN 'returned'
		ELSE 'untouched' END AS outcome
	FROM facts WHERE replies > 0 OR reachable OR touched OR pressed
)
SELECT *, outcome IN ('confirmed', 'returned', 'untouched') AS alone,
       outcome IN ('confirmed', 'returned', 'untouched') AND last_at <= $4::timestamptz - interval '7 days' AS judged,
       CASE WHEN NOT person_wrote THEN 'bot' WHEN looked_up > 0 THEN 'both' ELSE 'staff' END AS heard,
       CASE WHEN score IS NOT NULL THEN score IN (4, 5) WHEN last_rating IS NOT NULL THEN last_rating = 1 END AS content,
       began AT TIME ZONE 'America/New_York' AS clock
FROM named`

// checkBySQL holds the report, and the conversations behind each of its figures, against plain.
func (s *stage) checkBySQL(t *testing.T, p insight.Period, now time.Time) {
	t.Helper()
	literal := func(at time.Time) string { return "'" + at.Format(time.RFC3339Nano) + "'" }
	s.exec(t, strings.NewReplacer("$1", "'"+s.shop.UUID.String()+"'", "$2", literal(p.From), "$3", literal(p.To), "$4", literal(now)).Replace(plain))
	s.exec(t, `INSERT INTO hours (tenant_id, closed_on) VALUES ($1, '{2026-03-17}')`, s.shop.UUID)
	s.exec(t, `INSERT INTO opening (tenant_id, weekday, opens, closes) SELECT $1, d, 540, 1080 FROM generate_series(1, 5) d`, s.shop.UUID)
	r := s.report(t, p, now)

	ids := func(where string) map[uuid.UUID]bool {
		t.Helper()
		rows, err := s.admin.Query(t.Context(), `SELECT id FROM plain WHERE `+where)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		out := map[uuid.UUID]bool{}
		for rows.Next() {
			var id uuid.UUID
			if err := rows.Scan(&id); err != nil {
				t.Fatal(err)
			}
			out[id] = true
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return out
	}
	yes, no := true, false
	handOver := func(reason string) insight.HandOvers {
		for _, h := range r.HandOvers {
			if h.Reason == reason {
				return h
			}
		}
		t.Fatalf("no %s in %+v", reason, r.HandOvers)
		return insight.HandOvers{}
	}
	type figure struct {
		name   string
		n      int
		filter insight.Filter
		where  string
	}
	away := `(extract(isodow FROM clock) > 5 OR clock::time < '09:00' OR clock::time >= '18:00' OR clock::date = '2026-03-17')`
	figures := []figure{
		{"all", r.Conversations, insight.Filter{}, `true`},
		{"replied", r.Replied, insight.Filter{Replied: true}, `replies > 0`},
		{"without staff", r.AnsweredWithoutStaff(), insight.Filter{Outcomes: []insight.Outcome{insight.Confirmed, insight.Returned, insight.Untouched}}, `alone`},
		{"lasting", r.Judged - r.CameBack, insight.Filter{Lasting: &yes}, `judged AND comebacks = 0`},
		{"came back", r.CameBack, insight.Filter{Lasting: &no}, `judged AND comebacks > 0`},
		{"met", r.Met, insight.Filter{Met: true}, `id IN (SELECT conversation_id FROM handover WHERE reason <> 'staff' AND first_reply_us > 0)`},
		{"off hours", r.OffHours, insight.Filter{OffHours: true}, away},
		{"off hours, answered", -1, insight.Filter{OffHours: true, Outcomes: []insight.Outcome{insight.Confirmed}}, away + ` AND outcome = 'confirmed'`},
		{"a day", -1, insight.Filter{Day: "2026-03-12"}, `clock::date = '2026-03-12'`},
		{"at night", -1, insight.Filter{Hours: &insight.HourSpan{From: 22, Until: 7}}, `extract(hour FROM clock) >= 22 OR extract(hour FROM clock) < 7`},
		{"rated", -1, insight.Filter{Rating: insight.Rated}, `content IS NOT NULL`},
	}
	for _, d := range []string{"direct", "composed", "clarify", "abstain", "small_talk"} {
		figures = append(figures, figure{d, -1, insight.Filter{Decision: d},
			`id IN (SELECT conversation_id FROM message WHERE author = 'bot' AND decision = '` + d + `')`})
	}
	for i, band := range append(r.Spread, insight.Band{After: 2 * time.Second}) {
		upTo := int64(math.MaxInt64)
		if band.UpTo > 0 {
			upTo = band.UpTo.Microseconds()
		}
		figures = append(figures, figure{fmt.Sprintf("band %d", i), -1, insight.Filter{Waited: &insight.WaitSpan{After: band.After, UpTo: band.UpTo}},
			fmt.Sprintf(`id IN (SELECT conversation_id FROM message WHERE author = 'bot' AND first_words_us > %d AND first_words_us <= %d)`, band.After.Microseconds(), upTo)})
	}
	for _, e := range entries {
		figures = append(figures, figure{"entry", -1, insight.Filter{Entry: e},
			fmt.Sprintf(`id IN (SELECT conversation_id FROM message WHERE author = 'bot' AND decision IN ('direct', 'composed') AND entry_ids[1] = '%s')`, e)})
	}
	// Each hour of the week has behind it the conversations that the plan counts in it.
	load, err := s.Load(t.Context(), s.shop, p, now)
	if err != nil {
		t.Fatal(err)
	}
	about := []insight.Outcome{insight.HandedOff, insight.FailedHandOff, insight.NotHelpful, insight.Abstained, insight.Confirmed, insight.Returned, insight.Untouched}
	for _, at := range []int{0, 29, 58, 87, 116, 143, 167} { // each day once, both ends of one among them
		day, hour := at/24, at%24
		filter := insight.Filter{Weekday: day + 1, Hours: &insight.HourSpan{From: hour, Until: (hour + 1) % 24}, Outcomes: about}
		figures = append(figures, figure{fmt.Sprintf("hour %d of day %d", hour, day), load.Hours[day][hour].Conversations, filter,
			fmt.Sprintf(`extract(isodow FROM clock) = %d AND extract(hour FROM clock) = %d AND outcome <> 'small_talk'`, day+1, hour)})
		filter.Outcomes = []insight.Outcome{insight.Confirmed, insight.Returned, insight.Untouched}
		figures = append(figures, figure{fmt.Sprintf("answered, hour %d of day %d", hour, day), load.Hours[day][hour].ByBot, filter,
			fmt.Sprintf(`extract(isodow FROM clock) = %d AND extract(hour FROM clock) = %d AND alone`, day+1, hour)})
	}
	figures = append(figures, figure{"Sundays", -1, insight.Filter{Weekday: 7}, `extract(isodow FROM clock) = 7`})
	for i, d := range r.Days {
		if i%6 != 0 && i != len(r.Days)-1 {
			continue // every day of the week, and the part of one at the end
		}
		figures = append(figures, figure{d.Date, d.Conversations, insight.Filter{Day: d.Date}, `clock::date = '` + d.Date + `'`})
	}
	for _, o := range insight.Outcomes {
		figures = append(figures, figure{string(o), r.ByOutcome[o], insight.Filter{Outcomes: []insight.Outcome{o}}, `outcome = '` + string(o) + `'`})
	}
	for _, heard := range insight.Heards {
		n := r.Ratings[heard]
		figures = append(figures,
			figure{"content, " + string(heard), n.Content, insight.Filter{Heard: heard, Rating: insight.Content}, `content AND heard = '` + string(heard) + `'`},
			figure{"discontent, " + string(heard), n.Discontent, insight.Filter{Heard: heard, Rating: insight.Discontent}, `NOT content AND heard = '` + string(heard) + `'`},
			figure{"rated, " + string(heard), n.N(), insight.Filter{Heard: heard}, `content IS NOT NULL AND heard = '` + string(heard) + `'`})
	}
	for _, reason := range insight.Reasons {
		figures = append(figures, figure{reason, handOver(reason).Conversations, insight.Filter{Reasons: []string{reason}},
			`id IN (SELECT conversation_id FROM handover WHERE reason = '` + reason + `')`})
		var n int
		if err := s.admin.QueryRow(t.Context(), `SELECT count(*) FROM handover h JOIN plain p ON p.id = h.conversation_id WHERE h.reason = $1`, reason).Scan(&n); err != nil || n != handOver(reason).N || n <= handOver(reason).Conversations {
			t.Errorf("%s: %+v, want %d hand-overs, %v", reason, handOver(reason), n, err)
		}
	}
	for _, f := range figures {
		want := ids(f.where)
		if len(want) == 0 || f.n >= 0 && f.n != len(want) {
			t.Errorf("%s: the figure says %d, the rows %d", f.name, f.n, len(want))
		}
		rows := s.pages(t, p, 2003, f.filter, now)
		got := map[uuid.UUID]bool{}
		for _, row := range rows {
			got[row.Conversation] = want[row.Conversation]
		}
		if len(rows) != len(want) || len(got) != len(want) || slices.ContainsFunc(rows, func(row insight.LedgerRow) bool { return !want[row.Conversation] }) {
			t.Errorf("%s opens %d conversations, %d different ones; want %d", f.name, len(rows), len(got), len(want))
		}
	}
	s.checkWaitsBySQL(t, p, r)
	var low, likely, high int
	if err := s.admin.QueryRow(t.Context(), `
		SELECT sum((outcome = 'confirmed')::int - (outcome = 'failed_hand_off')::int),
		       sum((outcome IN ('confirmed', 'untouched'))::int - (outcome = 'failed_hand_off')::int),
		       sum(alone::int - (outcome = 'failed_hand_off')::int) FROM plain`).Scan(&low, &likely, &high); err != nil {
		t.Fatal(err)
	}
	if a, b, c := r.SavedConversations(); a != low || b != likely || c != high {
		t.Errorf("saved %d %d %d, want %d %d %d", a, b, c, low, likely, high)
	}
}

// checkWaitsBySQL holds the percentiles against percentile_cont over the rows.
func (s *stage) checkWaitsBySQL(t *testing.T, p insight.Period, r insight.Report) {
	t.Helper()
	for _, w := range []struct {
		name  string
		got   insight.Percentiles
		sql   string
		exact bool
	}{
		{"first words", r.FirstWords, `SELECT m.first_words_us AS us FROM message m JOIN plain p ON p.id = m.conversation_id WHERE m.author = 'bot'`, false},
		{"total", r.Total, `SELECT m.total_us AS us FROM message m JOIN plain p ON p.id = m.conversation_id WHERE m.author = 'bot'`, false},
		{"a person's first words", r.StaffFirstReply, `SELECT h.first_reply_us AS us FROM handover h JOIN plain p ON p.id = h.conversation_id WHERE h.reason <> 'staff' AND h.first_reply_us IS NOT NULL`, true},
	} {
		var us [3]float64
		var n int
		if err := s.admin.QueryRow(t.Context(), fmt.Sprintf(`
			SELECT count(*), percentile_cont(.5) WITHIN GROUP (ORDER BY us), percentile_cont(.95) WITHIN GROUP (ORDER BY us), percentile_cont(.99) WITHIN GROUP (ORDER BY us)
			FROM (%s) x`, w.sql)).Scan(&n, &us[0], &us[1], &us[2]); err != nil {
			t.Fatal(err)
		}
		for i, got := range []time.Duration{w.got.P50, w.got.P95, w.got.P99} {
			want := time.Duration(us[i] * float64(time.Microsecond))
			if w.got.N != n || n == 0 || !near(got, want) || w.exact && (got-want).Abs() > time.Microsecond {
				t.Errorf("%s: %s of %d, want %s of %d", w.name, got, w.got.N, want, n)
			}
		}
	}
}
