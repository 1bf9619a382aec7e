package insight

import (
	"math"
	"time"
)

// RelativeError bounds how far a percentile may be from the exact one: a wait of a
// second is told as 0.99 to 1.01 s.
const RelativeError = 0.01

// binWidth is the logarithm of the factor by which bins grow: with (1+e)/(1-e) the
// middle of a bin is within the relative error e of all that is in it (Masson,
// Rim and Lee, DDSketch, VLDB 2019, lemma 2).
var binWidth = 2 * math.Atanh(RelativeError)

// Bin returns the bin of a wait: the smallest i for which factor^i microseconds
// are no less. A microsecond and anything shorter is bin 0.
func Bin(wait time.Duration) int16 {
	us := float64(wait) / float64(time.Microsecond)
	return int16(math.Ceil(math.Log(math.Max(us, 1)) / binWidth))
}

// Waits counts durations in bins, so that those of many hours add up and
// percentiles are still within RelativeError of the exact ones. Its zero value is empty.
type Waits struct {
	counts []int64 // by bin
	n      int64
}

// Add counts n more waits of a bin; a negative bin is none.
func (w *Waits) Add(bin int16, n int64) {
	if bin < 0 || n <= 0 {
		return
	}
	if int(bin) >= len(w.counts) {
		counts := make([]int64, int(bin)+64)
		copy(counts, w.counts)
		w.counts = counts
	}
	w.counts[bin] += n
	w.n += n
}

// Merge adds what other counted.
func (w *Waits) Merge(other Waits) {
	for bin, n := range other.counts {
		w.Add(int16(bin), n)
	}
}

// N is how many waits were counted.
func (w *Waits) N() int { return int(w.n) }

// middle is the wait that a bin stands for: the one whose relative distance to
// both its ends is the same.
func middle(bin int) time.Duration {
	factor := math.Exp(binWidth)
	return time.Duration(2 * math.Exp(float64(bin)*binWidth) / (factor + 1) * float64(time.Microsecond))
}

// at returns the wait of a rank, counted from 0.
func (w *Waits) at(rank int64) time.Duration {
	for bin, n := range w.counts {
		if rank -= n; rank < 0 {
			return middle(bin)
		}
	}
	return 0
}

// Quantile returns the wait that the share q of all does not exceed, by linear
// interpolation between the two nearest ranks (percentile_cont of SQL); 0 for none.
func (w *Waits) Quantile(q float64) time.Duration {
	if w.n == 0 {
		return 0
	}
	rank := q * float64(w.n-1)
	below := math.Floor(rank)
	low := w.at(int64(below))
	if rank == below {
		return low
	}
	return low + time.Duration((rank-below)*float64(w.at(int64(below)+1)-low))
}

// Percentiles returns the three that are quoted.
func (w *Waits) Percentiles() Percentiles {
	return Percentiles{P50: w.Quantile(.5), P95: w.Quantile(.95), P99: w.Quantile(.99), N: w.N()}
}

// A Band is how many waits were longer than After and at most UpTo; UpTo is 0 for the last one.
type Band struct {
	After, UpTo time.Duration
	N           int
}

// bandEnds are what a person tells apart: at once, without losing the thread, and with the
// attention gone (Nielsen, Usability Engineering, 1993, chapter 5: 0.1, 1 and 10 s).
var bandEnds = []time.Duration{
	100 * time.Millisecond, 300 * time.Millisecond, time.Second, 3 * time.Second, 10 * time.Second,
	time.Minute, 10 * time.Minute, time.Hour, 8 * time.Hour,
}

// Bands returns how the waits are spread, from the shortest to the band of the longest; a
// wait within RelativeError of a band's end may be counted on its other side.
func (w *Waits) Bands() []Band {
	var out []Band
	band, last := Band{}, 0
	flush := func(upTo time.Duration) {
		band.UpTo = upTo
		out = append(out, band)
		if band.N > 0 {
			last = len(out)
		}
		band = Band{After: upTo}
	}
	next := 0
	for bin, n := range w.counts {
		for next < len(bandEnds) && middle(bin) > bandEnds[next] {
			flush(bandEnds[next])
			next++
		}
		band.N += int(n)
	}
	if next < len(bandEnds) {
		flush(bandEnds[next])
	} else {
		flush(0)
	}
	return out[:last]
}
