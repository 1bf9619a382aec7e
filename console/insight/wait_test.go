package insight

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawWaits(t *rapid.T) []time.Duration {
	// Evenly over the orders of magnitude from a microsecond to eleven days.
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(math.Exp(rapid.Float64Range(0, math.Log(1e12)).Draw(t, "ln"))) * time.Microsecond
	}), 1, 200).Draw(t, "waits")
}

func count(waits []time.Duration) (w Waits) {
	for _, d := range waits {
		w.Add(Bin(d), 1)
	}
	return w
}

// exact is linear between the two nearest ranks (Hyndman and Fan's type 7).
func exact(sorted []time.Duration, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := int(at)
	above := min(below+1, len(sorted)-1)
	return float64(sorted[below]) + (at-float64(below))*float64(sorted[above]-sorted[below])
}

func TestAQuantileIsWithinTheStatedError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := drawWaits(t)
		w := count(waits)
		slices.Sort(waits)
		q := rapid.Float64Range(0, 1).Draw(t, "q")
		got, want := float64(w.Quantile(q)), exact(waits, q)
		if math.Abs(got-want) > RelativeError*want+2 { // two nanoseconds of rounding
			t.Fatalf("quantile %v: %v, exactly %v", q, got, want)
		}
	})
}

// However waits are shared out among hours, adding the hours up gives what
// counting them together gives.
func TestWaitsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := drawWaits(t)
		parts := make([]Waits, rapid.IntRange(1, 9).Draw(t, "parts"))
		for _, d := range waits {
			parts[rapid.IntRange(0, len(parts)-1).Draw(t, "part")].Add(Bin(d), 1)
		}
		var sum Waits
		for _, part := range parts {
			sum.Merge(part)
		}
		whole := count(waits)
		if sum.N() != len(waits) || sum.Percentiles() != whole.Percentiles() || !slices.Equal(sum.Bands(), whole.Bands()) {
			t.Fatalf("%+v, together %+v", sum.Percentiles(), whole.Percentiles())
		}
	})
}

func TestBandsHoldEveryWaitOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := drawWaits(t)
		w := count(waits)
		bands := w.Bands()
		sum := 0
		for i, b := range bands {
			if i > 0 && b.After != bands[i-1].UpTo || b.UpTo != 0 && b.UpTo <= b.After {
				t.Fatalf("bands %+v", bands)
			}
			sum += b.N
			// Those well inside a band are counted in it.
			inside, near := 0, 0
			for _, d := range waits {
				f, low, high := float64(d), float64(b.After), float64(b.UpTo)
				if b.UpTo == 0 {
					high = math.Inf(1)
				}
				if f > low*1.02 && f <= high/1.02 {
					inside++
				}
				if f > low/1.02 && f <= high*1.02 {
					near++
				}
			}
			if b.N < inside || b.N > near {
				t.Fatalf("band %+v has between %d and %d", b, inside, near)
			}
		}
		if sum != len(waits) || bands[len(bands)-1].N == 0 {
			t.Fatalf("%d waits in %+v", len(waits), bands)
		}
	})
}

func TestNoWaitsHaveNoQuantile(t *testing.T) {
	var w Waits
	w.Add(3, 0)
	w.Add(-1, 5)
	if w.Quantile(.5) != 0 || w.N() != 0 || len(w.Bands()) != 0 {
		t.Errorf("%+v", w)
	}
	for wait, want := range map[time.Duration]int16{-time.Second: 0, 0: 0, time.Nanosecond: 0, time.Microsecond: 0, 1001 * time.Nanosecond: 1} {
		if got := Bin(wait); got != want {
			t.Errorf("bin of %s: %d, want %d", wait, got, want)
		}
	}
}
