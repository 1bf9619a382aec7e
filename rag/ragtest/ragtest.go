// Package ragtest is what tests of the answering side share: one suite for each
// interface of package rag that stands for a model, and stand-ins that pass it:
// a scripted generator, a worst-case model that obeys every attacker, and an
// embedder that counts words.
//
// A suite runs on the stand-in and on the real thing, so that a test written
// against a stand-in says something about the real one. Nothing here is ever
// linked into the product.
package ragtest

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"storebot/rag"
)

// Prompt is an ordinary prompt for suites and tests.
var Prompt = rag.Prompt{
	System:   "You answer from the entries below and from nothing else.",
	Evidence: "[1] How long does delivery take? Three to five working days.",
	Question: "When will my parcel come?",
}

// Generator runs what every rag.Generator must hold against open, which is
// called once for each part. The model must answer Prompt with at least two
// pieces of text and then be done.
func Generator(t *testing.T, open func(t *testing.T) rag.Generator) {
	t.Helper()
	t.Run("answers in order and says when it is done", func(t *testing.T) {
		g := open(t)
		first, pieces := generate(t, g)
		if len(pieces) < 2 {
			t.Errorf("the answer came in %d pieces, want a stream of at least 2", len(pieces))
		}
		for i, piece := range pieces {
			if piece == "" || !utf8.ValidString(piece) {
				t.Errorf("piece %d is %q, want non-empty valid UTF-8", i, piece)
			}
		}
		if second, _ := generate(t, g); second != first {
			t.Errorf("the same prompt gave two answers:\n%q\n%q", first, second)
		}
	})
	t.Run("has a steady name", func(t *testing.T) {
		g := open(t)
		generate(t, g)
		name := g.Model()
		generate(t, g)
		if name == "" || g.Model() != name {
			t.Errorf("the model's name is %q and then %q, want one non-empty name", name, g.Model())
		}
	})
	t.Run("stops with the error of emit", func(t *testing.T) {
		g := open(t)
		full := errors.New("reader is gone")
		calls := 0
		err := g.Generate(t.Context(), Prompt, func(string) error {
			calls++
			return full
		})
		if !errors.Is(err, full) || calls != 1 {
			t.Errorf("got error %v after %d calls of emit, want %v after 1", err, calls, full)
		}
	})
	t.Run("writes nothing under an ended context", func(t *testing.T) {
		g := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := g.Generate(ctx, Prompt, func(text string) error {
			t.Errorf("emitted %q", text)
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v, want %v", err, context.Canceled)
		}
	})
	t.Run("a cancelled answer is an error", func(t *testing.T) {
		g := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		calls := 0
		err := g.Generate(ctx, Prompt, func(string) error {
			calls++
			cancel()
			return nil
		})
		if !errors.Is(err, context.Canceled) || calls != 1 {
			t.Errorf("got error %v after %d pieces, want %v after 1", err, calls, context.Canceled)
		}
	})
	t.Run("serves several at once", func(t *testing.T) {
		g := open(t)
		want, _ := generate(t, g)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				var answer strings.Builder
				err := g.Generate(t.Context(), Prompt, func(text string) error {
					answer.WriteString(text)
					return nil
				})
				if err != nil || answer.String() != want {
					t.Errorf("got %q, %v beside others, want %q", answer.String(), err, want)
				}
			})
		}
		all.Wait()
	})
}

func generate(t *testing.T, g rag.Generator) (answer string, pieces []string) {
	t.Helper()
	if err := g.Generate(t.Context(), Prompt, func(text string) error {
		pieces = append(pieces, text)
		return nil
	}); err != nil {
		t.Fatalf("generate: %v", err)
	}
	return strings.Join(pieces, ""), pieces
}

// passages are texts of which the first is nearest to query; they use everyday
// words that any embedder must tell apart.
var (
	query    = "how long does delivery take"
	passages = []string{
		"how many days does delivery take",
		"which payment cards do you accept",
		"can i return shoes without the box",
		"do you sell gift vouchers",
	}
	chinese = "退貨需要幾天"
)

// Embedder runs what every rag.Embedder must hold against open, which is called
// once for each part.
func Embedder(t *testing.T, open func(t *testing.T) rag.Embedder) {
	t.Helper()
	embedder(t, open, append(slices.Clone(passages), chinese))
}

// EnglishEmbedder runs the same against one that reads English alone: what it
// does not read is to it a text without content.
func EnglishEmbedder(t *testing.T, open func(t *testing.T) rag.Embedder) {
	t.Helper()
	embedder(t, open, passages)
	if v := embedOne(t, open(t), chinese); dot(v, v) != 0 {
		t.Errorf("%q has a vector of norm² %.3f, want none", chinese, dot(v, v))
	}
}

func embedder(t *testing.T, open func(t *testing.T) rag.Embedder, passages []string) {
	t.Helper()
	t.Run("gives unit vectors of one length in order", func(t *testing.T) {
		e := open(t)
		if e.Model() == "" || e.Dimensions() <= 0 {
			t.Fatalf("model %q with %d dimensions, want a name and a length", e.Model(), e.Dimensions())
		}
		vectors := embedAll(t, e, passages)
		for i, v := range vectors {
			checkUnit(t, e, v, passages[i])
		}
		asked := embedOne(t, e, query)
		checkUnit(t, e, asked, query)
		for i := 1; i < len(vectors); i++ {
			if near, far := dot(asked, vectors[0]), dot(asked, vectors[i]); near <= far {
				t.Errorf("%q is nearer to %q (%.3f) than to %q (%.3f)", query, passages[i], far, passages[0], near)
			}
		}
	})
	t.Run("embeds a batch as it embeds one", func(t *testing.T) {
		e := open(t)
		texts := make([]string, 0, 40)
		for len(texts) < 40 {
			texts = append(texts, passages...)
		}
		together := embedAll(t, e, texts)
		for i, text := range passages {
			alone := embedAll(t, e, []string{text})[0]
			for j := i; j < len(texts); j += len(passages) {
				if got := dot(alone, together[j]); got < 0.99999 {
					t.Errorf("%q alone and as text %d of %d: cosine %.6f, want 1", text, j, len(texts), got)
				}
			}
		}
	})
	t.Run("gives texts without content a zero vector", func(t *testing.T) {
		e := open(t)
		vectors := embedAll(t, e, []string{"", passages[0], " \t\n"})
		checkUnit(t, e, vectors[1], passages[0])
		for _, v := range [][]float32{vectors[0], vectors[2], embedOne(t, e, ""), embedOne(t, e, "  ")} {
			if len(v) != e.Dimensions() || dot(v, v) != 0 {
				t.Errorf("got a vector of length %d and norm² %.3f, want %d and 0", len(v), dot(v, v), e.Dimensions())
			}
		}
	})
	t.Run("gives nothing for nothing", func(t *testing.T) {
		e := open(t)
		if vectors := embedAll(t, e, nil); len(vectors) != 0 {
			t.Errorf("got %d vectors for no text", len(vectors))
		}
	})
	t.Run("hands out vectors of the caller's own", func(t *testing.T) {
		e := open(t)
		first := embedOne(t, e, query)
		want := append([]float32(nil), first...)
		clear(first)
		second := embedOne(t, e, query)
		if got := dot(second, want); got < 0.99999 {
			t.Errorf("after the caller changed a vector the next one differs: cosine %.6f", got)
		}
	})
	t.Run("ends with the context", func(t *testing.T) {
		e := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := e.EmbedQuery(ctx, query); !errors.Is(err, context.Canceled) {
			t.Errorf("query: got error %v, want %v", err, context.Canceled)
		}
		if _, err := e.EmbedPassages(ctx, passages); !errors.Is(err, context.Canceled) {
			t.Errorf("passages: got error %v, want %v", err, context.Canceled)
		}
	})
	t.Run("serves several at once", func(t *testing.T) {
		e := open(t)
		want := embedOne(t, e, query)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				got, err := e.EmbedQuery(t.Context(), query)
				if err != nil || dot(got, want) < 0.99999 {
					t.Errorf("beside others: error %v, or another vector", err)
				}
			})
			all.Go(func() {
				if _, err := e.EmbedPassages(t.Context(), passages); err != nil {
					t.Errorf("passages beside others: %v", err)
				}
			})
		}
		all.Wait()
	})
}

func embedAll(t *testing.T, e rag.Embedder, texts []string) [][]float32 {
	t.Helper()
	vectors, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatalf("embed %d passages: %v", len(texts), err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("got %d vectors for %d texts", len(vectors), len(texts))
	}
	return vectors
}

func embedOne(t *testing.T, e rag.Embedder, text string) []float32 {
	t.Helper()
	v, err := e.EmbedQuery(t.Context(), text)
	if err != nil {
		t.Fatalf("embed a query: %v", err)
	}
	return v
}

func checkUnit(t *testing.T, e rag.Embedder, v []float32, text string) {
	t.Helper()
	if norm := math.Sqrt(dot(v, v)); len(v) != e.Dimensions() || math.Abs(norm-1) > 1e-3 {
		t.Errorf("%q: got a vector of length %d and norm %.4f, want %d and 1", text, len(v), norm, e.Dimensions())
	}
}

func dot(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
