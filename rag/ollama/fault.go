package ollama

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ollama/ollama/api"

	"storebot/rag"
)

// Errors of this adapter, beside those of package rag.
var (
	// ErrTruncated: the model reached the limit of an answer before it was done.
	// It is an ErrModelInterrupted too: what was written is not a whole answer.
	ErrTruncated = fmt.Errorf("%w: the answer reached its limit of tokens", rag.ErrModelInterrupted)
	// ErrPromptTooLong: the prompt does not fit beside the answer; none was begun.
	ErrPromptTooLong = errors.New("ollama: prompt too long")
	// ErrTextRefused: the server works, but not for this text (too long for the
	// embedding model, or the model returns no number for it).
	ErrTextRefused = errors.New("ollama: the embedding model refuses this text")
	// ErrModelChanged: another model stands under the embedder's name now. Its
	// vectors must not be compared with the old ones: open the embedder again.
	ErrModelChanged = fmt.Errorf("%w: the embedding model was replaced on the server", rag.ErrModelUnavailable)
)

// A fault is what went wrong with one request.
type fault struct {
	err      error // what the caller gets
	broken   bool  // counts for the breaker: the server failed, not the request
	answered bool  // the server refused or failed this request in words
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

// judge turns an error of the client into a fault. Server text is kept short
// and never a line of the stream itself, because that holds an answer's words.
func judge(err error, model string) *fault {
	var status api.StatusError
	var auth api.AuthorizationError
	var dial *url.Error
	var shape *json.UnmarshalTypeError
	switch {
	case errors.As(err, &status) && status.StatusCode == http.StatusNotFound:
		return &fault{err: missing(model)}
	case errors.As(err, &status):
		text := fmt.Sprintf("status %d %s", status.StatusCode, brief(status.ErrorMessage))
		if status.StatusCode == http.StatusTooManyRequests || status.StatusCode == http.StatusServiceUnavailable {
			return &fault{err: fmt.Errorf("%w: %s", rag.ErrModelUnavailable, text), broken: true}
		}
		if status.StatusCode < http.StatusInternalServerError {
			return &fault{err: fmt.Errorf("ollama: the server refused the request: %s", text), answered: true}
		}
		return &fault{err: fmt.Errorf("%w: %s", rag.ErrModelUnavailable, text), broken: true, answered: true}
	case errors.As(err, &auth):
		return &fault{err: fmt.Errorf("%w: the server asks for a sign-in (status %d): is it a cloud model?", rag.ErrModelUnavailable, auth.StatusCode), broken: true}
	case errors.As(err, &dial):
		// As text: a deadline of ours must not look like the caller's.
		return &fault{err: fmt.Errorf("%w: %s", rag.ErrModelUnavailable, dial.Err), broken: true}
	case errors.As(err, &shape):
		return &fault{err: fmt.Errorf("%w: the server sent a %s where a %s belongs", rag.ErrModelUnavailable, shape.Value, shape.Type), broken: true, answered: true}
	case strings.HasPrefix(err.Error(), "{"):
		return &fault{err: fmt.Errorf("%w: the server sent a broken line", rag.ErrModelUnavailable), broken: true}
	default:
		return &fault{err: fmt.Errorf("%w: %s", rag.ErrModelUnavailable, brief(err.Error())), broken: true}
	}
}

func missing(model string) error {
	return fmt.Errorf("%w: model %q is not on the server: %s", rag.ErrModelUnavailable, model, pullCure(model))
}

func pullCure(model string) string { return "run: ollama pull " + model }

// brief is the first line of a server's message, bounded.
func brief(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if runes := []rune(text); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return text
}

// ended is the caller's own reason to stop, when there is one: it goes before
// whatever the client made of the broken connection.
func ended(ctx context.Context, err error) error {
	if own := ctx.Err(); own != nil {
		return own
	}
	return err
}

type lastError struct {
	mu   sync.Mutex
	text string
	at   time.Time
}

func (l *lastError) set(err error, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text, l.at = err.Error(), at
}

func (l *lastError) get() (string, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text, l.at
}
