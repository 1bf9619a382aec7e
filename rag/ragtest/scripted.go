package ragtest

import (
	"context"
	"strings"
	"sync"

	"storebot/rag"
)

// Scripted is a generator that says what it is told to. The zero value answers
// every prompt with one fixed sentence. It may be used by several at once.
type Scripted struct {
	Name   string                                     // the model's name; "scripted"
	Answer func(p rag.Prompt) []string                // the pieces to emit; a fixed sentence
	Before func(ctx context.Context, piece int) error // called before each piece: block here to be slow
	Err    error                                      // returned after the last piece, for instance rag.ErrModelInterrupted

	mu      sync.Mutex
	prompts []rag.Prompt
}

var _ rag.Generator = (*Scripted)(nil)

// Says makes an Answer of one text, word by word.
func Says(text string) func(rag.Prompt) []string {
	return func(rag.Prompt) []string { return strings.SplitAfter(text, " ") }
}

// Model is Name.
func (s *Scripted) Model() string {
	if s.Name == "" {
		return "scripted"
	}
	return s.Name
}

// Generate emits the pieces of Answer.
func (s *Scripted) Generate(ctx context.Context, p rag.Prompt, emit func(string) error) error {
	s.mu.Lock()
	s.prompts = append(s.prompts, p)
	s.mu.Unlock()
	answer := s.Answer
	if answer == nil {
		answer = Says("Your parcel comes in three to five working days [1].")
	}
	for i, piece := range answer(p) {
		if s.Before != nil {
			if err := s.Before(ctx, i); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := emit(piece); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.Err
}

// Prompts are the prompts so far, in order of arrival.
func (s *Scripted) Prompts() []rag.Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]rag.Prompt(nil), s.prompts...)
}
