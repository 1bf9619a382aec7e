package check_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/confidence"
	"storebot/rag/index"
	"storebot/rag/lexical"
	"storebot/rag/rageval"
	"storebot/rag/ragtest"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A shelf is a shop's knowledge and checks, in memory.
type shelf struct {
	known  index.Knowledge
	checks []rag.Check
	helped []rag.Check
}

func (s *shelf) Load(context.Context, tenant.ID) (index.Knowledge, error) { return s.known, nil }
func (s *shelf) Checks(context.Context, tenant.ID) ([]rag.Check, error)   { return s.checks, nil }
func (s *shelf) Shop(_ context.Context, id tenant.ID) (rag.Shop, error)   { return rag.Shop{ID: id}, nil }
func (s *shelf) Helped(context.Context, tenant.ID, time.Time, int) ([]rag.Check, error) {
	return s.helped, nil
}

func (s *shelf) runner(e rag.Embedder) *check.Runner {
	return &check.Runner{
		Loader: s, Store: s, Shops: s, Now: time.Now, Embedder: func(string) rag.Embedder { return e },
		Answerer: &rag.Answerer{Detect: lexical.Language, Fold: lexical.Fold, Direct: confidence.Threshold, Unsure: confidence.Unsure},
	}
}

func entry(question, answer string, phrasings ...string) rag.Entry {
	return rag.Entry{ID: uuid.New(), Question: question, Answer: answer, Phrasings: phrasings}
}

func drafted(e rag.Entry) rag.Entry {
	e.Terms.State = rag.Drafted
	return e
}

func teaShop() *shelf {
	s := &shelf{}
	s.known.Entries = []rag.Entry{
		entry("How much does delivery cost?", "NT$80.", "shipping fee", "postage"),
		entry("Can I return an opened tin?", "No.", "send back an opened tin"),
		entry("How hot should the water be for green tea?", "75 °C.", "water temperature for green tea"),
		entry("Where is your shop?", "In Tainan.", "address of the store"),
		entry("Do you sell gift boxes?", "Yes.", "gift wrapping"),
		entry("How can I pay?", "By card.", "which payment methods do you take"),
	}
	return s
}

func (s *shelf) check(question string, entry int) {
	c := rag.Check{ID: uuid.New(), Question: question}
	if entry >= 0 {
		c.Entry = s.known.Entries[entry].ID
	}
	s.checks = append(s.checks, c)
}

func TestOutcomes(t *testing.T) {
	s := teaShop()
	s.check("How much does delivery cost?", 0)
	s.check("who won the chess championship", -1)
	s.check("Where is your shop?", 4)
	s.check("Do you sell gift boxes?", -1)
	s.check("who won the chess championship last night", 1)
	gone := rag.Check{ID: uuid.New(), Question: "Do you buy tea?", Entry: uuid.New()}
	s.checks = append(s.checks, gone)
	results, err := s.runner(nil).Run(t.Context(), tenant.NewID())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]rag.Outcome{
		"How much does delivery cost?": rag.Right, "who won the chess championship": rag.Right, "Where is your shop?": rag.Wrong,
		"Do you sell gift boxes?": rag.Wrong, "who won the chess championship last night": rag.Missed, "Do you buy tea?": rag.Missed,
	}
	for i, r := range results {
		if r.Outcome != want[r.Question] {
			t.Errorf("%q: outcome %d, want %d (%s, %.2f)", r.Question, r.Outcome, want[r.Question], r.Decision, r.Confidence)
		}
		if i > 0 && !r.Passed() && results[i-1].Passed() {
			t.Errorf("%q failed and comes after one that passed", r.Question)
		}
		if r.Question == gone.Question && r.Expected != nil {
			t.Error("an entry that is gone is shown")
		}
	}
}

func TestPreview(t *testing.T) {
	s := teaShop()
	s.check("postage", 0)
	s.check("How can I pay?", 5)
	s.check("do you have bamboo whisks", -1)
	s.helped = []rag.Check{{ID: uuid.New(), Question: "address of the store", Entry: s.known.Entries[3].ID, Source: rag.Helpful}}
	r := s.runner(nil)
	ctx, id := t.Context(), tenant.NewID()
	for name, c := range map[string]struct {
		change         check.Change
		broken, mended []string
	}{
		"nothing":            {},
		"another answer":     {change: check.Change{Put: []rag.Entry{s.known.Entries[0].With(rag.Content{Question: "How much does delivery cost?", Answer: "NT$100.", Phrasings: []string{"postage"}})}}},
		"a phrasing taken":   {change: check.Change{Put: []rag.Entry{s.known.Entries[0].With(rag.Content{Question: "When do you open?", Answer: "At ten."})}}, broken: []string{"postage"}},
		"a deletion":         {change: check.Change{Deleted: []rag.EntryID{s.known.Entries[5].ID, s.known.Entries[3].ID}}, broken: []string{"How can I pay?", "address of the store"}},
		"an entry too many":  {change: check.Change{Put: []rag.Entry{entry("Do you have bamboo whisks?", "No.")}}, broken: []string{"do you have bamboo whisks"}},
		"made a draft":       {change: check.Change{Put: []rag.Entry{drafted(s.known.Entries[5])}}, broken: []string{"How can I pay?"}},
		"a new draft":        {change: check.Change{Put: []rag.Entry{drafted(entry("Do you have bamboo whisks?", "No."))}}},
		"a new harmless one": {change: check.Change{Put: []rag.Entry{entry("Is there a loyalty card?", "Yes.")}}},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := r.Preview(ctx, id, c.change)
			if err != nil || report.Checks != 3 || report.Helpful != 1 {
				t.Fatal(report, err)
			}
			if got, want := fmt.Sprintf("%q %q", asked(report.Broken), asked(report.Mended)), fmt.Sprintf("%q %q", c.broken, c.mended); got != want {
				t.Errorf("broken and mended %s, want %s", got, want)
			}
		})
	}
	if s.known.Entries[0].Phrasings[1] != "postage" || len(s.known.Entries) != 6 {
		t.Error("a preview changed the knowledge")
	}
	s.check("loyalty card", 0)
	whisk := entry("loyalty card", "Yes.")
	whisk.ID = s.known.Entries[0].ID
	report, err := r.Preview(ctx, id, check.Change{Put: []rag.Entry{whisk}})
	if err != nil || fmt.Sprint(asked(report.Mended)) != "[loyalty card]" {
		t.Errorf("mended %v, %v", asked(report.Mended), err)
	}
}

func asked(list []check.Difference) (out []string) {
	for _, d := range list {
		out = append(out, d.Before.Question)
	}
	return out
}

// With an embedding model, changed texts are embedded, questions once.
func TestPreviewWithAModel(t *testing.T) {
	s := teaShop()
	words := &counting{Embedder: &ragtest.Words{}}
	s.known.Model = words.Model()
	for _, e := range s.known.Entries {
		vectors, err := words.EmbedPassages(t.Context(), append([]string{e.Question}, e.Phrasings...))
		if err != nil {
			t.Fatal(err)
		}
		s.known.Vectors = append(s.known.Vectors, vectors)
	}
	s.check("postage", 0)
	r := s.runner(words)
	for range 3 {
		report, err := r.Preview(t.Context(), tenant.NewID(), check.Change{Deleted: []rag.EntryID{s.known.Entries[0].ID}, Put: []rag.Entry{entry("Is there a loyalty card?", "Yes.")}})
		if err != nil || len(report.Broken) != 1 {
			t.Fatal(report, err)
		}
	}
	if words.queries != 1 {
		t.Errorf("the question was embedded %d times", words.queries)
	}
	words.down = true
	s.check("shipping fee", 0)
	if results, err := r.Run(t.Context(), tenant.NewID()); err != nil || len(results) != 2 {
		t.Errorf("without the model: %v, %v", results, err)
	}
}

type counting struct {
	rag.Embedder
	queries int
	down    bool
}

func (c *counting) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if c.down {
		return nil, errors.Join(rag.ErrModelUnavailable)
	}
	c.queries++
	return c.Embedder.EmbedQuery(ctx, text)
}

// BenchmarkPreview asks 1,000 checks of the demo shop, before and after a change;
// the time is for both indexes and all questions.
func BenchmarkPreview(b *testing.B) {
	const demo = "../../cmd/storebot/internal/demo/"
	set, err := rageval.Load(rageval.Files{FAQ: demo + "faq.csv", Questions: demo + "questions.jsonl"})
	if err != nil {
		b.Fatal(err)
	}
	s := &shelf{known: index.Knowledge{Entries: set.Entries}}
	for i := range 1000 {
		q := set.Questions[i%len(set.Questions)]
		c := rag.Check{ID: uuid.New(), Question: q.Text}
		if !q.OutOfScope() {
			c.Entry = q.Right[0]
		}
		s.checks = append(s.checks, c)
	}
	r := s.runner(nil)
	for b.Loop() {
		if _, err := r.Preview(b.Context(), tenant.NewID(), check.Change{Deleted: []rag.EntryID{s.known.Entries[7].ID}}); err != nil {
			b.Fatal(err)
		}
	}
	phrasings := 0
	for _, e := range s.known.Entries {
		phrasings += 1 + len(e.Phrasings)
	}
	b.ReportMetric(float64(phrasings), "phrasings")
	b.ReportMetric(float64(len(s.known.Entries)), "entries")
}
