package confidence

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestFitFindsTheTruth draws labels from a known model and expects it back.
func TestFitFindsTheTruth(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	truth := Model{Bias: -2}
	truth.Weights[0], truth.Weights[5] = 5, -1.5 // nearest, cover
	var examples []Example
	for range 20000 {
		f := Features{Nearest: random.Float64(), Cover: random.Float64(), Style: random.Float64()}
		examples = append(examples, Example{Features: f, Right: random.Float64() < truth.Probability(f.Vector()), Weight: 1})
	}
	got := Fit(examples, []string{"nearest", "cover", "style"}, 1)
	for _, c := range []struct {
		name      string
		got, want float64
	}{{"bias", got.Bias, -2}, {"nearest", got.Weights[0], 5}, {"cover", got.Weights[5], -1.5}, {"style", got.Weights[8], 0}} {
		if math.Abs(c.got-c.want) > 0.25 {
			t.Errorf("%s is %.3f, want %.1f", c.name, c.got, c.want)
		}
	}
	if w := Fit(examples, []string{"cover"}, 1).Weights[0]; w != 0 {
		t.Errorf("a value that is not used got the weight %v", w)
	}
}

func TestFitWithoutVariation(t *testing.T) {
	m := Fit([]Example{{Right: true, Weight: 1}, {Right: false, Weight: 1}, {Right: true, Weight: 1}}, Names[:], 1)
	if p := m.Probability(Features{}.Vector()); math.Abs(p-2.0/3) > 1e-3 {
		t.Errorf("two of three right gives %v", p)
	}
}

func TestMoreEvidenceMoreConfidence(t *testing.T) {
	for _, taught := range []bool{false, true} {
		weak := Features{Taught: taught, Cosine: .2, Nearest: .2, Known: .5, Words: .5, Cover: .2, WordCover: .2, Reverse: .2, Overlap: .2, Style: .4, Unmatched: 4, Class: .1, Doubt: .9}
		strong := Features{Taught: taught, Cosine: .95, Nearest: .95, Known: 1, Words: 1, Cover: 1, WordCover: 1, Reverse: .95, Overlap: .95, Style: 1, Class: .98, Doubt: .05}
		low, high := Probability(weak), Probability(strong)
		if low > 0.3 || high < Threshold {
			t.Errorf("taught %v: weak evidence gives %.2f, strong %.2f", taught, low, high)
		}
	}
}
