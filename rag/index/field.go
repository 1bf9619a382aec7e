package index

import (
	"math"

	"storebot/rag/lexical"
)

// A field is one kind of text that entries have, as unit vectors of tf-idf
// weights with an inverted list by term. Its items are phrasings for the
// questions, entries for the rest.
type field struct {
	vocab  *vocabulary
	rarity []float32 // by term, as far as any item has them: how much it says in this field, × its kind's weight
	absent float32   // rarity of a term that no item has, without the kind's weight
	lists  postings
}

// kindWeights weigh a kind of term in a text's vector.
var kindWeights = [lexical.Kinds]float32{
	lexical.Word: 1, lexical.Function: 0.3, lexical.Number: 1, lexical.Char: 1.2, lexical.Pair: 0.8,
	lexical.Phrase: 0.5, lexical.Gram: 0.3, lexical.Letters: 0.4, lexical.Concept: 0.9,
	lexical.Related: 0.9,
}

// texts are the terms of a field's items, one item after the other.
type texts struct {
	start  []int32 // by item, and the end
	term   []int32
	weight []float32 // counts, until weigh makes them a unit vector
}

// weigh turns counts into unit vectors: kind × rarity × (1+log count), and
// lists them by term.
func weigh(t *texts, vocab *vocabulary) field {
	items, terms := len(t.start)-1, 0
	for _, id := range t.term {
		terms = max(terms, int(id)+1)
	}
	f := field{vocab: vocab, rarity: make([]float32, terms), absent: idf(items, 0)}
	for _, id := range t.term {
		f.rarity[id]++
	}
	for id, frequency := range f.rarity {
		f.rarity[id] = kindWeights[vocab.kinds[id]] * idf(items, frequency)
	}
	for item := range items {
		var norm float32
		for i := t.start[item]; i < t.start[item+1]; i++ {
			w := f.rarity[t.term[i]] * damp(t.weight[i])
			t.weight[i] = w
			norm += w * w
		}
		scale := unitScale(norm)
		for i := t.start[item]; i < t.start[item+1]; i++ {
			t.weight[i] *= scale
		}
	}
	f.lists = invert(t, terms)
	return f
}

// rare is how much a term says in this field, × its kind's weight.
func (f *field) rare(id int32) float32 {
	if int(id) < len(f.rarity) {
		return f.rarity[id]
	}
	return kindWeights[f.vocab.kinds[id]] * f.absent
}

// idf is the inverse document frequency of a term that so many of n items have.
func idf(n int, frequency float32) float32 {
	return float32(math.Log((float64(n) + 1) / (float64(frequency) + 0.5)))
}

func damp(count float32) float32 {
	if count == 1 {
		return 1
	}
	return 1 + float32(math.Log(float64(count)))
}

func unitScale(norm float32) float32 {
	return float32(1 / math.Sqrt(float64(norm)+1e-9))
}

// cosine adds up by item the cosine with the query.
func (f *field) cosine(q *query, scores []float32) {
	clear(scores)
	var norm float32
	for i, id := range q.known.ids {
		w := f.rare(id) * damp(q.known.counts[i])
		norm += w * w
		items, weights := f.lists.of(id)
		for j, at := range items {
			scores[at] += w * float32(weights[j])
		}
	}
	norm += q.unknown * f.absent * f.absent
	scale := unitScale(norm) / whole
	for i := range scores {
		scores[i] *= scale
	}
}

func (f *field) bytes() int { return 4*len(f.rarity) + f.lists.bytes() }
