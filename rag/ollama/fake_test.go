package ollama

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A fake is an Ollama server whose faults are scripted. The real server is
// tested in ollamatest; this one does what a real one cannot be made to do at
// will. The zero faults answer every request well.
type fake struct {
	*httptest.Server
	done chan struct{} // closed at the end, so that hanging handlers return

	mu     sync.Mutex
	chat   http.HandlerFunc                                         // nil: three pieces and a last chunk
	embed  func(w http.ResponseWriter, texts []string) (taken bool) // may answer in place of the default
	digest string
	remote string
	bodies map[string][]string // by path
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{digest: "0123456789abcdef", done: make(chan struct{}), bodies: map[string][]string{}}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(func() {
		close(f.done)
		f.Server.Close()
	})
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.bodies[r.URL.Path] = append(f.bodies[r.URL.Path], string(body))
	chat, embed, digest, remote := f.chat, f.embed, f.digest, f.remote
	f.mu.Unlock()
	switch r.URL.Path {
	case "/api/version":
		fmt.Fprint(w, `{"version":"0.17.4"}`)
	case "/api/tags":
		fmt.Fprintf(w, `{"models":[{"name":"writer:latest","digest":%q,"remote_host":%q},{"name":"vectors:latest","digest":%q}]}`, digest, remote, digest)
	case "/api/ps":
		fmt.Fprintf(w, `{"models":[{"name":"writer:latest","digest":%q}]}`, digest)
	case "/api/chat":
		if chat == nil {
			chat = lines(`{"message":{"content":"It comes "}}`, `{"message":{"content":"in three "}}`, `{"message":{"content":"days."}}`,
				`{"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":5}`)
		}
		chat(w, r)
	case "/api/embed":
		var request struct{ Input []string }
		if json.Unmarshal(body, &request) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if embed == nil || !embed(w, request.Input) {
			answerVectors(w, request.Input)
		}
	default:
		http.NotFound(w, r)
	}
}

// lines answers with one line after another, each sent at once.
func lines(text ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, line := range text {
			fmt.Fprintln(w, line)
			w.(http.Flusher).Flush()
		}
	}
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// hang sends first and then nothing until the client goes or the test ends.
func (f *fake) hang(first ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lines(first...)(w, r)
		select {
		case <-r.Context().Done():
		case <-f.done:
		}
	}
}

// answerVectors gives each text a vector of three numbers that tells its length
// and its first byte, of a length other than 1.
func answerVectors(w http.ResponseWriter, texts []string) {
	vectors := make([][]float64, len(texts))
	for i, text := range texts {
		vectors[i] = []float64{float64(len(text)), float64(text[0]), 3}
	}
	json.NewEncoder(w).Encode(map[string]any{"embeddings": vectors})
}

func (f *fake) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// sent are the bodies of the requests to path so far.
func (f *fake) sent(path string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.bodies[path])
}

// inputs are the texts of each embedding request so far.
func (f *fake) inputs() (out [][]string) {
	for _, body := range f.sent("/api/embed") {
		var request struct{ Input []string }
		json.Unmarshal([]byte(body), &request)
		out = append(out, request.Input)
	}
	return out
}

// connect is a server on f.
func (f *fake) connect(t *testing.T, change func(*Config)) *Server {
	t.Helper()
	cfg := Config{
		Host: f.URL, ChatModel: "writer", EmbedModel: "vectors",
		OpenFor: time.Hour, // no probe comes between, unless a test wants it
	}
	if change != nil {
		change(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func (f *fake) embedder(t *testing.T, change func(*Config)) (*Server, *Embedder) {
	t.Helper()
	s := f.connect(t, change)
	e, err := s.Embedder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, e
}

func unit(v []float32) bool {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Abs(sum-1) < 1e-5
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(5 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline.C:
			t.Fatal("does not hold after five seconds")
		case <-tick.C:
		}
	}
}
