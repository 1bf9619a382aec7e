package rag

import (
	"context"
	"errors"
	"time"

	"storebot/tenant"

	"github.com/google/uuid"
)

// A State is who answers a conversation.
type State string

// The states, as stored.
const (
	ByBot   State = "bot"
	Waiting State = "waiting" // for a person; the bot goes on answering meanwhile
	ByStaff State = "staff"   // a person has it; the bot is silent
	Closed  State = "closed"  // by staff; what the shopper writes now the bot answers
)

// Why a conversation was handed over, as stored: a fixed list.
const (
	HandedAsked            = "asked"             // the shopper asked for a person
	HandedMissingKnowledge = "missing_knowledge" // the bot had no answer
	HandedPolicy           = "policy"            // not for the bot to deal with, as insults
	HandedToolFailure      = "tool_failure"      // something in the bot did not work
	HandedLimit            = "limit"             // a limit or a quota kept the bot from answering
	HandedStaff            = "staff"             // nobody asked: a person stepped in
)

// How a conversation was closed, as stored.
const (
	Solved    = "solved"
	NotSolved = "not_solved"
	NoAnswer  = "no_answer" // the shopper did not answer any more
	Spam      = "spam"
)

// HandedBack is how a hand-over ends that leaves the conversation to the bot.
const HandedBack = "handed_back"

// The notes that both sides see when a conversation changes hands.
const (
	NoteWaiting    = "waiting"
	NoteJoined     = "joined"
	NoteHandedBack = "handed_back"
	NoteClosed     = "closed"
)

// ErrNotByStaff is returned for a turn that is for staff when no person has the
// conversation. It never leaves Answerer.Ask.
var ErrNotByStaff = errors.New("rag: no person has the conversation")

// A Hold is where a conversation stands between the bot and people. Owner is
// set exactly while State is ByStaff, Outcome exactly while it is Closed; Reason
// is of the last hand-over.
type Hold struct {
	State   State
	Reason  string
	Owner   uuid.UUID // a member's account
	Outcome string
	Since   time.Time
	// Position counts what people and the shop did in the conversation. It only grows.
	Position int
}

// A Deed is what changes a Hold.
type Deed struct {
	Kind   DeedKind
	By     uuid.UUID // of a person's deed
	Reason string    // of HandOver
	Result string    // of Close: the outcome
}

// DeedKind says what was done.
type DeedKind string

// The deeds. HandOver is the shopper's or the bot's, the others are a person's.
const (
	HandOver DeedKind = "hand_over"
	TakeOver DeedKind = "take_over"
	HandBack DeedKind = "hand_back"
	Close    DeedKind = "close"
)

// A Handed is what a deed did to a hold: the new one, the note for both sides
// ("" when nobody needs one), and what becomes of the record of the hand-over.
type Handed struct {
	Hold
	Note  string
	Begin string // the reason of a hand-over that begins; "" when none does
	Taken bool   // the hand-over that runs, or begins, has an owner from now on
	End   string // how the one that runs ends; "" when none does
}

// Apply returns what a deed at a time makes of a hold, and false when it
// changes nothing: asking again for a person who is on the way or there, taking what one
// has, handing back what the bot answers, closing what is closed so.
func (h Hold) Apply(d Deed, at time.Time) (Handed, bool) {
	c := Handed{Hold: h}
	switch d.Kind {
	case HandOver:
		if h.State == Waiting || h.State == ByStaff {
			return c, false
		}
		c.State, c.Reason, c.Begin, c.Note = Waiting, d.Reason, d.Reason, NoteWaiting
	case TakeOver:
		if h.State == ByStaff && h.Owner == d.By {
			return c, false
		}
		c.Taken = true
		if h.State != ByStaff { // from one person to another the shopper sees no change
			c.Note = NoteJoined
		}
		if h.State == ByBot || h.State == Closed {
			c.Reason, c.Begin = HandedStaff, HandedStaff
		}
		c.State, c.Owner = ByStaff, d.By
	case HandBack:
		if h.State == ByBot || h.State == Closed {
			return c, false
		}
		c.State, c.End, c.Note = ByBot, HandedBack, NoteHandedBack
	case Close:
		if h.State == Closed && h.Outcome == d.Result {
			return c, false
		}
		c.State, c.Outcome = Closed, d.Result
		if h.State == Waiting || h.State == ByStaff {
			c.End = d.Result
		}
		if h.State != Closed {
			c.Note = NoteClosed
		}
	}
	if c.State != ByStaff {
		c.Owner = uuid.Nil
	}
	if c.State != Closed {
		c.Outcome = ""
	}
	if c.State != h.State {
		c.Since = at
	}
	c.Position++
	return c, true
}

// HandOverReason tells by the last reply why a shopper who now asks for a
// person does so; decision "" when there was no reply yet.
func HandOverReason(decision Decision, reason string) string {
	switch {
	case decision == Abstain:
		return HandedMissingKnowledge
	case reason == ReasonAbuse:
		return HandedPolicy
	case reason == ReasonModelDown || reason == ReasonModelSlow || reason == ReasonUnsupported:
		return HandedToolFailure
	}
	return HandedAsked
}

// Holds is what a process knows, without asking anybody, of who has a
// conversation. It may be late: the store is what keeps the bot from talking over a person.
type Holds interface {
	ByStaff(id tenant.ID, conversation uuid.UUID) bool
}

// An Asking begins a hand-over.
type Asking struct {
	Reason  string // one of the Handed constants
	Note    string // NoteText of NoteWaiting, in the shopper's language
	InHours *bool  // whether people are there; nil: the shop has not said when they are
}

// NewAsking makes the Asking of a shop's shopper at a time.
func NewAsking(shop Shop, reason, language string, at time.Time) Asking {
	a := Asking{Reason: reason, Note: NoteText(firstLanguage(language, shop.Language), NoteWaiting)}
	if shop.Hours.Known() {
		open := shop.Hours.Open(at)
		a.InHours = &open
	}
	return a
}

// forStaff stores a question for the person who has the conversation. Error:
// ErrNotByStaff when nobody has it, as far as is known or as the store says.
func (a *Answerer) forStaff(ctx context.Context, shop Shop, q Question) (Reply, bool, error) {
	if a.Holds == nil || !a.Holds.ByStaff(shop.ID, q.Conversation) {
		return Reply{}, false, ErrNotByStaff
	}
	return a.write(ctx, shop.ID, Turn{
		Conversation: q.Conversation, ClientKey: q.ClientKey, AskedAt: q.At, ForStaff: true,
		QuestionID: uuid.Must(uuid.NewV7()), Question: MaskForStaff(q.Text), Reply: Reply{Language: a.language(shop, q)},
	})
}

// turnOf is what is stored of a question and its reply.
func turnOf(shop Shop, q Question, r Reply) Turn {
	t := Turn{
		Conversation: q.Conversation, ClientKey: q.ClientKey, AskedAt: q.At,
		QuestionID: uuid.Must(uuid.NewV7()), Question: Mask(q.Text), Reply: r,
	}
	t.Reply.ID = uuid.Must(uuid.NewV7())
	if r.Decision == SmallTalk && r.Reason == ReasonPerson {
		asking := NewAsking(shop, HandedAsked, r.Language, q.At)
		t.HandOver = &asking
	}
	return t
}

// A Contact is how a shopper can be reached. Given for this purpose, it is
// stored as it is.
type Contact struct {
	Name, Reach, Note string
	Consent           string    // the text that stood beside the form
	ClientKey         uuid.UUID // the client's own name for it; zero: the same words again are the same contact
	CreatedAt         time.Time // zero before it is stored
}
