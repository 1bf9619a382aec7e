package ragpg_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

func faq(n int) string {
	var out strings.Builder
	out.WriteString("question,answer,category,phrasings\n")
	for i := range n {
		fmt.Fprintf(&out, "\"How do I return parcel %d, and when?\",\"Within %d days\nof delivery.\",Returns,send back parcel %d|parcel %d does not fit\n", i, i%90, i, i)
	}
	return out.String()
}

// However the file is cut into parts: what the shop has is asked for by question
// with the first, and read as a whole for the others.
func TestStageFindsTheStatusOfEveryRow(t *testing.T) {
	b := newBench(t)
	for _, rows := range []int{0, 1, 3} {
		t.Run(fmt.Sprint(rows), func(t *testing.T) { stagesEveryStatus(t, b.another(t), rows) })
	}
}

func stagesEveryStatus(t *testing.T, b *bench, rowsInPart int) {
	b.SetPart(rowsInPart)
	b.commit(t, b.stage(t, "question,answer\nkept,same\nedited,old\nmany,1\nmany,2\n"), rag.Overwrite)
	m := b.stage(t, "question,answer\nnew,one\nkept,same\nedited,new\nnew,one\ntwice,a\ntwice,b\nmany,3\n,no question\n")
	want := rag.Counts{Ready: 3, Exists: 1, Changed: 2, Repeated: 1, Invalid: 1}
	if m.Found != want || m.Total != 8 || m.State != rag.Staged || m.Format != "CSV, utf-8, comma" {
		t.Errorf("staged %+v", m)
	}
	rows, err := b.ListImportRows(t.Context(), b.shop, m.ID, rag.RowFilter{}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		line := fmt.Sprintf("%d %d %s", r.Position, r.Number, r.Status)
		for _, p := range r.Problems {
			line += " " + p.Code
		}
		got = append(got, line)
	}
	expect := []string{"1 2 ready", "2 3 exists", "3 4 changed", "4 5 repeated", "5 6 ready question_twice", "6 7 ready question_twice",
		"7 8 changed several_entries", "8 9 invalid missing_question"}
	if strings.Join(got, "\n") != strings.Join(expect, "\n") {
		t.Errorf("rows:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(expect, "\n"))
	}
	if some, err := b.ListImportRows(t.Context(), b.shop, m.ID, rag.RowFilter{Statuses: []rag.RowStatus{rag.RowReady}}, 1, 1); err != nil || len(some) != 1 || some[0].Position != 5 {
		t.Errorf("rows that are ready past position 1: %+v, %v", some, err)
	}
	if entries, _ := b.load(t); len(entries) != 4 {
		t.Errorf("staging changed the entries: %s", answers(entries))
	}
}

func TestPolicies(t *testing.T) {
	all := newBench(t)
	for policy, want := range map[rag.OnChange]string{
		rag.Overwrite: "a=2 b=1 many=1 many=2 c=1 b=3 many=3",
		rag.Skip:      "a=1 b=1 many=1 many=2 c=1",
		rag.Add:       "a=1 b=1 many=1 many=2 a=2 c=1 b=3 many=3",
	} {
		t.Run(string(policy), func(t *testing.T) {
			b := all.another(t)
			b.SetPart(2)
			b.commit(t, b.stage(t, "question,answer\na,1\nb,1\nmany,1\nmany,2\n"), rag.Overwrite)
			before, _ := b.load(t)
			// b comes twice, once as it is: overwriting it would lose that.
			m := b.commit(t, b.stage(t, "question,answer\na,2\nc,1\nb,3\nb,1\nmany,3\n"), policy)
			entries, _ := b.load(t)
			if got := answers(entries); got != want {
				t.Errorf("entries are %s, want %s", got, want)
			}
			if entries[0].ID != before[0].ID {
				t.Error("an overwritten entry got another id")
			}
			if policy == rag.Overwrite && (m.Updated != 1 || m.Created != 3 || m.Skipped != 1) {
				t.Errorf("import ended as %+v", m)
			}
			b.content(t)
		})
	}
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	b := newBench(t)
	b.SetPart(100)
	file := faq(250)
	b.commit(t, b.stage(t, file), rag.Overwrite)
	content := b.content(t)
	_, version := b.load(t)
	again := b.stage(t, file)
	if again.Found != (rag.Counts{Exists: 250}) {
		t.Errorf("staged again: %+v", again.Found)
	}
	b.commit(t, again, rag.Overwrite)
	if _, now := b.load(t); now != version || b.content(t) != content {
		t.Errorf("version %d became %d, or the content changed", version, now)
	}
}

var errKilled = errors.New("killed")

// dying is a database whose n-th transaction ends the process: before its
// commit, or right after it.
type dying struct {
	*tenantpg.DB
	left  int
	after bool
}

func (d *dying) InTenant(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error {
	d.left--
	if d.left != 0 {
		return d.DB.InTenant(ctx, id, fn)
	}
	if d.after {
		if err := d.DB.InTenant(ctx, id, fn); err != nil {
			return err
		}
		return errKilled
	}
	return d.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errKilled
	})
}

func TestResumeAtEveryTransaction(t *testing.T) {
	first, second := faq(330), strings.ReplaceAll(faq(340), "Within 7 days", "Within 8 days")
	reference := newBench(t)
	reference.SetPart(100)
	reference.commit(t, reference.stage(t, first), rag.Overwrite)
	reference.commit(t, reference.stage(t, second), rag.Overwrite)
	want := reference.content(t)
	for n := 1; n <= 5; n++ {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d/%v", n, after), func(t *testing.T) {
				b := reference.another(t)
				b.commit(t, b.stage(t, first), rag.Overwrite)
				m := b.stage(t, second)
				whole := b.DB
				b.DB = &dying{DB: b.db, left: n, after: after}
				if _, err := b.ImportNow(context.Background(), b.shop, m.ID, rag.Overwrite, func(rag.Import) {}); !errors.Is(err, errKilled) {
					t.Fatalf("the %d. transaction should have failed: %v", n, err)
				}
				b.DB = whole
				end := b.commit(t, m, rag.Overwrite)
				if b.content(t) != want {
					t.Error("resumed, the content is another")
				}
				if end.Created != 10 || end.Updated != 4 {
					t.Errorf("import ended as %+v", end)
				}
			})
		}
	}
}

// A row that the shop has, says the dry run, is compared again at the commit if
// the shop may have changed since, and else passed over.
func TestADryRunHoldsOnlyAsLongAsTheShop(t *testing.T) {
	const file = "question,answer\na,1\nb,1\nc,1\n"
	all := newBench(t)
	begin := func(t *testing.T) (*bench, rag.Import) {
		b := all.another(t)
		b.SetPart(1)
		b.commit(t, b.stage(t, file), rag.Overwrite)
		m := b.stage(t, file)
		if m.Found.Exists != 3 {
			t.Fatalf("staged %+v", m.Found)
		}
		return b, m
	}
	ends := func(t *testing.T, b *bench, m rag.Import, steps int, want string) {
		t.Helper()
		n := 0
		if _, err := b.ImportNow(t.Context(), b.shop, m.ID, rag.Overwrite, func(rag.Import) { n++ }); err != nil {
			t.Fatal(err)
		}
		entries, _ := b.load(t)
		if got := answers(entries); got != want || n != steps {
			t.Errorf("after %d steps it is %s, want %s after %d", n, got, want, steps)
		}
	}
	t.Run("nothing changed", func(t *testing.T) {
		b, m := begin(t)
		ends(t, b, m, 1, "a=1 b=1 c=1")
	})
	t.Run("an entry was deleted", func(t *testing.T) {
		b, m := begin(t)
		entries, _ := b.load(t)
		if _, err := b.DeleteEntries(t.Context(), b.shop, uuid.Nil, rag.Selection{IDs: []uuid.UUID{entries[1].ID}}); err != nil {
			t.Fatal(err)
		}
		ends(t, b, m, 3, "a=1 c=1 b=1")
	})
	t.Run("another import runs", func(t *testing.T) {
		b, m := begin(t)
		other := b.stage(t, "question,answer\nb,2\nd,2\n")
		if _, err := b.CommitImport(t.Context(), b.shop, uuid.Nil, other.ID, rag.Overwrite); err != nil {
			t.Fatal(err)
		}
		if now, err := b.Step(t.Context(), b.shop, other.ID); err != nil || now.State != rag.Running || now.Updated != 1 {
			t.Fatalf("one step: %+v, %v", now, err)
		}
		ends(t, b, m, 3, "a=1 b=1 c=1") // what it overwrote is overwritten
	})
}

func TestAPartIsBoundedByItsTexts(t *testing.T) {
	b := newBench(t)
	b.SetPart(6)
	file := faq(10) // three ways of asking a row, twelve a part
	b.commit(t, b.stage(t, file), rag.Overwrite)
	if n := b.count(t, `SELECT count(*) FROM import_part WHERE tenant_id = $1`, b.shop.UUID); n != 3 {
		t.Errorf("%d parts, want 4 + 4 + 2 rows", n)
	}
	b.content(t)
}

func TestChineseRowsThatDoNotShowTheirScript(t *testing.T) {
	all := newBench(t)
	const hant, hans = "question,answer\n請問運費？,六十元\n你好,你好\nHi,Hello there\n可以退貨嗎？,可以\n", "question,answer\n你好,你好\n运费多少？,六十元\n"
	for _, c := range []struct{ shop, file, want string }{
		{"en", hant, "zh-Hant zh-Hant en zh-Hant"},
		{"en", hans, "zh-Hans zh-Hans"},
		{"zh-Hant", hans, "zh-Hant zh-Hans"},
		{"en", "question,answer\n你好,你好\nHi,Hello there\n", " en"},
	} {
		b := all.another(t)
		b.exec(t, `UPDATE shop SET language = $1 WHERE tenant_id = $2`, c.shop, b.shop.UUID)
		b.commit(t, b.stage(t, c.file), rag.Overwrite)
		entries, _ := b.load(t)
		var got []string
		for _, e := range entries {
			got = append(got, e.Language)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("in a shop of %s: %q, want %q", c.shop, got, c.want)
		}
	}
}

// Imports stay in the list, page after page, for as long as they can be undone, however
// many come after them; those that were never made, or are too old, make room.
func TestImportsStayWhileTheyCanBeUndone(t *testing.T) {
	b := newBench(t)
	first := b.commit(t, b.stage(t, "question,answer\nfirst,1\n"), rag.Overwrite)
	old := b.commit(t, b.stage(t, "question,answer\nold,1\n"), rag.Overwrite)
	left := b.stage(t, "question,answer\nleft,1\n")
	for range 51 {
		b.stage(t, "question,answer\nfirst,2\n")
	}
	b.exec(t, `UPDATE import SET finished_at = now() - interval '31 days' WHERE id = $1`, old.ID)
	last := b.stage(t, "question,answer\nlast,1\n")
	var seen []uuid.UUID
	for before := uuid.Nil; ; {
		page, err := b.ListImports(t.Context(), b.shop, "", before, 20)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page {
			seen = append(seen, m.ID)
		}
		if len(page) < 20 {
			break
		}
		before = seen[len(seen)-1]
	}
	if len(seen) != 51 || seen[0] != last.ID || seen[50] != first.ID || slices.Contains(seen, left.ID) || slices.Contains(seen, old.ID) {
		t.Errorf("%d imports are listed, from %s to %s", len(seen), seen[0], seen[len(seen)-1])
	}
	if undone, err := b.Undo(t.Context(), b.shop, uuid.Nil, first.ID); err != nil || undone.Removed != 1 {
		t.Errorf("the first taken back: %+v, %v", undone, err)
	}
}
