package rag

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storebot/rag/product"
	"storebot/rag/prompt"
)

// composition is what became of asking the model: a text if reason is
// ReasonComposed, else why there is none.
type composition struct {
	text        string
	cited       []int // numbers of the sources, from 1
	reason      string
	interrupted bool
}

const (
	// composeTimeout bounds a whole composition; the budget bounds its first words.
	composeTimeout = 8 * time.Second
	// maxSentences is where an answer ends that does not end by itself; the
	// instructions ask for three.
	maxSentences = 6
)

// Why a composition was broken off.
var (
	errOverBudget = fmt.Errorf("over the answer budget: %w", context.DeadlineExceeded)
	errEnough     = errors.New("the answer is long enough")
	errLeft       = errors.New("the shopper left")
)

// compose lets the model write from the matches and from the rows of the products
// that the question names, numbered after them, and hands each sentence to the
// wire that the fact lock passes. The budget runs from the question's arrival.
func (a *Answerer) compose(ctx context.Context, shop Shop, q Question, language string, matches []Match, sold []product.Product, w *wire) composition {
	left := shop.Budget - w.now().Sub(q.At)
	if left <= 0 {
		return composition{reason: ReasonModelSlow}
	}
	if w.gone != nil || ctx.Err() != nil {
		return composition{reason: ReasonUnsure} // no model works for someone who left
	}
	sources, texts := make([]prompt.Source, len(matches)), make([]string, len(matches))
	for i, m := range matches {
		sources[i] = prompt.Source{Question: m.Entry.Question, Answer: m.Entry.Answer}
		texts[i] = evidenceOf(m.Entry)
	}
	for _, p := range sold {
		facts := p.Evidence(language)
		sources, texts = append(sources, prompt.Source{Question: p.Name, Answer: facts}), append(texts, facts)
	}
	question := Mask(q.Text)
	p, kept := prompt.AssembleWithin(language, question, sources, a.Room)
	if kept == 0 {
		return composition{reason: ReasonModelDown} // not even one entry fits
	}
	lock := a.rules(p).Lock(texts[:kept], question)

	shopper := ctx
	ctx, stop := context.WithTimeout(ctx, composeTimeout)
	defer stop()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	budget := time.AfterFunc(left, func() { giveUp(errOverBudget) })
	defer budget.Stop()

	var text strings.Builder
	sentences := 0
	pass := func(passed []string) error {
		for _, s := range passed {
			if sentences == 0 && !budget.Stop() {
				return errOverBudget
			}
			if sentences++; sentences > maxSentences {
				return errEnough
			}
			if text.Len() > 0 && !wideSeam(text.String(), s) {
				s = " " + s
			}
			text.WriteString(s)
			if w.delta(s); w.gone != nil {
				return errLeft
			}
		}
		return nil
	}
	err := a.Generator.Generate(ctx, p, func(piece string) error { return pass(lock.Write(piece)) })
	if err == nil {
		err = pass(lock.Close())
	}
	interrupted := text.Len() > 0
	if err == nil && lock.Dropped() > sentences+1 {
		// Little remains of what the model wanted to say, and who knows what it was about.
		return composition{reason: ReasonUnsupported}
	}
	switch {
	case errors.Is(err, errEnough), err == nil && interrupted:
		return composition{text: text.String(), cited: lock.Cited(), reason: ReasonComposed}
	case err == nil:
		return composition{reason: ReasonUnsupported}
	case errors.Is(err, errLeft), shopper.Err() != nil:
		return composition{reason: ReasonUnsure, interrupted: interrupted}
	case errors.Is(err, errOverBudget), context.Cause(ctx) != nil: // the budget, or the whole time
		return composition{reason: ReasonModelSlow, interrupted: interrupted}
	}
	return composition{reason: ReasonModelDown, interrupted: interrupted}
}

// evidenceOf is an entry as the fact lock reads it: the mark tells it that the
// first line states nothing.
func evidenceOf(e *Entry) string {
	return strings.TrimRight(Clean(e.Question), "?？ ") + "?\n" + e.Answer
}

// wideSeam reports whether two sentences meet at a Chinese character or sign,
// where no blank is written.
func wideSeam(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return isWide(last) || isWide(first)
}

func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || wide(r)
}
