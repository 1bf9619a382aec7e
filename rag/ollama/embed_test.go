package ollama

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"storebot/rag"
)

func TestVectorsAreUnitAndInOrder(t *testing.T) {
	f := newFake(t)
	_, e := f.embedder(t, func(c *Config) { c.Batch = 4 })
	texts := []string{"a", "", "bb", "  ", "ccc", "dddd", "eeeee", "ffffff"}
	vectors, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		if blank(texts[i]) {
			if len(v) != 3 || v[0] != 0 || v[1] != 0 || v[2] != 0 {
				t.Errorf("blank text %d: %v", i, v)
			}
			continue
		}
		if !unit(v) || v[1]/v[0] < float32(texts[i][0])/float32(len(texts[i]))*0.999 || v[1]/v[0] > float32(texts[i][0])/float32(len(texts[i]))*1.001 {
			t.Errorf("text %d %q has the vector %v of another", i, texts[i], v)
		}
	}
	for _, sent := range f.inputs()[1:] {
		if len(sent) > 4 || slices.ContainsFunc(sent, blank) {
			t.Errorf("sent %q in one request", sent)
		}
	}
}

func TestPrefixesAreSent(t *testing.T) {
	f := newFake(t)
	_, e := f.embedder(t, nil)
	e.family = familyOf("multilingual-e5-small")
	if _, err := e.EmbedQuery(t.Context(), "where?"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.EmbedPassages(t.Context(), []string{"here"}); err != nil {
		t.Fatal(err)
	}
	sent := f.inputs()
	if got := sent[1:]; got[0][0] != "query: where?" || got[1][0] != "passage: here" {
		t.Errorf("sent %q", got)
	}
}

func TestOneBadTextDoesNotFailItsBatch(t *testing.T) {
	for name, fault := range map[string]http.HandlerFunc{
		"too long":      status(400, `{"error":"the input length exceeds the context length"}`),
		"not a number":  status(500, `{"error":"json: unsupported value: NaN"}`),
		"count differs": status(200, `{"embeddings":[]}`),
		"overflows":     status(200, `{"embeddings":[[1e39,1,1]]}`),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			s, e := f.embedder(t, func(c *Config) { c.OpenAfter = 1 })
			f.set(func() {
				f.embed = func(w http.ResponseWriter, texts []string) bool {
					bad := slices.Contains(texts, "bad")
					if bad {
						fault(w, nil)
					}
					return bad
				}
			})
			vectors, err := e.EmbedPassages(t.Context(), []string{"good", "bad", "fine", "well"})
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range vectors {
				if unit(v) == (i == 1) {
					t.Errorf("vector %d is %v", i, v)
				}
			}
			if _, err := e.EmbedQuery(t.Context(), "bad"); !errors.Is(err, ErrTextRefused) {
				t.Errorf("as a query: got %v, want %v", err, ErrTextRefused)
			}
			if stats := s.Stats(); stats.TextsRefused != 2 || stats.BreakerTrips != 0 {
				t.Errorf("stats %+v, want 2 refused and a closed breaker", stats)
			}
		})
	}
}

// A server that fails for every text is sick: the text is not to blame, and no
// zero vector may hide it.
func TestSickServerIsNotTakenForABadText(t *testing.T) {
	f := newFake(t)
	s, e := f.embedder(t, nil)
	f.set(func() {
		f.embed = func(w http.ResponseWriter, _ []string) bool {
			status(500, `{"error":"llama runner process has terminated"}`)(w, nil)
			return true
		}
	})
	for range 3 {
		if _, err := e.EmbedPassages(t.Context(), []string{"a", "b"}); !errors.Is(err, rag.ErrModelUnavailable) {
			t.Fatalf("got %v, want %v", err, rag.ErrModelUnavailable)
		}
	}
	if stats := s.Stats(); stats.BreakerTrips != 1 || stats.TextsRefused != 0 {
		t.Errorf("stats %+v, want one trip", stats)
	}
}

func TestHangingEmbedEnds(t *testing.T) {
	f := newFake(t)
	_, e := f.embedder(t, func(c *Config) { c.EmbedWithin = 100 * time.Millisecond })
	f.set(func() {
		f.embed = func(http.ResponseWriter, []string) bool {
			<-f.done
			return true
		}
	})
	if _, err := e.EmbedQuery(t.Context(), "a"); !errors.Is(err, rag.ErrModelUnavailable) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v and not the caller's deadline", err, rag.ErrModelUnavailable)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := e.EmbedQuery(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the caller's deadline", err)
	}
}

func TestModelReplacedUnderItsName(t *testing.T) {
	f := newFake(t)
	s, e := f.embedder(t, nil)
	if got := e.Model(); got != "vectors:latest@0123456789ab" {
		t.Errorf("model is %s", got)
	}
	f.set(func() { f.digest = "fedcba9876543210" })
	s.embed.mu.Lock()
	s.embed.checked = s.embed.checked.Add(-recheck) // as if that time had passed
	s.embed.mu.Unlock()
	for range 4 {
		if _, err := e.EmbedQuery(t.Context(), "a"); !errors.Is(err, ErrModelChanged) {
			t.Fatalf("got %v, want %v", err, ErrModelChanged)
		}
	}
	again, err := s.Embedder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again.Model() == e.Model() {
		t.Errorf("both are %s", e.Model())
	}
}

// A server that failed may come back as another: the list is read again.
func TestModelReplacedWhileTheServerWasAway(t *testing.T) {
	f := newFake(t)
	_, e := f.embedder(t, nil)
	f.set(func() {
		f.digest = "fedcba9876543210"
		f.embed = func(w http.ResponseWriter, _ []string) bool {
			status(503, "")(w, nil)
			return true
		}
	})
	if _, err := e.EmbedQuery(t.Context(), "a"); !errors.Is(err, rag.ErrModelUnavailable) {
		t.Fatalf("got %v", err)
	}
	f.set(func() { f.embed = nil })
	if _, err := e.EmbedQuery(t.Context(), "a"); !errors.Is(err, ErrModelChanged) {
		t.Errorf("got %v, want %v", err, ErrModelChanged)
	}
}

func TestVectorsOfAnotherLengthAreRefused(t *testing.T) {
	f := newFake(t)
	_, e := f.embedder(t, nil)
	f.set(func() {
		f.embed = func(w http.ResponseWriter, _ []string) bool {
			fmt.Fprint(w, `{"embeddings":[[1,2]]}`)
			return true
		}
	})
	if _, err := e.EmbedQuery(t.Context(), "a"); !errors.Is(err, ErrModelChanged) {
		t.Errorf("got %v, want %v", err, ErrModelChanged)
	}
}

func TestServerWithoutTheModel(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.EmbedModel = "bge-m3" })
	if _, err := s.Embedder(t.Context()); !errors.Is(err, rag.ErrModelUnavailable) || !strings.Contains(err.Error(), "ollama pull bge-m3") {
		t.Errorf("got %v, want the cure in it", err)
	}
	none := f.connect(t, func(c *Config) { c.EmbedModel, c.ChatModel = "", "" })
	if _, err := none.Embedder(t.Context()); err == nil {
		t.Error("an embedder without a model")
	}
	if _, err := none.Generator(); err == nil {
		t.Error("a generator without a model")
	}
}

func TestNormaliseRefusesWhatIsNoNumber(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range [][]float32{{nan, 1}, {1, inf}, {-inf, inf}} {
		if normalise(v) {
			t.Errorf("%v passed", v)
		}
	}
	huge := []float32{3e38, 3e38}
	if !normalise(huge) || !unit(huge) {
		t.Errorf("large numbers became %v", huge)
	}
}

func TestFamilies(t *testing.T) {
	for model, want := range map[string]string{
		"bge-m3": "", "bge-m3:567m": "", "granite-embedding:278m": "", "all-minilm": "",
		"nomic-embed-text": "nomic", "nomic-embed-text-v2-moe": "nomic",
		"hf.co/intfloat/multilingual-e5-large":          "e5",
		"jeffh/intfloat-multilingual-e5-large-instruct": "instruct",
		"qwen3-embedding:0.6b":                          "instruct", "Qwen3-Embedding": "instruct",
		"mxbai-embed-large": "represent", "bge-large": "represent",
		"snowflake-arctic-embed": "represent", "snowflake-arctic-embed2": "arctic2", "embeddinggemma": "gemma",
	} {
		if got := familyOf(model).name; got != want {
			t.Errorf("%s is of family %q, want %q", model, got, want)
		}
	}
}
