package ragpg_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
)

// A wrong answer that should have been a product's row becomes a phrasing of that
// product and of no other, and a check; said of an entry later, it is the entry's.
func TestALessonNamesAProduct(t *testing.T) {
	b := newBench(t)
	l, ctx := b.learning(), t.Context()
	first, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-2"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := b.CreateEntry(ctx, b.shop, rag.Content{Question: "Which tea is fuzzy?", Answer: "None."})
	if err != nil {
		t.Fatal(err)
	}
	const question = "the fuzzy one, please"
	phrasings := func() (list [2][]string) {
		all, err := b.Products(ctx, b.shop)
		if err != nil {
			t.Fatal(err)
		}
		return [2][]string{all[0].Phrasings, all[1].Phrasings}
	}
	for range 2 { // saying it twice is saying it once
		p, c, err := l.CorrectToProduct(ctx, b.shop, uuid.Nil, " "+question+" ", first.ID)
		if err != nil || !slices.Equal(p.Phrasings, []string{question}) || c.Product != first.ID || c.Source != rag.Correction || c.Question != question {
			t.Fatalf("%+v, %+v, %v", p, c, err)
		}
	}
	known, err := b.Load(ctx, b.shop)
	if err != nil || !slices.Equal(known.Products[0].Phrasings, []string{question}) {
		t.Errorf("the index gets %+v, %v", known.Products, err)
	}
	if _, c, err := l.CorrectToProduct(ctx, b.shop, uuid.Nil, "How much is the FUZZY one?", second.ID); err != nil || c.Product != second.ID {
		t.Fatal(c, err)
	}
	if got := phrasings(); len(got[0]) != 0 || len(got[1]) != 1 {
		t.Errorf("said of another product: %q", got)
	}
	if p, c, err := l.CorrectToProduct(ctx, b.shop, uuid.Nil, "how much is it?", second.ID); err != nil || len(p.Phrasings) != 1 || c.Product != second.ID {
		t.Errorf("a question that names nothing: %+v, %+v, %v", p, c, err)
	}
	if _, c, err := l.Correct(ctx, b.shop, uuid.Nil, question, e.ID, nil); err != nil || c.Entry != e.ID || c.Product != uuid.Nil {
		t.Fatal(c, err)
	}
	if got := phrasings(); len(got[0])+len(got[1]) != 0 {
		t.Errorf("said of an entry: %q", got)
	}
	after, err := b.Load(ctx, b.shop)
	if err != nil || after.Version <= known.Version {
		t.Errorf("version %d after %d, %v", after.Version, known.Version, err)
	}
	checks, err := l.Checks(ctx, b.shop)
	if err != nil || len(checks) != 3 {
		t.Errorf("%d checks, %v", len(checks), err)
	}
	other := b.another(t)
	for name, id := range map[string]uuid.UUID{"another shop's": first.ID, "no": uuid.New()} {
		if _, _, err := other.learning().CorrectToProduct(ctx, other.shop, uuid.Nil, "q?", id); !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("%s product: %v", name, err)
		}
	}
	if _, _, err := l.CorrectToProduct(ctx, b.shop, uuid.Nil, " ", first.ID); code(err) != "missing_question" {
		t.Errorf("no question: %v", err)
	}
}
