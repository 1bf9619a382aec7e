package rag

import (
	"context"
	"errors"
	"fmt"

	"storebot/rag/product"
)

// A reading is a question as it was understood and what was found for it.
type reading struct {
	alone   string // the question by itself, without personal data
	asked   string // with the topic before it, where that was followed; else ""
	depends dependence
	topic   Topic // as far as it was looked up
	found   Retrieval
	sold    []product.Product // named by a question that is about more than their rows tell
}

// reply decides and puts the words on the wire. A shopper who leaves meanwhile
// does not stop it, except that no model works for someone who is gone.
//
// Small talk is answered even when the search fails, and an entry that asks the
// very same ("Are you a robot?") goes before its fixed text. Asking for a
// person does not: it always hands over.
func (a *Answerer) reply(ctx context.Context, shop Shop, q Question, w *wire) (Reply, error) {
	r := Reply{Language: a.language(shop, q)}
	talk := smallTalkReason(q.Text)
	read := reading{alone: searchable(q.Text)}
	var exact Match
	var own bool
	var err error
	if talk != ReasonPerson {
		search, cancel := context.WithTimeout(context.WithoutCancel(ctx), retrieveTimeout)
		read.found, err = a.Retriever.Retrieve(search, shop.ID, read.alone)
		if exact, own = asksExactly(read.found, q.Text); err == nil && talk == "" && !own {
			a.resolve(search, shop, q, &read)
		}
		cancel()
		r.Timings.Retrieve = w.now().Sub(q.At)
	}
	switch {
	case talk != "" && !own:
		r.Decision, r.Reason, r.Confidence = SmallTalk, talk, 1
		if talk == ReasonPerson {
			r.Text = Stand(shop, Hold{State: Waiting}, WaitStats{}, r.Language, q.At).Text
		} else {
			r.Text = shop.say(r.Language, smallTalkText[talk])
		}
		w.delta(r.Text)
		return w.finish(r), nil
	case errors.Is(err, ErrNoKnowledge):
		r.Decision, r.Reason, r.Text = Abstain, ReasonNoKnowledge, shop.say(r.Language, TextNoKnowledge)
		w.delta(r.Text)
		return w.finish(r), nil
	case err != nil:
		return Reply{}, fmt.Errorf("retrieve for tenant %s: %w", shop.ID, err)
	}
	if talk == "" {
		read.found.Matches = a.spoken(read.found.Matches, r.Language)
	}
	a.take(&r, read)
	if talk == "" && !own && a.sold(ctx, shop, q, &read, &r, w) {
		if q.History != nil {
			q.History.SetTopic(shop.ID, q.Conversation, productTopic(read, r))
		}
		return w.finish(r), nil
	}

	switch {
	case talk != "": // an entry asks the very same
		a.give(ctx, shop, q, exact, &r, w)
	case len(read.found.Matches) == 0 || !(read.found.Confidence >= a.Unsure): // not a number: nothing is offered
		a.abstain(shop, &r, ReasonNoMatch)
		w.delta(r.Text)
	case read.found.Confidence >= a.direct(shop):
		a.give(ctx, shop, q, read.found.Matches[0], &r, w)
	default:
		a.unsure(ctx, shop, q, &read, &r, w)
	}
	if q.History != nil {
		q.History.SetTopic(shop.ID, q.Conversation, leaves(read, r))
	}
	return w.finish(r), nil
}

// take notes in r what was found.
func (a *Answerer) take(r *Reply, read reading) {
	r.Confidence, r.Engine, r.Version = read.found.Confidence, read.found.Engine, read.found.Version
	r.Found, r.AskedAs = read.found.Matches[:min(offered, len(read.found.Matches))], Mask(read.asked)
}

func (a *Answerer) abstain(shop Shop, r *Reply, reason string) {
	r.Decision, r.Reason, r.Text = Abstain, reason, shop.say(r.Language, TextAbstain)
}

// direct is the confidence from which a shop gives its top entry as it is.
func (a *Answerer) direct(shop Shop) float64 {
	if shop.Direct > 0 {
		return shop.Direct
	}
	return a.Direct
}

// offered is how many entries an unsure reply rests on or offers.
const offered = 3

// unsure fills r when some entry may be right but none surely: the questions
// to choose from go out at once. A model, if there is one, meanwhile completes
// a follow-up to a question of its own, which may find more, or writes from the entries.
//
// Questions to choose from come once in a row: who was offered some and still
// does not find it is helped by a person, not by more of them.
func (a *Answerer) unsure(ctx context.Context, shop Shop, q Question, read *reading, r *Reply, w *wire) {
	last := a.last(ctx, shop, q)
	a.offer(shop, *read, last, r)
	model := a.Generator != nil && shop.Budget > 0
	if !model || !a.worthComposing(shop, *read, r.Language) {
		w.delta(r.Text)
		return
	}
	for i, m := range r.Found {
		w.match(i+1, m.Entry)
	}
	if a.complete(ctx, shop, q, read, w) {
		read.found.Matches = a.spoken(read.found.Matches, r.Language)
		a.take(r, *read)
		if read.found.Confidence >= a.direct(shop) {
			r.Suggestions = nil
			a.give(ctx, shop, q, read.found.Matches[0], r, w)
			return
		}
		a.offer(shop, *read, last, r)
	}
	if read.asked != "" {
		q.Text = read.asked
	}
	c := a.compose(ctx, shop, q, r.Language, r.Found, read.sold, w)
	r.Composing = c.reason
	if c.reason != ReasonComposed {
		r.Interrupted = c.interrupted
		if !last.Clarified {
			r.Reason = c.reason
		}
		return
	}
	r.Decision, r.Reason, r.Text, r.Suggestions = Composed, c.reason, c.text, nil
	for _, n := range c.cited {
		if n <= len(r.Found) {
			r.Sources = append(r.Sources, r.Found[n-1])
		} else {
			r.Products = append(r.Products, read.sold[n-1-len(r.Found)].Card(r.Language, shop.Origins))
		}
	}
}

// offer makes r the offer of the entries found; the second time in a row an
// abstention, which still shows them unless they are what was offered before.
func (a *Answerer) offer(shop Shop, read reading, last Topic, r *Reply) {
	r.Decision, r.Reason, r.Text = Clarify, ReasonUnsure, shop.say(r.Language, TextClarify)
	r.Suggestions = nil
	if last.Clarified {
		a.abstain(shop, r, ReasonUnsureAgain)
		if last.Entry == read.found.Matches[0].Entry.ID {
			return
		}
	}
	for _, m := range r.Found {
		r.Suggestions = append(r.Suggestions, m.Entry.Question)
	}
}

// last is what the conversation's last reply left; nothing if it cannot be read.
func (a *Answerer) last(ctx context.Context, shop Shop, q Question) Topic {
	if q.History == nil {
		return Topic{}
	}
	look, cancel := context.WithTimeout(context.WithoutCancel(ctx), retrieveTimeout)
	defer cancel()
	topic, err := q.History.Topic(look, shop.ID, q.Conversation)
	if err != nil {
		return Topic{}
	}
	return topic
}

// rival is the second entry's score, as a share of the first's, from which the
// question may need both.
const rival = 0.6

// worthComposing reports whether a model can do more for an unsure question than
// the offer does: several entries may be needed, the question is a follow-up, the
// entries are in another language, or the shop wants a warmer tone.
func (a *Answerer) worthComposing(shop Shop, read reading, language string) bool {
	top := read.found.Matches
	return shop.Tone == Warm || read.depends != standalone && read.topic.Question != "" || foreign(language, top[0].Entry.Language) ||
		len(top) > 1 && relative(read.found, top[1]) >= rival
}
