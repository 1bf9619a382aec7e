package rag

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

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
	Language string // of the fixed texts when the question's own cannot be told
	Hours    Hours
	Budget   time.Duration // how long the model's first words may take, from the question's arrival; 0: no model is asked
	Direct   float64       // confidence from which the top entry's answer is given as it is; 0: the Answerer's
	Tone     Tone
	Texts    FixedTexts // the merchant's own
	Origins  []string   // its own pages, canonical: products are linked there alone
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
	At           time.Time // the request's arrival: all timings count from it; zero: now
	Retry        bool      // the client says that it asks again with an earlier key
	History      History   // of the conversations; nil: every question stands for itself
	// Shown returns what the shopper's page shows; nil: nobody knows.
	Shown func(context.Context) (Introduction, error)
}

// Replies remembers what was answered under which client key, so that a
// repeated question costs neither a search nor a model.
type Replies interface {
	// Recall returns the stored reply to q's key in its conversation. Only for a
	// Retry does it ask storage; what it cannot read there it does not know. Error:
	// ErrKeyReused if the key's question was another.
	Recall(ctx context.Context, id tenant.ID, q Question) (reply Reply, ok bool, err error)
}

// An Answerer turns questions into stored replies: retrieve first, give the
// stored answer above a threshold, and let a model write only below it (the
// shape of AliMe Chat, ACL 2017). It never waits for the model before the
// first useful words are out.
type Answerer struct {
	Retriever Retriever
	Writer    TurnWriter
	Holds     Holds                      // nil: no conversation is known to be a person's
	Replies   Replies                    // nil: a repeated question is answered anew, and stored once all the same
	Generator Generator                  // nil: the merchant's own words only
	Room      func(Prompt) bool          // whether the generator can take a prompt whole; nil: it can
	Detect    func(text string) string   // language of a text, BCP 47; "" when it cannot be told
	Fold      func(text string) string   // one Chinese script to the other, for comparison; nil: compared as they are
	Direct    float64                    // confidence from which the top entry's answer is given as it is, where the shop has none of its own
	Unsure    float64                    // confidence below which nothing is offered
	Now       func() time.Time           // nil: time.Now
	Count     func(d Decision, r string) // called once a reply; nil: not counted
}

// storeTimeout bounds the write of a turn, and retrieveTimeout its search: they
// outlive a shopper who left, not a database that does.
const (
	storeTimeout    = 10 * time.Second
	retrieveTimeout = 5 * time.Second
)

// Ask answers q for shop and stores the turn. emit gets the events in order and
// nothing after it returned an error; that error (the shopper left) does not
// keep the turn from being stored, and Ask returns it in the end.
// Errors: ErrEmptyQuestion, an *InputError for a question that is too long, ErrKeyReused,
// ErrNotFound for the conversation, or what retrieval returned. A turn that could not be
// stored is not an error: its words are out, and FailedEvent says it.
func (a *Answerer) Ask(ctx context.Context, shop Shop, q Question, emit func(Event) error) error {
	if err := a.ready(&q); err != nil {
		return err
	}
	w := &wire{emit: emit, start: q.At, now: a.clock}
	if a.Replies != nil {
		reply, ok, err := a.Replies.Recall(ctx, shop.ID, q)
		if err != nil {
			return err
		}
		if ok {
			w.send(AcceptedEvent{MessageID: reply.ID})
			w.send(DoneEvent{Reply: reply})
			return w.gone
		}
	}
	stored, replayed, err := a.forStaff(ctx, shop, q)
	if errors.Is(err, ErrNotByStaff) {
		var reply Reply
		if reply, err = a.reply(ctx, shop, q, w); err != nil {
			return err
		}
		stored, replayed, err = a.write(ctx, shop.ID, turnOf(shop, q, reply))
	}
	switch {
	case errors.Is(err, ErrStorage):
		w.send(FailedEvent{Reason: "storage_unavailable", RetryAfter: 2 * time.Second})
		return w.gone
	case err != nil:
		return err
	}
	if a.Count != nil && !replayed {
		a.Count(stored.Decision, stored.Reason)
	}
	w.send(AcceptedEvent{MessageID: stored.ID})
	w.send(DoneEvent{Reply: stored})
	return w.gone
}

// write stores a turn, whether or not the shopper stays for it.
func (a *Answerer) write(ctx context.Context, id tenant.ID, t Turn) (Reply, bool, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTimeout)
	defer cancel()
	return a.Writer.WriteTurn(ctx, id, t)
}

// Try answers text as Ask would, but stores nothing. found gets the retrieval,
// whatever the decision, unless there was none.
func (a *Answerer) Try(ctx context.Context, shop Shop, q Question, found func(Retrieval), emit func(Event) error) error {
	if err := a.ready(&q); err != nil {
		return err
	}
	try := *a
	try.Retriever = retrieverFunc(func(ctx context.Context, id tenant.ID, question string) (Retrieval, error) {
		r, err := a.Retriever.Retrieve(ctx, id, question)
		if err == nil {
			found(r)
		}
		return r, err
	})
	w := &wire{emit: emit, start: q.At, now: a.clock}
	reply, err := try.reply(ctx, shop, q, w)
	if err != nil {
		return err
	}
	w.send(DoneEvent{Reply: reply})
	return w.gone
}

// ready cleans and checks a question.
func (a *Answerer) ready(q *Question) error {
	q.Text = Clean(q.Text)
	if q.At.IsZero() {
		q.At = a.clock()
	}
	switch {
	case q.Text == "":
		return ErrEmptyQuestion
	case utf8.RuneCountInString(q.Text) > MaxAsk:
		return &InputError{Code: "question_too_long", Message: fmt.Sprintf("the question has more than %d characters", MaxAsk),
			Cure: "ask in fewer words, or in several questions"}
	}
	return nil
}

func (a *Answerer) clock() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}

type retrieverFunc func(context.Context, tenant.ID, string) (Retrieval, error)

func (f retrieverFunc) Retrieve(ctx context.Context, id tenant.ID, q string) (Retrieval, error) {
	return f(ctx, id, q)
}

// wire hands events on and measures when words went out. After the shopper
// left it goes on measuring and sends nothing.
type wire struct {
	emit  func(Event) error
	start time.Time
	now   func() time.Time
	first time.Duration
	gone  error // what emit returned: the shopper left
}

func (w *wire) match(n int, e *Entry) { w.words(MatchEvent{Number: n, Entry: e}) }
func (w *wire) delta(text string)     { w.words(DeltaEvent{Text: text}) }
func (w *wire) finish(r Reply) Reply {
	r.Timings.FirstWords, r.Timings.Total = w.first, w.now().Sub(w.start)
	return r
}

// words sends what a shopper can read. A clock that stood still makes one
// microsecond: zero means that there were none.
func (w *wire) words(e Event) {
	w.send(e)
	if w.first == 0 {
		w.first = max(w.now().Sub(w.start), time.Microsecond)
	}
}

func (w *wire) send(e Event) {
	if w.gone == nil {
		w.gone = w.emit(e)
	}
}
