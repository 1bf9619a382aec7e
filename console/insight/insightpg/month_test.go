package insightpg_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
	"time"

	"storebot/console/insight"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// entries are what answers of a month rest on, if on any.
var entries = []uuid.UUID{uuid.New(), uuid.New(), uuid.New(), uuid.New(), uuid.New()}

// month plays n conversations of a shop over 31 days, of every kind.
func month(shop tenant.ID, n int, start time.Time, seed uint64) *cast {
	r, people := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, 2))
	decisions := []string{"direct", "direct", "direct", "composed", "clarify", "abstain", "small_talk", "small_talk"}
	silences := []time.Duration{0, time.Second, time.Minute, 29 * time.Minute, 30 * time.Minute, 5 * time.Hour, 7 * day, 8 * day}
	var c cast
	for range n {
		p := play{
			at:      start.Add(time.Duration(r.Int64N(int64(31*day/time.Microsecond))) * time.Microsecond),
			person:  r.IntN(15) == 0,
			contact: r.IntN(15) == 0,
			staff:   r.IntN(20) == 0,
		}
		// What staff did and shoppers said of the whole, of a source of its own.
		if p.staff {
			p.wrote = people.IntN(4) > 0
			for range 1 + people.IntN(2) {
				h := handed{reason: insight.Reasons[people.IntN(len(insight.Reasons))]}
				if people.IntN(3) > 0 {
					h.reply = time.Duration(1+people.Int64N(3_600_000_000)) * time.Microsecond
				}
				p.handed = append(p.handed, h)
			}
		}
		if people.IntN(9) == 0 {
			p.score = 1 + people.IntN(5)
		}
		for range r.IntN(5) {
			s := said{
				decision: decisions[r.IntN(len(decisions))], silence: silences[min(r.IntN(40), len(silences)-1)*r.IntN(2)],
				first: time.Duration(r.ExpFloat64()*200_000) * time.Microsecond,
			}
			s.total = s.first + time.Duration(r.ExpFloat64()*300_000)*time.Microsecond
			if s.decision == "small_talk" && r.IntN(10) == 0 {
				s.reason = "person"
			}
			if n := r.IntN(12); n < len(entries) && s.decision != "small_talk" {
				s.entry = entries[n]
			}
			if r.IntN(6) == 0 {
				s.rating = 1 - 2*r.IntN(2)
			}
			p.turns = append(p.turns, s)
		}
		c.add(shop, p)
	}
	return &c
}

// line is a row of message, and seen a conversation with its rows in order.
type line struct {
	Author, Decision, Reason, Text string
	Entry                          *uuid.UUID
	At                             time.Time
	First, Total                   int64
	Rating                         int
}

type seen struct {
	id      uuid.UUID
	at      time.Time
	person  bool
	contact bool
	staff   bool
	lines   []line
}

// read fetches what is stored by the plainest of statements, as superuser.
func (s *stage) read(t testing.TB, shop tenant.ID, p insight.Period) []*seen {
	t.Helper()
	ctx := context.Background()
	byID := map[uuid.UUID]*seen{}
	var all []*seen
	rows, err := s.admin.Query(ctx, `SELECT id, created_at, wants_person_at IS NOT NULL, staff_at IS NOT NULL FROM conversation WHERE tenant_id = $1`, shop.UUID)
	if err != nil {
		t.Fatal(err)
	}
	var c seen
	if _, err := pgx.ForEachRow(rows, []any{&c.id, &c.at, &c.person, &c.staff}, func() error {
		one := c
		if !one.at.Before(p.From) && one.at.Before(p.To) {
			byID[one.id] = &one
			all = append(all, &one)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	rows, err = s.admin.Query(ctx, `
		SELECT conversation_id, author, coalesce(decision, ''), reason, text, created_at, coalesce(first_words_us, 0), coalesce(total_us, 0), coalesce(rating, 0), entry_ids[1]
		FROM message WHERE tenant_id = $1 AND author <> 'staff'`, shop.UUID)
	if err != nil {
		t.Fatal(err)
	}
	var id uuid.UUID
	var l line
	if _, err := pgx.ForEachRow(rows, []any{&id, &l.Author, &l.Decision, &l.Reason, &l.Text, &l.At, &l.First, &l.Total, &l.Rating, &l.Entry}, func() error {
		if c := byID[id]; c != nil {
			c.lines = append(c.lines, l)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	rows, err = s.admin.Query(ctx, `SELECT conversation_id FROM contact WHERE tenant_id = $1`, shop.UUID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.ForEachRow(rows, []any{&id}, func() error {
		if c := byID[id]; c != nil {
			c.contact = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		sort.Slice(c.lines, func(i, j int) bool { return c.lines[i].At.Before(c.lines[j].At) })
	}
	return slices.DeleteFunc(all, func(c *seen) bool { return len(c.lines) == 0 && !c.person && !c.contact && !c.staff })
}

// outcome walks the lines in order and remembers, as a person would who reads
// the conversation.
func (c *seen) outcome() insight.Outcome {
	var asked, words, open, returned bool
	verdict := 0
	for i, l := range c.lines {
		if l.Author != "bot" {
			continue
		}
		if l.Rating != 0 {
			verdict = l.Rating
		}
		words = words || l.Reason == "person"
		if l.Decision == "small_talk" {
			continue
		}
		asked = true
		open = l.Decision == "abstain" || l.Decision == "clarify"
		if i >= 2 {
			silence := c.lines[i-1].At.Sub(c.lines[i-2].At)
			returned = returned || silence >= 30*time.Minute && silence <= 7*day
		}
	}
	switch {
	case c.contact, c.staff:
		return insight.HandedOff
	case c.person || words:
		return insight.FailedHandOff
	case !asked:
		return insight.OnlySmallTalk
	case verdict < 0:
		return insight.NotHelpful
	case open:
		return insight.Abstained
	case verdict > 0:
		return insight.Confirmed
	case returned:
		return insight.Returned
	}
	return insight.Untouched
}

// quantile is linear between the two nearest ranks (Hyndman and Fan's type 7).
func quantile(sorted []int64, q float64) time.Duration {
	at := q * float64(len(sorted)-1)
	below := int(math.Floor(at))
	above := min(below+1, len(sorted)-1)
	v := float64(sorted[below]) + (at-float64(below))*float64(sorted[above]-sorted[below])
	return time.Duration(v * float64(time.Microsecond))
}

// near holds a percentile to the error that insight states.
func near(got, exact time.Duration) bool {
	return float64((got - exact).Abs()) <= insight.RelativeError*float64(exact)+2
}

// A month of 10,000 conversations: every figure of the report and every row of
// the ledger is what plain Go makes of the stored rows.
func TestAMonthAddsUp(t *testing.T) {
	s := newStage(t, map[string]string{"plan_cache_mode": "force_generic_plan"}) // as the program runs
	s.shop = s.newShop(t, "America/New_York")
	other := s.newShop(t, "Asia/Taipei")
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s.write(t, month(s.shop, 10_000, start, 7))
	s.write(t, month(other, 2_000, start, 8))
	p := insight.Period{From: start.Add(36 * time.Hour), To: start.Add(29*day + 1234567*time.Microsecond)}
	now := start.Add(33 * day)
	began := time.Now()
	r := s.report(t, p, now)
	t.Logf("report of %d conversations: %s", r.Conversations, time.Since(began))

	all := s.read(t, s.shop, p)
	location, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	want := insight.Report{ByOutcome: map[insight.Outcome]int{}, ByDecision: map[string]int{}, Conversations: len(all)}
	outcomes := map[uuid.UUID]insight.Outcome{}
	type date struct {
		conversations, without int
		first                  []int64
	}
	days := map[string]*date{}
	var first, total []int64
	for _, c := range all {
		o := c.outcome()
		outcomes[c.id] = o
		want.ByOutcome[o]++
		d := days[c.at.In(location).Format(time.DateOnly)]
		if d == nil {
			d = &date{}
			days[c.at.In(location).Format(time.DateOnly)] = d
		}
		d.conversations++
		if o == insight.Untouched || o == insight.Confirmed || o == insight.Returned {
			d.without++
		}
		if o == insight.Untouched && c.lines[len(c.lines)-1].At.After(now.Add(-7*day)) {
			want.NotYetDurable++
		}
		for _, l := range c.lines {
			if l.Author == "shopper" {
				want.Questions++
				continue
			}
			want.ByDecision[l.Decision]++
			first, total, d.first = append(first, l.First), append(total, l.Total), append(d.first, l.First)
			switch l.Rating {
			case 1:
				want.RatedUp++
			case -1:
				want.RatedDown++
			}
		}
	}
	slices.Sort(first)
	slices.Sort(total)
	for _, q := range []struct {
		name      string
		got, want time.Duration
	}{
		{"first p50", r.FirstWords.P50, quantile(first, .5)}, {"first p95", r.FirstWords.P95, quantile(first, .95)}, {"first p99", r.FirstWords.P99, quantile(first, .99)},
		{"total p50", r.Total.P50, quantile(total, .5)}, {"total p95", r.Total.P95, quantile(total, .95)}, {"total p99", r.Total.P99, quantile(total, .99)},
	} {
		if !near(q.got, q.want) {
			t.Errorf("%s: %s, want %s", q.name, q.got, q.want)
		}
	}
	if r.Conversations != want.Conversations || r.Questions != want.Questions || r.RatedUp != want.RatedUp || r.RatedDown != want.RatedDown ||
		r.NotYetDurable != want.NotYetDurable || r.FirstWords.N != len(first) || r.Total.N != len(total) {
		t.Errorf("report %+v\nwant %+v", r, want)
	}
	for _, o := range insight.Outcomes {
		if r.ByOutcome[o] != want.ByOutcome[o] || want.ByOutcome[o] == 0 {
			t.Errorf("%s: %d, want %d and some", o, r.ByOutcome[o], want.ByOutcome[o])
		}
	}
	for d, n := range want.ByDecision {
		if r.ByDecision[d] != n {
			t.Errorf("%s: %d, want %d", d, r.ByDecision[d], n)
		}
	}
	if len(r.Days) != len(days) {
		t.Errorf("%d days, want %d", len(r.Days), len(days))
	}
	for _, got := range r.Days {
		d := days[got.Date]
		if d == nil {
			t.Errorf("a day that should not be there: %+v", got)
			continue
		}
		slices.Sort(d.first)
		if got.Conversations != d.conversations || got.AnsweredWithoutStaff != d.without || !near(got.FirstWords.P50, quantile(d.first, .5)) ||
			!near(got.FirstWords.P95, quantile(d.first, .95)) || !near(got.FirstWords.P99, quantile(d.first, .99)) || got.FirstWords.N != len(d.first) {
			t.Errorf("day %+v, want %d, %d, %s, %s", got, d.conversations, d.without, quantile(d.first, .5), quantile(d.first, .95))
		}
	}
	s.checkLedger(t, p, r, outcomes, all)
	s.checkFiltered(t, p, outcomes)
	s.checkLoad(t, p, now, all, location)
	s.checkTop(t, p, all)
	s.checkBySQL(t, p, now)
}

// checkLedger holds the ledger's pages against the conversations and the report.
func (s *stage) checkLedger(t *testing.T, p insight.Period, r insight.Report, outcomes map[uuid.UUID]insight.Outcome, all []*seen) {
	t.Helper()
	byID := map[uuid.UUID]*seen{}
	for _, c := range all {
		byID[c.id] = c
	}
	b := insight.Baseline{MinutesPerConversation: 6.5, HourlyWageMinor: 19_999, Currency: "TWD"}
	var sum insight.Saved
	met := map[uuid.UUID]bool{}
	rows := s.ledger(t, p, 177)
	for i, row := range rows {
		c := byID[row.Conversation]
		if c == nil || met[row.Conversation] {
			t.Fatalf("row %d is foreign or there twice: %+v", i, row)
		}
		met[row.Conversation] = true
		firstQuestion := ""
		if len(c.lines) > 0 {
			firstQuestion = c.lines[0].Text
		}
		if row.Outcome != outcomes[c.id] || !row.StartedAt.Equal(c.at) || 2*row.Questions != len(c.lines) || row.FirstQuestion != firstQuestion {
			t.Errorf("row %+v, want %s, %s, %d lines", row, outcomes[c.id], c.at, len(c.lines))
		}
		if i > 0 && row.StartedAt.After(rows[i-1].StartedAt) {
			t.Errorf("row %d is newer than the one before", i)
		}
		m := row.Outcome.Minutes(b.MinutesPerConversation)
		sum.Low += m.Low
		sum.Likely += m.Likely
		sum.High += m.High
	}
	if len(rows) != len(all) {
		t.Errorf("%d rows for %d conversations", len(rows), len(all))
	}
	if got := r.Savings(b); got != sum || got.Low > got.Likely || got.Likely > got.High {
		t.Errorf("the report saves %+v, its rows %+v", got, sum)
	}
}

func TestFiguresAreOfOneShop(t *testing.T) {
	s := newStage(t, nil)
	s.put(t, play{at: noon, turns: []said{{decision: "direct"}}, contact: true})
	mine := s.shop
	if err := s.SetBaseline(t.Context(), mine, insight.Baseline{MinutesPerConversation: 5, Currency: "EUR"}); err != nil {
		t.Fatal(err)
	}
	s.shop = s.newShop(t, "UTC")
	p := insight.Period{From: noon.Add(-day), To: noon.Add(day)}
	if r := s.report(t, p, noon); r.Conversations != 0 || r.FirstWords.N != 0 || len(r.Days) != 0 || r.OpenGaps != 0 {
		t.Errorf("a neighbour's report %+v", r)
	}
	if rows := s.ledger(t, p, 10); len(rows) != 0 {
		t.Errorf("a neighbour's ledger %+v", rows)
	}
	if b, ok, err := s.Baseline(t.Context(), s.shop); ok || err != nil || b != (insight.Baseline{}) {
		t.Errorf("a neighbour's baseline %+v, %v, %v", b, ok, err)
	}
	want := insight.Baseline{MinutesToFirstReply: 90, MinutesPerConversation: 4.5, HourlyWageMinor: 20000, Currency: "TWD"}
	if err := s.SetBaseline(t.Context(), mine, want); err != nil {
		t.Fatal(err)
	}
	if b, ok, err := s.Baseline(t.Context(), mine); !ok || err != nil || b != want {
		t.Errorf("baseline %+v, %v, %v", b, ok, err)
	}
}
