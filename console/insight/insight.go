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

// ErrPeriod is returned for a period that ends before it begins or is longer
// than MaxPeriod.
var ErrPeriod = errors.New("insight: the period is empty or too long")

// MaxPeriod bounds a report.
const MaxPeriod = 400 * 24 * time.Hour

// A Period is [From, To).
type Period struct{ From, To time.Time }

// Check returns ErrPeriod for a period that cannot be reported.
func (p Period) Check() error {
	if d := p.To.Sub(p.From); d <= 0 || d > MaxPeriod {
		return ErrPeriod
	}
	return nil
}

// Percentiles of a wait, by linear interpolation between the two nearest ranks
// (percentile_cont of SQL).
type Percentiles struct {
	P50, P95, P99 time.Duration
	N             int
}

// enoughReplies is how many replies a percentile needs to be quoted: below it the
// 95th is the slowest single one.
const enoughReplies = 20

// Enough reports whether there are enough replies to quote.
func (p Percentiles) Enough() bool { return p.N >= enoughReplies }

// A Report is one shop's figures over one period; a conversation belongs to
// the period in which it began.
type Report struct {
	FirstWords    Percentiles // the wait for the first useful words
	Total         Percentiles // the wait for the end of the reply
	Conversations int
	Questions     int
	ByOutcome     map[Outcome]int
	ByDecision    map[string]int // replies by rag.Decision
	RatedUp       int
	RatedDown     int
	NotYetDurable int // Untouched conversations that are younger than DurableAfter
	OpenGaps      int // now, whatever the period
	Days          []Day
}

// AnsweredWithoutStaff counts the conversations in which every reply that the
// shopper waited for came from the bot and nobody asked for a person.
func (r Report) AnsweredWithoutStaff() int {
	return r.ByOutcome[Confirmed] + r.ByOutcome[Untouched] + r.ByOutcome[Returned]
}

// A Day is one day in the shop's time zone.
type Day struct {
	Date                 string // YYYY-MM-DD
	Conversations        int
	AnsweredWithoutStaff int
	P50, P95             time.Duration // to the first useful words
}

// A Baseline is what the merchant said of the time before.
type Baseline struct {
	MinutesToFirstReply    float64
	MinutesPerConversation float64
	HourlyWageMinor        int64  // in the currency's minor unit
	Currency               string // ISO 4217
}

// A LedgerRow is one conversation and what it saved.
type LedgerRow struct {
	Conversation  uuid.UUID
	StartedAt     time.Time
	FirstQuestion string
	Questions     int
	Outcome       Outcome
}
