package ollama

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ollama/ollama/api"

	"storebot/rag"
)

// Why a call is cut by us.
var (
	errSilent  = errors.New("the server fell silent")
	errEndless = errors.New("the answer took too long")
	errLeft    = errors.New("the caller left")
)

// stream runs one chat call and hands its pieces to emit. It calls leave when
// the server is done with the call, which may be after it returned: a caller
// who goes away gets back at once, but the rest of the answer is read to its
// end. Ollama (up to 0.17.4 at least; its issue 17131) blocks a model for good
// when a stream is cut while a chunk is on its way: measured, after 30 to 90
// cut streams of a fast model. Before the first chunk a cut is safe.
func (s *Server) stream(ctx context.Context, p rag.Prompt, emit func(string) error, leave func()) error {
	guarded, cut := context.WithCancelCause(s.ctx)
	pieces, finished, gone := make(chan string), make(chan error), make(chan struct{})
	var begun atomic.Bool
	s.work.Go(func() {
		defer cut(nil)
		err := s.read(guarded, cut, s.chatRequest(p), func(text string) {
			select {
			case pieces <- text:
			case <-gone:
			}
		}, &begun)
		leave()
		select {
		case finished <- err:
		case <-gone:
			// Nobody waits: only the server's own failure is of interest.
			var f *fault
			if errors.As(err, &f) && f.broken && !errors.Is(context.Cause(guarded), errLeft) && s.ctx.Err() == nil {
				s.fail(s.chat, err)
			}
		}
	})
	defer close(gone)
	words := false
	for {
		select {
		case text := <-pieces:
			if ctx.Err() != nil {
				return &fault{err: ctx.Err()}
			}
			words = true
			if err := emit(text); err != nil {
				return err
			}
		case err := <-finished:
			return ended(ctx, err)
		case <-ctx.Done():
			if words {
				// The server was at work: the caller's end is no failure of it.
				return &fault{err: ctx.Err()}
			}
			if !begun.Load() {
				cut(errLeft)
			}
			return ctx.Err()
		}
	}
}

// read reads one chat call to its Done chunk under the watchdogs. begun is set
// with the first chunk.
func (s *Server) read(ctx context.Context, cut context.CancelCauseFunc, request *api.ChatRequest, hand func(string), begun *atomic.Bool) error {
	silence := time.AfterFunc(s.cfg.FirstToken, func() { cut(errSilent) })
	defer silence.Stop()
	whole := time.AfterFunc(s.cfg.Longest, func() { cut(errEndless) })
	defer whole.Stop()

	var last api.ChatResponse
	words := false
	err := s.api.Chat(ctx, request, func(chunk api.ChatResponse) error {
		begun.Store(true)
		// Not while the reader is at work: a slow one is not a silent server.
		silence.Stop()
		defer silence.Reset(s.cfg.Idle)
		last = chunk
		if chunk.Message.Content != "" {
			words = true
			hand(chunk.Message.Content)
		}
		// Chunks that were read before a cut are not handed on after it.
		return ctx.Err()
	})
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	if err == nil && !last.Done {
		err = errors.New("the stream ended without its last chunk")
	}
	if err != nil {
		var status api.StatusError
		if errors.As(err, &status) && strings.Contains(status.ErrorMessage, "exceeds the context length") {
			return &fault{err: fmt.Errorf("%w: the server counts more tokens than the context of %d holds: give less evidence or configure a larger context", ErrPromptTooLong, s.cfg.Context)}
		}
		return s.broke(err, words)
	}
	s.counts.tokensRead.Add(int64(last.PromptEvalCount))
	s.counts.tokensMade.Add(int64(last.EvalCount))
	switch last.DoneReason {
	case "stop", "":
		return nil
	case "length":
		s.counts.truncated.Add(1)
		return &fault{err: fmt.Errorf("%w (%d)", ErrTruncated, s.cfg.MaxTokens)}
	default:
		return s.broke(fmt.Errorf("the server ended the answer with reason %q", brief(last.DoneReason)), words)
	}
}

// broke is the fault of a stream that did not come to its end.
func (s *Server) broke(err error, words bool) error {
	f := judge(err, s.cfg.ChatModel)
	if words {
		s.counts.interrupted.Add(1)
		// Whatever its status, an answer that has begun was interrupted.
		return &fault{err: fmt.Errorf("%w: %s", rag.ErrModelInterrupted, f.err), broken: true}
	}
	return f
}
