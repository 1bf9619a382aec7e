package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"storebot/cmd/storebot/internal/proctest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/lexical"
)

// A scriptedModel is an Ollama server whose one model, "writer", says at most
// the given pieces, with a fault between.
type scriptedModel struct {
	*httptest.Server
	end chan struct{}

	mu     sync.Mutex
	pieces []string
	before time.Duration // until the first piece
	dies   bool          // after the last piece, in place of ending the stream
	asked  int           // answers asked for
}

func newModel(t *testing.T) *scriptedModel {
	t.Helper()
	m := &scriptedModel{end: make(chan struct{})}
	m.Server = httptest.NewServer(m)
	t.Cleanup(func() {
		close(m.end)
		m.CloseClientConnections()
		m.Close()
	})
	return m
}

func (m *scriptedModel) script(before time.Duration, dies bool, pieces ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.before, m.dies, m.pieces = before, dies, pieces
}

func (m *scriptedModel) times() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.asked
}

func (m *scriptedModel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	switch r.URL.Path {
	case "/api/version":
		fmt.Fprint(w, `{"version":"0.17.4"}`)
	case "/api/tags", "/api/ps":
		fmt.Fprint(w, `{"models":[{"name":"writer:latest","digest":"0123456789abcdef"}]}`)
	case "/api/chat":
		var request struct{ Messages []json.RawMessage }
		if err := json.Unmarshal(body, &request); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		m.chat(w, r, len(request.Messages) == 0)
	default:
		http.NotFound(w, r)
	}
}

func (m *scriptedModel) chat(w http.ResponseWriter, r *http.Request, load bool) {
	m.mu.Lock()
	pieces, before, dies := m.pieces, m.before, m.dies
	if load {
		pieces, before, dies = nil, 0, false
	} else {
		m.asked++
	}
	m.mu.Unlock()
	if before > 0 {
		select {
		case <-time.After(before):
		case <-r.Context().Done():
			return
		case <-m.end:
			return
		}
	}
	for _, p := range pieces {
		text, _ := json.Marshal(p) // a string always can be
		fmt.Fprintf(w, `{"message":{"content":%s}}`+"\n", text)
		w.(http.Flusher).Flush()
	}
	if dies {
		panic(http.ErrAbortHandler) // the connection breaks
	}
	fmt.Fprintln(w, `{"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":5}`)
}

// unsureQuestion is one that several of the shop's entries answer perhaps: a model is
// asked for it.
const unsureQuestion = "refund shipping payment period"

// Whatever the model does, a shopper has words at once and a whole answer in
// the end, and the merchant sees what state it is in.
func TestShoppersHaveWordsWhateverTheModelDoes(t *testing.T) {
	option, _ := database(t)
	model := newModel(t)
	_, base := serving(t, option, "--ollama-host", model.URL, "--chat-model", "writer", "--embed-model=none", "--log-level=error",
		"--limit-start-per-address=0", "--limit-ask-per-address=0")
	owner := signUp(t, base, "model@shop.example")
	owner.uploaded(t, asCSV(t, faq, ',', english...))
	b := owner.visit(t)
	engine := func() *storebotv1.GetEngineResponse {
		res, err := owner.knowledge.GetEngine(t.Context(), &storebotv1.GetEngineRequest{})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	ask := func(what, question string) answer {
		a := b.talk(t, "en").answered(t, question)
		t.Logf("%s: %v after %v: %v (%s)", what, a.kinds, a.first.Round(time.Millisecond), a.done.GetDecision(), a.done.GetReason())
		return a
	}

	model.script(0, false, "Shipping is free from $50 [1]. ", "Else it is $4 [1].")
	a := ask("well", unsureQuestion)
	if a.done.GetDecision() != storebotv1.Decision_DECISION_COMPOSED || !strings.Contains(a.done.GetText(), "free from $50") || a.kinds[0] != "match" || len(a.done.GetSources()) == 0 {
		t.Fatalf("a model that works: %v, %+v", a.kinds, a.done)
	}
	if e := engine(); e.GetModelState() != "ok" || e.GetChatModel() != "writer" || e.GetEmbedderDown() {
		t.Errorf("the engine of a model that works: %v", e)
	}

	// Each of these leaves the shopper with the entries and the questions to choose from.
	rest := func(what string, want ...string) {
		t.Helper()
		a := ask(what, unsureQuestion)
		if a.kinds[0] != "match" || a.words == "" || a.done.GetDecision() != storebotv1.Decision_DECISION_CLARIFY || len(a.done.GetSuggestions()) == 0 {
			t.Errorf("%s: %v, %+v", what, a.kinds, a.done)
		}
		if r := a.done.GetReason(); !slices.Contains(want, r) {
			t.Errorf("%s: the reason is %s, want one of %v", what, r, want)
		}
	}
	model.script(3*time.Second, false, "Too late [1].")
	rest("slow", rag.ReasonModelSlow)
	model.script(0, true, "Shipping is free from $50 [1]. ", "And then")
	rest("dies in the middle", rag.ReasonModelDown)
	rest("dies again", rag.ReasonModelDown)
	rest("dies once more", rag.ReasonModelDown)
	eventually(t, "the engine is degraded", func() bool { return engine().GetModelState() == "degraded" })
	// It answers again, and is used again, without anybody's doing.
	model.script(0, false, "Shipping is free from $50 [1].")
	eventually(t, "composed again", func() bool {
		return b.talk(t, "en").answered(t, unsureQuestion).done.GetDecision() == storebotv1.Decision_DECISION_COMPOSED
	})

	model.Listener.Close()
	model.CloseClientConnections()
	for i := range 4 {
		rest(fmt.Sprint("down ", i), rag.ReasonModelDown)
	}
	eventually(t, "the engine says that the server does not answer, and no shop where it stands", func() bool {
		e := engine()
		return e.GetModelState() == "degraded" && !strings.Contains(e.String(), "127.0.0.1")
	})
	asked := model.times()
	if a := ask("direct, down", "How much is shipping?"); a.done.GetDecision() != storebotv1.Decision_DECISION_DIRECT {
		t.Errorf("a direct answer without a model: %+v", a.done)
	}
	if model.times() != asked {
		t.Error("a direct answer asked the model")
	}
}

// The server starts and answers although the model's server is not there.
func TestServeWithoutItsModelServer(t *testing.T) {
	option, _ := database(t)
	_, base := serving(t, option, "--ollama-host", proctest.FreeAddr(t), "--chat-model", "writer", "--embed-model", "vectors", "--log-level=error")
	owner := signUp(t, base, "alone@shop.example")
	owner.uploaded(t, asCSV(t, faq, ',', english...))
	b := owner.visit(t)
	if a := b.talk(t, "en").answered(t, "delivery cost"); a.done.GetDecision() != storebotv1.Decision_DECISION_DIRECT || a.words != faq[0].answer {
		t.Errorf("%v, %+v", a.kinds, a.done)
	}
	res, err := owner.knowledge.GetEngine(t.Context(), &storebotv1.GetEngineRequest{})
	if err != nil || res.GetModelState() != "degraded" || res.GetEntries() != int32(len(faq)) || res.GetEmbedder() != lexical.Model || !res.GetEmbedderDown() || res.GetPhrasingsPending() != 0 {
		t.Errorf("the engine: %v, %v", res, err)
	}
}
