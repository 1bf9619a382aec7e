package index

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A classifier is what the phrasings teach: a softmax regression over the
// entries, trained on the phrasings as examples. It is kept in its dual form,
// as the pull of each phrasing on the few entries that it decides about, so
// that the score of an entry is the sum over phrasings of (similarity to the
// question × pull), and no table of terms × entries has to be held.
type classifier struct {
	start []int32 // by phrasing, and the end
	entry []int32
	pull  []float32
}

func (c *classifier) trained() bool { return len(c.start) > 0 }

func (c *classifier) bytes() int { return 4*len(c.start) + 8*len(c.pull) }

// How it is trained: plain stochastic gradient descent, few passes, as found
// best over all labelled sets at hand; more passes gain nothing.
const (
	passes     = 2
	rate       = 5    // of the first pass
	rateDecay  = 0.3  // rate/(1+0.3·pass)
	margin     = 2    // added to the rivals' scores in training
	negligible = 0.03 // gradients below are left out
	rivalLimit = 16   // entries that one entry is told apart from: twice as many gain nothing, and take twice as long
	// manyEntries is the number of entries from which the later passes look only
	// at rivals that the first one found close: half the time for a little of
	// the recall.
	manyEntries = 256
	// tableLimit bounds the numbers in training's working memory so that a
	// processor's cache holds them (2 MB): where the rows are more, the most
	// frequent ones learn. On 150 entries with 20 phrasings fewestRows recall as
	// much as all, half as many 1.2 points less and 1,000 4.8. Beyond hugeLimit
	// (64 MB) even fewestRows are cut.
	tableLimit = 1 << 19
	fewestRows = 1 << 12
	hugeLimit  = 1 << 24
	// fewestPhrasings is the mean number of ways of asking an entry, its
	// question included, from which training pays: measured with 0, 2, 3, 5
	// and 20 aliases.
	fewestPhrasings = 3
)

// teachable reports enough phrasings to learn from.
func teachable(phrasings, entries int) bool {
	return phrasings >= fewestPhrasings*entries && entries >= 2
}

// train fits a classifier to the phrasings' unit vectors. The same input gives the
// same classifier.
func train(t *texts, phrasings []phrasing, entries, terms int) classifier {
	examples, rows := shared(t, len(phrasings), terms, max(tableLimit/entries, min(fewestRows, hugeLimit/entries)), slight)
	owner := make([]int32, len(phrasings))
	for p := range phrasings {
		owner[p] = phrasings[p].entry
	}
	width := min(rivalLimit, entries)
	brief := entries > manyEntries
	rivals, place := nearestEntries(examples, owner, entries, rows, width)
	model := table{entries: entries, weights: make([]float32, entries*rows)}
	pull := make([]float32, len(phrasings)*width)
	z := make([]float32, width)
	var slots, near []int32 // the rivals looked at: where they stand, and which they are
	var moved []move
	order := make([]int32, len(phrasings))
	for i := range order {
		order[i] = int32(i)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for pass := range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		step := float32(rate / (1 + rateDecay*float64(pass)))
		for _, p := range order {
			e := int(owner[p])
			against := rivals[e*width : (e+1)*width]
			own := pull[int(p)*width : (int(p)+1)*width]
			row, weight := examples.of(p)
			slots, near = slots[:0], near[:0]
			for i, c := range against {
				if !brief || pass == 0 || own[i] != 0 || int(c) == e {
					slots, near = append(slots, int32(i)), append(near, c)
				}
			}
			z = z[:len(near)]
			model.score(z, near, row, weight)
			for k, i := range slots {
				z[k] += examples.alone[p] * own[i]
				if i == place[e] {
					z[k] -= margin
				}
			}
			softmax(z)
			moved = moved[:0]
			for k, c := range near {
				g := -z[k]
				if int(c) == e {
					g++
				} else if g > -negligible {
					continue
				}
				own[slots[k]] += step * g
				moved = append(moved, move{c, step * g})
			}
			model.add(row, weight, moved)
		}
	}
	return compress(pull, rivals, owner, width)
}

// A table holds the weights of a softmax regression in training: by row, then
// entry, so that all entries' weights of a term lie together.
type table struct {
	entries int
	weights []float32
}

// A move is how far an example moves an entry.
type move struct {
	entry int32
	by    float32
}

// score sets z to the products of some entries with a sparse vector.
func (t *table) score(z []float32, against, row []int32, weight []float32) {
	clear(z)
	for k, r := range row {
		entries := t.weights[int(r)*t.entries : (int(r)+1)*t.entries]
		w := weight[k]
		for i, c := range against {
			z[i] += w * entries[c]
		}
	}
}

// add adds to each entry that moved a sparse vector times its move.
func (t *table) add(row []int32, weight []float32, moved []move) {
	for k, r := range row {
		entries := t.weights[int(r)*t.entries : (int(r)+1)*t.entries]
		w := weight[k]
		for _, m := range moved {
			entries[m.entry] += w * m.by
		}
	}
}

// softmax turns scores into probabilities in place.
func softmax(z []float32) {
	top := slices.Max(z)
	var sum float32
	for i, v := range z {
		v = float32(math.Exp(float64(v - top)))
		z[i] = v
		sum += v
	}
	scale := 1 / sum
	for i := range z {
		z[i] *= scale
	}
}

// faint pulls change no ranking and cost memory.
const faint = 0.2

// compress keeps the pulls that count.
func compress(pull []float32, rivals, owner []int32, width int) classifier {
	var c classifier
	for p, e := range owner {
		c.start = append(c.start, int32(len(c.pull)))
		for i, v := range pull[p*width : (p+1)*width] {
			if v > faint || v < -faint {
				c.entry = append(c.entry, rivals[int(e)*width+i])
				c.pull = append(c.pull, v)
			}
		}
	}
	c.start = append(c.start, int32(len(c.pull)))
	return c
}
