package check

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"storebot/rag"
	"storebot/rag/index"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Labels tells of each check whether the entry found first is the right one, and
// with what confidence: what thresholds are found from. version is the knowledge's
// that was asked.
//
// A threshold is for questions that nobody has written into an entry, and most
// checks have been: a correction becomes a phrasing. So the checks are asked of the
// knowledge without the phrasings that are their own questions. Nothing is told by a
// check whose question is an entry's own, that a product's row may answer, whose entry is not published or gone, or
// that finds nothing or is small talk. Errors: as of Run.
func (r *Runner) Labels(ctx context.Context, id tenant.ID) (labels []rag.CheckLabel, version int64, err error) {
	leave, err := r.turns.take(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer leave()
	shop, known, err := r.load(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	checks, err := r.Store.Checks(ctx, id)
	if err != nil || len(checks) == 0 {
		return nil, known.Version, err
	}
	held, telling := r.holdOut(known, checks)
	results, err := r.ask(ctx, shop, build(held), telling)
	if err != nil {
		return nil, 0, err
	}
	for _, result := range results {
		if result.Found == nil || result.Decision == rag.SmallTalk {
			continue
		}
		labels = append(labels, rag.CheckLabel{
			Check: result.ID, Confidence: result.Confidence, Engine: result.Engine,
			Correct: result.Entry != uuid.Nil && result.Found.ID == result.Entry,
		})
	}
	return labels, known.Version, nil
}

// holdOut returns the knowledge without the phrasings that are questions of checks,
// and the checks that tell something of it.
func (r *Runner) holdOut(k index.Knowledge, checks []rag.Check) (index.Knowledge, []rag.Check) {
	out := k
	out.Products = nil // a product's row is found by no threshold
	out.Entries, out.Vectors = slices.Clone(k.Entries), slices.Clone(k.Vectors)
	at := make(map[rag.EntryID]int, len(k.Entries))
	for i := range k.Entries {
		at[k.Entries[i].ID] = i
	}
	var telling []rag.Check
	asked := map[int]map[string]bool{} // by entry
	for _, c := range checks {
		i, published := at[c.Entry]
		switch {
		case c.Product != uuid.Nil:
			continue
		case c.Entry == uuid.Nil:
		case !published, r.bare(c.Question) == r.bare(k.Entries[i].Question):
			continue
		default:
			if asked[i] == nil {
				asked[i] = map[string]bool{}
			}
			asked[i][r.bare(c.Question)] = true
		}
		telling = append(telling, c)
	}
	for i, questions := range asked {
		e := &out.Entries[i]
		var phrasings []string
		vectors := [][]float32{}
		if k.Vectors != nil && len(k.Vectors[i]) > 0 {
			vectors = append(vectors, k.Vectors[i][0])
		}
		for p, text := range e.Phrasings {
			if questions[r.bare(text)] {
				continue
			}
			phrasings = append(phrasings, text)
			if k.Vectors != nil && p+1 < len(k.Vectors[i]) {
				vectors = append(vectors, k.Vectors[i][p+1])
			}
		}
		e.Phrasings = phrasings
		if k.Vectors != nil {
			out.Vectors[i] = vectors
		}
	}
	return out, telling
}

// bare is what of a text makes it another question.
func (r *Runner) bare(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, r.Answerer.Fold(text))
}
