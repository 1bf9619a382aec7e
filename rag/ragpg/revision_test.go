package ragpg_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
)

func picked(entries ...rag.Entry) rag.Selection {
	var which rag.Selection
	for _, e := range entries {
		which.IDs = append(which.IDs, e.ID)
	}
	return which
}

// Whoever wrote a version is told by, and any of them can be the present one again.
func TestRevisions(t *testing.T) {
	b := newBench(t)
	account := uuid.New()
	b.exec(t, `INSERT INTO identity.account (id, email, password_hash) VALUES ($1, 'ana@shop.example', 'x')`, account)
	e, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "q", Answer: "1", Phrasings: []string{"p", "o"}, By: account})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"2", "3"} {
		if _, err := b.UpdateEntry(t.Context(), b.shop, e.ID, "", rag.Content{Question: "q", Answer: answer, Terms: rag.Terms{State: rag.Drafted}}); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := b.ListRevisions(t.Context(), b.shop, e.ID, rag.RevisionPlace{})
	if err != nil || len(list) != 3 {
		t.Fatalf("revisions %+v, %v", list, err)
	}
	var got []string
	for _, r := range list {
		got = append(got, fmt.Sprintf("%s %s %s %q", r.Content.Answer, r.Kind, r.Content.Terms.State, r.By))
	}
	if want := `3 edit draft "", 2 edit draft "", 1 create published "ana@shop.example"`; strings.Join(got, ", ") != want {
		t.Errorf("revisions are %s, want %s", got, want)
	}
	before := b.content(t)
	back, change, err := b.RestoreRevision(t.Context(), b.shop, account, e.ID, list[2].ID, "")
	if err != nil || back.Answer != "1" || len(back.Phrasings) != 2 || back.Terms.State != rag.Published || change == uuid.Nil {
		t.Errorf("restored %+v, %v", back, err)
	}
	if b.content(t) == before {
		t.Error("nothing was restored")
	}
	if list, _, err = b.ListRevisions(t.Context(), b.shop, e.ID, rag.RevisionPlace{}); err != nil || len(list) != 4 || list[0].Kind != rag.Restoring || list[0].By == "" {
		t.Errorf("after restoring: %+v, %v", list, err)
	}
	if _, _, err := b.RestoreRevision(t.Context(), b.shop, account, uuid.New(), list[2].ID, ""); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another entry's revision: %v", err)
	}
}

// However often an entry was written, each version is in the list once, and that it was
// deleted and came back as well.
func TestRevisionsArePaged(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ana := b.account(t, "ana@shop.example")
	e, err := b.CreateEntry(ctx, b.shop, rag.Content{Question: "q", Answer: "0"})
	if err != nil {
		t.Fatal(err)
	}
	const edits = 101
	for i := range edits {
		if _, err := b.UpdateEntry(ctx, b.shop, e.ID, "", rag.Content{Question: "q", Answer: strconv.Itoa(i + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := b.DeleteEntries(ctx, b.shop, ana, rag.Selection{IDs: []rag.EntryID{e.ID}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.ListRevisions(ctx, b.shop, e.ID, rag.RevisionPlace{}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("versions of a deleted entry: %v", err)
	}
	if _, err := b.Undo(ctx, b.shop, uuid.Nil, gone.Change); err != nil {
		t.Fatal(err)
	}
	var all []rag.Revision[rag.Content]
	var after rag.RevisionPlace
	for pages := 1; ; pages++ {
		list, more, err := b.ListRevisions(ctx, b.shop, e.ID, after)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
		if !more {
			if pages != 3 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		last := list[len(list)-1]
		after = rag.RevisionPlace{At: last.At, ID: last.ID}
	}
	if len(all) != edits+3 {
		t.Fatalf("%d lines, want %d", len(all), edits+3)
	}
	if now, del := all[0], all[1]; now.ID != uuid.Nil || now.Kind != rag.TakingBack || !del.Deleted || del.Kind != rag.Deleting || del.By != "ana@shop.example" || del.ID != all[2].ID || del.At.Before(all[2].At) {
		t.Errorf("it begins with %+v, %+v", now, del)
	}
	for i, r := range all[2:] {
		if r.Deleted || r.Content.Answer != strconv.Itoa(edits-i) {
			t.Errorf("version %d says %q", i, r.Content.Answer)
		}
	}
	// Who reads on when the entry is gone is told so.
	if _, err := b.DeleteEntries(ctx, b.shop, ana, rag.Selection{IDs: []rag.EntryID{e.ID}}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.ListRevisions(ctx, b.shop, e.ID, after); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("the rest of a deleted entry: %v", err)
	}
}

// state is all that can be seen of a shop's entries but when they were written.
func (b *bench) state(t testing.TB) string {
	t.Helper()
	page, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range page.Entries {
		out = append(out, fmt.Sprint(e.ID, e.Question, e.Answer, e.Category, e.Language, e.Phrasings, e.Terms))
	}
	return strings.Join(out, "\n") + b.content(t)
}

// Whatever one act did to many entries, taking it back gives the same entries
// in the same places, findable as before.
func TestUndoRestores(t *testing.T) {
	all := newBench(t)
	category := "Other"
	for name, act := range map[string]func(b *bench, entries []rag.Entry) (rag.Changed, error){
		"delete": func(b *bench, entries []rag.Entry) (rag.Changed, error) {
			return b.DeleteEntries(t.Context(), b.shop, uuid.Nil, picked(entries[1], entries[3]))
		},
		"delete all that fit": func(b *bench, _ []rag.Entry) (rag.Changed, error) {
			return b.DeleteEntries(t.Context(), b.shop, uuid.Nil, rag.Selection{Filter: &rag.EntryFilter{Search: "parcel"}})
		},
		"unpublish": func(b *bench, entries []rag.Entry) (rag.Changed, error) {
			return b.EditEntries(t.Context(), b.shop, uuid.Nil, picked(entries...), rag.BulkEdit{State: rag.Drafted})
		},
		"category": func(b *bench, entries []rag.Entry) (rag.Changed, error) {
			return b.EditEntries(t.Context(), b.shop, uuid.Nil, picked(entries[0], entries[0], entries[2]), rag.BulkEdit{Category: &category})
		},
		"import": func(b *bench, _ []rag.Entry) (rag.Changed, error) {
			m := b.commit(t, b.stage(t, strings.ReplaceAll(faq(20), "Within 3 days", "Within 4 days")), rag.Overwrite)
			return rag.Changed{Change: m.ID, Count: m.Created + m.Updated}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := all.another(t)
			b.SetPart(7)
			b.commit(t, b.stage(t, faq(10)), rag.Overwrite)
			before := b.state(t)
			entries, _ := b.load(t)
			changed, err := act(b, entries)
			if err != nil || changed.Count == 0 || b.state(t) == before {
				t.Fatalf("changed %+v, %v", changed, err)
			}
			undone, err := b.Undo(t.Context(), b.shop, uuid.Nil, changed.Change)
			if err != nil || undone.Kept != 0 || undone.Restored+undone.Removed != changed.Count {
				t.Errorf("undone %+v of %+v, %v", undone, changed, err)
			}
			if now := b.state(t); now != before {
				t.Errorf("it was\n%s\nand is\n%s", before, now)
			}
			var input *rag.InputError
			if _, err := b.Undo(t.Context(), b.shop, uuid.Nil, changed.Change); !errors.As(err, &input) || input.Code != "already_undone" {
				t.Errorf("undone twice: %v", err)
			}
		})
	}
}

// What was changed since stays as somebody left it, and is counted.
func TestUndoKeepsWhatWasChangedSince(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer\na,1\nb,1\nc,1\n"), rag.Overwrite)
	m := b.commit(t, b.stage(t, "question,answer\na,2\nb,2\nd,2\ne,2\nf,2\n"), rag.Overwrite)
	entries, _ := b.load(t) // a b c d e f
	for _, i := range []int{0, 3} {
		if _, err := b.UpdateEntry(t.Context(), b.shop, entries[i].ID, "", rag.Content{Question: entries[i].Question, Answer: "mine"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.DeleteEntries(t.Context(), b.shop, uuid.Nil, picked(entries[4])); err != nil {
		t.Fatal(err)
	}
	undone, err := b.Undo(t.Context(), b.shop, uuid.Nil, m.ID)
	if err != nil || undone != (rag.Undone{Restored: 1, Removed: 1, Kept: 2}) {
		t.Errorf("undone %+v, %v", undone, err)
	}
	entries, _ = b.load(t)
	if got := answers(entries); got != "a=mine b=1 c=1 d=mine" {
		t.Errorf("entries are %s", got)
	}
	got, err := b.GetImport(t.Context(), b.shop, m.ID)
	if err != nil || got.UndoneAt.IsZero() || got.Restored != 1 || got.Removed != 1 || got.Kept != 2 {
		t.Errorf("the import says %+v, %v", got, err)
	}
}

func TestWhatCannotBeUndone(t *testing.T) {
	b := newBench(t)
	var input *rag.InputError
	m := b.commit(t, b.stage(t, "question,answer\na,1\n"), rag.Overwrite)
	b.Now = func() time.Time { return time.Now().Add(rag.UndoPeriod + time.Hour) }
	if _, err := b.Undo(t.Context(), b.shop, uuid.Nil, m.ID); !errors.As(err, &input) || input.Code != "undo_too_late" {
		t.Errorf("after thirty days: %v", err)
	}
	b.Now = nil
	other := b.stage(t, "question,answer\nb,1\n")
	if _, err := b.Undo(t.Context(), b.shop, uuid.Nil, other.ID); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a staged import: %v", err)
	}
	if _, err := b.CommitImport(t.Context(), b.shop, uuid.Nil, other.ID, rag.Overwrite); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(t.Context(), b.shop, uuid.Nil, other.ID); !errors.As(err, &input) || input.Code != "import_running" {
		t.Errorf("a running import: %v", err)
	}
	// Somebody wrote the same anew since: two of it there must not be.
	entries, _ := b.load(t)
	gone, err := b.DeleteEntries(t.Context(), b.shop, uuid.Nil, picked(entries[0]))
	if err != nil {
		t.Fatal(err)
	}
	b.commit(t, b.stage(t, "question,answer\na,1\n"), rag.Overwrite)
	if undone, err := b.Undo(t.Context(), b.shop, uuid.Nil, gone.Change); err != nil || undone.Kept != 1 || undone.Restored != 0 {
		t.Errorf("undone %+v, %v", undone, err)
	}
}

// An entry is loaded within its dates alone, and the loader says when that will
// be otherwise.
func TestDates(t *testing.T) {
	b := newBench(t)
	now := time.Now().UTC().Truncate(time.Second)
	b.Now = func() time.Time { return now }
	hour := func(n int) time.Time { return now.Add(time.Duration(n) * time.Hour) }
	for q, terms := range map[string]rag.Terms{
		"always": {}, "draft": {State: rag.Drafted, From: hour(-1)}, "past": {Until: hour(-1)}, "now": {From: hour(-1), Until: hour(2)}, "soon": {From: hour(1)},
	} {
		if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: q, Answer: "a", Terms: terms}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		at    int
		want  int
		until time.Time
	}{{0, 2, hour(1)}, {1, 3, hour(2)}, {2, 2, time.Time{}}} {
		b.Now = func() time.Time { return hour(c.at) }
		known, err := b.Load(t.Context(), b.shop)
		if err != nil || len(known.Entries) != c.want || !known.Until.Equal(c.until) {
			t.Errorf("after %d hours: %s until %v, %v", c.at, answers(known.Entries), known.Until, err)
		}
	}
	b.Now = func() time.Time { return now }
	for standing, want := range map[rag.Validity]string{rag.ValidityDraft: "draft=a", rag.Expired: "past=a", rag.Scheduled: "soon=a"} {
		if page, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Validity: standing, Limit: 9}); err != nil || answers(page.Entries) != want || page.Total != 1 {
			t.Errorf("%s: %s, %v", standing, answers(page.Entries), err)
		}
	}
	if page, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Validity: rag.Live, Limit: 9}); err != nil || page.Total != 2 {
		t.Errorf("live: %s, %v", answers(page.Entries), err)
	}
	var input *rag.InputError
	if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "x", Answer: "y", Terms: rag.Terms{From: hour(1), Until: hour(1)}}); !errors.As(err, &input) || input.Code != "dates_crossed" {
		t.Errorf("crossed dates: %v", err)
	}
}
