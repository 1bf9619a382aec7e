package ragpg_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storebot/rag"
)

// full is a sheet that says everything of two entries.
const full = "question,answer,category,language,phrasings,state,valid_from,valid_until\n" +
	"a,1,Returns,zh-Hant,pa|pb,draft,2026-01-01,2026-12-31\n" +
	"b,1,Paying,en,pc,published,,\n"

// all is all that the shop's entries say, but for their answers.
func (b *bench) all(t testing.TB) string {
	t.Helper()
	page, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range page.Entries {
		day := func(at time.Time) string {
			if at.IsZero() {
				return "-"
			}
			return at.Format("0102")
		}
		out = append(out, fmt.Sprintf("%s %s %s %s %s %s", e.Question, e.Category, e.Language, strings.Join(e.Phrasings, "|"), e.Terms.State,
			day(e.Terms.From)+day(e.Terms.Until)))
	}
	return strings.Join(out, "; ")
}

// A sheet says nothing of what it has no column for: an entry that it overwrites
// keeps that, as it stands when the row is stored.
func TestASheetOfTwoColumnsKeepsTheRest(t *testing.T) {
	all := newBench(t)
	const whole = "a Returns zh-Hant pa|pb draft 01010101; b Paying en pc published --"
	for name, c := range map[string]struct {
		file   string
		policy rag.OnChange
		said   string // of all entries
		found  rag.Counts
	}{
		"two columns":       {"question,answer\na,2\nb,2\n", rag.Overwrite, whole, rag.Counts{Changed: 2}},
		"the same answer":   {"question,answer\na,1\nb,2\n", rag.Overwrite, whole, rag.Counts{Exists: 1, Changed: 1}},
		"an empty category": {"question,answer,category\na,2,\nb,2,Money\n", rag.Overwrite, "a  zh-Hant pa|pb draft 01010101; b Money en pc published --", rag.Counts{Changed: 2}},
		"an empty cell of phrasings": {"question,answer,phrasings\na,2,\nb,2,pd\n", rag.Overwrite,
			"a Returns zh-Hant  draft 01010101; b Paying en pd published --", rag.Counts{Changed: 2}},
		"its own end":             {"question,answer,valid until\na,2,2026-06-30\n", rag.Overwrite, "a Returns zh-Hant pa|pb draft 01010701; b Paying en pc published --", rag.Counts{Changed: 1}},
		"an end before the start": {"question,answer,valid until\na,2,2025-06-30\n", rag.Overwrite, "a Returns zh-Hant pa|pb draft -0701; b Paying en pc published --", rag.Counts{Changed: 1}},
		"published":               {"question,answer,state\na,2,published\n", rag.Overwrite, "a Returns zh-Hant pa|pb published 01010101; b Paying en pc published --", rag.Counts{Changed: 1}},
		"a further entry":         {"question,answer\nb,2\n", rag.Add, whole + "; b  en  published --", rag.Counts{Changed: 1}},
		"skipped":                 {"question,answer\nb,2\n", rag.Skip, whole, rag.Counts{Changed: 1}},
	} {
		for _, size := range []int{0, 1} {
			t.Run(fmt.Sprint(name, size), func(t *testing.T) {
				b := all.another(t)
				b.SetPart(size)
				b.commit(t, b.stage(t, full), rag.Overwrite)
				if got := b.all(t); got != whole {
					t.Fatalf("the shop begins with %s", got)
				}
				m := b.stage(t, c.file)
				if m.Found != c.found {
					t.Errorf("found %+v, want %+v", m.Found, c.found)
				}
				b.commit(t, m, c.policy)
				if got := b.all(t); got != c.said {
					t.Errorf("entries say\n%s\nwant\n%s", got, c.said)
				}
				b.content(t)
			})
		}
	}
}

// What was written into a row by hand counts, and what an entry got since the dry
// run is kept.
func TestKeptIsWhatTheEntryHasNow(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, full), rag.Overwrite)
	m := b.stage(t, "question,answer\na,2\nb,1\n")
	if m.Found != (rag.Counts{Changed: 1, Exists: 1}) {
		t.Fatalf("found %+v", m.Found)
	}
	m, row, err := b.EditImportRow(t.Context(), b.shop, m.ID, 2, rag.RowEdit{Content: &rag.Content{Question: "b", Answer: "3", Category: "By hand", Language: "en"}})
	if err != nil || row.Status != rag.RowChanged || row.There == nil || row.There.Category != "Paying" {
		t.Fatalf("edited %+v, %v", row, err)
	}
	if m.Found != (rag.Counts{Changed: 2}) || !m.Unsaid.Category || !m.Unsaid.Phrasings {
		t.Errorf("the import %+v", m)
	}
	page, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	a := page.Entries[slices.IndexFunc(page.Entries, func(e rag.Entry) bool { return e.Question == "a" })]
	since := a.Content()
	since.Phrasings = append(since.Phrasings, "since")
	if _, err := b.UpdateEntry(t.Context(), b.shop, a.ID, "", since); err != nil {
		t.Fatal(err)
	}
	b.commit(t, m, rag.Overwrite)
	if got, want := b.all(t), "a Returns zh-Hant pa|pb|since draft 01010101; b By hand en pc published --"; got != want {
		t.Errorf("entries say\n%s\nwant\n%s", got, want)
	}
	if _, err := b.Undo(t.Context(), b.shop, a.Content().By, m.ID); err != nil {
		t.Fatal(err)
	}
	if got, want := b.all(t), "a Returns zh-Hant pa|pb|since draft 01010101; b Paying en pc published --"; got != want {
		t.Errorf("taken back, entries say\n%s\nwant\n%s", got, want)
	}
}
