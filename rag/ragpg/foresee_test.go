package ragpg_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"storebot/rag"

	"github.com/google/uuid"
)

// What a staged import would write is told as committing it then does, whatever becomes
// of changed rows, and telling it stores nothing.
func TestForeseeImport(t *testing.T) {
	all := newBench(t)
	const there = "question,answer,category\na,1,Kept\nb,1,\ngone,1,\n"
	const file = "question,answer\na,2\nb,1\nnew,1\nnew,1\ntwice,1\ntwice,2\n,1\n"
	for _, policy := range []rag.OnChange{rag.Overwrite, rag.Skip, rag.Add} {
		for _, size := range []int{0, 2} {
			t.Run(fmt.Sprint(policy, size), func(t *testing.T) {
				b := all.another(t)
				b.SetPart(size)
				b.commit(t, b.stage(t, there), rag.Overwrite)
				before := b.state(t)
				m := b.stage(t, file)
				seen, err := b.ForeseeImport(t.Context(), b.shop, m.ID, policy)
				if err != nil {
					t.Fatal(err)
				}
				if b.state(t) != before {
					t.Error("foreseeing changed the entries")
				}
				entries, _ := b.load(t)
				for _, e := range seen.Entries {
					if at := slices.IndexFunc(entries, func(o rag.Entry) bool { return o.ID == e.ID }); at >= 0 {
						entries[at] = e
					} else {
						entries = append(entries, e)
					}
				}
				want := said(entries)
				b.commit(t, m, policy)
				after, _ := b.load(t)
				if got := said(after); got != want {
					t.Errorf("committed\n%s\nforeseen\n%s", got, want)
				}
				var input *rag.InputError
				if _, err := b.ForeseeImport(t.Context(), b.shop, m.ID, policy); !errors.As(err, &input) || input.Code != "import_started" {
					t.Errorf("after it was made: %v", err)
				}
			})
		}
	}
	if _, err := all.ForeseeImport(t.Context(), all.shop, uuid.New(), rag.Skip); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("an import that is not there: %v", err)
	}
}

// said is what entries say, in no order of their own.
func said(entries []rag.Entry) string {
	slices.SortFunc(entries, func(a, b rag.Entry) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Answer, b.Answer))
	})
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprint(e.Question, "=", e.Answer, " ", e.Category, " ", e.Phrasings))
	}
	return strings.Join(out, "; ")
}

func TestSelected(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer,category,state\na,1,x,published\nb,1,x,draft\nc,1,y,published\n"), rag.Overwrite)
	x, err := b.Selected(t.Context(), b.shop, rag.Selection{Filter: &rag.EntryFilter{Category: "x"}})
	if err != nil || len(x) != 2 {
		t.Fatalf("%+v, %v", x, err)
	}
	slices.SortFunc(x, func(a, b rag.Entry) int { return cmp.Compare(a.Question, b.Question) })
	other := b.another(t)
	if got, err := other.Selected(t.Context(), other.shop, rag.Selection{IDs: []rag.EntryID{x[0].ID}}); err != nil || len(got) != 0 {
		t.Errorf("another shop's: %+v, %v", got, err)
	}
	if got, err := b.Selected(t.Context(), b.shop, rag.Selection{IDs: []rag.EntryID{x[1].ID, uuid.New()}}); err != nil || len(got) != 1 || got[0].Terms.State != rag.Drafted {
		t.Errorf("by id: %+v, %v", got, err)
	}
}
