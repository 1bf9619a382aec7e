package insight

import "time"

// DurableAfter is how long a shopper must stay away before an answer counts as
// lasting: the seven days that support software commonly judges by.
const DurableAfter = 7 * 24 * time.Hour

// An Outcome is how a conversation ended, as far as its stored turns tell. It
// is found in this order: the first that fits.
type Outcome string

// The outcomes.
const (
	OnlySmallTalk Outcome = "small_talk"      // no question about the shop
	FailedHandOff Outcome = "failed_hand_off" // asked for a person and left no way to be reached
	HandedOff     Outcome = "handed_off"      // left a contact: staff have to act
	NotHelpful    Outcome = "not_helpful"     // the last rating is "did not help"
	Abstained     Outcome = "abstained"       // the last question got no answer
	Confirmed     Outcome = "confirmed"       // the shopper said that a reply helped
	Returned      Outcome = "returned"        // asked again, after half an hour or more, within seven days
	Untouched     Outcome = "untouched"       // answered, and nobody had to touch it
)

// Outcomes lists them all.
var Outcomes = []Outcome{OnlySmallTalk, FailedHandOff, HandedOff, NotHelpful, Abstained, Confirmed, Returned, Untouched}

// Saved is an amount of staff time, in minutes, three ways: Low counts what the
// shopper confirmed, Likely what nobody had to touch and did not come back,
// High what was answered and not handed over. A failed hand-off takes away a
// conversation's time from each: the shopper now has to be dealt with another way.
type Saved struct{ Low, Likely, High float64 }

// Minutes returns what one conversation with outcome o saves, when staff need
// perConversation minutes for one.
func (o Outcome) Minutes(perConversation float64) Saved {
	m := perConversation
	switch o {
	case Confirmed:
		return Saved{m, m, m}
	case Untouched:
		return Saved{0, m, m}
	case Returned:
		return Saved{0, 0, m}
	case FailedHandOff:
		return Saved{-m, -m, -m}
	}
	return Saved{}
}

// Savings adds up a report against a baseline.
func (r Report) Savings(b Baseline) Saved {
	var sum Saved
	for o, n := range r.ByOutcome {
		s := o.Minutes(b.MinutesPerConversation)
		sum.Low += float64(n) * s.Low
		sum.Likely += float64(n) * s.Likely
		sum.High += float64(n) * s.High
	}
	return sum
}

// Money is minutes at the baseline's wage, in the currency's minor unit,
// rounded towards zero: never more than was saved.
func (b Baseline) Money(minutes float64) int64 {
	return int64(minutes / 60 * float64(b.HourlyWageMinor))
}
