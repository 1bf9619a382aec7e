package ragpg_test

import (
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
	url   string
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
	b := &bench{db: db, admin: pg.Admin(t), url: pg.AppURL}
	b.Knowledge = &ragpg.Knowledge{
		DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: func() string { return lexical.Model },
		Detect: lexical.Language,
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

// another is a bench on the same database for another shop.
func (b *bench) another(t testing.TB) *bench {
	k := *b.Knowledge
	return &bench{Knowledge: &k, db: b.db, admin: b.admin, shop: b.newShop(t)}
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

func answers(entries []rag.Entry) string {
	var out []string
	for _, e := range entries {
		out = append(out, e.Question+"="+e.Answer)
	}
	return strings.Join(out, " ")
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
			_, err := b.UpdateEntry(t.Context(), b.shop, e.ID, "", rag.Content{Question: "Can I return it?", Answer: "Yes."})
			return err
		},
		func() error {
			_, err := b.DeleteEntries(t.Context(), b.shop, uuid.Nil, rag.Selection{IDs: []uuid.UUID{e.ID, uuid.New()}})
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
	if n, err := b.DeleteEntries(t.Context(), b.shop, uuid.Nil, rag.Selection{IDs: []uuid.UUID{e.ID}}); n.Count != 0 || err != nil {
		t.Errorf("deleted again: %v, %v", n, err)
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
	if _, err := b.UpdateEntry(t.Context(), b.shop, uuid.New(), "", rag.Content{Question: "x", Answer: "y"}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("updated what is not there: %v", err)
	}
	if _, err := b.UpdateEntry(t.Context(), b.shop, e.ID, "", rag.Content{Question: "q", Answer: "a"}); err != nil {
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
	if list, err := b.ListImports(t.Context(), b.shop, "", uuid.Nil, 100); err != nil || len(list) != 0 {
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
	if err != nil || page.Total != 4 || answers(rest.Entries) != "SizeXM?=y" || rest.Next != (rag.EntryCursor{}) {
		t.Errorf("second page: %+v, %v", rest, err)
	}
	if len(page.Entries[1].Phrasings) != 2 || len(page.Entries[2].Phrasings) != 0 {
		t.Errorf("phrasings: %q %q", page.Entries[1].Phrasings, page.Entries[2].Phrasings)
	}
}
