package rag

import (
	"context"
	"errors"
	"strings"
	"time"

	"storebot/rag/grounding"
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

// composeTimeout bounds a whole composition; the budget bounds its first words.
const composeTimeout = 8 * time.Second

// errOverBudget is the cause of a composition given up because its first
// sentence did not come in time.
var errOverBudget = errors.New("over the answer budget")

// compose lets the model write from the matches and hands each sentence to the
// wire that the fact lock passes. The budget runs from the question's arrival.
func (a *Answerer) compose(ctx context.Context, shop Shop, q Question, language string, matches []Match, w *wire) composition {
	ctx, stop := context.WithTimeout(ctx, composeTimeout)
	defer stop()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	budget := time.AfterFunc(shop.Budget-w.now().Sub(q.At), func() { giveUp(errOverBudget) })
	defer budget.Stop()

	sources, texts := make([]prompt.Source, len(matches)), make([]string, len(matches))
	for i, m := range matches {
		sources[i] = prompt.Source{Question: m.Entry.Question, Answer: m.Entry.Answer}
		texts[i] = m.Entry.Question + "\n" + m.Entry.Answer
	}
	question := Mask(q.Text)
	lock := grounding.New(texts, question)
	var text strings.Builder
	pass := func(sentences []string) error {
		for _, s := range sentences {
			budget.Stop()
			if text.Len() > 0 && !endsWide(text.String()) {
				s = " " + s
			}
			text.WriteString(s)
			w.delta(s)
			if w.gone {
				return context.Canceled // no model works for someone who left
			}
		}
		return nil
	}
	err := a.Generator.Generate(ctx, prompt.Assemble(language, question, sources), func(piece string) error {
		return pass(lock.Write(piece))
	})
	if err == nil {
		err = pass(lock.Close())
	}
	switch {
	case errors.Is(context.Cause(ctx), errOverBudget):
		return composition{reason: ReasonModelSlow, interrupted: text.Len() > 0}
	case err != nil:
		return composition{reason: ReasonModelDown, interrupted: text.Len() > 0}
	case text.Len() == 0:
		return composition{reason: ReasonUnsupported}
	}
	return composition{text: text.String(), cited: lock.Cited(), reason: ReasonComposed}
}

// endsWide reports whether s ends in Chinese punctuation, after which no blank
// is written.
func endsWide(s string) bool {
	return strings.HasSuffix(s, "。") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？")
}
