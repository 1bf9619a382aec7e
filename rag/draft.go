package rag

import (
	"context"
	"errors"
	"fmt"
)

// An EntryDraft is the beginning of an entry's answer that a merchant will edit.
type EntryDraft struct {
	Text     string  // "" where no entry comes near
	Composed bool    // written by the model, every fact found in Sources; else the first source's answer as it is
	Sources  []Match // best first, at most three
}

// DraftEntry writes the beginning of an answer to a question that no entry answers: the
// model does so from the nearest entries and through the fact lock, as for a
// shopper; without it, or where it has nothing to say that an entry says, it is the
// nearest entry's answer. Error: the retriever's, but not ErrNoKnowledge.
func (a *Answerer) DraftEntry(ctx context.Context, shop Shop, question string) (EntryDraft, error) {
	found, err := a.Retriever.Retrieve(ctx, shop.ID, searchable(question))
	if errors.Is(err, ErrNoKnowledge) {
		return EntryDraft{}, nil
	}
	if err != nil {
		return EntryDraft{}, fmt.Errorf("retrieve for a draft: %w", err)
	}
	d := EntryDraft{Sources: found.Matches[:min(offered, len(found.Matches))]}
	if len(d.Sources) == 0 {
		return d, nil
	}
	d.Text = d.Sources[0].Entry.Answer
	if a.Generator == nil {
		return d, nil
	}
	q := Question{Text: question, At: a.clock()}
	shop.Budget = draftTime
	w := &wire{emit: func(Event) error { return nil }, start: q.At, now: a.clock}
	if c := a.compose(ctx, shop, q, a.language(shop, q), d.Sources, nil, w); c.reason == ReasonComposed {
		d.Text, d.Composed = withoutCitations(c.text), true
	}
	return d, nil
}
