package index

import (
	"slices"

	"github.com/viterin/vek/vek32"
)

// dense holds the vectors of an embedding model, phrasing by phrasing. They came
// of unit length, so that a dot product is a cosine, and are kept in 8 bits a
// number: that changes a cosine by less than 0.01 and no figure of the evaluation.
// Zeros stand for a phrasing that is not embedded yet, that the model has no
// vector for (the built-in one reads English only), or whose vector has another
// length than the first one's.
type dense struct {
	dimensions   int
	numbers      []int8    // a row a phrasing
	scales       []float32 // by phrasing
	entries      int       // that have a vector
	discriminant discriminant
}

// An eighth is a vector in 8 bits a number.
type eighth struct {
	numbers []int8
	scale   float32 // scale × number is near the vector's own; 0 for a vector of zeros
}

// newDense keeps the vectors; taught says that the phrasings suffice to learn from.
func newDense(vectors Vectors, phrasings []phrasing, taught bool) dense {
	var d dense
	var known []phrasing // those that have a vector
	var whole []float32  // their vectors
	last := int32(nobody)
	for p, ph := range phrasings {
		if int(ph.entry) >= len(vectors) || int(ph.place) >= len(vectors[ph.entry]) {
			continue
		}
		vector := vectors[ph.entry][ph.place]
		if d.dimensions == 0 && len(vector) > 0 {
			d.dimensions = len(vector)
			d.numbers = make([]int8, len(phrasings)*d.dimensions)
			d.scales = make([]float32, len(phrasings))
		}
		if len(vector) != d.dimensions || !something(vector) {
			continue
		}
		d.scales[p] = shorten(d.of(p).numbers, vector).scale
		if taught && d.dimensions <= learntDimensions {
			known, whole = append(known, ph), append(whole, vector...)
		}
		if ph.entry != last {
			d.entries, last = d.entries+1, ph.entry
		}
	}
	if taught && len(known) > 0 {
		d.discriminant = learn(known, whole, d.dimensions)
	}
	return d
}

// of is the vector of a phrasing.
func (d *dense) of(p int) eighth {
	return eighth{d.numbers[p*d.dimensions:][:d.dimensions:d.dimensions], d.scales[p]}
}

// shorten writes a vector's numbers in 8 bits.
func shorten(numbers []int8, vector []float32) eighth {
	greatest := max(vek32.Max(vector), -vek32.Min(vector))
	if greatest == 0 {
		return eighth{}
	}
	for i, v := range vector {
		scaled := v / greatest * 127
		if scaled < 0 {
			scaled -= 0.5
		} else {
			scaled += 0.5
		}
		numbers[i] = int8(scaled)
	}
	return eighth{numbers, greatest / 127}
}

// dot is the product of two vectors of as many numbers.
func (a eighth) dot(b eighth) float32 {
	if a.scale == 0 || b.scale == 0 {
		return 0
	}
	x, y := a.numbers, b.numbers[:len(a.numbers)]
	var s, t int32
	for len(x) >= 4 && len(y) >= 4 {
		s += int32(x[0])*int32(y[0]) + int32(x[1])*int32(y[1])
		t += int32(x[2])*int32(y[2]) + int32(x[3])*int32(y[3])
		x, y = x[4:], y[4:]
	}
	for i, v := range x {
		s += int32(v) * int32(y[i])
	}
	return float32(s+t) * a.scale * b.scale
}

// something reports a vector that is not all zeros.
func something(vector []float32) bool {
	return slices.ContainsFunc(vector, func(v float32) bool { return v != 0 })
}

// usable reports whether a question's vector can be compared with these.
func (d *dense) usable(vector []float32) bool {
	return d.entries > 0 && len(vector) == d.dimensions && something(vector)
}

// score gives each entry the cosine of its nearest phrasing, stretched so that
// the mean over the entries that have a vector is 0 and equality 1: models
// differ in how high the cosines of unlike texts are. It returns the greatest
// cosine as it is.
func (d *dense) score(vector []float32, phrasings []phrasing, scores []float32) (familiar float32) {
	clear(scores)
	question := shorten(make([]int8, d.dimensions), vector)
	for p := range phrasings {
		e := phrasings[p].entry
		scores[e] = max(scores[e], question.dot(d.of(p)))
	}
	familiar = slices.Max(scores)
	base := float32(mean(scores)) * float32(len(scores)) / float32(d.entries)
	stretch := 1 / max(1-base, 0.05)
	for e, like := range scores {
		scores[e] = max(0, (like-base)*stretch)
	}
	return familiar
}

func (d *dense) bytes() int {
	return len(d.numbers) + 4*len(d.scales) + d.discriminant.bytes()
}
