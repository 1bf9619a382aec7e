// Package insight is what the assistant is worth: how long shoppers wait, how
// much is answered without staff, and the savings ledger. Every figure comes from stored turns
// and from what the merchant said of the time before; nothing is assumed. It
// does no I/O: the SQL is in insightpg, the handlers in insightrpc.
package insight

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// ErrPeriod is returned for a period that does not end after it begins, is
// longer than MaxPeriod, or lies outside the years 1 to 9999.
var ErrPeriod = errors.New("insight: the period is empty or too long")

// ErrTooMany is returned for a file of more than MaxExport conversations.
var ErrTooMany = errors.New("insight: more conversations than one file takes")

// MaxExport is how many conversations one file takes: what a spreadsheet still opens with ease.
const MaxExport = 100_000

// MaxPeriod bounds a report.
const MaxPeriod = 400 * 24 * time.Hour

// A Period is [From, To).
type Period struct{ From, To time.Time }

// Check returns ErrPeriod for a period that cannot be reported.
func (p Period) Check() error {
	d := p.To.Sub(p.From)
	if d <= 0 || d > MaxPeriod || p.From.UTC().Year() < 1 || p.To.UTC().Year() > 9999 {
		return ErrPeriod
	}
	return nil
}

// Percentiles of a wait, each within RelativeError of the exact one (see Waits).
type Percentiles struct {
	P50, P95, P99 time.Duration
	N             int
}

// enoughReplies is how many replies a percentile needs to be quoted: below it the
// 95th is the slowest single one.
const enoughReplies = 20

// Enough reports whether there are enough replies to quote.
func (p Percentiles) Enough() bool { return p.N >= enoughReplies }

// A Report is one shop's figures over one period. A conversation belongs, with
// all its turns, to the period in which it began; one in which nobody said or wanted
// anything is none.
type Report struct {
	FirstWords Percentiles // the bot's replies: the wait for the first useful words
	Total      Percentiles // the bot's replies: the wait for the end of the reply
	// StaffFirstReply is how long those who were handed over waited for a person's first words; exact.
	StaffFirstReply Percentiles
	Met             int // conversations with such a hand-over
	Conversations   int
	Replied         int // of these, those with a reply of the bot's: behind FirstWords and Total
	Questions       int // what shoppers said and got a reply to, small talk too
	ByOutcome       map[Outcome]int
	ByDecision      map[string]int // replies by rag.Decision
	RatedUp         int            // replies
	RatedDown       int
	Ratings         map[Heard]Ratings // conversations
	HandOvers       []HandOvers       // one of each of Reasons
	OffHours        int               // conversations that began while nobody was there
	HoursKnown      bool              // whether the shop has said when people are there
	NotYetDurable   int               // of the Untouched, those whose last reply is younger than DurableAfter
	Judged          int               // answered without staff, the last reply no younger than DurableAfter
	CameBack        int               // of the Judged, those whose shopper asked again as Returned says
	Spread          []Band            // of FirstWords
	OpenGaps        int               // now, whatever the period
	Days            []Day             // those with conversations, in order
}

// AnsweredWithoutStaff counts the conversations whose shopper asked about the
// shop, got an answer to the last question, and neither asked for a person, nor left
// a contact, nor said that it did not help.
func (r Report) AnsweredWithoutStaff() int {
	n := 0
	for o, conversations := range r.ByOutcome {
		if o.WithoutStaff() {
			n += conversations
		}
	}
	return n
}

// A Day is one day in the shop's time zone: what began on it.
type Day struct {
	Date                 string // YYYY-MM-DD
	Conversations        int
	AnsweredWithoutStaff int
	FirstWords           Percentiles
}

// A Baseline is what the merchant said of the time before.
type Baseline struct {
	MinutesToFirstReply    float64
	MinutesPerConversation float64
	HourlyWageMinor        int64  // in the currency's minor unit
	Currency               string // ISO 4217
	// MeasuredFrom is of how many conversations MinutesPerConversation was measured; 0: it is
	// the merchant's word.
	MeasuredFrom int
}

// enoughMeasured is how many handled conversations replace the merchant's word: the mean of
// thirty is within a third of the true one even where they spread as widely as they are long.
const enoughMeasured = 30

// Measured returns the baseline with what the inbox measured in place of the
// merchant's word, if that rests on enough conversations.
func (b Baseline) Measured(minutes float64, n int) Baseline {
	if n >= enoughMeasured && minutes > 0 {
		b.MinutesPerConversation, b.MeasuredFrom = minutes, n
	}
	return b
}

// A LedgerRow is one conversation and what it saved.
type LedgerRow struct {
	Conversation  uuid.UUID
	StartedAt     time.Time
	FirstQuestion string
	Questions     int
	Outcome       Outcome
}

// A TopEntry is an entry and the answers that rested on it, by the first of their sources.
type TopEntry struct {
	Entry    uuid.UUID
	Question string // empty: the entry is deleted
	Answers  int
	Up, Down int // ratings
}
