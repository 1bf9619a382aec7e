// Package ollamatest runs a real Ollama server for tests, with models that it
// writes itself: no weights are downloaded and no account or GPU is needed. The
// server is built from the module version in go.mod by scripts/ollama.sh; a
// missing binary fails the test and says how to build it.
//
// The models are tiny and know nothing: a chat model that says one fixed text,
// and embedders whose vectors are sums of word codes. They prove the way to the
// model (streams, cancels, kills, switches), never the quality of an answer.
package ollamatest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
)

// A Server is one running Ollama with a models folder of its own.
type Server struct {
	URL string // http://127.0.0.1:port, the same after a restart

	t    testing.TB
	bin  string
	home string
	addr string
	log  *tail
	run  *process
}

// process is one life of the server.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed once it was reaped
}

// startWithin bounds how long the server may take to answer; it looks for GPUs
// first, which takes seconds on a busy machine.
const startWithin = 60 * time.Second

// Start starts a server on a free port of loopback and stops it, and all of its
// runners, when the test ends. It has no models yet: see Create.
func Start(t testing.TB) *Server {
	t.Helper()
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("ollamatest: find a free port: %v", err)
	}
	addr := port.Addr().String()
	port.Close()
	s := &Server{URL: "http://" + addr, t: t, bin: locate(t), home: t.TempDir(), addr: addr, log: &tail{}}
	t.Cleanup(func() {
		s.Kill()
		if t.Failed() {
			t.Logf("the end of Ollama's log:\n%s", s.log)
		}
	})
	s.Restart()
	return s
}

// locate returns where scripts/ollama.sh puts the server, or what OLLAMA_BIN names.
func locate(t testing.TB) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(here), "..", "..", "..")
	command := exec.Command("sh", filepath.Join(root, "scripts", "ollama.sh"), "path")
	out, err := command.Output()
	path := strings.TrimSpace(string(out))
	if err != nil {
		t.Fatalf("ollamatest: scripts/ollama.sh path: %v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("ollamatest: there is no Ollama server at %s: build it with `scripts/ollama.sh` from the repository's root (3-5 minutes, once), or set OLLAMA_BIN to one", path)
	}
	return path
}

// Restart starts the server again after Kill or Stop, on the same address and
// with the same models, and returns when it answers.
func (s *Server) Restart() {
	s.t.Helper()
	if s.run != nil {
		s.t.Fatal("ollamatest: the server runs already")
	}
	cmd := exec.Command(s.bin, "serve")
	cmd.Dir = s.home
	cmd.Env = append(os.Environ(),
		"HOME="+s.home, "OLLAMA_HOST="+s.addr, "OLLAMA_MODELS="+filepath.Join(s.home, "models"),
		"OLLAMA_NO_CLOUD=1", "OLLAMA_NOHISTORY=1", "OLLAMA_LOAD_TIMEOUT=1m", "CUDA_VISIBLE_DEVICES=-1")
	cmd.Stdout, cmd.Stderr = s.log, s.log
	// A group of its own: the runners are in it, and a killed server leaves them
	// behind, computing.
	cmd.SysProcAttr = ownGroup()
	run := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The kernel ends the child with the thread that made it, so this thread
		// is kept for as long as the child lives.
		runtime.LockOSThread()
		defer close(run.done)
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		s.t.Fatalf("ollamatest: start %s: %v", s.bin, err)
	}
	s.run = run
	s.await(run)
}

// await polls until the server answers.
func (s *Server) await(run *process) {
	s.t.Helper()
	deadline := time.NewTimer(startWithin)
	defer deadline.Stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		_, err := s.API().Version(ctx)
		cancel()
		if err == nil {
			return
		}
		select {
		case <-run.done:
			s.t.Fatalf("ollamatest: the server ended while it started; its log:\n%s", s.log)
		case <-deadline.C:
			s.t.Fatalf("ollamatest: the server does not answer after %s: %v", startWithin, err)
		case <-tick.C:
		}
	}
}

// Kill ends the server and its runners with SIGKILL, as a crash of the machine
// would, and returns when they are gone. It does nothing to a stopped server.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

// Stop asks the server to end and returns when it has; what is left of its
// group after ten seconds is killed.
func (s *Server) Stop() { s.end(syscall.SIGTERM) }

func (s *Server) end(signal syscall.Signal) {
	if s.run == nil {
		return
	}
	group := -s.run.cmd.Process.Pid
	syscall.Kill(group, signal)
	patience := time.NewTimer(10 * time.Second)
	defer patience.Stop()
	select {
	case <-s.run.done:
	case <-patience.C:
	}
	syscall.Kill(group, syscall.SIGKILL)
	<-s.run.done
	s.run = nil
}

// Freeze stops the server and its runners in mid-step; connections stay open
// and nothing answers. Thaw lets them go on.
func (s *Server) Freeze() { s.signal(syscall.SIGSTOP) }

// Thaw ends a Freeze.
func (s *Server) Thaw() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(signal syscall.Signal) {
	s.t.Helper()
	if s.run == nil {
		s.t.Fatal("ollamatest: the server does not run")
	}
	if err := syscall.Kill(-s.run.cmd.Process.Pid, signal); err != nil {
		s.t.Fatalf("ollamatest: send %s: %v", signal, err)
	}
}

// API is the official client on this server, for what the adapter does not do.
func (s *Server) API() *api.Client {
	base, err := url.Parse(s.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	return api.NewClient(base, http.DefaultClient)
}

// Create writes the model to a file and makes the server serve it under name. A
// second model under the same name replaces the first, as a pull does.
func (s *Server) Create(name string, m Model) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "model.gguf")
	if err := m.write(path); err != nil {
		s.t.Fatalf("ollamatest: write model %s: %v", name, err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256(content))
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	if err := s.API().CreateBlob(ctx, digest, bytes.NewReader(content)); err != nil {
		s.t.Fatalf("ollamatest: upload model %s: %v", name, err)
	}
	request := &api.CreateRequest{Model: name, Files: map[string]string{"model.gguf": digest}, Template: m.template()}
	if err := s.API().Create(ctx, request, func(api.ProgressResponse) error { return nil }); err != nil {
		s.t.Fatalf("ollamatest: create model %s: %v", name, err)
	}
}

// tail keeps the last 64 KiB of a log.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (l *tail) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	if over := len(l.text) - 64<<10; over > 0 {
		l.text = append([]byte(nil), l.text[over:]...)
	}
	return len(p), nil
}

func (l *tail) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
