package ollama

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragtest"
)

func TestBreakerOpensProbesAndCloses(t *testing.T) {
	now := time.Now()
	b := &breaker{after: 3, openFor: time.Second, now: func() time.Time { return now }, state: Closed}
	for i := range 3 {
		if _, err := b.allow(); err != nil {
			t.Fatalf("failure %d of 3: closed to %v", i, err)
		}
		if opened := b.failure(); opened != (i == 2) {
			t.Errorf("failure %d opened it: %t", i+1, opened)
		}
	}
	if probe, err := b.allow(); probe || !errors.Is(err, rag.ErrModelUnavailable) {
		t.Errorf("open: probe %t, %v", probe, err)
	}
	now = now.Add(time.Second)
	if probe, err := b.allow(); !probe || err == nil {
		t.Errorf("after its time: probe %t, %v, want a probe and no passage", probe, err)
	}
	if probe, _ := b.allow(); probe {
		t.Error("a second probe beside the first")
	}
	b.failure()
	if state, trips := b.read(); state != Open || trips != 1 {
		t.Errorf("after a failed probe: %s, %d trips", state, trips)
	}
	now = now.Add(time.Second)
	b.allow()
	b.success()
	if probe, err := b.allow(); probe || err != nil {
		t.Errorf("after a good probe: probe %t, %v", probe, err)
	}
	b.failure()
	b.failure()
	b.success()
	b.failure()
	if state, _ := b.read(); state != Closed {
		t.Error("failures that are not in a row opened it")
	}
}

// The breaker's probe is a load of the model of our own, so that no shopper is
// the one who tries.
func TestServerComesBack(t *testing.T) {
	f := newFake(t)
	var clock atomic.Int64
	s := f.connect(t, func(c *Config) {
		c.OpenFor = time.Second
		c.Now = func() time.Time { return time.Unix(clock.Load(), 0) }
	})
	f.set(func() { f.chat = status(503, `{"error":"busy"}`) })
	for range 3 {
		f.generate(t, s, ragtest.Prompt)
	}
	sent := len(f.sent("/api/chat"))
	if _, err := f.generate(t, s, ragtest.Prompt); !errors.Is(err, rag.ErrModelUnavailable) || len(f.sent("/api/chat")) != sent {
		t.Fatalf("an open breaker: got %v, and %d requests more", err, len(f.sent("/api/chat"))-sent)
	}
	f.set(func() { f.chat = nil })
	clock.Add(2)
	if _, err := f.generate(t, s, ragtest.Prompt); !errors.Is(err, rag.ErrModelUnavailable) {
		t.Errorf("during the probe: got %v", err)
	}
	eventually(t, func() bool {
		_, err := f.generate(t, s, ragtest.Prompt)
		return err == nil
	})
}

// A caller's deadline ends a load on the server, so a model that takes longer
// to load than shoppers wait would never be loaded: it is loaded without them.
func TestModelThatLoadsSlowlyIsLoadedInTheBackground(t *testing.T) {
	f := newFake(t)
	s, e := f.embedder(t, func(c *Config) { c.EmbedWithin = time.Minute })
	var loaded atomic.Bool
	f.set(func() {
		f.embed = func(w http.ResponseWriter, texts []string) bool {
			if texts[0] == canary {
				<-time.After(60 * time.Millisecond)
				loaded.Store(true)
				return false
			}
			if !loaded.Load() {
				<-time.After(100 * time.Millisecond)
			}
			return false
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := e.EmbedQuery(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
	eventually(t, loaded.Load)
	if state, _ := s.embed.breaker.read(); state != Closed {
		t.Errorf("breaker %s after one slow call", state)
	}
}

func TestCallerWhoLeavesIsNoFailure(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.OpenAfter, c.FirstToken = 1, time.Minute })
	f.set(func() { f.chat = f.hang() })
	g, err := s.Generator()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		eventually(t, func() bool { return len(f.sent("/api/chat")) == 1 })
		cancel()
	}()
	if err := g.Generate(ctx, ragtest.Prompt, func(string) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if stats := s.Stats(); stats.Cancelled != 1 || stats.Failed != 0 || stats.BreakerTrips != 0 {
		t.Errorf("stats %+v, want one cancelled and no failure", stats)
	}
}

func TestSlowAnswersDoNotDelayEmbedding(t *testing.T) {
	f := newFake(t)
	s, e := f.embedder(t, func(c *Config) { c.FirstToken = time.Minute })
	f.set(func() { f.chat = f.hang() })
	g, err := s.Generator()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g.Generate(ctx, ragtest.Prompt, func(string) error { return nil })
	}()
	eventually(t, func() bool { return s.Stats().ChatRunning == 1 })
	if _, err := e.EmbedQuery(t.Context(), "a"); err != nil {
		t.Errorf("beside a hanging answer: %v", err)
	}
	cancel()
	<-ended
}
