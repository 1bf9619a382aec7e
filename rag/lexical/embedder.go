package lexical

import (
	"context"
	"math"
	"sync"
)

// Model is the stored name of the built-in embedder's vectors. It changes with
// whatever changes a vector: the tokenizer, the weights, the hash.
const Model = "builtin-1"

// dimensions of a built-in vector: 384, as many as the small public models
// have, so that the two cost the same to keep and to search.
const dimensions = 384

// An Embedder is the built-in one: the signed feature hashing of a text's
// terms (Weinberger et al., ICML 2009). A vector depends on its text alone, so
// it stays right whatever the shop adds; it knows spelling, not meaning. It
// never fails and asks nothing of a network or a disk. It implements
// rag.Embedder; the zero value works, also for concurrent use.
type Embedder struct{ pool sync.Pool }

// Model returns the constant Model.
func (*Embedder) Model() string { return Model }

// Dimensions returns 384.
func (*Embedder) Dimensions() int { return dimensions }

// EmbedQuery embeds a question; the same text embeds alike as a passage.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return e.embed(text), nil
}

// EmbedPassages embeds each text.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = e.embed(text)
	}
	return vectors, nil
}

// embedWeights weigh the kinds of terms: a function word says little, a word
// has many grams that say the same again. The thesaurus takes no part: nothing
// ranks by these vectors where its terms are at hand, and to add it would change
// every vector that is stored.
var embedWeights = [Kinds]float32{Word: 1, Function: 0.3, Number: 1, Char: 0.7, Pair: 1, Phrase: 0.5, Gram: 0.3, Letters: 0.4, Concept: 0.9}

type embedding struct {
	analyzer Analyzer
	terms    []Term
}

func (e *Embedder) embed(text string) []float32 {
	work, _ := e.pool.Get().(*embedding)
	if work == nil {
		work = &embedding{analyzer: Analyzer{Narrow: true}}
	}
	defer e.pool.Put(work)
	work.terms = work.analyzer.Append(work.terms[:0], text)
	vector := make([]float32, dimensions)
	for _, term := range work.terms {
		h := mix(term.Hash ^ 0x9e3779b9)
		weight := embedWeights[term.Kind]
		if h&1 == 1 {
			weight = -weight
		}
		vector[(h>>1)%dimensions] += weight
	}
	unit(vector)
	return vector
}

// unit scales a vector to length 1; one without content stays zero.
func unit(vector []float32) {
	var sum float64
	for _, v := range vector {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range vector {
		vector[i] *= scale
	}
}
