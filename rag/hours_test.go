package rag_test

import (
	"strings"
	"testing"
	"time"

	"storebot/rag"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// weekly is open from nine to six on weekdays with an hour's break, and on Saturday mornings.
func weekly(t testing.TB, name string) rag.Hours {
	h := rag.Hours{Zone: zone(t, name), ReplyWithin: 15 * time.Minute}
	for day := time.Monday; day <= time.Friday; day++ {
		h.Openings = append(h.Openings, rag.Opening{Weekday: day, Opens: 540, Closes: 720}, rag.Opening{Weekday: day, Opens: 780, Closes: 1080})
	}
	h.Openings = append(h.Openings, rag.Opening{Weekday: time.Saturday, Opens: 600, Closes: 780})
	return h
}

func TestOpeningTimes(t *testing.T) {
	h := weekly(t, "Asia/Taipei")
	h.ClosedOn = []string{"2026-12-25"} // a Friday
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, h.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return v.UTC()
	}
	for _, c := range []struct{ now, opens, due string }{
		{"2026-11-30 09:00", "2026-11-30 09:00", "2026-11-30 09:15"}, // Monday
		{"2026-11-30 08:59", "2026-11-30 09:00", "2026-11-30 09:15"},
		{"2026-11-30 11:50", "2026-11-30 11:50", "2026-11-30 13:05"}, // over the break
		{"2026-11-30 12:00", "2026-11-30 13:00", "2026-11-30 13:15"},
		{"2026-11-30 18:00", "2026-12-01 09:00", "2026-12-01 09:15"},
		{"2026-12-05 12:50", "2026-12-05 12:50", "2026-12-07 09:05"}, // Saturday to Monday
		{"2026-12-24 18:00", "2026-12-26 10:00", "2026-12-26 10:15"}, // over Christmas
	} {
		if got, ok := h.OpensAt(at(c.now)); !ok || !got.Equal(at(c.opens)) {
			t.Errorf("at %s it opens at %s, %v, want %s", c.now, got.In(h.Zone), ok, c.opens)
		}
		if got, ok := h.Due(at(c.now), h.ReplyWithin); !ok || !got.Equal(at(c.due)) {
			t.Errorf("asked at %s it is due at %s, %v, want %s", c.now, got.In(h.Zone), ok, c.due)
		}
		if got := h.Open(at(c.now)); got != (c.now == c.opens) {
			t.Errorf("at %s open: %v", c.now, got)
		}
	}
	if got := h.Between(at("2026-11-30 11:00"), at("2026-12-01 10:00")); got != 7*time.Hour {
		t.Errorf("opening time over a night: %s, want 7h", got)
	}
}

func TestHoursOfAShopThatHasNotSaid(t *testing.T) {
	var h rag.Hours
	now := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	if _, ok := h.OpensAt(now); ok || h.Open(now) || h.Known() {
		t.Error("something is promised")
	}
	if due, ok := h.Due(now, time.Hour); !ok || !due.Equal(now.Add(time.Hour)) {
		t.Errorf("due %s, %v", due, ok)
	}
	closed := weekly(t, "UTC")
	for day := now; len(closed.ClosedOn) < 70; day = day.AddDate(0, 0, 1) {
		closed.ClosedOn = append(closed.ClosedOn, day.Format(time.DateOnly))
	}
	if at, ok := closed.OpensAt(now); ok {
		t.Errorf("closed for seventy days, it opens at %s", at)
	}
	if _, ok := closed.Due(now, time.Minute); ok {
		t.Error("closed for seventy days, something is due")
	}
}

// The nights when clocks are put forward and back are days like any other.
func TestHoursOverAClockChange(t *testing.T) {
	h := rag.Hours{Zone: zone(t, "Europe/Berlin"), Openings: []rag.Opening{{Weekday: time.Sunday, Opens: 0, Closes: 600}}}
	for date, want := range map[string]time.Duration{"2026-03-29": 9 * time.Hour, "2026-10-25": 11 * time.Hour, "2026-05-31": 10 * time.Hour} {
		day, err := time.ParseInLocation(time.DateOnly, date, h.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Between(day.Add(-time.Hour), day.Add(30*time.Hour)); got != want {
			t.Errorf("%s is open for %s, want %s", date, got, want)
		}
	}
}

// What is due after d has exactly d of opening time before it.
// In Chile a day of spring begins at one: it has no midnight, and is a day all the same.
func TestHoursOfADayWithoutAMidnight(t *testing.T) {
	h := rag.Hours{Zone: zone(t, "America/Santiago"), Openings: []rag.Opening{{Weekday: time.Sunday, Opens: 540, Closes: 720}}}
	noMidnight := time.Date(2026, 9, 6, 9, 30, 0, 0, h.Zone) // a Sunday
	if !h.Open(noMidnight) {
		t.Errorf("closed at %s", noMidnight)
	}
	saturday := time.Date(2026, 9, 5, 12, 0, 0, 0, h.Zone)
	if at, ok := h.OpensAt(saturday); !ok || !at.Equal(time.Date(2026, 9, 6, 9, 0, 0, 0, h.Zone)) {
		t.Errorf("after %s it opens at %s, %v", saturday, at.In(h.Zone), ok)
	}
	h.ClosedOn = []string{"2026-09-06"}
	if h.Open(noMidnight) {
		t.Error("open on a day on which the shop is closed")
	}
}

func TestDueAndBetweenAgree(t *testing.T) {
	shops := []rag.Hours{weekly(t, "Asia/Taipei"), weekly(t, "America/New_York"), weekly(t, "Pacific/Apia")}
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.SampledFrom(shops).Draw(t, "shop")
		from := time.Unix(rapid.Int64Range(1767225600, 1798761600).Draw(t, "from"), 0)
		d := time.Duration(rapid.Int64Range(1, int64(60*time.Hour)).Draw(t, "wait"))
		due, ok := h.Due(from, d)
		if !ok {
			t.Fatal("never due")
		}
		if got := h.Between(from, due); got != d {
			t.Fatalf("from %s until %s there is %s of opening time, want %s", from, due, got, d)
		}
		if opens, _ := h.OpensAt(from); !h.Open(opens) || opens.Before(from) || h.Between(from, opens) != 0 {
			t.Fatalf("from %s it opens at %s", from, opens)
		}
	})
}

func TestWhatShoppersAreTold(t *testing.T) {
	shop := rag.Shop{Name: "Tea", Language: "en", Hours: weekly(t, "Asia/Taipei")}
	open := time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC)
	night := time.Date(2026, 11, 30, 14, 0, 0, 0, time.UTC)
	weekend := time.Date(2026, 12, 5, 14, 0, 0, 0, time.UTC)
	waiting := rag.Hold{State: rag.Waiting}
	few, many := rag.WaitStats{Typical: time.Minute, N: 4}, rag.WaitStats{Typical: 130 * time.Second, N: 5}
	own := shop
	own.Hours.AwayText = "We sleep."
	for _, c := range []struct {
		name     string
		shop     rag.Shop
		hold     rag.Hold
		waits    rag.WaitStats
		language string
		now      time.Time
		has, not string
	}{
		{"open", shop, waiting, many, "en", open, "about 3 min", "back"},
		{"open, too few to tell", shop, waiting, few, "en", open, "asked a person", "about"},
		{"at night", shop, waiting, many, "en", night, "back tomorrow at 09:00 (UTC+8)", "about"},
		{"at night, Chinese", shop, waiting, many, "zh-Hant", night, "明天09:00（UTC+8）會回來。", "about"},
		{"on a weekend", shop, waiting, many, "en", weekend, "back on Monday, 7 December at 09:00", "about"},
		{"on a weekend, Chinese", shop, waiting, many, "zh-Hans", weekend, "12月7日（周一）09:00", "about"},
		{"own words", own, waiting, many, "en", night, "We sleep. They are back tomorrow", "Nobody"},
		{"hours not set", rag.Shop{Language: "en"}, waiting, many, "en", night, "Leave a way to reach you", "min"},
		{"an unknown language", shop, waiting, many, "fr", night, "back tomorrow", "zzz"},
	} {
		s := rag.Stand(c.shop, c.hold, c.waits, c.language, c.now)
		if !strings.Contains(s.Text, c.has) || strings.Contains(s.Text, c.not) {
			t.Errorf("%s: %q, want %q in it and not %q", c.name, s.Text, c.has, c.not)
		}
	}
	if s := rag.Stand(shop, rag.Hold{State: rag.ByStaff}, many, "en", night); s.Text != "" || !strings.Contains(s.Consent, "Tea") {
		t.Errorf("with a person: %+v", s)
	}
}
