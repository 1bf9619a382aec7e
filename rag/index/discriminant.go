package index

import (
	"math"

	"github.com/viterin/vek/vek32"
	"gonum.org/v1/gonum/mat"
)

const (
	// learntDimensions is the longest vector that is learnt from: the time grows
	// with its square. Longer ones are compared only.
	learntDimensions = 128
	// learntPhrasings bounds how many phrasings the common scatter is taken from.
	learntPhrasings = 4096
	// roundness is how far the scatter is drawn to a sphere's: flat from 0.1 to 0.6.
	roundness = 0.3
)

// A discriminant is what the vectors of the phrasings teach: Fisher's linear
// discriminant between the entries. It takes the phrasings of each entry to
// scatter alike about their mean, and so learns which directions tell a shop's
// entries apart and which only its ways of asking.
type discriminant struct {
	entries []int32   // that have a vector
	weights []float32 // a row an entry
	bias    []float32
}

func (d *discriminant) bytes() int { return 4 * (len(d.entries) + len(d.weights) + len(d.bias)) }

// learn fits a discriminant to the vectors of some phrasings, which lie one after
// the other. Where they do not scatter, since every entry has but one, nothing is
// learnt.
func learn(known []phrasing, vectors []float32, dimensions int) discriminant {
	row := func(list []float32, i int) []float32 { return list[i*dimensions:][:dimensions] }
	var d discriminant
	var means []float32
	place := make([]int32, len(known)) // of a phrasing's entry in d.entries
	for from := 0; from < len(known); {
		to := from
		mean := make([]float32, dimensions)
		for ; to < len(known) && known[to].entry == known[from].entry; to++ {
			vek32.Add_Inplace(mean, row(vectors, to))
			place[to] = int32(len(d.entries))
		}
		vek32.MulNumber_Inplace(mean, 1/float32(to-from))
		d.entries, means = append(d.entries, known[from].entry), append(means, mean...)
		from = to
	}
	step := (len(known) + learntPhrasings - 1) / learntPhrasings
	taken := (len(known) + step - 1) / step
	around := mat.NewDense(dimensions, taken, nil)
	for k := range taken {
		center := row(means, int(place[k*step]))
		for j, v := range row(vectors, k*step) {
			around.Set(j, k, float64(v-center[j]))
		}
	}
	var scatter mat.SymDense
	scatter.SymOuterK((1-roundness)/float64(taken), around)
	sphere := roundness / (1 - roundness) * mat.Trace(&scatter) / float64(dimensions)
	for j := range dimensions {
		scatter.SetSym(j, j, scatter.At(j, j)+sphere)
	}
	var root mat.Cholesky
	if !root.Factorize(&scatter) {
		return discriminant{}
	}
	d.weights, d.bias = make([]float32, len(means)), make([]float32, len(d.entries))
	weight := mat.NewVecDense(dimensions, nil)
	for i := range d.entries {
		center := row(means, i)
		for j, v := range center {
			weight.SetVec(j, float64(v))
		}
		if root.SolveVecTo(weight, weight) != nil {
			return discriminant{} // all but one direction are empty
		}
		for j := range dimensions {
			row(d.weights, i)[j] = float32(weight.AtVec(j))
		}
		d.bias[i] = -vek32.Dot(center, row(d.weights, i)) / 2
	}
	return d
}

// add adds to each entry's score weight times how far the discriminant's value
// for it stands out among all of them, in standard deviations. An entry without a
// vector counts as the mean.
func (d *discriminant) add(scores, vector []float32, weight float32) {
	values := make([]float32, len(d.entries))
	var sum, squares float64
	for i, bias := range d.bias {
		values[i] = bias + vek32.Dot(vector, d.weights[i*len(vector):][:len(vector)])
		sum += float64(values[i])
		squares += float64(values[i]) * float64(values[i])
	}
	n := float64(len(values))
	center := sum / n
	if deviation := math.Sqrt(max(0, squares/n-center*center)); deviation > 0 {
		for i, e := range d.entries {
			scores[e] += weight * float32((float64(values[i])-center)/deviation)
		}
	}
}
