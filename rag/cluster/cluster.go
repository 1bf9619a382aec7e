// Package cluster puts questions that ask the same into one cluster, as they come
// in: what was put somewhere stays there, so that a merchant who looks twice finds
// the same clusters, only larger. It compares terms, not meanings, and knows
// nothing of entries, shops or storage.
package cluster

import (
	"cmp"
	"math"
	"slices"

	"storebot/rag/lexical"
)

// Alike is the cosine with a cluster's centroid from which a question joins it.
// Measured with `storebot eval --cluster` on the questions in scope of seven public
// sets, thresholds from 0.16 to 0.50 and five linkages: the centroid at 0.36 has the
// best adjusted Rand index in the mean (0.32), and 0.80 of the questions beside one
// ask the same (BCubed precision) with 0.46 of those that do found. A lower one
// finds more and mixes more; a merchant joins two clusters with a click, but must
// read to take one apart.
const Alike = 0.36

// kindWeights weigh a kind of term. Against the index's, what tells how something
// is asked counts less, and a meaning of the shop vocabulary more: it is about
// the topic alone (0.317 to 0.322 in the index above).
var kindWeights = [lexical.Kinds]float32{
	lexical.Word: 1, lexical.Function: 0.1, lexical.Number: 1, lexical.Char: 1.2, lexical.Pair: 0.8,
	lexical.Phrase: 0.5, lexical.Gram: 0.3, lexical.Letters: 0.1, lexical.Concept: 1.5,
}

// A Grouper holds clusters and puts questions into them. One is made for one
// batch: how rare a term is is counted over all texts that it is given first.
// Not for concurrent use.
type Grouper struct {
	analyzer lexical.Analyzer
	terms    []lexical.Term
	rarity   map[uint32]float32 // × the kind's weight
	clusters []centroid
	holders  map[uint32][]int32 // by term: the clusters that have it
}

// A centroid is the sum of its members' unit vectors.
type centroid struct {
	sum     map[uint32]float32
	square  float64 // of the sum's length
	members []member
}

type member struct {
	key    int // the caller's own
	vector vector
}

// A vector is a question's terms as a unit vector of tf-idf weights.
type vector []weighted

type weighted struct {
	term   uint32
	weight float32
}

// New makes a Grouper for texts: those that have a cluster and those that will
// be asked for one.
func New(texts []string) *Grouper {
	g := &Grouper{rarity: map[uint32]float32{}, holders: map[uint32][]int32{}}
	frequency := map[uint32]float32{}
	kinds := map[uint32]lexical.Kind{}
	seen := map[uint32]bool{}
	for _, text := range texts {
		clear(seen)
		g.terms = g.analyzer.Append(g.terms[:0], text)
		for _, t := range g.terms {
			if !seen[t.Hash] {
				seen[t.Hash] = true
				frequency[t.Hash]++
				kinds[t.Hash] = t.Kind
			}
		}
	}
	for hash, f := range frequency {
		g.rarity[hash] = kindWeights[kinds[hash]] * rarity(len(texts), f)
	}
	return g
}

// rarity is the inverse document frequency. The texts of a small shop are too few
// to tell: they count as among so many others.
func rarity(texts int, frequency float32) float32 {
	const others = 50
	return float32(math.Log((float64(texts) + others + 1) / (float64(frequency) + 0.5)))
}

func (g *Grouper) vector(text string) vector {
	g.terms = g.analyzer.Append(g.terms[:0], text)
	counts := map[uint32]float32{}
	for _, t := range g.terms {
		counts[t.Hash]++
	}
	v := make(vector, 0, len(counts))
	var square float64
	for hash, n := range counts {
		w := g.rarity[hash]
		if n > 1 {
			w *= 1 + float32(math.Log(float64(n)))
		}
		if w > 0 {
			v = append(v, weighted{hash, w})
			square += float64(w) * float64(w)
		}
	}
	// A map gives no order, and a sum depends on its own.
	slices.SortFunc(v, func(a, b weighted) int { return cmp.Compare(a.term, b.term) })
	scale := float32(1 / math.Sqrt(square+1e-9))
	for i := range v {
		v[i].weight *= scale
	}
	return v
}

// Open adds an empty cluster and returns its number, counted from 0.
func (g *Grouper) Open() int {
	g.clusters = append(g.clusters, centroid{sum: map[uint32]float32{}})
	return len(g.clusters) - 1
}

// Add puts a text into a cluster; key is what Typical will call it.
func (g *Grouper) Add(cluster, key int, text string) { g.add(cluster, key, g.vector(text)) }

func (g *Grouper) add(cluster, key int, v vector) {
	c := &g.clusters[cluster]
	c.members = append(c.members, member{key, v})
	for _, t := range v {
		old, there := c.sum[t.term]
		if !there {
			g.holders[t.term] = append(g.holders[t.term], int32(cluster))
		}
		c.sum[t.term] = old + t.weight
		c.square += float64(t.weight) * float64(2*old+t.weight)
	}
}

// Assign puts a text into the cluster that it is most like, or into a new one
// where it is like none (see Alike), and returns that cluster's number.
func (g *Grouper) Assign(key int, text string) (cluster int, opened bool) {
	v := g.vector(text)
	dots := map[int32]float64{}
	for _, t := range v {
		for _, c := range g.holders[t.term] {
			dots[c] += float64(t.weight) * float64(g.clusters[c].sum[t.term])
		}
	}
	best, at := 0.0, -1
	for c, dot := range dots {
		like := dot / math.Sqrt(g.clusters[c].square+1e-9)
		if like > best || like == best && int(c) < at {
			best, at = like, int(c)
		}
	}
	if opened = best < Alike; opened {
		at = g.Open()
	}
	g.add(at, key, v)
	return at, opened
}

// Typical returns the key of the member that is most like its whole cluster; of
// equal ones the first.
func (g *Grouper) Typical(cluster int) int {
	c := &g.clusters[cluster]
	best, key := -1.0, 0
	for _, m := range c.members {
		var dot float64
		for _, t := range m.vector {
			dot += float64(t.weight) * float64(c.sum[t.term])
		}
		if dot > best+1e-9 {
			best, key = dot, m.key
		}
	}
	return key
}
