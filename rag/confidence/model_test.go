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
		f := Features{Nearest: random.Float64(), Cover: random.Float64(), Overlap: random.Float64()}
		examples = append(examples, Example{Features: f, Right: random.Float64() < truth.Probability(f.Vector()), Weight: 1})
	}
	got := Fit(examples, []string{"nearest", "cover", "overlap"}, 1)
	for _, c := range []struct {
		name      string
		got, want float64
	}{{"bias", got.Bias, -2}, {"nearest", got.Weights[0], 5}, {"cover", got.Weights[5], -1.5}, {"overlap", got.Weights[6], 0}} {
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
		usual := Usual{Nearest: .45, Overlap: .5}
		weak := Features{Usual: usual, Taught: taught, Nearest: .2, Words: .5, Cover: .2, Reverse: .2, Overlap: .2, Unmatched: 4, Matched: .2, Length: 5, Class: .1, Doubt: .9}
		strong := Features{Usual: usual, Taught: taught, Nearest: .95, Words: 1, Cover: 1, Reverse: .95, Overlap: .95, Matched: 1, Length: 5, Class: .98, Doubt: .05}
		low, high := Probability(weak), Probability(strong)
		if low > Threshold/2 || high < Threshold {
			t.Errorf("taught %v: weak evidence gives %.2f, strong %.2f", taught, low, high)
		}
	}
}

func TestUsualIsRelative(t *testing.T) {
	for _, taught := range []bool{false, true} {
		f := Features{Taught: taught, Nearest: .5, Words: .9, Cover: .6, Reverse: .5, Overlap: .5, Unmatched: 1, Matched: .7, Length: 5, Class: .5, Doubt: .4}
		alike, unlike := f, f
		alike.Usual, unlike.Usual = Usual{Nearest: .66, Overlap: .65}, Usual{Nearest: .41, Overlap: .4}
		if Probability(alike) >= Probability(unlike) {
			t.Errorf("taught %v: a cosine that every phrasing of the shop has counts as much as a rare one", taught)
		}
	}
}

func TestThresholdsAreInOrder(t *testing.T) {
	if !(0 < Unsure && Unsure < Threshold && Threshold < 1) {
		t.Errorf("the thresholds are %v and %v", Unsure, Threshold)
	}
}
