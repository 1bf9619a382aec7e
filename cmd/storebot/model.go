package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"storebot/rag"
	"storebot/rag/encoder"
	"storebot/rag/lexical"
	"storebot/rag/ollama"
)

// modelFlags say which local models take part.
type modelFlags struct {
	OllamaHost string `env:"OLLAMA_HOST" placeholder:"HOST" help:"Address of an Ollama server, for example 127.0.0.1:11434. Without it the built-in engine serves alone."`
	EmbedModel string `env:"STOREBOT_EMBED_MODEL" placeholder:"MODEL" help:"Ollama's model for vectors, for example bge-m3. Without it the built-in sentence encoder serves, which reads English; none: words alone decide."`
	ChatModel  string `env:"STOREBOT_CHAT_MODEL" placeholder:"MODEL" help:"Ollama's model that writes replies, for example qwen2.5:3b. Without it replies are the merchants' own words."`
}

// noEmbedModel is the EmbedModel with which words alone decide.
const noEmbedModel = "none"

// onOllama is Ollama's model for vectors; "" when they are not Ollama's.
func (f modelFlags) onOllama() string {
	if f.EmbedModel == noEmbedModel {
		return ""
	}
	return f.EmbedModel
}

// remote reports whether vectors are Ollama's.
func (f modelFlags) remote() bool { return f.onOllama() != "" }

// models are the engines of this process. The embedder on Ollama is opened in
// the background, since its name, with the digest of the weights, is known only when the
// server answers; until then, and whenever it does not, the built-in engine
// and the lexical half serve.
type models struct {
	server    *ollama.Server // nil: none configured
	flags     modelFlags
	generator rag.Generator // nil: verbatim answers only
	budget    int           // tokens that a prompt may have
	embedder  atomic.Pointer[ollama.Embedder]
	encoder   encoder.Embedder
	status    atomic.Pointer[ollama.Status] // nil until the server was first asked
	log       *slog.Logger
}

func openModels(f modelFlags, log *slog.Logger) (*models, error) {
	m := &models{flags: f, log: log}
	if f.OllamaHost == "" {
		if f.remote() || f.ChatModel != "" {
			return nil, fmt.Errorf("a model is named but no server: set OLLAMA_HOST, for example to 127.0.0.1:11434")
		}
		return m, nil
	}
	if !f.remote() && f.ChatModel == "" {
		log.Warn("OLLAMA_HOST is set but no model is: set STOREBOT_EMBED_MODEL, STOREBOT_CHAT_MODEL or both; the built-in engine serves")
		return m, nil
	}
	server, err := ollama.New(ollama.Config{Host: f.OllamaHost, EmbedModel: f.onOllama(), ChatModel: f.ChatModel, MaxTokens: replyTokens, Log: log})
	if err != nil {
		return nil, err
	}
	m.server = server
	if f.ChatModel != "" {
		g, err := server.Generator()
		if err != nil {
			server.Close()
			return nil, err
		}
		m.generator, m.budget = g, g.Budget()
	}
	return m, nil
}

// replyTokens bounds a composed reply: three short sentences in any of the
// languages. An abandoned reply holds the model for as long as it may still get.
const replyTokens = 200

// lookEvery is how often the server is asked how it is, and an embedder that
// could not be opened, or was replaced on the server, is opened anew.
const lookEvery = 5 * time.Second

// run keeps the state known and the embedder open until ctx ends, and calls
// changed when the embedder names another model than before.
func (m *models) run(ctx context.Context, changed func()) {
	if m.server == nil {
		return
	}
	m.server.Warm()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		m.look(ctx)
		if m.open(ctx) {
			changed()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// open asks the server for the embedder once, and reports whether it is
// another one than before.
func (m *models) open(ctx context.Context) bool {
	if m.server == nil || !m.flags.remote() {
		return false
	}
	e, err := m.server.Embedder(ctx)
	if err != nil {
		m.log.Debug("the embedding model cannot be opened", "err", err)
		return false
	}
	if old := m.embedder.Load(); old != nil && old.Model() == e.Model() {
		return false
	}
	m.log.Info("embedding model open", "model", e.Model(), "dimensions", e.Dimensions())
	m.embedder.Store(e)
	return true
}

// room reports whether a prompt fits the chat model beside its answer.
func (m *models) room(p rag.Prompt) bool {
	return ollama.EstimateTokens(p.System)+ollama.EstimateTokens(p.Evidence)+ollama.EstimateTokens(p.Question) <= m.budget
}

// named is the embedder whose vectors have this name, while it is to be had;
// else nil. A shop is searched with the vectors that it has, also while those of
// another model are being made.
func (m *models) named(model string) rag.Embedder {
	if model == m.encoder.Model() {
		return &m.encoder
	}
	if e := m.embedder.Load(); e != nil && e.Model() == model {
		return e
	}
	return nil
}

// wanted is the embedder that all shops should be searched with; nil while it is
// not open.
func (m *models) wanted() rag.Embedder {
	switch {
	case m.flags.EmbedModel == "":
		return &m.encoder
	case !m.flags.remote():
		return &lexical.Embedder{}
	}
	if e := m.embedder.Load(); e != nil {
		return e
	}
	return nil
}

// target is the name of wanted; "" while that is configured but has not answered
// yet, so that nobody is switched back and forth.
func (m *models) target() string {
	if e := m.wanted(); e != nil {
		return e.Model()
	}
	return ""
}

// look asks the server how it is now; ok is false without a server.
func (m *models) look(ctx context.Context) (s ollama.Status, ok bool) {
	if m.server == nil {
		return ollama.Status{}, false
	}
	s = m.server.Status(ctx)
	m.status.Store(&s)
	return s, true
}

// up is 1 if everything configured could be asked when last looked at, 0 if
// something was broken.
func (m *models) up() float64 {
	last := m.status.Load()
	if last == nil {
		return 0
	}
	for _, p := range last.Problems {
		if p.Broken {
			return 0
		}
	}
	return 1
}

func (m *models) close() {
	if m.server != nil {
		m.server.Close()
	}
}
