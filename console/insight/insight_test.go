package insight

import (
	"math"
	"testing"
)

func TestOnlyWhatSpeaksForItSaves(t *testing.T) {
	for o, want := range map[Outcome]Saved{
		Confirmed: {4, 4, 4}, Untouched: {0, 4, 4}, Returned: {0, 0, 4}, FailedHandOff: {-4, -4, -4},
		HandedOff: {}, OnlySmallTalk: {}, NotHelpful: {}, Abstained: {}, "unheard of": {},
	} {
		if got := o.Minutes(4); got != want {
			t.Errorf("%s saves %+v, want %+v", o, got, want)
		}
	}
	r := Report{ByOutcome: map[Outcome]int{Confirmed: 3, Untouched: 5, Returned: 2, FailedHandOff: 4, HandedOff: 9, OnlySmallTalk: 9, NotHelpful: 9, Abstained: 9}}
	if got, want := r.Savings(Baseline{MinutesPerConversation: 10}), (Saved{-10, 40, 60}); got != want {
		t.Errorf("savings %+v, want %+v", got, want)
	}
	if r.AnsweredWithoutStaff() != 10 {
		t.Errorf("answered without staff: %d, want 10", r.AnsweredWithoutStaff())
	}
}

// Rounding never makes the worth greater.
func TestMoneyIsRoundedDown(t *testing.T) {
	b := Baseline{HourlyWageMinor: 19_999}
	for minutes, want := range map[float64]int64{0: 0, 60: 19_999, 30: 9_999, 1: 333, -30: -10_000, -60: -19_999, math.SmallestNonzeroFloat64: 0} {
		if got := b.Money(minutes); got != want {
			t.Errorf("%v minutes are %d, want %d", minutes, got, want)
		}
	}
}

func TestAPercentileNeedsReplies(t *testing.T) {
	if (Percentiles{N: 19}).Enough() || !(Percentiles{N: 20}).Enough() {
		t.Error("20 replies are enough, 19 are not")
	}
}
