package confidence

import (
	"math"
	"math/rand/v2"
	"testing"
)

// draw makes labels of a shop whose answers are right with the given
// probability at each confidence.
func draw(random *rand.Rand, n int, right func(said float64) float64) []Label {
	labels := make([]Label, n)
	for i := range labels {
		said := random.Float64()
		labels[i] = Label{Confidence: said, Right: random.Float64() < right(said)}
	}
	return labels
}

func TestChooseWithoutLabels(t *testing.T) {
	if c := Choose(nil, 0.9, Threshold); c.Threshold != Threshold || c.Proven || c.N != 0 || c.Answered != 0 {
		t.Errorf("nothing known gives %+v", c)
	}
	few := Choose([]Label{{Confidence: 0.85, Right: true}, {Confidence: 0.9, Right: true}, {Confidence: 0.4, Right: true}}, 0.9, Threshold)
	if few.Threshold != Threshold || few.Proven {
		t.Errorf("three right answers give %+v: too few to move anything", few)
	}
}

// Labels that are all right and all surer than the start say nothing against it.
func TestChooseStaysWhereNothingSpeaksAgainst(t *testing.T) {
	labels := make([]Label, 20)
	for i := range labels {
		labels[i] = Label{Confidence: 0.97, Right: true}
	}
	if c := Choose(labels, 0.9, 0.8); c.Threshold != 0.8 || !c.Proven || c.N != 20 {
		t.Errorf("twenty right answers at 0.97 move the threshold: %+v", c)
	}
}

func TestChooseLowersWhatIsTooStrict(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	c := Choose(draw(random, 400, func(said float64) float64 { return min(1, said+0.5) }), 0.9, Threshold)
	if !c.Proven || c.Threshold >= Threshold || c.Low < 0.9 {
		t.Errorf("a shop whose answers are better than the model says gets %+v", c)
	}
}

func TestChooseRaisesWhatIsTooBold(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	c := Choose(draw(random, 400, func(said float64) float64 { return said * said * said }), 0.9, Threshold)
	if c.Threshold <= Threshold {
		t.Errorf("a shop whose answers are worse than the model says gets %+v", c)
	}
}

// TestChooseKeepsItsPromise draws many shops and counts how often the true
// precision above the threshold misses a target that was called proven.
func TestChooseKeepsItsPromise(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	proven, missed := 0, 0
	for range 400 {
		worse := 0.5 + 2*random.Float64()
		right := func(said float64) float64 { return math.Pow(said, worse) }
		c := Choose(draw(random, 150, right), 0.85, Threshold)
		if !c.Proven {
			continue
		}
		proven++
		// The mean of said^worse from the threshold to 1.
		truth := (1 - math.Pow(c.Threshold, worse+1)) / (worse + 1) / (1 - c.Threshold)
		if truth < 0.85 {
			missed++
		}
	}
	if proven < 100 {
		t.Fatalf("only %d of 400 shops proved a threshold", proven)
	}
	if share := float64(missed) / float64(proven); share > 0.3 {
		t.Errorf("%.2f of the thresholds called proven are not what they promise", share)
	}
}

func TestChooseDoesNotPartEquals(t *testing.T) {
	labels := make([]Label, 0, 60)
	for i := range 60 {
		labels = append(labels, Label{Confidence: 0.7, Right: i%2 == 0})
	}
	if c := Choose(labels, 0.4, Threshold); c.Threshold != 0.7 || c.N != 60 || c.Right != 30 || !c.Proven {
		t.Errorf("sixty equal labels, half of them right, give %+v", c)
	}
	if c := Choose(labels, 0.9, Threshold); c.Threshold != Threshold || c.Proven {
		t.Errorf("a target that nothing reaches gives %+v", c)
	}
}

func TestChooseStaysAboveUnsure(t *testing.T) {
	labels := make([]Label, 0, 200)
	for i := range 200 {
		labels = append(labels, Label{Confidence: float64(i) / 200, Right: true})
	}
	if c := Choose(labels, 0.9, Threshold); c.Threshold < Unsure {
		t.Errorf("answers go out from %.2f, below %.2f", c.Threshold, Unsure)
	}
}
