package ragpg_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/migrations/pgtest"
	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/rag/sheet"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// A bench is a database with one shop in it.
type bench struct {
	*ragpg.Knowledge
	db    *tenantpg.DB
	admin *pgx.Conn
	shop  tenant.ID
}

func newBench(t testing.TB) *bench {
	t.Helper()
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	queue, err := ragjob.NewQueue()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{db: db, admin: pg.Admin(t)}
	b.Knowledge = &ragpg.Knowledge{
		DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: func() string { return lexical.Model },
		Detect: func(text string) string { return rag.LanguageOf(text, lexical.Fold) },
	}
	b.shop = b.newShop(t)
	return b
}

func (b *bench) newShop(t testing.TB) tenant.ID {
	t.Helper()
	id := tenant.NewID()
	b.exec(t, `INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop')`, id.UUID, "shop-"+id.String()[:8])
	b.exec(t, `INSERT INTO shop (tenant_id, publishable_key) VALUES ($1, 'pk')`, id.UUID)
	return id
}

func (b *bench) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := b.admin.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) count(t testing.TB, sql string, args ...any) (n int) {
	t.Helper()
	if err := b.admin.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (b *bench) stage(t testing.TB, csv string) rag.Import {
	t.Helper()
	m, err := b.Stage(t.Context(), b.shop, "faq.csv", strings.NewReader(csv), int64(len(csv)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (b *bench) commit(t testing.TB, m rag.Import, policy rag.OnChange) rag.Import {
	t.Helper()
	m, err := b.ImportNow(t.Context(), b.shop, m.ID, policy, func(rag.Import) {})
	if err != nil {
		t.Fatal(err)
	}
	if m.State != rag.Done || m.Done != m.Total || m.Created+m.Updated+m.Skipped != m.Done {
		t.Fatalf("import ended as %+v", m)
	}
	return m
}

func (b *bench) load(t testing.TB) (entries []rag.Entry, version int64) {
	t.Helper()
	known, err := b.Load(t.Context(), b.shop)
	if err != nil {
		t.Fatal(err)
	}
	return known.Entries, known.Version
}

// content is a sum over all that the shop knows, in its order, vectors
// included: two ways to the same state give the same.
func (b *bench) content(t testing.TB) string {
	t.Helper()
	rows, err := b.admin.Query(context.Background(), `
		SELECT e.question, e.answer, e.category, e.language, encode(e.content_hash, 'hex'), encode(e.question_hash, 'hex'),
		       p.ordinal::text, p.text, m.model, m.vector::text
		FROM entry e LEFT JOIN phrasing p ON p.entry_id = e.id LEFT JOIN embedding m ON m.phrasing_id = p.id
		WHERE e.tenant_id = $1 ORDER BY e.position, p.ordinal, m.model`, b.shop.UUID)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	cells := make([]*string, 10)
	into := make([]any, 10)
	for i := range cells {
		into[i] = &cells[i]
	}
	if _, err := pgx.ForEachRow(rows, into, func() error {
		for _, c := range cells {
			if c == nil {
				return errors.New("an entry without a phrasing, or a phrasing without a vector")
			}
			fmt.Fprintf(sum, "%d %s", len(*c), *c)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

func faq(n int) string {
	var out strings.Builder
	out.WriteString("question,answer,category,phrasings\n")
	for i := range n {
		fmt.Fprintf(&out, "\"How do I return parcel %d, and when?\",\"Within %d days\nof delivery.\",Returns,send back parcel %d|parcel %d does not fit\n", i, i%90, i, i)
	}
	return out.String()
}

func answers(entries []rag.Entry) string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Question+"="+e.Answer)
	}
	return strings.Join(out, " ")
}

func TestStageFindsTheStatusOfEveryRow(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer\nkept,same\nedited,old\nmany,1\nmany,2\n"), rag.Overwrite)
	m := b.stage(t, "question,answer\nnew,one\nkept,same\nedited,new\nnew,one\ntwice,a\ntwice,b\nmany,3\n,no question\n")
	want := rag.Counts{Ready: 3, Exists: 1, Changed: 2, Repeated: 1, Invalid: 1}
	if m.Found != want || m.Total != 8 || m.State != rag.Staged || m.Format != "CSV, utf-8, comma" {
		t.Errorf("staged %+v", m)
	}
	rows, err := b.ListImportRows(t.Context(), b.shop, m.ID, nil, 0, 100)
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
	if some, err := b.ListImportRows(t.Context(), b.shop, m.ID, []rag.RowStatus{rag.RowReady}, 1, 1); err != nil || len(some) != 1 || some[0].Position != 5 {
		t.Errorf("rows that are ready past position 1: %+v, %v", some, err)
	}
	if entries, _ := b.load(t); len(entries) != 4 {
		t.Errorf("staging changed the entries: %s", answers(entries))
	}
}

func TestPolicies(t *testing.T) {
	for policy, want := range map[rag.OnChange]string{
		rag.Overwrite: "a=2 b=1 many=1 many=2 c=1 b=3 many=3",
		rag.Skip:      "a=1 b=1 many=1 many=2 c=1",
		rag.Add:       "a=1 b=1 many=1 many=2 a=2 c=1 b=3 many=3",
	} {
		t.Run(string(policy), func(t *testing.T) {
			b := newBench(t)
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
	file := faq(2500)
	b.commit(t, b.stage(t, file), rag.Overwrite)
	content := b.content(t)
	_, version := b.load(t)
	again := b.stage(t, file)
	if again.Found != (rag.Counts{Exists: 2500}) {
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
	first, second := faq(3300), strings.ReplaceAll(faq(3400), "Within 7 days", "Within 8 days")
	reference := newBench(t)
	reference.commit(t, reference.stage(t, first), rag.Overwrite)
	reference.commit(t, reference.stage(t, second), rag.Overwrite)
	want := reference.content(t)
	for n := 1; n <= 5; n++ {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d/%v", n, after), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
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
				if end.Created != 100 || end.Updated != 37 {
					t.Errorf("import ended as %+v", end)
				}
			})
		}
	}
}

func TestVersionMovesAndIsTold(t *testing.T) {
	b := newBench(t)
	heard := make(chan string, 20)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = b.db.Listen(ctx, "knowledge", func(p string) { heard <- p })
	}()
	t.Cleanup(func() { cancel(); <-ended })
	<-heard // connected
	e, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: " 可以退貨嗎？ ", Answer: "可以，七天內辦理。", Phrasings: []string{"怎麼退", "怎麼退"}})
	if err != nil {
		t.Fatal(err)
	}
	if e.Question != "可以退貨嗎？" || e.Language != "zh-Hant" || len(e.Phrasings) != 1 || e.UpdatedAt.IsZero() {
		t.Errorf("created %+v", e)
	}
	if got, want := <-heard, b.shop.String()+" 1"; got != want {
		t.Errorf("heard %q, want %q", got, want)
	}
	steps := []func() error{
		func() error {
			_, err := b.UpdateEntry(t.Context(), b.shop, e.ID, rag.Content{Question: "Can I return it?", Answer: "Yes."})
			return err
		},
		func() error {
			_, err := b.DeleteEntries(t.Context(), b.shop, []uuid.UUID{e.ID, uuid.New()})
			return err
		},
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if got, want := <-heard, fmt.Sprintf("%s %d", b.shop, i+2); got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
	if n, err := b.DeleteEntries(t.Context(), b.shop, []uuid.UUID{e.ID}); n != 0 || err != nil {
		t.Errorf("deleted again: %d, %v", n, err)
	}
	versions, err := b.Version(t.Context(), []tenant.ID{tenant.NewID(), b.shop, b.newShop(t)})
	if err != nil || len(versions) != 2 || versions[b.shop] != 3 {
		t.Errorf("versions %v, %v", versions, err)
	}
}

func TestEntryErrors(t *testing.T) {
	b := newBench(t)
	e, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "q", Answer: "a"})
	if err != nil {
		t.Fatal(err)
	}
	var input *rag.InputError
	if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "q", Answer: "a"}); !errors.As(err, &input) || input.Code != "entry_exists" {
		t.Errorf("created twice: %v", err)
	}
	if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "q", Answer: strings.Repeat("長", rag.MaxAnswer+1)}); !errors.As(err, &input) || input.Code != "answer_too_long" {
		t.Errorf("too long: %v", err)
	}
	if _, err := b.UpdateEntry(t.Context(), b.shop, uuid.New(), rag.Content{Question: "x", Answer: "y"}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("updated what is not there: %v", err)
	}
	if _, err := b.UpdateEntry(t.Context(), b.shop, e.ID, rag.Content{Question: "q", Answer: "a"}); err != nil {
		t.Errorf("updated to what it is: %v", err)
	}
	if _, err := b.CreateEntry(t.Context(), tenant.NewID(), rag.Content{Question: "q", Answer: "a"}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("created in no shop: %v", err)
	}
	for _, csv := range []string{"question,answer\n", "question,answer\n\n , \n"} {
		if _, err := b.Stage(t.Context(), b.shop, "x.csv", strings.NewReader(csv), int64(len(csv)), sheet.Options{}); !errors.As(err, &input) || input.Code != "no_rows" {
			t.Errorf("%q: %v", csv, err)
		}
	}
	if list, err := b.ListImports(t.Context(), b.shop); err != nil || len(list) != 0 {
		t.Errorf("a file that cannot be read left %v, %v", list, err)
	}
}

func TestListEntries(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer,category,phrasings\nHow much is 100%?,x,Sums,\nSize_M?,y,Sizes,which size|medium\n尺寸表在哪,z,Sizes,\nSizeXM?,y,Sizes,\n"), rag.Overwrite)
	for _, c := range []struct {
		filter rag.EntryFilter
		want   string
	}{
		{rag.EntryFilter{Limit: 2}, "How much is 100%?=x Size_M?=y"},
		{rag.EntryFilter{Search: "SIZE_", Limit: 9}, "Size_M?=y"},
		{rag.EntryFilter{Search: "0%", Limit: 9}, "How much is 100%?=x"},
		{rag.EntryFilter{Search: "medium", Limit: 9}, "Size_M?=y"},
		{rag.EntryFilter{Search: "尺寸", Limit: 9}, "尺寸表在哪=z"},
		{rag.EntryFilter{Category: "Sizes", Language: "en", Limit: 9}, "Size_M?=y SizeXM?=y"},
	} {
		page, err := b.ListEntries(t.Context(), b.shop, c.filter)
		if err != nil || answers(page.Entries) != c.want || strings.Join(page.Categories, " ") != "Sizes Sums" {
			t.Errorf("%+v: %s, %v, %v; want %s", c.filter, answers(page.Entries), page.Categories, err, c.want)
		}
	}
	page, _ := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Limit: 3})
	rest, err := b.ListEntries(t.Context(), b.shop, rag.EntryFilter{Limit: 3, After: page.Next})
	if err != nil || page.Total != 4 || answers(rest.Entries) != "SizeXM?=y" || rest.Next != 0 {
		t.Errorf("second page: %+v, %v", rest, err)
	}
	if len(page.Entries[1].Phrasings) != 2 || len(page.Entries[2].Phrasings) != 0 {
		t.Errorf("phrasings: %q %q", page.Entries[1].Phrasings, page.Entries[2].Phrasings)
	}
}

func TestExportIsWhatImportTakesBack(t *testing.T) {
	b := newBench(t)
	b.commit(t, b.stage(t, "question,answer,category,language,phrasings\n"+
		"\"Q, \"\"one\"\"\",\"a\nb\",=1+1,en,\"p\\|q|r\"\n臺灣運費多少？,滿 NT$490 免運 🚚,運送,zh-Hant,\"宅配要錢嗎|{\"\"a\"\",\\}\"\nПочему?,Потому.,,,\nq2,a2,,,\n"), rag.Overwrite)
	before := b.content(t)
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		var out bytes.Buffer
		if err := b.Export(t.Context(), b.shop, format, &out); err != nil {
			t.Fatal(err)
		}
		m, err := b.Stage(t.Context(), b.shop, "again", bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Options{})
		if err != nil || m.Found != (rag.Counts{Exists: 4}) {
			t.Errorf("%s again: %+v, %v", format, m.Found, err)
		}
		// Into an empty shop it gives the same rows in the same order.
		other := newBench(t)
		m, err = other.Stage(t.Context(), other.shop, "again", bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		other.commit(t, m, rag.Overwrite)
		if other.content(t) != before {
			t.Errorf("%s: another shop took in other rows", format)
		}
	}
}

func TestNothingOfAnotherShop(t *testing.T) {
	b := newBench(t)
	other := b.newShop(t)
	m := b.stage(t, "question,answer\na,1\nb,2\n")
	b.commit(t, m, rag.Overwrite)
	staged := b.stage(t, "question,answer\nc,1\n")
	entries, _ := b.load(t)
	conversation, message, gap := uuid.New(), uuid.New(), uuid.New()
	b.exec(t, `INSERT INTO conversation (tenant_id, id, token_hash) VALUES ($1, $2, '')`, b.shop.UUID, conversation)
	b.exec(t, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text) VALUES ($1, $2, $3, $2, 'shopper', 'x')`, b.shop.UUID, message, conversation)
	b.exec(t, `INSERT INTO gap (tenant_id, id, message_id, question) VALUES ($1, $2, $3, 'x')`, b.shop.UUID, gap, message)
	content := b.content(t)
	ctx := t.Context()

	if known, err := b.Load(ctx, other); err != nil || len(known.Entries) != 0 {
		t.Errorf("Load: %+v, %v", known, err)
	}
	if page, err := b.ListEntries(ctx, other, rag.EntryFilter{Limit: 10}); err != nil || page.Total+len(page.Entries)+len(page.Categories) != 0 {
		t.Errorf("ListEntries: %+v, %v", page, err)
	}
	if size, err := b.Size(ctx, other); err != nil || size.Entries+size.Phrasings+size.Pending != 0 {
		t.Errorf("Size: %+v, %v", size, err)
	}
	if n, err := b.DeleteEntries(ctx, other, []uuid.UUID{entries[0].ID}); n != 0 || err != nil {
		t.Errorf("DeleteEntries: %d, %v", n, err)
	}
	if list, err := b.ListImports(ctx, other); err != nil || len(list) != 0 {
		t.Errorf("ListImports: %v, %v", list, err)
	}
	if gaps, n, err := b.ListGaps(ctx, other, 10); err != nil || n+len(gaps) != 0 {
		t.Errorf("ListGaps: %v, %v", gaps, err)
	}
	if hits, err := b.Search(ctx, other, lexical.Model, make([]float32, 384), 10); err != nil || len(hits) != 0 {
		t.Errorf("Search: %v, %v", hits, err)
	}
	if list, err := b.Pending(ctx, other, "another", uuid.Nil, 10); err != nil || len(list) != 0 {
		t.Errorf("Pending: %v, %v", list, err)
	}
	if more, err := b.Purge(ctx, other); more || err != nil {
		t.Errorf("Purge: %v, %v", more, err)
	}
	if err := b.FailImport(ctx, other, staged.ID, "x"); err != nil {
		t.Errorf("FailImport: %v", err)
	}
	var out bytes.Buffer
	if err := b.Export(ctx, other, sheet.CSV, &out); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("Export: %q, %v", out.String(), err)
	}
	all, err := b.Pending(ctx, b.shop, "another", uuid.Nil, 10)
	if err != nil || len(all) != 2 {
		t.Fatalf("Pending of the shop itself: %v, %v", all, err)
	}
	if err := b.StoreVectors(ctx, other, "another", all, [][]float32{{1}, {1}}); err != nil {
		t.Errorf("StoreVectors: %v", err)
	}
	for name, call := range map[string]func() error{
		"GetImport":      func() error { _, err := b.GetImport(ctx, other, m.ID); return err },
		"ListImportRows": func() error { _, err := b.ListImportRows(ctx, other, m.ID, nil, 0, 9); return err },
		"CommitImport":   func() error { _, err := b.CommitImport(ctx, other, staged.ID, rag.Add); return err },
		"Step":           func() error { _, err := b.Step(ctx, other, staged.ID); return err },
		"DismissGap":     func() error { return b.DismissGap(ctx, other, gap) },
		"UpdateEntry": func() error {
			_, err := b.UpdateEntry(ctx, other, entries[0].ID, rag.Content{Question: "q", Answer: "a"})
			return err
		},
	} {
		if err := call(); !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("%s: %v, want rag.ErrNotFound", name, err)
		}
	}
	if b.content(t) != content {
		t.Error("the shop was changed through another tenant")
	}
	if _, n, err := b.ListGaps(ctx, b.shop, 10); n != 1 || err != nil {
		t.Errorf("the shop's own gap: %d, %v", n, err)
	}
	if err := b.DismissGap(ctx, b.shop, gap); err != nil {
		t.Error(err)
	}
	if _, n, err := b.ListGaps(ctx, b.shop, 10); n != 0 || err != nil {
		t.Errorf("after dismissing: %d, %v", n, err)
	}
}
