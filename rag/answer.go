package rag

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storebot/tenant"

	"github.com/google/uuid"
)

// A Retriever ranks a tenant's published entries for a question.
// Error: ErrNoKnowledge when the tenant has none.
type Retriever interface {
	Retrieve(ctx context.Context, id tenant.ID, question string) (Retrieval, error)
}

// A Shop is what an answer must know of the tenant it is given for.
type Shop struct {
	ID       tenant.ID
	Name     string
	Language string        // of the fixed texts when the question's own cannot be told
	Greeting string        // the merchant's own; empty: the fixed text
	Budget   time.Duration // how long the model's first words may take
}

// An Event is one step of an answer on its way to the shopper.
type Event interface{ event() }

// The events, in the order in which they may come: matches and deltas, then
// accepted, then done.
type (
	// MatchEvent is an entry found; Number counts from 1 within the answer.
	MatchEvent struct {
		Number int
		Entry  *Entry
	}
	// DeltaEvent is the next piece of text.
	DeltaEvent struct{ Text string }
	// AcceptedEvent says that the turn is stored durably.
	AcceptedEvent struct{ MessageID uuid.UUID }
	// DoneEvent is the whole reply. Its Text replaces what came before, should it differ.
	DoneEvent struct{ Reply Reply }
	// FailedEvent says that the words given are not stored; asking again with
	// the same key after RetryAfter stores them once.
	FailedEvent struct {
		Reason     string
		RetryAfter time.Duration
	}
)

func (MatchEvent) event()    {}
func (DeltaEvent) event()    {}
func (AcceptedEvent) event() {}
func (DoneEvent) event()     {}
func (FailedEvent) event()   {}

// A Question is what a shopper asked.
type Question struct {
	Conversation uuid.UUID
	ClientKey    uuid.UUID
	Text         string
	Language     string    // of the conversation; used when the text's own cannot be told
	At           time.Time // the request's arrival: all timings count from it
}

// An Answerer turns questions into stored replies: retrieve first, give the
// stored answer above a threshold, and let a model write only below it (the
// shape of AliMe Chat, ACL 2017). It never waits for the model before the
// first useful words are out.
type Answerer struct {
	Retriever Retriever
	Writer    TurnWriter
	Generator Generator                  // nil: the merchant's own words only
	Detect    func(text string) string   // language of a text, BCP 47; "" when it cannot be told
	Direct    float64                    // confidence from which the top entry's answer is given as it is
	Unsure    float64                    // confidence below which nothing is offered
	Now       func() time.Time           // nil: time.Now
	Count     func(d Decision, r string) // called once a reply; nil: not counted
}

// storeTimeout bounds the write of a turn: it outlives a shopper who left, not
// a database that does.
const storeTimeout = 10 * time.Second

// Ask answers q for shop and stores the turn. emit gets the events in order;
// an error from it (the shopper left) does not keep the turn from being stored.
// Errors: ErrEmptyQuestion, ErrKeyReused, ErrNotFound for the conversation, or
// what retrieval returned. A turn that could not be stored is not an error: its
// words are out, and FailedEvent says it.
func (a *Answerer) Ask(ctx context.Context, shop Shop, q Question, emit func(Event) error) error {
	q.Text = Clean(q.Text)
	if q.Text == "" {
		return ErrEmptyQuestion
	}
	reply, err := a.reply(ctx, shop, q, emit)
	if err != nil {
		return err
	}
	turn := Turn{
		Conversation: q.Conversation, ClientKey: q.ClientKey,
		QuestionID: uuid.Must(uuid.NewV7()), Question: Mask(q.Text),
		Reply: reply, AskedAt: q.At,
	}
	turn.Reply.ID = uuid.Must(uuid.NewV7())
	store, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	stored, replayed, err := a.Writer.WriteTurn(store, shop.ID, turn)
	switch {
	case errors.Is(err, ErrStorage):
		return emit(FailedEvent{Reason: "storage_unavailable", RetryAfter: 2 * time.Second})
	case err != nil:
		return err
	}
	if a.Count != nil && !replayed {
		a.Count(reply.Decision, reply.Reason)
	}
	if err := emit(AcceptedEvent{MessageID: stored.ID}); err != nil {
		return err
	}
	return emit(DoneEvent{Reply: stored})
}

// Try answers text as Ask would, but stores nothing. found gets the retrieval,
// whatever the decision.
func (a *Answerer) Try(ctx context.Context, shop Shop, q Question, found func(Retrieval), emit func(Event) error) error {
	q.Text = Clean(q.Text)
	if q.Text == "" {
		return ErrEmptyQuestion
	}
	try := *a
	try.Retriever = retrieverFunc(func(ctx context.Context, id tenant.ID, question string) (Retrieval, error) {
		r, err := a.Retriever.Retrieve(ctx, id, question)
		if err == nil {
			found(r)
		}
		return r, err
	})
	reply, err := try.reply(ctx, shop, q, emit)
	if err != nil {
		return err
	}
	return emit(DoneEvent{Reply: reply})
}

type retrieverFunc func(context.Context, tenant.ID, string) (Retrieval, error)

func (f retrieverFunc) Retrieve(ctx context.Context, id tenant.ID, q string) (Retrieval, error) {
	return f(ctx, id, q)
}

// reply decides and puts the words on the wire. A shopper who leaves meanwhile
// does not stop it, except that no model works for someone who is gone.
func (a *Answerer) reply(ctx context.Context, shop Shop, q Question, emit func(Event) error) (Reply, error) {
	w := &wire{emit: emit, start: q.At, now: a.Now}
	if w.now == nil {
		w.now = time.Now
	}
	language := a.language(shop, q)
	r := Reply{Language: language}

	if reason := smallTalkReason(q.Text); reason != "" {
		r.Decision, r.Reason, r.Confidence = SmallTalk, reason, 1
		r.Text = say(language, smallTalkText[reason])
		if reason == ReasonGreeting && shop.Greeting != "" {
			r.Text = shop.Greeting
		}
		w.delta(r.Text)
		return w.finish(r), nil
	}

	found, err := a.Retriever.Retrieve(ctx, shop.ID, q.Text)
	r.Timings.Retrieve = w.now().Sub(q.At)
	switch {
	case errors.Is(err, ErrNoKnowledge):
		r.Decision, r.Reason, r.Text = Abstain, ReasonNoKnowledge, say(language, textNoKnowledge)
		w.delta(r.Text)
		return w.finish(r), nil
	case err != nil:
		return Reply{}, fmt.Errorf("retrieve for tenant %s: %w", shop.ID, err)
	}
	r.Confidence, r.Engine, r.Version = found.Confidence, found.Engine, found.Version

	switch {
	case len(found.Matches) == 0 || found.Confidence < a.Unsure:
		r.Decision, r.Reason, r.Text = Abstain, ReasonNoMatch, say(language, textAbstain)
		w.delta(r.Text)
	case found.Confidence >= a.Direct:
		r.Decision, r.Reason = Direct, ReasonConfident
		r.Sources = found.Matches[:1]
		r.Text = found.Matches[0].Entry.Answer
		w.match(1, found.Matches[0].Entry)
	default:
		a.unsure(ctx, shop, q, found, &r, w)
	}
	return w.finish(r), nil
}

// offered is how many entries an unsure reply rests on or offers.
const offered = 3

// unsure fills r when some entry may be right but none surely: the questions
// to choose from go out at once, and a model, if there is one, writes from the
// same entries meanwhile.
func (a *Answerer) unsure(ctx context.Context, shop Shop, q Question, found Retrieval, r *Reply, w *wire) {
	top := found.Matches[:min(offered, len(found.Matches))]
	r.Decision, r.Reason, r.Text = Clarify, ReasonUnsure, say(r.Language, textClarify)
	for _, m := range top {
		r.Suggestions = append(r.Suggestions, m.Entry.Question)
	}
	if a.Generator == nil {
		w.delta(r.Text)
		return
	}
	for i, m := range top {
		w.match(i+1, m.Entry)
	}
	c := a.compose(ctx, shop, q, r.Language, top, w)
	if c.reason != ReasonComposed {
		r.Reason, r.Interrupted = c.reason, c.interrupted
		return
	}
	r.Decision, r.Reason, r.Text, r.Suggestions = Composed, c.reason, c.text, nil
	for _, n := range c.cited {
		r.Sources = append(r.Sources, top[n-1])
	}
}

// language decides what the fixed texts are written in: the question's own
// script first, then what the page said, then the shop's.
func (a *Answerer) language(shop Shop, q Question) string {
	for _, l := range []string{a.Detect(q.Text), q.Language, shop.Language} {
		if _, ok := fixedTexts[l]; ok {
			return l
		}
	}
	return "en"
}

var smallTalkText = map[string]fixedText{
	ReasonGreeting: textGreeting, ReasonThanks: textThanks, ReasonGoodbye: textGoodbye,
	ReasonRobot: textRobot, ReasonPerson: textPerson,
}

// wire hands events on and measures when words went out. After the shopper
// left it goes on measuring and sends nothing.
type wire struct {
	emit  func(Event) error
	start time.Time
	now   func() time.Time
	first time.Duration
	gone  bool
}

func (w *wire) match(n int, e *Entry) { w.send(MatchEvent{Number: n, Entry: e}) }
func (w *wire) delta(text string)     { w.send(DeltaEvent{Text: text}) }
func (w *wire) finish(r Reply) Reply {
	r.Timings.FirstWords, r.Timings.Total = w.first, w.now().Sub(w.start)
	return r
}

func (w *wire) send(e Event) {
	if !w.gone && w.emit(e) != nil {
		w.gone = true
	}
	if w.first == 0 {
		w.first = max(w.now().Sub(w.start), time.Microsecond)
	}
}
