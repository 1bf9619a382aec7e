package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
	"storebot/migrations/pgtest"
)

// state is the worst that doctor found of a thing, and what it said of it.
func state(t *testing.T, o outcome, what string) (state, text string) {
	t.Helper()
	for _, f := range decode[[]finding](t, o.out) {
		if f.What == what {
			return f.State, f.Found + " " + f.Cure
		}
	}
	t.Fatalf("doctor says nothing of %s: %s%s", what, o.out, o.err)
	return "", ""
}

func TestDoctorOnADatabase(t *testing.T) {
	option, _ := database(t)
	do(t, "tenant", "create", "One", option)
	if got, text := state(t, storebot(t, "doctor", "--json", option), "DATABASE_URL"); got != stateOK || !strings.Contains(text, "1 shops") {
		t.Errorf("a healthy one is %s: %s", got, text)
	}
	if out := storebot(t, "doctor", option).out; strings.Contains(out, "backup") {
		t.Errorf("a backup that reads all is complained of: %s", out)
	}
	for name, c := range map[string][2]string{
		"no server there": {"postgres://storebot_app@" + proctest.FreeAddr(t) + "/storebot", "server runs"},
		"no schema in it": {pgtest.Empty(t).AppURL, "storebot migrate"},
	} {
		o := storebot(t, "doctor", "--json", "--database-url="+c[0])
		got, text := state(t, o, "DATABASE_URL")
		if o.status != 1 || got != stateBroken || !strings.Contains(text, c[1]) {
			t.Errorf("%s: status %d, %s: %s", name, o.status, got, text)
		}
	}
}

func TestDoctorOnAFolder(t *testing.T) {
	data := folder(t)
	if got, text := state(t, storebot(t, "doctor", "--json", "--data", data), "private Postgres"); got != stateOK || !strings.Contains(text, "not running") {
		t.Errorf("nothing yet: %s: %s", got, text)
	}
	text := storebot(t, "doctor", "--data", data).out
	for _, word := range []string{"ok      Postgres with pgvector: version", "ok      Ollama: is not configured", "cure: "} {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not in\n%s", word, text)
		}
	}
}

func TestDoctorOnOllama(t *testing.T) {
	option, _ := database(t)
	doctor := func(more ...string) outcome {
		return storebot(t, append([]string{"doctor", "--json", option}, more...)...)
	}

	down := doctor("--ollama-host", proctest.FreeAddr(t), "--chat-model", "writer")
	if got, text := state(t, down, "Ollama"); down.status != 1 || got != stateBroken || !strings.Contains(text, "does not answer") || !strings.Contains(text, "ollama serve") {
		t.Errorf("down: status %d, %s: %s", down.status, got, text)
	}
	model := newModel(t)
	up := doctor("--ollama-host", model.URL, "--chat-model", "writer")
	if got, text := state(t, up, "Ollama"); got != stateOK || !strings.Contains(text, "0.17.4") {
		t.Errorf("up: %s: %s", got, text)
	}
	absent := doctor("--ollama-host", model.URL, "--chat-model", "other")
	if got, text := state(t, absent, "Ollama"); absent.status != 1 || got != stateBroken || !strings.Contains(text, "ollama pull other") {
		t.Errorf("without the model: status %d, %s: %s", absent.status, got, text)
	}
	another := httptest.NewServer(http.NotFoundHandler())
	defer another.Close()
	if got, _ := state(t, doctor("--ollama-host", another.URL, "--chat-model", "writer"), "Ollama"); got != stateBroken {
		t.Errorf("another program at the address is %s", got)
	}
	nameless := doctor("--chat-model", "writer")
	if got, text := state(t, nameless, "Ollama"); nameless.status != 1 || got != stateBroken || !strings.Contains(text, "OLLAMA_HOST") {
		t.Errorf("a model without a server: status %d, %s: %s", nameless.status, got, text)
	}
}
