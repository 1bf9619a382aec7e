package index

import (
	"math"
	"slices"

	"storebot/rag/confidence"
)

// fewestRivals is the number of entries from which a classifier's probability,
// and how far a vector stands out, say something about the question: among three
// entries one is always likely. The smallest shop that the models were fitted on
// has 27. Below it the vectors rank, and the words say how sure that is.
const fewestRivals = 20

// features says what this retrieval shows of its own reliability. The search
// has been ranked and found something.
func (x *Index) features(s *search) confidence.Features {
	first := int(s.order[0])
	f := confidence.Features{
		Length:  float64(s.query.length),
		Taught:  x.class.trained() && len(x.entries) >= fewestRivals,
		Nearest: float64(slices.Max(s.top)),
		Usual:   x.usual,
	}
	f.Standout = float64(s.top[first]) - mean(s.top)
	if s.meant && x.dense.entries >= fewestRivals {
		f.Meant = true
		f.Meaning = float64(s.dense[first])
		f.Familiar = float64(s.familiar)
	}
	if f.Taught {
		f.Class = float64(s.class[first])
		f.Doubt = entropy(s.class)
	}
	if s.query.words > 0 {
		f.Words = 1 - float64(s.query.lacking)/float64(s.query.words)
	}
	x.cover(s, &f, first)
	return f
}

// cover fills in how much the question and an entry, or its nearest phrasing,
// have of each other. A term weighs the square of its rarity, as in a cosine.
func (x *Index) cover(s *search, f *confidence.Features, entry int) {
	q, phrasing := &s.query, s.best[entry]
	from := phrasing - x.phrasings[phrasing].place
	to := from + int32(len(x.entries[entry].Phrasings)) + 1
	absent := float64(x.questions.absent) * float64(x.questions.absent)
	total, covered := float64(q.unknown)*absent, 0.0
	words, wordsCovered := float64(q.lacking)*absent, 0.0
	shared := 0.0
	for _, id := range q.known.ids {
		kind := x.vocab.kinds[id]
		items, weights := x.questions.lists.of(id)
		if at, ok := slices.BinarySearch(items, phrasing); ok {
			weight := float64(weights[at]) / whole
			f.Reverse += weight * weight
			if worded(kind) {
				shared++
			}
		}
		at, _ := slices.BinarySearch(items, from)
		if at < len(items) && items[at] == s.held {
			at++
		}
		has := at < len(items) && items[at] < to
		if !has {
			items, _ := x.answers.lists.of(id)
			_, has = slices.BinarySearch(items, int32(entry))
		}
		weight := float64(x.questions.rare(id)) * float64(x.questions.rare(id))
		total += weight
		if content(kind) {
			words += weight
		}
		if has {
			covered += weight
			if content(kind) {
				wordsCovered += weight
			}
		}
	}
	f.Cover = share(covered, total)
	f.Matched = share(wordsCovered, words)
	f.Unmatched = float64(q.words) * (1 - f.Matched)
	f.Overlap = share(2*shared, float64(q.length)+float64(x.lengths[phrasing]))
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

func mean(scores []float32) float64 {
	var sum float64
	for _, score := range scores {
		sum += float64(score)
	}
	return sum / float64(len(scores))
}

// entropy is that of a distribution, as a share of the uniform one's.
func entropy(distribution []float32) float64 {
	var sum float64
	for _, p := range distribution {
		if p > 1e-9 {
			sum -= float64(p) * math.Log(float64(p))
		}
	}
	return sum / math.Log(float64(len(distribution)))
}
