package check

import (
	"context"
	"sync"
	"time"

	"storebot/rag"
	"storebot/rag/lexical"
)

// embedTime is how long one run may wait for an embedding model. Questions past
// it are asked of the lexical half alone, before and after a change alike; the
// next run finds what this one embedded.
const embedTime = 5 * time.Second

// vectors remembers questions' vectors of embedding models: they depend on
// nothing but the text. The zero value works.
type vectors struct {
	mu    sync.Mutex
	known map[vectorKey][]float32
}

type vectorKey struct{ model, text string }

// maxVectors bounds what is remembered: of 1,024 dimensions, 40 MB.
const maxVectors = 10_000

func (v *vectors) get(model, text string) []float32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.known[vectorKey{model, text}]
}

func (v *vectors) put(model, text string, vector []float32) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil || len(v.known) >= maxVectors {
		v.known = map[vectorKey][]float32{}
	}
	v.known[vectorKey{model, text}] = vector
}

// engine returns the embedder of a model; nil when there is none to ask, or none
// is needed.
func (r *Runner) engine(model string) rag.Embedder {
	if model == "" || model == lexical.Model {
		return nil
	}
	return r.Embedder(model)
}

// question returns what gives a question's vector of a model, until ctx ends; nil
// where it cannot be had. It is safe for concurrent use.
func (r *Runner) question(ctx context.Context, model string) func(text string) []float32 {
	engine := r.engine(model)
	return func(text string) []float32 {
		if engine == nil {
			return nil
		}
		if known := r.vectors.get(model, text); known != nil || ctx.Err() != nil {
			return known
		}
		vector, err := engine.EmbedQuery(ctx, text)
		if err != nil {
			return nil
		}
		r.vectors.put(model, text, vector)
		return vector
	}
}

// passages returns the vectors of an entry that is not stored; nil, which is "not
// embedded yet", when they cannot be had now.
func (r *Runner) passages(ctx context.Context, model string, e *rag.Entry) [][]float32 {
	engine := r.engine(model)
	if engine == nil {
		return nil
	}
	if ctx.Err() != nil {
		return nil
	}
	made, err := engine.EmbedPassages(ctx, append([]string{e.Question}, e.Phrasings...))
	if err != nil {
		return nil
	}
	return made
}
