package ollama

import (
	"context"
	"errors"
	"fmt"

	"storebot/rag"
)

// An Embedder turns texts into vectors with one model as it stood when it was
// opened. It implements rag.Embedder. When another model takes its place under
// the same name, every call fails with ErrModelChanged.
type Embedder struct {
	s      *Server
	model  string
	digest string
	dims   int
	family family
}

var _ rag.Embedder = (*Embedder)(nil)

// Embedder loads the configured embedding model and returns it with its
// dimensions. Errors: rag.ErrModelUnavailable when the server is down or has no
// such model, the context's.
func (s *Server) Embedder(ctx context.Context) (*Embedder, error) {
	if s.cfg.EmbedModel == "" {
		return nil, errors.New("ollama: no embedding model is configured")
	}
	e := &Embedder{s: s, model: s.cfg.EmbedModel, family: familyOf(s.cfg.EmbedModel)}
	err := s.do(ctx, s.embed, background, func(ctx context.Context) error {
		bounded, cancel := context.WithTimeout(ctx, s.cfg.LoadWithin)
		defer cancel()
		digest, err := s.current(bounded, s.embed, e.model)
		if err != nil {
			return ended(ctx, err)
		}
		vectors, err := s.vectors(bounded, []string{canary})
		if err != nil {
			return ended(ctx, err)
		}
		if e.digest, e.dims = digest, len(vectors[0]); e.dims == 0 {
			return &fault{err: fmt.Errorf("ollama: model %q gives vectors of no length: is it an embedding model?", e.model)}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Model is "name@digest", with "+family" when the family has prefixes: two
// models, two builds of one model, and two ways of prefixing never share it.
func (e *Embedder) Model() string {
	id := identity(e.model, e.digest)
	if e.family.name != "" {
		id += "+" + e.family.name
	}
	return id
}

func identity(model, digest string) string {
	if digest == "" {
		return tagged(model)
	}
	return tagged(model) + "@" + digest[:min(12, len(digest))]
}

// Dimensions is the length of every vector.
func (e *Embedder) Dimensions() int { return e.dims }

// EmbedQuery embeds a shopper's question; it goes before all passages that
// wait. Errors beside those of rag.Embedder: ErrTextRefused, ErrModelChanged.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if blank(text) {
		return make([]float32, e.dims), nil
	}
	return e.one(ctx, live, e.family.query+text)
}

// EmbedPassages embeds stored texts in small batches that give way to queries.
// A text that the model refuses (see ErrTextRefused) gets an all-zero vector,
// which is near nothing, and is counted in Stats.TextsRefused: one bad row must
// not hold up an import.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	var batch []string
	var places []int
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		vectors, err := e.some(ctx, batch)
		if err != nil {
			return err
		}
		for i, v := range vectors {
			out[places[i]] = v
		}
		batch, places = batch[:0], places[:0]
		return nil
	}
	for i, text := range texts {
		if blank(text) {
			out[i] = make([]float32, e.dims)
			continue
		}
		batch, places = append(batch, e.family.passage+text), append(places, i)
		if len(batch) == e.s.cfg.Batch {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return out, ctx.Err()
}

// some embeds one batch, and text by text when the server answers that it
// cannot take the batch.
func (e *Embedder) some(ctx context.Context, texts []string) ([][]float32, error) {
	var vectors [][]float32
	err := e.ask(ctx, background, texts, &vectors, false)
	var f *fault
	if err == nil || !errors.As(err, &f) || !f.answered {
		return vectors, err
	}
	vectors = make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i], err = e.one(ctx, background, text)
		if errors.Is(err, ErrTextRefused) {
			e.s.cfg.Log.Warn("ollama: a text gets no vector", "model", e.Model(), "bytes", len(text), "error", err)
			vectors[i], err = make([]float32, e.dims), nil
		}
		if err != nil {
			return nil, err
		}
	}
	return vectors, nil
}

// one embeds one text. When the server answers that it cannot, the canary
// decides whose fault that is: a text that the model cannot take must not open
// the breaker for everybody.
func (e *Embedder) one(ctx context.Context, u urgency, text string) ([]float32, error) {
	var vectors [][]float32
	err := e.ask(ctx, u, []string{text}, &vectors, false)
	if err == nil {
		return vectors[0], nil
	}
	var f *fault
	if !errors.As(err, &f) || !f.answered {
		return nil, err
	}
	if sick := e.ask(ctx, u, []string{canary}, &vectors, true); sick != nil {
		return nil, sick
	}
	e.s.counts.refused.Add(1)
	return nil, fmt.Errorf("%w: %s", ErrTextRefused, err)
}

// ask sends one request through the gate. With blame, an answered failure is
// the server's and counts for the breaker.
func (e *Embedder) ask(ctx context.Context, u urgency, texts []string, into *[][]float32, blame bool) error {
	return e.s.do(ctx, e.s.embed, u, func(ctx context.Context) error {
		bounded, cancel := context.WithTimeout(ctx, e.s.cfg.EmbedWithin)
		defer cancel()
		digest, err := e.s.current(bounded, e.s.embed, e.model)
		if err == nil && digest != e.digest {
			return &fault{err: fmt.Errorf("%w: %s is %s now", ErrModelChanged, e.Model(), identity(e.model, digest))}
		}
		var vectors [][]float32
		if err == nil {
			vectors, err = e.s.vectors(bounded, texts)
		}
		for i := 0; err == nil && i < len(vectors); i++ {
			if len(vectors[i]) != e.dims {
				err = &fault{err: fmt.Errorf("%w: a vector of %d numbers where %s has %d", ErrModelChanged, len(vectors[i]), e.Model(), e.dims)}
			}
		}
		if err == nil {
			*into = vectors
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var f *fault
		if errors.As(err, &f) && f.answered {
			f.broken = blame
		}
		return err
	})
}
