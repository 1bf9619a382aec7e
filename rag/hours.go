package rag

import (
	"cmp"
	"slices"
	"time"
)

// Hours is when a shop's people are there. The zero Hours are those of a shop
// that has not said: nothing is promised then.
type Hours struct {
	Zone     *time.Location
	Openings []Opening
	ClosedOn []string // dates, as 2026-12-25, on which it is closed whatever the weekday says

	AwayText    string        // the merchant's own; empty: the fixed text
	ConsentText string        // likewise
	ReplyWithin time.Duration // of opening time, that a shopper may wait for a person
	Notify      []string      // who is told by mail
}

// An Opening is a stretch of opening time within one day, in minutes since
// midnight: Opens < Closes <= 1440.
type Opening struct {
	Weekday       time.Weekday
	Opens, Closes int
}

// horizon is how far ahead a reopening is looked for: a shop that is closed for
// longer has no time to name.
const horizon = 60

// Known reports whether the shop has said when people are there.
func (h Hours) Known() bool { return len(h.Openings) > 0 }

// Open reports whether people are there at t. Unknown hours are open at no time.
func (h Hours) Open(t time.Time) bool {
	from, _, ok := h.next(t)
	return ok && !from.After(t)
}

// OpensAt returns when the shop opens next after t, and t itself when it is open.
// ok is false when that is not known or more than sixty days away.
func (h Hours) OpensAt(t time.Time) (at time.Time, ok bool) {
	from, _, ok := h.next(t)
	if ok && from.Before(t) {
		from = t
	}
	return from, ok
}

// Due returns when d of opening time has passed after t; of unknown hours, when
// d has passed by the clock. ok is false when the shop does not open for so long.
func (h Hours) Due(t time.Time, d time.Duration) (at time.Time, ok bool) {
	if !h.Known() {
		return t.Add(d), true
	}
	for {
		from, until, ok := h.next(t)
		if !ok {
			return time.Time{}, false
		}
		if from.After(t) {
			t = from
		}
		if left := until.Sub(t); left >= d {
			return t.Add(d), true
		} else {
			d -= left
		}
		t = until
	}
}

// Between returns how much opening time lies between two times; of unknown
// hours, all of it.
func (h Hours) Between(from, until time.Time) time.Duration {
	if !h.Known() {
		return max(0, until.Sub(from))
	}
	var sum time.Duration
	for from.Before(until) {
		opens, closes, ok := h.next(from)
		if !ok || !opens.Before(until) {
			break
		}
		if opens.Before(from) {
			opens = from
		}
		if closes.After(until) {
			closes = until
		}
		sum += closes.Sub(opens)
		from = closes
	}
	return sum
}

// next returns the stretch of opening time that t is in, or else the next one.
// Days are the calendar's of the zone: one on which the clock is put forward
// has its stretches by the clock on the wall.
func (h Hours) next(t time.Time) (from, until time.Time, ok bool) {
	if !h.Known() {
		return from, until, false
	}
	local := t.In(h.Zone)
	for ahead := range horizon + 1 {
		// By its noon: where clocks are put forward at midnight a day has no midnight.
		day := time.Date(local.Year(), local.Month(), local.Day()+ahead, 12, 0, 0, 0, h.Zone)
		if slices.Contains(h.ClosedOn, day.Format(time.DateOnly)) {
			continue
		}
		found := false
		for _, o := range h.Openings {
			if o.Weekday != day.Weekday() {
				continue
			}
			opens, closes := wall(day, o.Opens), wall(day, o.Closes)
			if closes.After(t) && opens.Before(closes) && (!found || opens.Before(from)) {
				from, until, found = opens, closes, true
			}
		}
		if found {
			return from, until, true
		}
	}
	return from, until, false
}

// wall is the time of day's clock that shows minute.
func wall(day time.Time, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minute, 0, 0, day.Location())
}

// CompareOpenings orders by weekday, then by when they open.
func CompareOpenings(a, b Opening) int {
	return cmp.Or(cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Opens, b.Opens))
}

// MailState is what became of the mails to a shop's staff in the last 30 days.
type MailState struct {
	Configured   bool // whether this installation can send mail
	Sent, Failed int
	LastFailure  string // "" when the last mail was sent
}
