package ollama

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

// MinVersion is the oldest server that is safe to run: before it, one request
// reads the memory of other users' chats (CVE-2026-7482).
const MinVersion = "0.17.1"

// A Status is the server's state as doctor, console and metrics show it.
type Status struct {
	Host        string // address that is asked
	Reachable   bool
	Version     string // "" when not reachable
	Embed, Chat ModelStatus
	LastError   string // "" when there was none; never holds a shopper's text
	LastErrorAt time.Time
	Problems    []Problem // worst first; empty when all is well
}

// A ModelStatus is the state of one model and the way to it.
type ModelStatus struct {
	Name    string // as configured; "" when not used
	Present bool   // the server has it
	Loaded  bool   // it is in memory: the next request need not wait for it
	Digest  string
	Breaker State
	Running int // requests at the server
	Waiting int // requests in our queue
}

// A Problem is one thing that is wrong or weak, and what to do about it.
type Problem struct {
	What   string
	Cure   string
	Broken bool // something does not work; otherwise it works but is weak
}

// Status asks the server how it is, within two seconds for each of three
// requests. It never fails: what cannot be told is a Problem.
func (s *Server) Status(ctx context.Context) Status {
	out := Status{Host: s.base.String(), Embed: s.embed.status(s.cfg.EmbedModel), Chat: s.chat.status(s.cfg.ChatModel)}
	out.LastError, out.LastErrorAt = s.last.get()
	version, list, loaded, err := s.survey(ctx)
	if err != nil {
		out.Problems = append(out.Problems, Problem{
			What:   fmt.Sprintf("Ollama does not answer at %s: %s", s.base, judge(err, "").err),
			Cure:   "run: ollama serve (or set OLLAMA_HOST to where it runs)",
			Broken: true,
		})
		return out
	}
	out.Reachable, out.Version = true, version
	for _, m := range []*ModelStatus{&out.Embed, &out.Chat} {
		out.Problems = append(out.Problems, m.inspect(list, loaded)...)
	}
	if p := versionProblem(version); p != nil {
		out.Problems = append(out.Problems, *p)
	}
	if p := networkProblem(s.base); p != nil {
		out.Problems = append(out.Problems, *p)
	}
	return out
}

func (s *Server) survey(ctx context.Context) (version string, list *api.ListResponse, loaded *api.ProcessResponse, err error) {
	for _, step := range []func(context.Context){
		func(ctx context.Context) { version, err = s.api.Version(ctx) },
		func(ctx context.Context) { list, err = s.api.List(ctx) },
		func(ctx context.Context) { loaded, err = s.api.ListRunning(ctx) },
	} {
		aside, cancel := context.WithTimeout(ctx, asideWithin)
		step(aside)
		cancel()
		if err != nil {
			return "", nil, nil, err
		}
	}
	return version, list, loaded, nil
}

func (l *lane) status(model string) ModelStatus {
	out := ModelStatus{Name: model}
	out.Breaker, _ = l.breaker.read()
	out.Running, out.Waiting = l.queue.depth()
	return out
}

func (m *ModelStatus) inspect(list *api.ListResponse, loaded *api.ProcessResponse) (problems []Problem) {
	if m.Name == "" {
		return nil
	}
	found := pick(list, m.Name)
	if found == nil {
		return []Problem{{What: fmt.Sprintf("model %q is not on the server", m.Name), Cure: pullCure(m.Name), Broken: true}}
	}
	m.Present, m.Digest = true, found.Digest
	for _, p := range loaded.Models {
		m.Loaded = m.Loaded || p.Digest == found.Digest
	}
	if found.RemoteHost != "" {
		problems = append(problems, Problem{
			What:   fmt.Sprintf("model %q runs on %s: shoppers' texts would leave this server, so it is not used", m.Name, found.RemoteHost),
			Cure:   "choose a local model",
			Broken: true,
		})
	}
	if m.Breaker != Closed {
		problems = append(problems, Problem{
			What:   fmt.Sprintf("requests to model %q fail (breaker %s)", m.Name, m.Breaker),
			Cure:   "see the last error; it is tried again by itself, and if it stays so while Ollama answers, restart Ollama",
			Broken: true,
		})
	}
	return problems
}

func networkProblem(base *url.URL) *Problem {
	if ip := net.ParseIP(base.Hostname()); base.Hostname() == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return &Problem{
		What: fmt.Sprintf("Ollama is asked over the network at %s; it has no login of its own", base.Host),
		Cure: "let only this server reach that port (firewall or private network), or run Ollama on 127.0.0.1",
	}
}

func versionProblem(version string) *Problem {
	switch older, known := olderThan(version, MinVersion); {
	case !known:
		return &Problem{What: fmt.Sprintf("Ollama's version %q cannot be compared with %s, the oldest safe one", version, MinVersion), Cure: "run a released version"}
	case older:
		return &Problem{What: fmt.Sprintf("Ollama %s leaks the memory of all chats to anyone who can reach it (CVE-2026-7482)", version), Cure: "update Ollama to " + MinVersion + " or later"}
	}
	return nil
}

// olderThan compares two versions of the form 1.2.3 or 1.2.3-rc4; a release
// candidate is older than its release. A server built from source without a
// version calls itself 0.0.0: unknown.
func olderThan(version, than string) (older, known bool) {
	v, vCandidate, ok := numbers(version)
	if !ok || v == [3]int{} {
		return false, false
	}
	t, _, _ := numbers(than)
	for i := range v {
		if v[i] != t[i] {
			return v[i] < t[i], true
		}
	}
	return vCandidate, true
}

func numbers(version string) (out [3]int, candidate, ok bool) {
	core, rest, _ := strings.Cut(strings.TrimPrefix(version, "v"), "-")
	parts := strings.Split(core, ".")
	if len(parts) != len(out) {
		return out, false, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return out, false, false
		}
		out[i] = n
	}
	return out, strings.HasPrefix(rest, "rc"), true
}
