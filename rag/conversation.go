package rag

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A Decision is how a question was answered.
type Decision string

// The decisions, as stored.
const (
	Direct    Decision = "direct"     // the merchant's own words, verbatim
	Composed  Decision = "composed"   // written by the model from entries, with citations
	Clarify   Decision = "clarify"    // questions to choose from
	Abstain   Decision = "abstain"    // says that it does not know; the question is logged as a gap
	SmallTalk Decision = "small_talk" // a fixed text
	// HandedOver is never stored: a person has the conversation, and the bot said nothing.
	HandedOver Decision = "handed_over"
)

// A Conversation is one shopper's talk with one shop.
type Conversation struct {
	ID       uuid.UUID
	Language string // as the page said; may be empty
	Origin   string
}

// A ConversationToken opens one conversation: its id and a secret of 256
// random bits, base64url. Only the secret's hash is stored.
type ConversationToken string

// NewConversationToken makes the token of a new conversation.
func NewConversationToken() (ConversationToken, uuid.UUID) {
	id := uuid.Must(uuid.NewV7())
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: crypto/rand crashes the program instead
	return ConversationToken(base64.RawURLEncoding.EncodeToString(append(id[:], secret...))), id
}

// Parse returns the conversation's id and the SHA-256 of the secret.
// Error: ErrNotFound for anything that no NewConversationToken made.
func (t ConversationToken) Parse() (uuid.UUID, []byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(string(t))
	if err != nil || len(b) != 48 || len(t) != 64 { // the decoder passes over line breaks
		return uuid.Nil, nil, ErrNotFound
	}
	sum := sha256.Sum256(b[16:])
	return uuid.UUID(b[:16]), sum[:], nil
}

// A Turn is a shopper's question with the reply that was given, as stored:
// texts are masked.
type Turn struct {
	Conversation uuid.UUID
	ClientKey    uuid.UUID // the client's own name for this question; a retry repeats it
	QuestionID   uuid.UUID
	Question     string
	Reply        Reply
	AskedAt      time.Time
	ForStaff     bool    // a person has the conversation: there is no reply
	HandOver     *Asking // the turn hands the conversation over
}

// A Reply is what a question got.
type Reply struct {
	ID          uuid.UUID // the stored message
	Text        string
	Language    string
	Decision    Decision
	Reason      string // why this decision: one of the Reason constants
	Confidence  float64
	Sources     []Match        // the entries that Text rests on
	Suggestions []string       // questions to click, with Clarify
	Products    []product.Card // that Text tells of, or that are to choose from; at most product.MaxCards
	Found       []Match        // the entries found first, at most three, whatever the decision
	AskedAs     string         // the question as it was searched, where a follow-up was completed; else empty
	Composing   string         // what became of asking the model: a Reason constant; empty: it was not asked
	Engine      string
	Version     int64 // of the knowledge that was searched
	Interrupted bool  // the model broke off; Text is the fallback
	Timings     Timings
	State       State // who answers from now on; "" when it was not stored
}

// Timings are measured from the request's arrival.
type Timings struct {
	Retrieve   time.Duration
	FirstWords time.Duration // until the first useful words were handed to the wire
	Total      time.Duration // until the last
}

// Why a decision was taken, as stored with the turn.
const (
	ReasonConfident     = "confident"         // the top entry is probably right
	ReasonProduct       = "product"           // a product's row says it
	ReasonWhichProduct  = "which_product"     // several products are named equally well, or one not surely
	ReasonUnsure        = "unsure"            // some entry may be right
	ReasonUnsureAgain   = "unsure_again"      // some entry may be right, but a choice was offered right before
	ReasonNoMatch       = "no_match"          // nothing comes near
	ReasonNoKnowledge   = "no_knowledge"      // the shop has no entries yet
	ReasonComposed      = "composed"          // the model wrote and every fact was found in an entry
	ReasonWarm          = "warm"              // one entry, put more warmly by the model, every fact the same
	ReasonTranslated    = "translated"        // one entry, translated by the model, the original beside it
	ReasonOtherLanguage = "other_language"    // one entry, which exists in another language only
	ReasonModelDown     = "model_unavailable" // a model would have been asked, but could not serve
	ReasonModelSlow     = "model_slow"        // its first words did not come within the budget
	ReasonUnsupported   = "unsupported"       // what it wrote was not in the entries
	ReasonGreeting      = "greeting"
	ReasonThanks        = "thanks"
	ReasonGoodbye       = "goodbye"
	ReasonRobot         = "robot"
	ReasonPerson        = "person"   // asked for a person
	ReasonAbuse         = "abuse"    // nothing but insults
	ReasonWordless      = "wordless" // signs without a letter or digit
)

// A Message is one stored line of a conversation.
type Message struct {
	ID        uuid.UUID
	Author    string // shopper, bot, staff or system
	Text      string
	Decision  Decision
	CreatedAt time.Time
	Rating    int            // 1, -1, or 0 when not rated
	Note      string         // what a system message notes: one of the Note constants
	Position  int            // of staff and system messages, from 1; else 0
	EntryIDs  []uuid.UUID    // that a composed reply rests on
	Products  []product.Card // that a reply tells of, as they were then
	Sources   []Entry        `db:"-"` // those of them that are still there: id, question and answer
}

// TurnWriter stores turns. WriteTurn returns after the turn is durable. If the
// conversation already has a turn with this client key it stores nothing and
// returns that turn's reply and replayed = true; ErrKeyReused if its question
// was another. ErrNotFound: no such conversation. ErrStorage: could not be stored now.
//
// If a person has the conversation the question alone is stored and the reply
// returned is HandedOver, without words. Of a turn that is ForStaff while no person
// has it nothing is stored: ErrNotByStaff.
type TurnWriter interface {
	WriteTurn(ctx context.Context, id tenant.ID, t Turn) (reply Reply, replayed bool, err error)
}
