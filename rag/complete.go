package rag

import (
	"context"
	"strings"
	"unicode/utf8"

	"storebot/rag/prompt"
)

const (
	// completeShare is how much of what is left of the budget a model may take to
	// complete a follow-up; the rest is for the answer.
	completeShare = 2 // the half
	// longestCompleted bounds a completed question, in runes.
	longestCompleted = 200
	// better is by how much a completed question must be surer to find its entry.
	better = 0.05
)

// complete has the model make a question of its own of a follow-up, and reads
// that instead if it finds its entry more surely. Whatever goes wrong, the reading
// stays what it was: the shopper's own words, with the topic that was carried over.
func (a *Answerer) complete(ctx context.Context, shop Shop, q Question, read *reading, w *wire) bool {
	if read.depends == standalone || read.topic.Question == "" || w.gone != nil || ctx.Err() != nil {
		return false
	}
	p := prompt.Complete(read.topic.Question, Mask(q.Text))
	if a.Room != nil && !a.Room(p) {
		return false
	}
	text, outcome := a.whole(ctx, q.At.Add(shop.Budget).Sub(w.now())/completeShare, p)
	if outcome != ReasonComposed {
		return false
	}
	asked, ok := a.completed(text, read.alone)
	if !ok {
		return false
	}
	search, cancel := context.WithTimeout(context.WithoutCancel(ctx), retrieveTimeout)
	defer cancel()
	found, err := a.Retriever.Retrieve(search, shop.ID, searchable(asked))
	if err != nil || len(found.Matches) == 0 || !(found.Confidence >= read.found.Confidence+better) {
		return false
	}
	read.asked, read.found = asked, found
	return true
}

// completed is what a model wrote if it is one question that still names
// everything that the follow-up named itself: a model that falls back to the
// topic alone must not answer what was not asked.
func (a *Answerer) completed(text, question string) (string, bool) {
	text = strings.Trim(text, "\"“”「」 ")
	if strings.ContainsAny(text, "\n<>[]{}`|") || utf8.RuneCountInString(text) > longestCompleted || strings.Contains(text, prompt.Refusal) {
		return "", false
	}
	text = Clean(text)
	fold := a.Fold
	if fold == nil {
		fold = strings.ToLower
	}
	share, names := supports(fold(question), fold(text))
	if own := ownWords(fold(question)); len(own) == 0 {
		names = false // it names nothing: only a relation is asked for
	}
	return text, text != "" && (!names || share >= 1)
}
