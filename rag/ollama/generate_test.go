package ollama

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragtest"
)

func (f *fake) generate(t *testing.T, s *Server, p rag.Prompt) (string, error) {
	t.Helper()
	g, err := s.Generator()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	err = g.Generate(t.Context(), p, func(text string) error {
		got.WriteString(text)
		return nil
	})
	return got.String(), err
}

func TestGeneratorConforms(t *testing.T) {
	f := newFake(t)
	ragtest.Generator(t, func(t *testing.T) rag.Generator {
		g, err := f.connect(t, nil).Generator()
		if err != nil {
			t.Fatal(err)
		}
		return g
	})
}

// The faults of a stream. None of them may come out as a finished answer: the
// client itself returns nil for most.
func TestFaultsOfTheStream(t *testing.T) {
	f := newFake(t)
	const words = `{"message":{"content":"It comes "}}`
	slow := func(w http.ResponseWriter, r *http.Request) {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			lines(words)(w, r)
			select {
			case <-r.Context().Done():
				return
			case <-tick.C:
			}
		}
	}
	for name, c := range map[string]struct {
		chat    http.HandlerFunc
		want    error
		counted bool // by the breaker
		hurry   func(*Config)
	}{
		"hangs before a word":            {f.hang(), rag.ErrModelUnavailable, true, func(c *Config) { c.FirstToken = 100 * time.Millisecond }},
		"hangs after words":              {f.hang(words), rag.ErrModelInterrupted, true, func(c *Config) { c.Idle = 100 * time.Millisecond }},
		"hangs after a thought":          {f.hang(`{"message":{"thinking":"hm"}}`), rag.ErrModelUnavailable, true, func(c *Config) { c.Idle = 100 * time.Millisecond }},
		"one word at a time without end": {slow, rag.ErrModelInterrupted, true, func(c *Config) { c.Longest = 500 * time.Millisecond }},
		"busy":                           {status(503, `{"error":"server busy"}`), rag.ErrModelUnavailable, true, nil},
		"error with an empty body":       {status(500, ""), rag.ErrModelUnavailable, true, nil},
		"error that is no JSON":          {status(502, "<html>bad gateway</html>"), rag.ErrModelUnavailable, true, nil},
		"empty body":                     {status(200, ""), rag.ErrModelUnavailable, true, nil},
		"half a line":                    {lines(words, `{"message":{"content":"in th`), rag.ErrModelInterrupted, true, nil},
		"half a line at once":            {lines(`{"message":{"content":"in th`), rag.ErrModelUnavailable, true, nil},
		"ends without its last chunk":    {lines(words, words), rag.ErrModelInterrupted, true, nil},
		"error line in a good stream":    {lines(words, `{"error":"an error was encountered while running the model"}`), rag.ErrModelInterrupted, true, nil},
		"error line before a word":       {lines(`{"error":"model runner has unexpectedly stopped"}`), rag.ErrModelUnavailable, true, nil},
		"limit of tokens":                {lines(words, `{"done":true,"done_reason":"length"}`), ErrTruncated, false, nil},
		"unloaded under it":              {lines(words, `{"done":true,"done_reason":"unload"}`), rag.ErrModelInterrupted, true, nil},
		"model gone":                     {status(404, `{"error":"model 'writer' not found"}`), rag.ErrModelUnavailable, false, nil},
		"redirect":                       {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, rag.ErrModelUnavailable, true, nil},
		"sign-in":                        {status(401, `{"signin_url":"x"}`), rag.ErrModelUnavailable, true, nil},
		"connection cut in mid-word": {func(w http.ResponseWriter, r *http.Request) {
			lines(words)(w, r)
			panic(http.ErrAbortHandler)
		}, rag.ErrModelInterrupted, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f.set(func() { f.chat = c.chat })
			s := f.connect(t, func(cfg *Config) {
				cfg.OpenAfter = 1
				if c.hurry != nil {
					c.hurry(cfg)
				}
			})
			start := time.Now()
			_, err := f.generate(t, s, ragtest.Prompt)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v looks like the caller's own end", err)
			}
			if strings.Contains(err.Error(), "in th") {
				t.Errorf("%v holds words of the answer", err)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
			if opened := s.Stats().BreakerTrips == 1; opened != c.counted {
				t.Errorf("breaker opened: %t, want %t", opened, c.counted)
			}
			if stats := s.Stats(); stats.ChatRunning != 0 {
				t.Error("the slot is still held")
			}
		})
	}
}

func TestRequestIsBoundedAndConstant(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.Threads = 3; c.MaxTokens = 99 })
	if _, err := f.generate(t, s, ragtest.Prompt); err != nil {
		t.Fatal(err)
	}
	var sent struct {
		Messages        []struct{ Role, Content string }
		Truncate, Shift *bool
		Think           any
		KeepAlive       string `json:"keep_alive"`
		Options         map[string]float64
	}
	if err := json.Unmarshal([]byte(f.sent("/api/chat")[0]), &sent); err != nil {
		t.Fatal(err)
	}
	if sent.Truncate == nil || *sent.Truncate || sent.Shift == nil || *sent.Shift || sent.Think != false || sent.KeepAlive == "" {
		t.Errorf("sent %+v, want no truncate, no shift, no thoughts, a keep-alive", sent)
	}
	for key, want := range map[string]float64{"num_predict": 99, "num_ctx": 4096, "num_thread": 3, "temperature": 0} {
		if got, there := sent.Options[key]; !there || got != want {
			t.Errorf("%s is %v, want %v", key, got, want)
		}
	}
	if len(sent.Messages) != 2 || sent.Messages[0].Role != "system" || sent.Messages[0].Content != ragtest.Prompt.System ||
		!strings.HasPrefix(sent.Messages[1].Content, ragtest.Prompt.Evidence) || !strings.HasSuffix(sent.Messages[1].Content, ragtest.Prompt.Question) {
		t.Errorf("messages %+v, want instructions, then evidence with the question last", sent.Messages)
	}
}

func TestPromptThatDoesNotFitIsNotSent(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.Context = 1024 })
	_, err := f.generate(t, s, rag.Prompt{System: "s", Evidence: strings.Repeat("退貨", 500), Question: "q"})
	if !errors.Is(err, ErrPromptTooLong) || !strings.Contains(err.Error(), "larger context") {
		t.Errorf("got %v, want %v with its cure", err, ErrPromptTooLong)
	}
	if sent := f.sent("/api/chat"); len(sent) != 0 {
		t.Errorf("%d requests were sent", len(sent))
	}
}

func TestCloudModelIsNotUsed(t *testing.T) {
	f := newFake(t)
	f.remote = "https://models.invalid"
	s := f.connect(t, nil)
	if _, err := f.generate(t, s, ragtest.Prompt); !errors.Is(err, rag.ErrModelUnavailable) || !strings.Contains(err.Error(), "leave this server") {
		t.Errorf("got %v", err)
	}
	if sent := f.sent("/api/chat"); len(sent) != 0 {
		t.Errorf("%d prompts went out", len(sent))
	}
}

func TestSlowReaderIsNotASilentServer(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.Idle = 150 * time.Millisecond })
	g, err := s.Generator()
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	err = g.Generate(t.Context(), ragtest.Prompt, func(string) error {
		read++
		<-time.After(200 * time.Millisecond)
		return nil
	})
	if err != nil || read != 3 {
		t.Errorf("got %d pieces and %v", read, err)
	}
}

func TestModelIsNamedWithItsDigestOnceKnown(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, nil)
	g, err := s.Generator()
	if err != nil {
		t.Fatal(err)
	}
	if got := g.Model(); got != "writer:latest" {
		t.Errorf("before a call: %s", got)
	}
	if _, err := f.generate(t, s, ragtest.Prompt); err != nil {
		t.Fatal(err)
	}
	if got := g.Model(); got != "writer:latest@0123456789ab" {
		t.Errorf("after a call: %s", got)
	}
}
