package insight

import (
	"math"
	"time"
)

// DurableAfter is how long a shopper must stay away before an answer counts as
// lasting: the seven days that support software commonly judges by.
const DurableAfter = 7 * 24 * time.Hour

// An Outcome is how a conversation ended, as far as its stored turns tell.
type Outcome string

// The outcomes, in the order in which they are tried: the first that fits is
// it, so that what speaks against a saving counts before what speaks for one.
const (
	HandedOff     Outcome = "handed_off"      // a person took part, or a contact was left: staff have to act
	FailedHandOff Outcome = "failed_hand_off" // asked for a person, by the button or in words; nobody came, and no way to be reached was left
	OnlySmallTalk Outcome = "small_talk"      // no question about the shop
	NotHelpful    Outcome = "not_helpful"     // the last rating is "did not help"
	Abstained     Outcome = "abstained"       // the last question got no answer, or only questions to choose from
	Confirmed     Outcome = "confirmed"       // the shopper said that a reply helped
	Returned      Outcome = "returned"        // asked again after a silence of half an hour to seven days
	Untouched     Outcome = "untouched"       // answered, and nobody had to touch it
)

// Outcomes lists them all, in that order.
var Outcomes = []Outcome{HandedOff, FailedHandOff, OnlySmallTalk, NotHelpful, Abstained, Confirmed, Returned, Untouched}

// WithoutStaff reports whether the bot dealt with such a conversation alone.
func (o Outcome) WithoutStaff() bool { return o == Confirmed || o == Returned || o == Untouched }

// Saved is an amount of staff time, in minutes, three ways: Low counts what the
// shopper confirmed, Likely also what nobody had to touch and did not come back,
// High all that was answered and not handed over. A failed hand-off takes away a
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
	for _, o := range Outcomes { // in one order, so that the same figures add up to the same sum
		n, s := r.ByOutcome[o], o.Minutes(b.MinutesPerConversation)
		sum.Low += float64(n) * s.Low
		sum.Likely += float64(n) * s.Likely
		sum.High += float64(n) * s.High
	}
	return sum
}

// SavedConversations is what Savings counts, in conversations: minutes are these
// times those of one, so that a reader can try other numbers.
func (r Report) SavedConversations() (low, likely, high int) {
	one := r.Savings(Baseline{MinutesPerConversation: 1})
	return int(one.Low), int(one.Likely), int(one.High)
}

// Money is minutes at the baseline's wage, in the currency's minor unit,
// rounded down: never more than was saved, never less than was lost.
func (b Baseline) Money(minutes float64) int64 {
	return int64(math.Floor(minutes * float64(b.HourlyWageMinor) / 60))
}
