package rag

import (
	"context"
	"slices"
	"time"

	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A Check is a question whose right entry the merchant has said. It is asked
// again on every change.
type Check struct {
	ID        uuid.UUID
	Question  string
	Entry     EntryID   // the right one
	Product   uuid.UUID // whose row is right; with both either is, with neither nothing may be given
	Source    CheckSource
	CreatedAt time.Time
}

// CheckSource says what a check came from.
type CheckSource string

// The sources; all but Helpful are stored.
const (
	Saved      CheckSource = "saved"      // the merchant wrote it
	Correction CheckSource = "correction" // of a wrong answer
	FromGap    CheckSource = "gap"        // a question of a gap that was answered
	Helpful    CheckSource = "helpful"    // a shopper said of the answer that it helped
)

// An Outcome is what became of a check, from bad to good.
type Outcome int

// The outcomes.
const (
	Wrong   Outcome = iota // another entry is given, or one where none may be
	Missed                 // nothing is given, and the right entry is not among those offered
	Offered                // the right entry is among those offered to choose from
	Right                  // the right entry is given; none, where none may be
)

// A CheckResult is a check that was asked.
type CheckResult struct {
	Check
	Outcome    Outcome
	Decision   Decision
	Confidence float64
	Engine     string // that found it, as of a Retrieval
	Found      *Entry // the best one found; nil: none
	Expected   *Entry // nil: none may be given, or the entry is no more
	// FoundProduct is whose row answered, or which was offered first; ExpectedProduct is
	// nil when none may be given or the product is no more.
	FoundProduct, ExpectedProduct *product.Product
}

// Passed reports that a shopper gets the right answer at once.
func (r *CheckResult) Passed() bool { return r.Outcome == Right }

// A CheckLabel is what one check says of the engine: whether the entry that it finds
// first is the right one.
type CheckLabel struct {
	Check      uuid.UUID
	Confidence float64
	Engine     string
	Correct    bool
}

// Foresee tells what a shopper who asks text now would get, were the shop's
// entries those that find searches. It takes every decision that Ask takes but asks
// no model, stores nothing and counts nothing. Errors: those of Ask.
func (a *Answerer) Foresee(ctx context.Context, shop Shop, find Retriever, text string) (Reply, Retrieval, error) {
	q := Question{Text: text}
	if err := a.ready(&q); err != nil {
		return Reply{}, Retrieval{}, err
	}
	var found Retrieval
	dry := *a
	dry.Generator = nil
	dry.Retriever = retrieverFunc(func(ctx context.Context, id tenant.ID, question string) (Retrieval, error) {
		var err error
		found, err = find.Retrieve(ctx, id, question)
		return found, err
	})
	reply, err := dry.reply(ctx, shop, q, &wire{emit: func(Event) error { return nil }, start: q.At, now: a.clock})
	return reply, found, err
}

// Judge holds what was foreseen against what the check says.
func (c Check) Judge(reply Reply, found Retrieval) CheckResult {
	r := CheckResult{Check: c, Decision: reply.Decision, Confidence: reply.Confidence, Engine: found.Engine}
	if c.Product != uuid.Nil {
		r.ExpectedProduct = found.Shelf.ByID(c.Product)
	}
	var entries, products []uuid.UUID // that the reply gives or offers
	for _, card := range reply.Products {
		if p, ok := found.Shelf.BySKU(card.SKU); ok {
			if r.FoundProduct == nil {
				r.FoundProduct = &p
			}
			products = append(products, p.ID)
		}
	}
	given := reply.Decision == Direct
	switch {
	case len(reply.Products) > 0: // in the place of entries
	case given && len(reply.Sources) > 0:
		r.Found = reply.Sources[0].Entry
	case len(found.Matches) > 0:
		r.Found = found.Matches[0].Entry
	}
	if reply.Decision == Clarify {
		offers := found.Matches[:min(offered, len(found.Matches))]
		if len(reply.Products) > 0 {
			offers = reply.Found
		}
		for _, m := range offers {
			entries = append(entries, m.Entry.ID)
		}
	} else if r.Found != nil {
		entries = append(entries, r.Found.ID)
	}
	right := c.Entry != uuid.Nil && slices.Contains(entries, c.Entry) || c.Product != uuid.Nil && slices.Contains(products, c.Product)
	switch {
	case c.Entry == uuid.Nil && c.Product == uuid.Nil && !given:
		r.Outcome = Right
	case given && right:
		r.Outcome = Right
	case given:
		r.Outcome = Wrong
	case reply.Decision == Clarify && right:
		r.Outcome = Offered
	default:
		r.Outcome = Missed
	}
	return r
}

// CheckQuestion cleans a check's question. Error: *InputError when it is empty or
// longer than a shopper's may be.
func CheckQuestion(text string) (string, error) {
	text = Clean(text)
	switch {
	case text == "":
		return "", &InputError{Code: "missing_question", Message: "the question is empty", Cure: "write the question"}
	case len([]rune(text)) > MaxQuestion:
		return "", tooLong("question", MaxQuestion)
	}
	return text, nil
}
