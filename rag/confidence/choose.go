package confidence

import (
	"cmp"
	"math"
	"slices"
)

// A Label is one turn of a tenant whose truth somebody told: a rating, a
// correction by staff, a check.
type Label struct {
	Confidence float64
	Right      bool // the first entry answered
	Check      bool // a check told, see CheckWeight
}

// A Choice is a threshold and what the labels say of it.
type Choice struct {
	Threshold float64 // the confidence from which answers go out at once
	N         int     // labels at or above it
	Right     int     // right ones among them
	Answered  float64 // their share of all labels: "answers this much"; 0 without labels
	Precision float64 // expected share of right answers, the prior included: "right this often"
	Low       float64 // what that share is not below, four times in five
	// Proven says that Low reaches the target. Where it does not, too few labels
	// speak for any threshold, or too many against: the one with the greatest Low
	// that is not below the start is chosen.
	Proven bool
}

const (
	// priorLabels is how many labels the prior counts for. It holds what the
	// model says of the labels' own confidences, but never more than the target:
	// no threshold passes on the model's word alone.
	priorLabels = 4
	// sureness is the normal deviate of the one-sided bound: 0.84 is four times in
	// five.
	sureness = 0.84
)

// Choose finds the lowest threshold whose answers are right with at least the
// target precision, from a tenant's own labelled turns. It is strict: the lower
// Wilson bound of the precision (JASA 22, 1927) must reach the target, over labels
// and a prior, and below start, which is where a shop without labels stands, it never
// goes further than to the least confident label, nor below Unsure: nothing is known of
// what lies there. Labels that all lie above start and prove it leave it where it is.
// Labels must be a fair sample of the turns at each confidence; that turns below
// today's threshold are labelled less often does no harm.
//
// Without labels it chooses start. The order of the labels does not matter.
func Choose(labels []Label, target, start float64) Choice {
	sorted := slices.Clone(labels)
	slices.SortFunc(sorted, func(a, b Label) int { return cmp.Compare(b.Confidence, a.Confidence) })
	first := judge(start, sorted, target)
	best, proven := first, (*Choice)(nil)
	if first.Proven {
		proven = &first
	}
	for i, l := range sorted {
		// A threshold cannot part equal confidences.
		if l.Confidence < Unsure || i+1 < len(sorted) && sorted[i+1].Confidence == l.Confidence {
			continue
		}
		at := judge(l.Confidence, sorted, target)
		switch {
		case at.Proven:
			if proven == nil || at.Threshold < proven.Threshold {
				proven = &at
			}
		case at.Threshold >= start && at.Low > best.Low:
			best = at
		}
	}
	if proven != nil {
		return *proven
	}
	return best
}

// judge says what labels, most confident first, tell of a threshold.
func judge(threshold float64, sorted []Label, target float64) Choice {
	c := Choice{Threshold: threshold}
	var said float64
	for _, l := range sorted {
		if l.Confidence < threshold {
			break
		}
		c.N++
		said += l.Confidence
		if l.Right {
			c.Right++
		}
	}
	prior := target
	if c.N > 0 {
		prior = min(target, said/float64(c.N))
		c.Answered = float64(c.N) / float64(len(sorted))
	}
	n := float64(c.N) + priorLabels
	c.Precision = (float64(c.Right) + priorLabels*prior) / n
	c.Low = wilson(c.Precision, n)
	c.Proven = c.Low >= target
	return c
}

// wilson is the lower end of the score interval of a share of n.
func wilson(share, n float64) float64 {
	z := sureness * sureness / n
	return (share + z/2 - math.Sqrt(z*share*(1-share)+z*z/4)) / (1 + z)
}
