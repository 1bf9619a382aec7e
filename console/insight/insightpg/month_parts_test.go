package insightpg_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"storebot/console/insight"

	"github.com/google/uuid"
)

// checkFiltered reads the ledger of some outcomes page by page: it has exactly
// those conversations that have one of them, newest first.
func (s *stage) checkFiltered(t *testing.T, p insight.Period, outcomes map[uuid.UUID]insight.Outcome) {
	t.Helper()
	for _, only := range [][]insight.Outcome{
		{insight.FailedHandOff}, {insight.Returned, insight.Confirmed}, {insight.NotHelpful}, insight.Outcomes,
	} {
		want := 0
		for _, o := range outcomes {
			if slices.Contains(only, o) {
				want++
			}
		}
		met := map[uuid.UUID]bool{}
		var last insight.LedgerRow
		for {
			const size = 301
			page, err := s.Ledger(t.Context(), s.shop, p, last, size, insight.Filter{Outcomes: only}, noon)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page {
				if met[row.Conversation] || outcomes[row.Conversation] != row.Outcome || !slices.Contains(only, row.Outcome) {
					t.Errorf("%v: %+v, met %v", only, row, met[row.Conversation])
				}
				if !last.StartedAt.IsZero() && row.StartedAt.After(last.StartedAt) {
					t.Errorf("%v: %+v is newer than the one before", only, row)
				}
				met[row.Conversation] = true
				last = row
			}
			if len(page) < size {
				break
			}
		}
		if len(met) != want || want == 0 {
			t.Errorf("%v: %d conversations, want %d", only, len(met), want)
		}
	}
}

func (s *stage) checkLoad(t *testing.T, p insight.Period, now time.Time, all []*seen, zone *time.Location) {
	t.Helper()
	l, err := s.Load(t.Context(), s.shop, p, now)
	if err != nil {
		t.Fatal(err)
	}
	var want [7][24]insight.LoadHour
	first := p.To
	for _, c := range all {
		if c.at.Before(first) {
			first = c.at
		}
		o := c.outcome()
		if o == insight.OnlySmallTalk {
			continue
		}
		at := c.at.In(zone)
		h := &want[(int(at.Weekday())+6)%7][at.Hour()]
		h.Conversations++
		if o == insight.Untouched || o == insight.Confirmed || o == insight.Returned {
			h.ByBot++
		} else {
			h.ForStaff++
		}
	}
	if l.Hours != want {
		t.Errorf("load %+v\nwant %+v", l.Hours, want)
	}
	// The first conversation counts from the beginning of its quarter of an hour.
	if weeks := p.To.Sub(first).Hours() / 168; l.Weeks < weeks || l.Weeks > weeks+.25/168 || !l.Enough() {
		t.Errorf("%v weeks, want %v", l.Weeks, weeks)
	}
}

func (s *stage) checkTop(t *testing.T, p insight.Period, all []*seen) {
	t.Helper()
	s.exec(t, `INSERT INTO entry (tenant_id, id, question, answer, content_hash, question_hash) VALUES ($1, $2, 'How long?', 'a', 'h', 'h')`, s.shop.UUID, entries[0])
	want := map[uuid.UUID]*insight.TopEntry{}
	for _, c := range all {
		for _, l := range c.lines {
			if l.Entry == nil || l.Decision != "direct" && l.Decision != "composed" {
				continue
			}
			e := want[*l.Entry]
			if e == nil {
				e = &insight.TopEntry{Entry: *l.Entry}
				want[*l.Entry] = e
			}
			e.Answers++
			e.Up += max(l.Rating, 0)
			e.Down += max(-l.Rating, 0)
		}
	}
	want[entries[0]].Question = "How long?"
	top, err := s.TopEntries(t.Context(), s.shop, p, 100)
	if err != nil || len(top) != len(entries) {
		t.Fatalf("%+v, %v", top, err)
	}
	for i, e := range top {
		if *want[e.Entry] != e || i > 0 && e.Answers > top[i-1].Answers {
			t.Errorf("%+v, want %+v", e, slices.Collect(maps.Values(want)))
		}
	}
	if few, err := s.TopEntries(t.Context(), s.shop, p, 2); err != nil || !slices.Equal(few, top[:2]) {
		t.Errorf("the two most used: %+v, %v", few, err)
	}
}
