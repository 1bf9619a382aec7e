package rag

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A Draft is a text that may answer a shopper, for a person to send, change
// or leave.
type Draft struct {
	Text  string
	Entry *Entry // whose answer it is; nil for a model's draft
	Model string // that wrote it
}

// draftTime is how long a person may wait for a model's draft: the shop's own
// answers stand there meanwhile in their place.
const draftTime = 8 * time.Second

// Suggest returns what may answer text: the answers of the entries nearest to
// it, best first, and behind them the draft of a model, if there is one and what it wrote
// holds nothing that the entries do not. Nothing near: none.
func (a *Answerer) Suggest(ctx context.Context, shop Shop, text string) ([]Draft, error) {
	q := Question{Text: text, At: a.clock()}
	if err := a.ready(&q); err != nil {
		if errors.Is(err, ErrEmptyQuestion) {
			return nil, nil
		}
		return nil, err
	}
	found, err := a.Retriever.Retrieve(ctx, shop.ID, searchable(q.Text))
	switch {
	case errors.Is(err, ErrNoKnowledge):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("retrieve for tenant %s: %w", shop.ID, err)
	case len(found.Matches) == 0 || !(found.Confidence >= a.Unsure):
		return nil, nil
	}
	top := found.Matches[:min(offered, len(found.Matches))]
	var out []Draft
	for _, m := range top {
		out = append(out, Draft{Text: m.Entry.Answer, Entry: m.Entry})
	}
	if a.Generator == nil || found.Confidence >= a.direct(shop) {
		return out, nil
	}
	shop.Budget = draftTime
	w := &wire{emit: func(Event) error { return nil }, start: q.At, now: a.clock}
	if c := a.compose(ctx, shop, q, a.language(shop, q), top, nil, w); c.reason == ReasonComposed {
		out = append(out, Draft{Text: withoutCitations(c.text), Model: a.Generator.Model()})
	}
	return out, nil
}

// withoutCitations takes the marks [1] out of a composed text.
func withoutCitations(text string) string {
	for n := 1; n <= offered; n++ {
		mark := fmt.Sprintf("[%d]", n)
		text = strings.ReplaceAll(strings.ReplaceAll(text, " "+mark, ""), mark, "")
	}
	return text
}
