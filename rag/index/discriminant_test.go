package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/viterin/vek/vek32"
)

// unit gives a vector the length 1.
func unit(vector ...float32) []float32 {
	vek32.MulNumber_Inplace(vector, 1/vek32.Norm(vector))
	return vector
}

// Two entries differ a little in the first direction, and their phrasings a lot
// in the second: the nearest phrasing of a question is then often the wrong one's.
func TestDiscriminantKnowsWaysOfAsking(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	ask := func(entry int) []float32 {
		return unit(float32(entry)*0.2-0.1+0.02*float32(random.NormFloat64()), 0.5*float32(random.NormFloat64()), 1)
	}
	var known []phrasing
	var vectors []float32
	for entry := range 2 {
		for place := range 20 {
			known = append(known, phrasing{int32(entry), int32(place)})
			vectors = append(vectors, ask(entry)...)
		}
	}
	d := learn(known, vectors, 3)
	wrong, nearWrong := 0, 0
	const questions = 200
	for i := range questions {
		vector, entry := ask(i%2), i%2
		scores := make([]float32, 2)
		d.add(scores, vector, 1)
		if scores[entry] <= scores[1-entry] {
			wrong++
		}
		nearest, best := int32(0), float32(-1)
		for p, ph := range known {
			if like := vek32.Dot(vector, vectors[3*p:][:3]); like > best {
				nearest, best = ph.entry, like
			}
		}
		if int(nearest) != entry {
			nearWrong++
		}
	}
	if wrong > questions/20 || nearWrong < 4*wrong || nearWrong == 0 {
		t.Errorf("of %d questions the discriminant has %d wrong, the nearest phrasing %d", questions, wrong, nearWrong)
	}
}

func TestDiscriminantOfSomeEntries(t *testing.T) {
	known := []phrasing{{0, 0}, {0, 1}, {2, 0}, {2, 1}}
	d := learn(known, []float32{1, 0, 0.9, 0.1, 0, 1, 0.1, 0.9}, 2)
	scores := make([]float32, 4)
	d.add(scores, unit(1, 0.2), 2)
	if scores[0] != -scores[2] || scores[0] <= 0 || scores[1] != 0 || scores[3] != 0 {
		t.Errorf("got %v; want the first above, the third as far below, and nothing for those without a vector", scores)
	}
}

func TestNothingIsLearntWithoutScatter(t *testing.T) {
	alone := learn([]phrasing{{0, 0}, {1, 0}}, []float32{1, 0, 0, 1}, 2)
	same := learn([]phrasing{{0, 0}, {0, 1}}, []float32{1, 0, 1, 0}, 2)
	for _, d := range []discriminant{alone, same} {
		scores := []float32{1, 2}
		d.add(scores, []float32{1, 0}, 1)
		if scores[0] != 1 || scores[1] != 2 {
			t.Errorf("scores became %v", scores)
		}
	}
}

func TestEighthsKeepTheCosine(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for _, dimensions := range []int{1, 2, 3, 64, 1023} {
		t.Run(fmt.Sprint(dimensions), func(t *testing.T) {
			vectors := [2][]float32{}
			for i := range vectors {
				for range dimensions {
					vectors[i] = append(vectors[i], float32(random.NormFloat64()))
				}
				vectors[i] = unit(vectors[i]...)
			}
			a, b := shorten(make([]int8, dimensions), vectors[0]), shorten(make([]int8, dimensions), vectors[1])
			if got, want := a.dot(b), vek32.Dot(vectors[0], vectors[1]); math.Abs(float64(got-want)) > 0.01 {
				t.Errorf("got %.4f, want %.4f", got, want)
			}
			if got := a.dot(a); math.Abs(float64(got-1)) > 0.01 {
				t.Errorf("the cosine of a vector with itself is %.4f", got)
			}
			if got := a.dot(shorten(make([]int8, dimensions), make([]float32, dimensions))); got != 0 {
				t.Errorf("the product with zeros is %.4f", got)
			}
		})
	}
}
