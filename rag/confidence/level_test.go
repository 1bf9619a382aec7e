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
	labels := []Label{{Confidence: 0.95, Right: true}, {Confidence: 0.9, Right: true}, {Confidence: 0.8, Right: false}, {Confidence: 0.5, Right: false}}
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

// told is n labels of which the first right are right: one at 0.7, the others at 0.95.
func told(n, right int, check bool) (labels []Label) {
	for i := range n {
		labels = append(labels, Label{Confidence: 0.95, Right: i < right, Check: check})
	}
	labels[0].Confidence = 0.7
	return labels
}

// Ten right checks of ten are the fewest that prove what "sure" aims at: so many are
// enough, and one less is not.
func TestTenChecksAreEnough(t *testing.T) {
	sure := LevelOf("sure")
	if !Choose(told(10, 10, true), sure.Target, sure.Start).Proven || Choose(told(9, 9, true), sure.Target, sure.Start).Proven {
		t.Error("ten is not the fewest that Choose can prove the level from")
	}
	if got, learned := sure.ThresholdOf(told(10, 10, true)); !learned || got != 0.7 {
		t.Errorf("ten right checks: %.2f, learned %v", got, learned)
	}
	if got, learned := sure.ThresholdOf(told(9, 9, true)); learned || got != sure.Start {
		t.Errorf("nine right checks: %.2f, learned %v", got, learned)
	}
	if got, learned := sure.ThresholdOf(told(10, 10, false)); learned || got != sure.Start {
		t.Errorf("ten ratings: %.2f, learned %v", got, learned)
	}
	mixed := append(told(9, 9, true), told(5, 5, false)...)
	if Missing(mixed) != 0 || Missing(mixed[:13]) != 1 || Checks(mixed) != 9 {
		t.Errorf("nine checks and five ratings miss %d of enough", Missing(mixed))
	}
	for _, l := range Levels {
		if got, learned := l.ThresholdOf(told(10, 6, true)); !learned || got < l.Start {
			t.Errorf("%s: what ten checks do not prove gives %.2f, below its start", l.Name, got)
		}
	}
}

// Ten checks are few, and the threshold is looked for among all their confidences: it
// is lowered wrongly in fewer than one shop in ten all the same, within what the
// bound allows, be the model honest, too bold or too timid, and the more seldom the more
// it would harm.
func TestFewChecksLowerSeldomWrongly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, worse := range []float64{0.5, 1, 1.5, 2.5} {
		lowered, wrongly := 0, 0
		const shops = 2000
		for range shops {
			labels := make([]Label, 10+random.IntN(10))
			for i := range labels {
				said := 0.5 + random.Float64()/2
				labels[i] = Label{Confidence: said, Right: random.Float64() < math.Pow(said, worse), Check: true}
			}
			c := Choose(labels, 0.9, Threshold)
			if !c.Proven || c.Threshold >= Threshold {
				continue
			}
			lowered++
			// The mean of said^worse from the threshold to 1.
			if truth := (1 - math.Pow(c.Threshold, worse+1)) / (worse + 1) / (1 - c.Threshold); truth < 0.9 {
				wrongly++
			}
		}
		t.Logf("said^%.1f: lowered in %d of %d shops, wrongly in %d", worse, lowered, shops, wrongly)
		if wrongly > shops/10 {
			t.Errorf("said^%.1f: lowered wrongly in %d of %d shops", worse, wrongly, shops)
		}
	}
}
