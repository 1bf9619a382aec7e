package insightpg_test

import (
	"testing"
	"time"

	"storebot/console/insight"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func TestOutcomes(t *testing.T) {
	direct, composed := said{decision: "direct"}, said{decision: "composed"}
	abstain, clarify := said{decision: "abstain"}, said{decision: "clarify"}
	hello := said{decision: "small_talk", reason: "greeting"}
	person := said{decision: "small_talk", reason: "person"}
	up, down := said{decision: "direct", rating: 1}, said{decision: "direct", rating: -1}
	after := func(d time.Duration, s said) said { s.silence = d; return s }
	turns := func(t ...said) play { return play{turns: t} }
	contact := func(p play) play { p.contact = true; return p }
	staff := func(p play) play { p.staff = true; return p }
	button := func(p play) play { p.person = true; return p }

	s := newStage(t, nil)
	cases := []struct {
		name string
		play play
		want insight.Outcome
	}{
		{"an answer", turns(direct), insight.Untouched},
		{"a written answer", turns(composed), insight.Untouched},
		{"greeting, then an answer", turns(hello, direct), insight.Untouched},
		{"an answer, then thanks", turns(direct, hello), insight.Untouched},
		{"the last question answered", turns(abstain, clarify, direct), insight.Untouched},
		{"two at once", turns(direct, after(time.Minute, composed)), insight.Untouched},

		{"only a greeting", turns(hello), insight.OnlySmallTalk},
		{"only small talk, praised", turns(said{decision: "small_talk", rating: 1}), insight.OnlySmallTalk},

		{"no answer", turns(abstain), insight.Abstained},
		{"only choices", turns(clarify), insight.Abstained},
		{"the last question open", turns(direct, abstain), insight.Abstained},
		{"the last question open, then thanks", turns(direct, abstain, hello), insight.Abstained},
		{"an earlier reply helped, the last question open", turns(up, abstain), insight.Abstained},

		{"helped", turns(up), insight.Confirmed},
		{"helped after all", turns(down, up), insight.Confirmed},
		{"helped, then another answer", turns(up, direct), insight.Confirmed},
		{"helped, and came back", turns(up, after(time.Hour, direct)), insight.Confirmed},

		{"did not help", turns(down), insight.NotHelpful},
		{"helped once, then not", turns(up, down), insight.NotHelpful},
		{"did not help, then another answer", turns(down, direct), insight.NotHelpful},
		{"did not help, then none", turns(down, abstain), insight.NotHelpful},

		{"29 minutes 59", turns(direct, after(30*time.Minute-time.Microsecond, direct)), insight.Untouched},
		{"30 minutes", turns(direct, after(30*time.Minute, direct)), insight.Returned},
		{"seven days", turns(direct, after(7*day, direct)), insight.Returned},
		{"seven days and a moment", turns(direct, after(7*day+time.Microsecond, direct)), insight.Untouched},
		{"came back to say thanks", turns(direct, after(time.Hour, hello)), insight.Untouched},
		{"thanks after an hour, a question after the thanks", turns(direct, after(time.Hour, hello), after(time.Minute, direct)), insight.Untouched},
		{"came back and got no answer", turns(direct, after(time.Hour, abstain)), insight.Abstained},
		{"came back after a short and a long silence", turns(direct, after(time.Minute, direct), after(day, direct)), insight.Returned},
		{"many short silences", turns(direct, after(20*time.Minute, direct), after(20*time.Minute, direct)), insight.Untouched},
		{"a slow reply is no silence", turns(direct, said{decision: "direct", total: time.Hour}), insight.Untouched},

		{"a contact", contact(turns(abstain)), insight.HandedOff},
		{"a contact after an answer that helped", contact(turns(up)), insight.HandedOff},
		{"a contact after small talk", contact(turns(hello)), insight.HandedOff},
		{"a contact and nothing else", contact(turns()), insight.HandedOff},
		{"the button and a contact", contact(button(turns(direct))), insight.HandedOff},
		{"a person who came", staff(button(turns(direct))), insight.HandedOff},
		{"a person who stepped in", staff(turns(up)), insight.HandedOff},
		{"a person and nothing else", staff(turns()), insight.HandedOff},
		{"the button", button(turns(direct)), insight.FailedHandOff},
		{"the button after what helped", button(turns(up)), insight.FailedHandOff},
		{"the button after small talk", button(turns(hello)), insight.FailedHandOff},
		{"the button and nothing else", button(turns()), insight.FailedHandOff},
		{"a person asked for in words", turns(direct, person), insight.FailedHandOff},
		{"nothing but a person asked for", turns(person), insight.FailedHandOff},
		{"a person asked for in words, and a contact", contact(turns(person)), insight.HandedOff},
	}
	seen := map[insight.Outcome]bool{}
	for i, c := range cases {
		at := noon.Add(time.Duration(i) * 100 * day)
		c.play.at = at
		id := s.put(t, c.play)
		seen[c.want] = true
		p := insight.Period{From: at, To: at.Add(time.Microsecond)}
		r := s.report(t, p, at.Add(30*day))
		if r.Conversations != 1 || r.ByOutcome[c.want] != 1 || r.Questions != len(c.play.turns) {
			t.Errorf("%s: %d conversations, %d questions, %v; want %s", c.name, r.Conversations, r.Questions, r.ByOutcome, c.want)
		}
		without := c.want == insight.Untouched || c.want == insight.Confirmed || c.want == insight.Returned
		if (r.AnsweredWithoutStaff() == 1) != without || len(r.Days) != 1 || (r.Days[0].AnsweredWithoutStaff == 1) != without {
			t.Errorf("%s: answered without staff %d, days %+v", c.name, r.AnsweredWithoutStaff(), r.Days)
		}
		rows := s.ledger(t, p, 10)
		if len(rows) != 1 || rows[0].Outcome != c.want || rows[0].Conversation != id || rows[0].Questions != len(c.play.turns) || !rows[0].StartedAt.Equal(at) {
			t.Errorf("%s: ledger %+v", c.name, rows)
		}
		if want := ""; len(c.play.turns) > 0 {
			want = "question A"
			if rows[0].FirstQuestion != want {
				t.Errorf("%s: first question %q", c.name, rows[0].FirstQuestion)
			}
		}
	}
	for _, o := range insight.Outcomes {
		if !seen[o] {
			t.Errorf("no case ends as %s", o)
		}
	}
}

// A widget that was opened and left is no conversation.
func TestAnEmptyConversationDoesNotCount(t *testing.T) {
	s := newStage(t, nil)
	s.put(t, play{at: noon})
	p := insight.Period{From: noon, To: noon.Add(day)}
	if r := s.report(t, p, noon); r.Conversations != 0 || len(r.Days) != 0 || r.FirstWords.N != 0 || r.FirstWords.Enough() {
		t.Errorf("report %+v", r)
	}
	if rows := s.ledger(t, p, 10); len(rows) != 0 {
		t.Errorf("ledger %+v", rows)
	}
}

func TestAPeriodBeginsAndEndsToTheMoment(t *testing.T) {
	s := newStage(t, nil)
	turns := []said{{decision: "direct"}}
	for _, at := range []time.Time{noon.Add(-time.Microsecond), noon, noon.Add(day - time.Microsecond), noon.Add(day)} {
		s.put(t, play{at: at, turns: turns})
	}
	// Its turns go on after the period's end: they belong to where it began.
	s.put(t, play{at: noon.Add(day - time.Second), turns: []said{{decision: "direct"}, {silence: 40 * day, decision: "abstain"}}})
	p := insight.Period{From: noon, To: noon.Add(day)}
	r := s.report(t, p, noon.Add(100*day))
	if r.Conversations != 3 || r.Questions != 4 || r.ByOutcome[insight.Abstained] != 1 || r.ByDecision["abstain"] != 1 || r.FirstWords.N != 4 {
		t.Errorf("report %+v", r)
	}
	if rows := s.ledger(t, p, 2); len(rows) != 3 || !rows[2].StartedAt.Equal(noon) {
		t.Errorf("ledger %+v", rows)
	}
	for _, bad := range []insight.Period{
		{From: noon, To: noon}, {From: noon, To: noon.Add(-1)}, {From: noon, To: noon.Add(insight.MaxPeriod + 1)},
		{From: time.Unix(-1<<55, 0), To: time.Unix(-1<<55, 1)}, {From: time.Unix(1<<55, 0), To: time.Unix(1<<55, 1)}, {To: noon},
	} {
		if _, err := s.Report(t.Context(), s.shop, bad, noon); err != insight.ErrPeriod {
			t.Errorf("report of %v: %v", bad, err)
		}
		if _, err := s.Ledger(t.Context(), s.shop, bad, insight.LedgerRow{}, 1, insight.Filter{}, noon); err != insight.ErrPeriod {
			t.Errorf("ledger of %v: %v", bad, err)
		}
	}
}

// Whether an answer lasted is known when its shopper stayed away for seven days.
func TestNotYetDurable(t *testing.T) {
	s := newStage(t, nil)
	last := noon.Add(2 * time.Millisecond) // when the reply was given
	s.put(t, play{at: noon, turns: []said{{decision: "direct"}}})
	s.put(t, play{at: noon, turns: []said{{decision: "direct", rating: 1}}}) // confirmed: nothing to wait for
	p := insight.Period{From: noon, To: noon.Add(day)}
	for after, want := range map[time.Duration]int{0: 1, insight.DurableAfter - time.Microsecond: 1, insight.DurableAfter: 0} {
		if r := s.report(t, p, last.Add(after)); r.NotYetDurable != want || r.ByOutcome[insight.Untouched] != 1 {
			t.Errorf("after %s: %d, want %d", after, r.NotYetDurable, want)
		}
	}
}

// A day is the shop's: it begins at its midnight, also when that day has 23 or
// 25 hours.
func TestDaysAreTheShops(t *testing.T) {
	s := newStage(t, nil)
	for zone, changes := range map[string][]string{
		"Europe/Berlin":    {"2026-03-29", "2026-10-25"},
		"America/New_York": {"2026-03-08", "2026-11-01"},
		"Asia/Taipei":      {"2026-03-29"},
		"Asia/Kolkata":     {"2026-03-29"},
		"America/Santiago": {"2026-04-04", "2026-09-06"}, // the hour at midnight itself
	} {
		s.shop = s.newShop(t, zone)
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		var c cast
		for _, date := range changes {
			d, err := time.Parse(time.DateOnly, date)
			if err != nil {
				t.Fatal(err)
			}
			for at := d.Add(-36 * time.Hour); at.Before(d.Add(60 * time.Hour)); at = at.Add(30 * time.Minute) {
				for _, moment := range []time.Time{at, at.Add(-time.Microsecond)} {
					c.add(s.shop, play{at: moment, turns: []said{{decision: "direct"}}})
					want[moment.In(location).Format(time.DateOnly)]++
				}
			}
		}
		s.write(t, &c)
		r := s.report(t, insight.Period{From: noon.Add(-60 * day), To: noon.Add(300 * day)}, noon)
		got := map[string]int{}
		before := ""
		for _, d := range r.Days {
			got[d.Date] = d.Conversations
			if d.Date <= before || d.AnsweredWithoutStaff != d.Conversations || !near(d.FirstWords.P50, time.Millisecond) || !near(d.FirstWords.P95, time.Millisecond) {
				t.Errorf("%s: day %+v after %s", zone, d, before)
			}
			before = d.Date
		}
		for date, n := range want {
			if got[date] != n {
				t.Errorf("%s, %s: %d conversations, want %d", zone, date, got[date], n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d days, want %d", zone, len(got), len(want))
		}
	}
}
