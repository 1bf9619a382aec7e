package rageval

import (
	"context"
	"fmt"
	"time"

	"storebot/rag"
	"storebot/rag/index"
	"storebot/rag/lexical"
)

// An Engine is what is measured: the index with an embedder (nil: by words
// alone), perhaps without some of its parts.
type Engine struct {
	Embedder rag.Embedder
	Without  index.Part
}

// embedBatch is how many texts are embedded at a time.
const embedBatch = 16

// Open indexes the set's entries for the engine, and returns what retrieves
// from them and what building took, the embedding not counted.
func (e Engine) Open(ctx context.Context, set *Set) (Retrieve, Build, error) {
	options := index.Options{Version: 1, Model: lexical.Model, Without: e.Without}
	var vectors index.Vectors
	if e.Embedder != nil {
		options.Model = e.Embedder.Model()
		var err error
		if vectors, err = embed(ctx, e.Embedder, set.Entries); err != nil {
			return nil, Build{}, err
		}
	}
	start := time.Now()
	built := index.Build(set.Entries, vectors, options)
	build := Build{Milliseconds: float64(time.Since(start).Microseconds()) / 1000, Bytes: built.Bytes()}
	if len(set.Entries) > 0 {
		build.PerThousand = built.Bytes() * 1000 / len(set.Entries)
	}
	retrieve := func(ctx context.Context, question string) (rag.Retrieval, error) {
		var failed error
		found := built.Search(question, func() (vector []float32) {
			if vector, failed = e.Embedder.EmbedQuery(ctx, question); failed != nil {
				failed = fmt.Errorf("embed a question: %w", failed)
			}
			return vector
		})
		return found, failed
	}
	return retrieve, build, nil
}

func embed(ctx context.Context, embedder rag.Embedder, entries []rag.Entry) (index.Vectors, error) {
	vectors := make(index.Vectors, len(entries))
	for i, e := range entries {
		texts := append([]string{e.Question}, e.Phrasings...)
		for len(texts) > 0 {
			batch := texts[:min(embedBatch, len(texts))]
			got, err := embedder.EmbedPassages(ctx, batch)
			if err != nil {
				return nil, fmt.Errorf("embed entry %d of %d: %w", i+1, len(entries), err)
			}
			vectors[i] = append(vectors[i], got...)
			texts = texts[len(batch):]
		}
	}
	return vectors, nil
}

// Run measures an engine on a set.
func Run(ctx context.Context, set *Set, engine Engine) (Report, error) {
	retrieve, build, err := engine.Open(ctx, set)
	if err != nil {
		return Report{}, err
	}
	outcomes, err := Ask(ctx, set, retrieve)
	if err != nil {
		return Report{}, err
	}
	report := Measure(set, outcomes)
	report.Build = &build
	return report, nil
}
