//go:build ollama

package ollamatest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/ollama/ollama/api"

	"storebot/rag"
	"storebot/rag/ollama"
	"storebot/rag/ollama/ollamatest"
	"storebot/rag/ragtest"
)

// The adapter's price over the bare client, to the first token and for a
// question's vector:
//
//	go test -tags ollama -run '^$' -bench . ./rag/ollama/ollamatest/
func BenchmarkFirstToken(b *testing.B) {
	server, s := benchServer(b)
	g, err := s.Generator()
	if err != nil {
		b.Fatal(err)
	}
	no := false
	options := map[string]any{"num_ctx": 2048, "num_thread": 1, "num_predict": 512, "temperature": 0, "seed": 1}
	// Every answer is read to its end: a cut stream may block the server.
	first := func(b *testing.B, run func(p rag.Prompt, piece func() error) error) {
		var total time.Duration
		for i := range b.N {
			start, seen := time.Now(), false
			if err := run(prompt(i), func() error {
				if !seen {
					total, seen = total+time.Since(start), true
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(total.Microseconds())/float64(b.N), "µs/first")
	}
	b.Run("bare", func(b *testing.B) {
		first(b, func(p rag.Prompt, piece func() error) error {
			request := &api.ChatRequest{Model: script, Truncate: &no, Shift: &no, Options: options, Messages: []api.Message{
				{Role: "system", Content: p.System}, {Role: "user", Content: p.Evidence + "\n\n" + p.Question}}}
			return server.API().Chat(b.Context(), request, func(api.ChatResponse) error { return piece() })
		})
	})
	b.Run("adapter", func(b *testing.B) {
		first(b, func(p rag.Prompt, piece func() error) error {
			return g.Generate(b.Context(), p, func(string) error { return piece() })
		})
	})
}

func BenchmarkEmbedQuery(b *testing.B) {
	server, s := benchServer(b)
	e, err := s.Embedder(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("bare", func(b *testing.B) {
		for range b.N {
			request := &api.EmbedRequest{Model: words, Input: "how long does delivery take", Options: map[string]any{"num_ctx": 2048, "num_thread": 1}}
			if _, err := server.API().Embed(b.Context(), request); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("adapter", func(b *testing.B) {
		for range b.N {
			if _, err := e.EmbedQuery(b.Context(), "how long does delivery take"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func benchServer(b *testing.B) (*ollamatest.Server, *ollama.Server) {
	server := ollamatest.Start(b)
	server.Create(script, ollamatest.Script{Text: answer})
	server.Create(words, ollamatest.Words{Seed: 1})
	s, err := ollama.New(ollama.Config{Host: server.URL, ChatModel: script, EmbedModel: words, Context: 2048, Threads: 1})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	return server, s
}

// prompt is the usual one with another question each time.
func prompt(i int) rag.Prompt {
	p := ragtest.Prompt
	p.Question = fmt.Sprintf("%s (%d)", p.Question, i)
	return p
}
