package index

import (
	"cmp"
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
	rivalLimit = 32   // entries that one entry is told apart from
	// manyEntries is the number of entries from which the later passes look only
	// at rivals that the first one found close: half the time for a little of
	// the recall.
	manyEntries = 256
	// tableLimit bounds the numbers in training's working memory so that a
	// processor's cache holds them (4 MB): where the terms are more, the most
	// frequent ones learn. On 150 entries 7,000 terms recall as much as all,
	// fewestRows 0.4 points less and 900 3.6 points. Beyond hugeLimit (64 MB)
	// even fewestRows are cut.
	tableLimit = 1 << 20
	fewestRows = 1 << 12
	hugeLimit  = 1 << 24
	// fewestPhrasings is the mean number of ways of asking an entry, its
	// question included, from which training pays: measured with 0, 2, 3, 5
	// and 20 aliases.
	fewestPhrasings = 3
)

// train fits a classifier to the phrasings' unit vectors, or gives an untrained
// one where there are too few. The same input gives the same classifier.
func train(t *texts, phrasings []phrasing, entries, terms int) classifier {
	if len(phrasings) < fewestPhrasings*entries || entries < 2 {
		return classifier{}
	}
	examples, rows := shared(t, len(phrasings), terms, max(tableLimit/entries, min(fewestRows, hugeLimit/entries)))
	owner := make([]int32, len(phrasings))
	for p := range phrasings {
		owner[p] = phrasings[p].entry
	}
	table := make([]float32, entries*rows) // by entry, then row
	rivals, place := nearestEntries(examples, owner, entries, rows)
	width := min(rivalLimit, entries)
	brief := entries > manyEntries
	pull := make([]float32, len(phrasings)*width)
	z := make([]float32, width)
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
			for i, c := range against {
				if brief && pass > 0 && own[i] == 0 {
					z[i] = -100
					continue
				}
				z[i] = examples.alone[p]*own[i] + dot(table[int(c)*rows:(int(c)+1)*rows], row, weight)
			}
			z[place[e]] -= margin
			softmax(z)
			for i, c := range against {
				g := -z[i]
				if int(c) == e {
					g++
				} else if g > -negligible {
					continue
				}
				g *= step
				own[i] += g
				add(table[int(c)*rows:(int(c)+1)*rows], row, weight, g)
			}
		}
	}
	return compress(pull, rivals, owner, width)
}

// dot is the product of a dense vector with a sparse one. It sums in four
// lanes: one would wait for each addition before the next.
func dot(dense []float32, row []int32, weight []float32) float32 {
	var a, b, c, d float32
	for ; len(row) >= 4 && len(weight) >= 4; row, weight = row[4:], weight[4:] {
		a += dense[row[0]] * weight[0]
		b += dense[row[1]] * weight[1]
		c += dense[row[2]] * weight[2]
		d += dense[row[3]] * weight[3]
	}
	for k, r := range row {
		a += dense[r] * weight[k]
	}
	return a + b + c + d
}

// add adds a sparse vector times a factor to a dense one.
func add(dense []float32, row []int32, weight []float32, factor float32) {
	weight = weight[:len(row)]
	for k, r := range row {
		dense[r] += factor * weight[k]
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

// examples are the phrasings' vectors over the terms that at least two
// phrasings share; what a phrasing has alone is summed up in alone, the square
// of that part.
type examples struct {
	start  []int32
	row    []int32
	weight []float32
	alone  []float32
}

func (x *examples) of(p int32) (rows []int32, weights []float32) {
	return x.row[x.start[p]:x.start[p+1]], x.weight[x.start[p]:x.start[p+1]]
}

// shared numbers the terms that several phrasings have, the most frequent
// first where there are more than limit.
func shared(t *texts, phrasings, terms, limit int) (x examples, rows int) {
	frequency := make([]int32, terms)
	for _, id := range t.term {
		frequency[id]++
	}
	least := int32(2)
	for {
		rows = 0
		for _, f := range frequency {
			if f >= least {
				rows++
			}
		}
		if rows <= limit {
			break
		}
		least++
	}
	// The most frequent rows stand first, so that what most examples touch of an
	// entry's weights is close together in memory.
	var kept []int32
	for id, f := range frequency {
		if f >= least {
			kept = append(kept, int32(id))
		}
	}
	slices.SortStableFunc(kept, func(a, b int32) int { return cmp.Compare(frequency[b], frequency[a]) })
	number := make([]int32, terms)
	for id := range number {
		number[id] = -1
	}
	for n, id := range kept {
		number[id] = int32(n)
	}
	x = examples{
		start: make([]int32, 0, phrasings+1), row: make([]int32, 0, len(t.term)), weight: make([]float32, 0, len(t.term)),
		alone: make([]float32, phrasings),
	}
	for p := range phrasings {
		x.start = append(x.start, int32(len(x.row)))
		for i := t.start[p]; i < t.start[p+1]; i++ {
			w := t.weight[i]
			if n := number[t.term[i]]; n >= 0 {
				x.row = append(x.row, n)
				x.weight = append(x.weight, w)
			} else {
				x.alone[p] += w * w
			}
		}
	}
	x.start = append(x.start, int32(len(x.row)))
	return x, rows
}
