package confidence

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestStricterLevelsAnswerLess(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		power := 0.3 + 3*random.Float64()
		labels := draw(random, Enough+random.IntN(100), func(said float64) float64 { return math.Pow(said, power) })
		before := 1.0
		for _, l := range Levels {
			threshold, learned := l.ThresholdOf(labels)
			if !learned || threshold > before || threshold < Unsure {
				t.Fatalf("%s: %.2f after %.2f, learned %v", l.Name, threshold, before, learned)
			}
			before = threshold
		}
	}
	for _, l := range Levels {
		if got, learned := l.ThresholdOf(draw(random, Enough-1, func(float64) float64 { return 0 })); learned || got != l.Start {
			t.Errorf("%s with too few labels: %.2f, learned %v", l.Name, got, learned)
		}
		if LevelOf(l.Name) != l {
			t.Errorf("%s is not found by its name", l.Name)
		}
	}
	if LevelOf("") != Levels[1] {
		t.Error("no name is not the level that shops start with")
	}
}

func TestPrecisionHasItsInterval(t *testing.T) {
	labels := []Label{{0.95, true}, {0.9, true}, {0.8, false}, {0.5, false}}
	p := PrecisionFrom(labels, 0.8)
	// Wilson's interval of 2 in 3.
	if p.N != 3 || p.Right != 2 || math.Abs(p.Low-0.2077) > 1e-3 || math.Abs(p.High-0.9385) > 1e-3 {
		t.Errorf("got %+v", p)
	}
	if p := PrecisionFrom(nil, 0); p != (Precision{High: 1}) {
		t.Errorf("of none: %+v", p)
	}
	if got := SharePassing([]float64{0.9, 0.8, 0.2, 0.1}, 0.8); got != 0.5 {
		t.Errorf("share passing %v", got)
	}
}
