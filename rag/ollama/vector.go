package ollama

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/ollama/ollama/api"

	"storebot/rag"
)

// embedContext is num_ctx of an embedding request, tokens: a question or
// phrasing (at most 500 runes) with room to spare; it is constant because a
// changed value reloads the model.
const embedContext = 2048

// canary is a text that every working model can embed: it tells a text that
// the model cannot take from a server that is broken.
const canary = "ok"

// vectors asks for the vectors of texts, none of them blank, and checks and
// normalises what comes back. Errors are faults.
func (s *Server) vectors(ctx context.Context, texts []string) ([][]float32, error) {
	no := false
	response, err := s.api.Embed(ctx, &api.EmbedRequest{
		Model:     s.cfg.EmbedModel,
		Input:     texts,
		Options:   map[string]any{"num_ctx": embedContext, "num_thread": s.cfg.Threads},
		Truncate:  &no, // a text that is too long is refused, not cut
		KeepAlive: &api.Duration{Duration: s.cfg.KeepAlive},
	})
	if err != nil {
		return nil, judge(err, s.cfg.EmbedModel)
	}
	if len(response.Embeddings) != len(texts) {
		return nil, &fault{err: fmt.Errorf("%w: %d vectors for %d texts", rag.ErrModelUnavailable, len(response.Embeddings), len(texts)), broken: true, answered: true}
	}
	for i, v := range response.Embeddings {
		if !normalise(v) {
			return nil, &fault{err: fmt.Errorf("ollama: vector %d of %d holds a number that is none", i+1, len(texts)), broken: true, answered: true}
		}
	}
	s.counts.texts.Add(int64(len(texts)))
	return response.Embeddings, nil
}

// normalise scales v to unit length in place; an all-zero vector stays. It
// returns false when a component is not finite.
func normalise(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return false
	}
	if sum == 0 {
		return true
	}
	scale := 1 / math.Sqrt(sum)
	for i := range v {
		v[i] = float32(float64(v[i]) * scale)
	}
	return true
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// loadEmbed loads the embedding model by embedding the canary.
func (s *Server) loadEmbed(ctx context.Context) error {
	if s.cfg.EmbedModel == "" {
		return nil
	}
	if _, err := s.current(ctx, s.embed, s.cfg.EmbedModel); err != nil {
		return err
	}
	_, err := s.vectors(ctx, []string{canary})
	return err
}
