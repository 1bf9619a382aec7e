// Package ollama is the one way to a local Ollama server: it implements
// rag.Embedder and rag.Generator on the official client
// (github.com/ollama/ollama/api) and says in what state the server is.
//
// Every request passes the same gate: a circuit breaker, a bounded queue with
// a deadline, a bounded number of slots, a watchdog on silence. The client
// returns a nil error for a stream that broke off and for a cancelled context,
// and the server's own queue limit does not hold for a loaded model, so none of
// this can be left to them.
//
// It never downloads, creates or deletes a model, never cuts a text to make it
// fit, and never writes a text of a shopper or a merchant to a log or an error.
package ollama

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/ollama/ollama/api"
)

// Config says which server and which models are used and within what bounds.
// Host is required; every zero field takes the default named beside it.
type Config struct {
	Host       string // "127.0.0.1:11434", "http://gpu.internal:11434"; without a port 11434
	EmbedModel string // "" when this server is not to embed
	ChatModel  string // "" when this server is not to write

	Slots      int           // answers written at the same time; 1
	EmbedSlots int           // embedding requests at the same time, of which all but one may be background; 2
	QueueLimit int           // requests of one kind that may wait for a slot; 16
	QueueWait  time.Duration // longest wait of a live request for a slot; 2 s
	BatchWait  time.Duration // longest wait of a background batch for a slot; 1 min

	FirstToken  time.Duration // longest silence before the first chunk: load and prefill; 60 s
	Idle        time.Duration // longest silence between two chunks; 10 s
	Longest     time.Duration // longest whole answer; 2 min
	EmbedWithin time.Duration // longest embedding request; 30 s
	LoadWithin  time.Duration // longest load of a model when it is warmed up; 2 min

	Context   int           // num_ctx of the chat model, tokens; 4096
	MaxTokens int           // num_predict, tokens; 512
	Threads   int           // num_thread; all cores but one, because all of them collapse on a shared machine
	KeepAlive time.Duration // how long a model stays loaded after a request; 24 h
	Batch     int           // texts in one embedding request, 1…16; 8

	OpenAfter int           // failures in a row that open the breaker; 3
	OpenFor   time.Duration // how long it stays open before it tries again; 2 s

	Now func() time.Time // the breaker's clock; time.Now
	Log *slog.Logger     // state changes and refused texts (never their words); none
}

// MaxBatch bounds Config.Batch: measured, a request of 128 texts kept a live
// question waiting for 1.2 to 14 s.
const MaxBatch = 16

func (c Config) withDefaults() Config {
	set(&c.Slots, 1)
	set(&c.EmbedSlots, 2)
	set(&c.QueueLimit, 16)
	set(&c.QueueWait, 2*time.Second)
	set(&c.BatchWait, time.Minute)
	set(&c.FirstToken, time.Minute)
	set(&c.Idle, 10*time.Second)
	set(&c.Longest, 2*time.Minute)
	set(&c.EmbedWithin, 30*time.Second)
	set(&c.LoadWithin, 2*time.Minute)
	set(&c.Context, 4096)
	set(&c.MaxTokens, 512)
	set(&c.Threads, max(1, runtime.NumCPU()-1))
	set(&c.KeepAlive, 24*time.Hour)
	set(&c.Batch, 8)
	set(&c.OpenAfter, 3)
	set(&c.OpenFor, 2*time.Second)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func set[T int | time.Duration](field *T, value T) {
	if *field == 0 {
		*field = value
	}
}

// A Server is an Ollama server as this process uses it. Its methods may be
// called at the same time. It is made by New and ended by Close.
type Server struct {
	cfg  Config
	base *url.URL
	http *http.Client
	api  *api.Client

	chat  *lane // answers
	embed *lane // vectors: a slow answer must not delay a question's embedding

	counts counters
	last   lastError

	ctx    context.Context // ends with Close; the parent of work
	cancel context.CancelFunc
	work   sync.WaitGroup // warm-ups and answers that are read to their end
}

// New checks cfg and returns the server without asking it anything: a server
// that is down now may be up later, and Status says which.
func New(cfg Config) (*Server, error) {
	base, err := parseHost(cfg.Host)
	if err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	if cfg.Batch < 1 || cfg.Batch > MaxBatch {
		return nil, fmt.Errorf("ollama: batch is %d, must be 1…%d", cfg.Batch, MaxBatch)
	}
	if cfg.Slots < 1 || cfg.EmbedSlots < 1 || cfg.QueueLimit < 1 {
		return nil, errors.New("ollama: slots, embed slots and queue limit must be at least 1")
	}
	if cfg.MaxTokens < 1 || cfg.MaxTokens+promptReserve >= cfg.Context {
		return nil, fmt.Errorf("ollama: an answer of %d tokens leaves no room for a prompt in a context of %d: raise the context or lower the answer's tokens",
			cfg.MaxTokens, cfg.Context)
	}
	transport := &http.Transport{
		// No proxy: a shop's texts go to the configured server and nowhere else.
		DialContext:         (&net.Dialer{Timeout: 2 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		MaxIdleConnsPerHost: cfg.Slots + cfg.EmbedSlots + 2,
		IdleConnTimeout:     time.Minute,
		TLSHandshakeTimeout: 5 * time.Second,
	}
	s := &Server{cfg: cfg, base: base}
	// No Client.Timeout: it would cut a healthy long answer; each call has its
	// own deadlines instead.
	s.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return errors.New("the server redirects, which Ollama never does: is another service on this address?")
	}}
	s.api = api.NewClient(base, s.http)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.chat = s.newLane("chat", cfg.Slots, cfg.Slots, s.loadChat)
	s.embed = s.newLane("embed", cfg.EmbedSlots, max(1, cfg.EmbedSlots-1), s.loadEmbed)
	return s, nil
}

// Close ends what runs: warm-ups, answers in flight (with an error) and idle
// connections. It returns when they have ended.
func (s *Server) Close() {
	s.cancel()
	s.work.Wait()
	s.http.CloseIdleConnections()
}

// parseHost accepts what OLLAMA_HOST accepts: an address with or without
// scheme and port. An address to listen on (0.0.0.0, ::) is asked on loopback.
func parseHost(host string) (*url.URL, error) {
	text := strings.TrimSpace(host)
	if text == "" {
		return nil, errors.New("ollama: no host: give the server's address, for instance 127.0.0.1:11434")
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil {
		return nil, fmt.Errorf("ollama: host %q is not an address like 127.0.0.1:11434 or https://models.internal", host)
	}
	name, port := u.Hostname(), u.Port()
	if name == "0.0.0.0" {
		name = "127.0.0.1"
	}
	if name == "::" {
		name = "::1"
	}
	if port == "" && u.Scheme == "http" {
		port = "11434"
	}
	if port == "" {
		port = "443"
	}
	u.Host = net.JoinHostPort(name, port)
	u.RawQuery, u.Fragment = "", ""
	return u, nil
}
