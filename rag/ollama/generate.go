package ollama

import (
	"context"
	"errors"
	"fmt"

	"github.com/ollama/ollama/api"

	"storebot/rag"
)

// A Generator writes answers with the server's chat model. It implements
// rag.Generator.
type Generator struct{ s *Server }

var _ rag.Generator = (*Generator)(nil)

// Generator returns the writer on the configured chat model. It asks the server
// nothing; an error means that no chat model is configured.
func (s *Server) Generator() (*Generator, error) {
	if s.cfg.ChatModel == "" {
		return nil, errors.New("ollama: no chat model is configured")
	}
	return &Generator{s}, nil
}

// Model is the configured name, with the digest once the server was asked.
func (g *Generator) Model() string {
	g.s.chat.mu.Lock()
	defer g.s.chat.mu.Unlock()
	return identity(g.s.cfg.ChatModel, g.s.chat.digest)
}

// Budget is how many tokens, by EstimateTokens, a prompt's three parts may have
// together.
func (g *Generator) Budget() int {
	return g.s.cfg.Context - g.s.cfg.MaxTokens - promptReserve
}

// Generate writes an answer to p. When the caller leaves, it returns at once;
// the slot stays taken until the server has ended its answer. Errors beside those of rag.Generator:
// ErrPromptTooLong (no answer was begun), ErrTruncated (the answer reached its
// limit of tokens; what was emitted is not whole).
func (g *Generator) Generate(ctx context.Context, p rag.Prompt, emit func(text string) error) error {
	if need, room := EstimateTokens(p.System)+EstimateTokens(p.Evidence)+EstimateTokens(p.Question), g.Budget(); need > room {
		return fmt.Errorf("%w: about %d tokens where %d fit (context %d, answer %d): give less evidence or configure a larger context",
			ErrPromptTooLong, need, room, g.s.cfg.Context, g.s.cfg.MaxTokens)
	}
	s := g.s
	leave, err := s.admit(ctx, s.chat, live)
	if err != nil {
		return err
	}
	if _, err = s.current(ctx, s.chat, s.cfg.ChatModel); err != nil {
		leave()
		err = ended(ctx, err)
	} else {
		err = s.stream(ctx, p, emit, leave)
	}
	s.record(ctx, s.chat, err)
	return err
}

func (s *Server) chatRequest(p rag.Prompt) *api.ChatRequest {
	no := false
	user := plain(p.Evidence) + "\n\n" + plain(p.Question)
	if p.Evidence == "" {
		user = plain(p.Question)
	}
	messages := []api.Message{{Role: "user", Content: user}}
	if p.System != "" {
		messages = append([]api.Message{{Role: "system", Content: plain(p.System)}}, messages...)
	}
	return &api.ChatRequest{
		Model:    s.cfg.ChatModel,
		Messages: messages,
		Options:  s.chatOptions(),
		// Without these two the server cuts a prompt silently, its beginning first.
		Truncate:  &no,
		Shift:     &no,
		Think:     &api.ThinkValue{Value: false}, // thoughts would be minutes of silence
		KeepAlive: &api.Duration{Duration: s.cfg.KeepAlive},
	}
}

// chatOptions are the same in every request: a changed num_ctx or num_thread
// makes the server load the model again.
func (s *Server) chatOptions() map[string]any {
	return map[string]any{
		"num_ctx":     s.cfg.Context,
		"num_thread":  s.cfg.Threads,
		"num_predict": s.cfg.MaxTokens,
		"temperature": 0,
		"seed":        1,
	}
}

// loadChat loads the chat model and has it write one token: a model that the
// server only believes to be loaded would pass a mere load.
func (s *Server) loadChat(ctx context.Context) error {
	if s.cfg.ChatModel == "" {
		return nil
	}
	if _, err := s.current(ctx, s.chat, s.cfg.ChatModel); err != nil {
		return err
	}
	request := s.chatRequest(rag.Prompt{Question: canary})
	request.Options["num_predict"] = 1
	done := false
	err := s.api.Chat(ctx, request, func(chunk api.ChatResponse) error {
		done = done || chunk.Done
		return nil
	})
	if err == nil && !done {
		err = errors.New("the model's load ended without a word")
	}
	if err != nil {
		return judge(ended(ctx, err), s.cfg.ChatModel)
	}
	return nil
}
