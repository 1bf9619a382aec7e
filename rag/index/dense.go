package index

import (
	"slices"

	"github.com/viterin/vek/vek32"
)

// dense holds the vectors of an embedding model, phrasing by phrasing, as they
// came: of unit length, so that a dot product is a cosine. Zeros stand for a
// phrasing that is not embedded yet, that the model has no vector for (the
// built-in one reads English only), or whose vector has another length than the
// first one's.
type dense struct {
	dimensions int
	vectors    []float32
	entries    int // that have a vector
}

func newDense(vectors Vectors, phrasings []phrasing) dense {
	var d dense
	last := int32(nobody)
	for p, ph := range phrasings {
		if int(ph.entry) >= len(vectors) || int(ph.place) >= len(vectors[ph.entry]) {
			continue
		}
		vector := vectors[ph.entry][ph.place]
		if d.dimensions == 0 && len(vector) > 0 {
			d.dimensions = len(vector)
			d.vectors = make([]float32, len(phrasings)*d.dimensions)
		}
		if len(vector) != d.dimensions || !something(vector) {
			continue
		}
		copy(d.vectors[p*d.dimensions:], vector)
		if ph.entry != last {
			d.entries, last = d.entries+1, ph.entry
		}
	}
	return d
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
// differ in how high the cosines of unlike texts are.
func (d *dense) score(vector []float32, phrasings []phrasing, scores []float32) {
	clear(scores)
	for p := range phrasings {
		from := p * d.dimensions
		like := vek32.Dot(vector, d.vectors[from:from+d.dimensions])
		e := phrasings[p].entry
		scores[e] = max(scores[e], like)
	}
	base := float32(mean(scores)) * float32(len(scores)) / float32(d.entries)
	stretch := 1 / max(1-base, 0.05)
	for e, like := range scores {
		scores[e] = max(0, (like-base)*stretch)
	}
}

func (d *dense) bytes() int { return 4 * len(d.vectors) }
