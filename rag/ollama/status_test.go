package ollama

import (
	"strings"
	"testing"

	"storebot/rag/ragtest"
)

func TestStatusOfAHealthyServer(t *testing.T) {
	f := newFake(t)
	got := f.connect(t, nil).Status(t.Context())
	if !got.Reachable || got.Version != "0.17.4" || !got.Chat.Present || !got.Chat.Loaded || !got.Embed.Present || len(got.Problems) != 0 {
		t.Errorf("status %+v", got)
	}
}

func TestStatusNamesTheCure(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, func(c *Config) { c.EmbedModel, c.ChatModel = "bge-m3", "" })
	got := s.Status(t.Context())
	if len(got.Problems) != 1 || got.Problems[0].Cure != "run: ollama pull bge-m3" || !got.Problems[0].Broken {
		t.Errorf("problems %+v, want the missing model and its cure", got.Problems)
	}
	f.Server.Close()
	got = s.Status(t.Context())
	if got.Reachable || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].Cure, "ollama serve") {
		t.Errorf("a dead server: %+v", got)
	}
}

func TestStatusKeepsTheLastErrorAndTheBreaker(t *testing.T) {
	f := newFake(t)
	s := f.connect(t, nil)
	f.set(func() { f.chat = status(503, `{"error":"busy"}`) })
	for range 3 {
		f.generate(t, s, ragtest.Prompt)
	}
	got := s.Status(t.Context())
	if got.Chat.Breaker != Open || got.Embed.Breaker != Closed || !strings.Contains(got.LastError, "busy") || got.LastErrorAt.IsZero() || len(got.Problems) != 1 {
		t.Errorf("status %+v, want an open breaker for answers alone", got)
	}
}

func TestCloudModelIsAProblem(t *testing.T) {
	f := newFake(t)
	f.remote = "https://models.invalid"
	if got := f.connect(t, nil).Status(t.Context()); len(got.Problems) != 1 || !got.Problems[0].Broken {
		t.Errorf("problems %+v", got.Problems)
	}
}

func TestVersions(t *testing.T) {
	for version, want := range map[string]string{
		"0.17.0": "CVE-2026-7482", "0.9.9": "CVE-2026-7482", "0.17.1-rc0": "CVE-2026-7482", "v0.16.2": "CVE-2026-7482",
		"0.17.1": "", "0.17.4": "", "0.18.0-rc1": "", "1.0.0": "", "0.17.1-7-gabcdef": "",
		"0.0.0": "cannot be compared", "": "cannot be compared", "nightly": "cannot be compared",
	} {
		got := ""
		if p := versionProblem(version); p != nil {
			got = p.What
		}
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("version %q: %q, want %q in it", version, got, want)
		}
	}
}

func TestHosts(t *testing.T) {
	for host, want := range map[string]string{
		"127.0.0.1:11434": "http://127.0.0.1:11434", "localhost": "http://localhost:11434", "0.0.0.0": "http://127.0.0.1:11434",
		"0.0.0.0:9000": "http://127.0.0.1:9000", "[::]:9000": "http://[::1]:9000", "https://models.internal": "https://models.internal:443",
		" http://gpu:80 ": "http://gpu:80", "https://models.internal/ollama": "https://models.internal:443/ollama",
	} {
		if got, err := parseHost(host); err != nil || got.String() != want {
			t.Errorf("host %q: %v, %v, want %s", host, got, err, want)
		}
	}
	for _, host := range []string{"", "  ", "ftp://x", "http://", "http://user:secret@x", "http://x:port"} {
		if got, err := parseHost(host); err == nil {
			t.Errorf("host %q: %v, want an error", host, got)
		} else if !strings.Contains(err.Error(), "ollama:") {
			t.Errorf("host %q: %v", host, err)
		}
	}
}

func TestNetworkHostIsWeak(t *testing.T) {
	for host, weak := range map[string]bool{"127.0.0.1": false, "localhost": false, "[::1]": false, "10.0.0.7": true, "gpu.internal": true, "127.0.0.1.example": true} {
		base, err := parseHost(host)
		if err != nil {
			t.Fatal(err)
		}
		if p := networkProblem(base); (p != nil) != weak || (p != nil && p.Broken) {
			t.Errorf("%s: %+v, weak is %t", host, p, weak)
		}
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	for name, cfg := range map[string]Config{
		"no host":              {},
		"batch too large":      {Host: "localhost", Batch: MaxBatch + 1},
		"no room for a prompt": {Host: "localhost", Context: 512, MaxTokens: 512},
		"negative slots":       {Host: "localhost", Slots: -1},
		"negative embed slots": {Host: "localhost", EmbedSlots: -1},
	} {
		if s, err := New(cfg); err == nil {
			s.Close()
			t.Errorf("%s: accepted", name)
		}
	}
}
