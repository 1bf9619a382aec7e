package insight

import (
	"slices"
	"time"
)

// An Opening is a stretch of one weekday, Sunday being 0, in which people are
// there: minutes of the day in the shop's time zone.
type Opening struct{ Weekday, Opens, Closes int }

// Hours is when a shop's people are there; without Openings it has not said.
type Hours struct {
	Openings []Opening
	ClosedOn []string // days without people, YYYY-MM-DD
}

// Known reports whether the shop has said.
func (h Hours) Known() bool { return len(h.Openings) > 0 }

// Open reports whether people are there at a local time.
func (h Hours) Open(at time.Time) bool {
	if slices.Contains(h.ClosedOn, at.Format(time.DateOnly)) {
		return false
	}
	minute := at.Hour()*60 + at.Minute()
	for _, o := range h.Openings {
		if o.Weekday == int(at.Weekday()) && minute >= o.Opens && minute < o.Closes {
			return true
		}
	}
	return false
}
