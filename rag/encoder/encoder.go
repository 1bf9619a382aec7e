// Package encoder turns English questions into vectors by what they mean, so
// that "I want my money back" finds "Refunds" in a shop that never says
// "money". It runs in this process: no server, no GPU, no download.
//
// It is the Universal Sentence Encoder "lite" (see package lite), whose vectors
// of 512 numbers are projected on the 64 directions that tell questions apart best
// and ways of asking the same least: those rank and judge better than all of
// them. It reads small letters only, which it knows better. On one core a question
// takes .9 ms, five times all the rest of a retrieval; so it is asked only
// where a question's words leave a doubt, and stored texts are read in the
// background.
//
// It reads English alone. A text in another script or language gets the vector
// of a text without content, which is near nothing, and is found by its words.
//
// model.bin is made from the published weights (Apache License 2.0, LICENSE.model)
// by scripts/encoder.sh; projection.bin from paraphrases.txt, questions of our own
// writing in groups that ask the same, and the words of the shop vocabulary and the
// thesaurus.
package encoder

import (
	"context"
	_ "embed"
	"encoding/binary"
	"math"
	"runtime"
	"strings"
	"sync"

	"github.com/viterin/vek/vek32"

	"storebot/rag/encoder/internal/lite"
)

// Model is the stored name of the vectors. It changes with whatever changes a
// vector: the weights, the projection, what is taken for English.
const Model = "builtin-en-2"

// dimensions of a vector.
const dimensions = 64

var (
	//go:embed model.bin
	modelFile []byte
	//go:embed projection.bin
	projectionFile []byte
)

// load unpacks the files when the first text comes: 6 MB, which a shop in
// Chinese never needs.
var load = sync.OnceValues(func() (*lite.Model, *projection) {
	model, err := lite.Read(modelFile)
	if err != nil {
		panic(err) // it is compiled in
	}
	numbers := make([]float32, len(projectionFile)/4)
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(projectionFile[4*i:]))
	}
	return model, &projection{numbers[:lite.Dimensions], numbers[lite.Dimensions:]}
})

// A projection keeps of a vector what tells questions to shops apart.
type projection struct {
	mean []float32 // of the vectors of a shop's words
	rows []float32 // directions, one after the other
}

// apply sets vector to the projection of whole, of unit length. It changes whole.
func (p *projection) apply(vector, whole []float32) {
	vek32.Sub_Inplace(whole, p.mean)
	for i := range vector {
		vector[i] = vek32.Dot(whole, p.rows[i*lite.Dimensions:][:lite.Dimensions])
	}
	if length := vek32.Norm(vector); length > 0 {
		vek32.MulNumber_Inplace(vector, 1/length)
	}
}

// questions and passages bound what computes at a time: as many questions as
// there are processors, and one stored text, which thus leaves room for them.
var (
	questions = make(chan struct{}, runtime.GOMAXPROCS(0))
	passages  = make(chan struct{}, 1)
)

// An Embedder is the encoder as the rest of Storebot asks it. It implements
// rag.Embedder; the zero value works, also for concurrent use.
type Embedder struct{ pool sync.Pool }

// Model returns the constant Model.
func (*Embedder) Model() string { return Model }

// Dimensions returns 64.
func (*Embedder) Dimensions() int { return dimensions }

// EmbedQuery embeds a question; the same text embeds alike as a passage. Its
// only error is the context's, when that ends before a processor is free.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	return e.embed(ctx, questions, text)
}

// EmbedPassages embeds each text. Its only error is the context's.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		var err error
		if vectors[i], err = e.embed(ctx, passages, text); err != nil {
			return nil, err
		}
	}
	return vectors, nil
}

func (e *Embedder) embed(ctx context.Context, slots chan struct{}, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vector := make([]float32, dimensions)
	if !latin(text) {
		return vector, nil
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	model, projection := load()
	scratch, _ := e.pool.Get().(*lite.Scratch)
	if scratch == nil {
		scratch = new(lite.Scratch)
	}
	defer e.pool.Put(scratch)
	if english(model.Read(scratch, strings.ToLower(text))) {
		projection.apply(vector, model.Encode(scratch))
	}
	return vector, nil
}
