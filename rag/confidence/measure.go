package confidence

import "math"

// A Precision is how many of the labels at or above a threshold are right.
type Precision struct {
	N, Right  int
	Low, High float64 // Wilson's interval at 95 %; 0 and 1 without labels
}

// PrecisionFrom counts the labels whose confidence is threshold or more.
func PrecisionFrom(labels []Label, threshold float64) Precision {
	var p Precision
	for _, l := range labels {
		if l.Confidence < threshold {
			continue
		}
		p.N++
		if l.Right {
			p.Right++
		}
	}
	p.Low, p.High = interval(p.Right, p.N)
	return p
}

// interval is the score interval for a share at 95 %, which holds for the small
// numbers that a shop has (Wilson, JASA 22, 1927).
func interval(right, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	share, count := float64(right)/float64(n), float64(n)
	middle := share + z*z/(2*count)
	spread := z * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	whole := 1 + z*z/count
	return max(0, (middle-spread)/whole), min(1, (middle+spread)/whole)
}

// SharePassing is the share of confidences that are threshold or more; 0 of none.
func SharePassing(confidences []float64, threshold float64) float64 {
	n := 0
	for _, c := range confidences {
		if c >= threshold {
			n++
		}
	}
	return float64(n) / float64(max(1, len(confidences)))
}
