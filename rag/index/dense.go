package index

import (
	"github.com/viterin/vek/vek32"
)

// dense holds the vectors of an embedding model, phrasing by phrasing, as they
// came: of unit length, so that a dot product is a cosine. Zeros stand for a
// phrasing that is not embedded yet, or whose vector has another length than
// the first one's.
type dense struct {
	dimensions int
	vectors    []float32
}

func newDense(vectors Vectors, phrasings []phrasing) dense {
	var d dense
	for p, ph := range phrasings {
		if int(ph.entry) >= len(vectors) || int(ph.place) >= len(vectors[ph.entry]) {
			continue
		}
		vector := vectors[ph.entry][ph.place]
		if d.dimensions == 0 && len(vector) > 0 {
			d.dimensions = len(vector)
			d.vectors = make([]float32, len(phrasings)*d.dimensions)
		}
		if len(vector) == d.dimensions {
			copy(d.vectors[p*d.dimensions:], vector)
		}
	}
	return d
}

// usable reports whether a question's vector can be compared with these.
func (d *dense) usable(vector []float32) bool {
	return d.dimensions > 0 && len(vector) == d.dimensions
}

// score gives each entry the cosine of its nearest phrasing, stretched so that
// the shop's mean is 0 and equality 1: models differ in how high the cosines of
// unlike texts are.
func (d *dense) score(vector []float32, phrasings []phrasing, scores []float32) {
	clear(scores)
	for p := range phrasings {
		from := p * d.dimensions
		like := vek32.Dot(vector, d.vectors[from:from+d.dimensions])
		e := phrasings[p].entry
		scores[e] = max(scores[e], like)
	}
	base := float32(mean(scores))
	stretch := 1 / max(1-base, 0.05)
	for e, like := range scores {
		scores[e] = max(0, (like-base)*stretch)
	}
}

func (d *dense) bytes() int { return 4 * len(d.vectors) }
