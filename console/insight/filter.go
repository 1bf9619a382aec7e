package insight

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// A Filter says which conversations of a period are meant: those that fit all of
// it. Its zero value means every one. What a figure counts has a Filter, so that every
// figure opens exactly its conversations.
type Filter struct {
	Outcomes []Outcome // one of these, if there are any
	Reasons  []string  // handed over for one of these, if there are any
	Met      bool      // handed over on somebody's asking, and a person replied: see Report.Met
	Replied  bool      // the bot replied
	Heard    Heard     // of the rated, those in which these were heard; "": all
	Rating   Rating    // "": rated or not
	Lasting  *bool     // of the judged (see Report.Judged), whether the shopper stayed away
	Decision string    // with a reply by this one; "": any
	Entry    uuid.UUID // with an answer that rests on it, see TopEntry; zero: any
	Waited   *WaitSpan // with a reply whose first words took so long
	OffHours bool      // began while nobody was there
	Day      string    // began on this day of the shop's, YYYY-MM-DD; "": on any
	Hours    *HourSpan // began in these hours of any day of the shop's
	Weekday  int       // began on this day of the shop's week, 1 is Monday, 7 Sunday; 0: on any
}

// An HourSpan is the hours of a day from From on and before Until, over midnight
// where Until is not later.
type HourSpan struct{ From, Until int }

// Has reports whether an hour of the day is in it.
func (s HourSpan) Has(hour int) bool {
	if s.From < s.Until {
		return hour >= s.From && hour < s.Until
	}
	return hour >= s.From || hour < s.Until
}

// A WaitSpan is the waits longer than After and at most UpTo; UpTo 0: all longer ones.
type WaitSpan struct{ After, UpTo time.Duration }

// All reports whether the filter means every conversation.
func (f Filter) All() bool {
	return len(f.Outcomes) == 0 && len(f.Reasons) == 0 && !f.Met && !f.Replied && f.Heard == "" && f.Rating == "" &&
		f.Lasting == nil && f.Decision == "" && f.Entry == uuid.Nil && f.Waited == nil && !f.Timed()
}

// Timed reports whether the filter depends on when in the shop's week a conversation began.
func (f Filter) Timed() bool { return f.OffHours || f.Day != "" || f.Hours != nil || f.Weekday != 0 }

// Began reports whether a quarter of an hour, by the shop's clock, is one in which
// the conversations that are meant may have begun.
func (f Filter) Began(quarter time.Time, hours Hours) bool {
	return !(f.OffHours && (!hours.Known() || hours.Open(quarter)) ||
		f.Day != "" && quarter.Format(time.DateOnly) != f.Day ||
		f.Hours != nil && !f.Hours.Has(quarter.Hour()) ||
		f.Weekday != 0 && f.Weekday%7 != int(quarter.Weekday()))
}

// Wants reports whether conversations of outcome o can be meant.
func (f Filter) Wants(o Outcome) bool {
	return (len(f.Outcomes) == 0 || slices.Contains(f.Outcomes, o)) && (f.Lasting == nil || o.WithoutStaff())
}
