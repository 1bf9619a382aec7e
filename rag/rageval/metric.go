package rageval

import (
	"cmp"
	"math"
	"slices"
)

// byConfidence returns the outcomes, most confident first.
func byConfidence(outcomes []Outcome) []Outcome {
	sorted := slices.Clone(outcomes)
	slices.SortStableFunc(sorted, func(a, b Outcome) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return sorted
}

// AUROC is the area under the ROC curve of telling in-scope questions from
// out-of-scope ones by confidence (Mann-Whitney, ties count half); nil when
// there is none of either.
func AUROC(outcomes []Outcome) *float64 {
	sorted := byConfidence(outcomes)
	var in, out, wins float64
	for i := 0; i < len(sorted); {
		end := i
		var tiedIn, tiedOut float64
		for ; end < len(sorted) && sorted[end].Confidence == sorted[i].Confidence; end++ {
			if sorted[end].Question.OutOfScope() {
				tiedOut++
			} else {
				tiedIn++
			}
		}
		wins += tiedOut*in + tiedOut*tiedIn/2
		in += tiedIn
		out += tiedOut
		i = end
	}
	if in == 0 || out == 0 {
		return nil
	}
	area := wins / (in * out)
	return &area
}

// Operate finds the threshold that answers the largest share of the outcomes
// with at least the target precision. Where none does, it answers none: share
// and precision 0, threshold 1.
func Operate(outcomes []Outcome, target float64) OperatingPoint {
	point := OperatingPoint{Target: target, Threshold: 1}
	sorted := byConfidence(outcomes)
	right := 0
	for i, o := range sorted {
		if o.Right() {
			right++
		}
		// A threshold cannot part equal confidences.
		if i+1 < len(sorted) && sorted[i+1].Confidence == o.Confidence {
			continue
		}
		if len(o.Retrieval.Matches) == 0 {
			break
		}
		if precision := float64(right) / float64(i+1); precision >= target {
			point.Threshold, point.Precision = o.Confidence, precision
			point.Answered = float64(i+1) / float64(len(sorted))
		}
	}
	return point
}

// answered gives the share of outcomes at or above a threshold, and how many
// of those are right (0 where none is answered).
func answered(outcomes []Outcome, threshold float64) (share, precision float64) {
	var n, right float64
	for _, o := range outcomes {
		if len(o.Retrieval.Matches) == 0 || o.Confidence < threshold {
			continue
		}
		n++
		if o.Right() {
			right++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return n / float64(len(outcomes)), right / n
}

// offered is how many matches a clarifying question offers.
const offered = 3

// decide counts what two thresholds make of the outcomes.
func decide(outcomes []Outcome, direct, unsure float64) Decisions {
	var d Decisions
	for _, o := range outcomes {
		made, right := &d.Abstain, o.Question.OutOfScope()
		switch {
		case len(o.Retrieval.Matches) == 0 || o.Confidence < unsure:
		case o.Confidence >= direct:
			made, right = &d.Direct, o.Right()
		default:
			made, right = &d.Clarify, o.Rank >= 1 && o.Rank <= offered
		}
		made.N++
		if right {
			made.Right++
		}
	}
	return d
}

// A Bin is one tenth of the confidence scale in a reliability table.
type Bin struct {
	From  float64 `json:"from"`
	N     int     `json:"n"`
	Said  float64 `json:"mean_confidence"`
	Right float64 `json:"share_right"`
}

const bins = 10

// Reliability bins the outcomes by confidence and gives the table with the
// expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015).
func Reliability(outcomes []Outcome) (table []Bin, ece float64) {
	table = make([]Bin, bins)
	for i := range table {
		table[i].From = float64(i) / bins
	}
	for _, o := range outcomes {
		b := &table[min(int(o.Confidence*bins), bins-1)]
		b.N++
		b.Said += o.Confidence
		if o.Right() {
			b.Right++
		}
	}
	for i := range table {
		b := &table[i]
		if b.N == 0 {
			continue
		}
		b.Said /= float64(b.N)
		b.Right /= float64(b.N)
		ece += math.Abs(b.Said-b.Right) * float64(b.N) / float64(len(outcomes))
	}
	return table, ece
}

// A Confusion is an entry that took another's questions.
type Confusion struct {
	Right string `json:"right"` // the question of the entry that should have come first
	Found string `json:"found"` // of the one that did
	N     int    `json:"n"`
}

// Confusions lists which entries steal from each other, most often first. It
// names an entry by its question, as the merchant knows it; the right one is
// the first right one that was found at all.
func Confusions(outcomes []Outcome, limit int) []Confusion {
	counts := map[Confusion]int{}
	for _, o := range outcomes {
		if o.Rank < 2 {
			continue
		}
		counts[Confusion{
			Right: o.Retrieval.Matches[o.Rank-1].Entry.Question,
			Found: o.Retrieval.Matches[0].Entry.Question,
		}]++
	}
	list := make([]Confusion, 0, len(counts))
	for c, n := range counts {
		c.N = n
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Right, b.Right), cmp.Compare(a.Found, b.Found))
	})
	return list[:min(limit, len(list))]
}
