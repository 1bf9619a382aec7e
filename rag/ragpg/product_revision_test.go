package ragpg_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

func (b *bench) account(t testing.TB, email string) uuid.UUID {
	t.Helper()
	id := uuid.New()
	b.exec(t, `INSERT INTO identity.account (id, email, password_hash) VALUES ($1, $2, 'x')`, id, email)
	return id
}

// past tells a product's versions, the present one first: price, what wrote it, who, and of what file.
func (b *bench) past(t testing.TB, sold uuid.UUID) string {
	t.Helper()
	list, _, err := b.ListProductRevisions(t.Context(), b.shop, sold, rag.RevisionPlace{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i, r := range list {
		if r.Content.ID != sold || (r.ID == uuid.Nil) != (i == 0) || r.At.IsZero() || !r.At.Equal(r.Content.UpdatedAt) {
			t.Errorf("version %d is %+v", i, r)
		}
		by, _, _ := strings.Cut(r.By, "@")
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", r.Content.Price, r.Kind, by, r.File)))
	}
	return strings.Join(out, ", ")
}

// Whatever writes a product says who did it, and any version can be the present one again.
func TestProductsHaveAPast(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	ana, ben := b.account(t, "ana@shop.example"), b.account(t, "ben@shop.example")
	first := tea("T-1")
	stock := 4
	first.Stock, first.Image, first.Phrasings = &stock, "https://shop.example/i.png", []string{"the fuzzy one"}
	p, err := b.SaveProduct(ctx, b.shop, ana, "", first)
	if err != nil {
		t.Fatal(err)
	}
	changed := p
	changed.Price, changed.Stock, changed.Attributes, changed.Phrasings, changed.OtherNames, changed.Link = "5", nil, nil, nil, nil, ""
	if _, err := b.SaveProduct(ctx, b.shop, ben, "", changed); err != nil {
		t.Fatal(err)
	}
	before, err := b.Version(ctx, []tenant.ID{b.shop})
	if err != nil {
		t.Fatal(err)
	}
	if same, err := b.SaveProduct(ctx, b.shop, ana, "", changed); err != nil || same.Price != "5" {
		t.Fatalf("%+v, %v", same, err)
	}
	if again, err := b.Version(ctx, []tenant.ID{b.shop}); err != nil || again[b.shop] != before[b.shop] {
		t.Errorf("saving what is so already published version %v after %v, %v", again, before, err)
	}
	b.importProducts(t, "sku,price\nT-1,6\n")
	if _, _, err := b.learning().CorrectToProduct(ctx, b.shop, ben, "the odd one, please", p.ID); err != nil {
		t.Fatal(err)
	}
	gone, err := b.DeleteProducts(ctx, b.shop, ana, []uuid.UUID{p.ID})
	if err != nil || gone.Count != 1 {
		t.Fatal(gone, err)
	}
	if _, _, err := b.ListProductRevisions(ctx, b.shop, p.ID, rag.RevisionPlace{}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("versions of a deleted product: %v", err)
	}
	if undone, err := b.Undo(ctx, b.shop, ben, gone.Change); err != nil || undone != (rag.Undone{Restored: 1}) {
		t.Fatal(undone, err)
	}
	want := "6 undo ben, 6 delete ana, 6 edit ben, 6 import  goods.csv, 5 edit ben, " + string(p.Price) + " create ana"
	if got := b.past(t, p.ID); got != want {
		t.Errorf("its past is\n%s, want\n%s", got, want)
	}
	list, _, err := b.ListProductRevisions(ctx, b.shop, p.ID, rag.RevisionPlace{})
	if err != nil {
		t.Fatal(err)
	}
	oldest := list[len(list)-1]
	if !oldest.Content.Same(p) {
		t.Errorf("the first version says %+v, not %+v", oldest.Content, p)
	}
	back, change, err := b.RestoreProductRevision(ctx, b.shop, ana, p.ID, oldest.ID, "")
	if err != nil || !back.Same(p) || change == uuid.Nil {
		t.Errorf("restored %+v, %v", back, err)
	}
	if _, none, err := b.RestoreProductRevision(ctx, b.shop, ana, p.ID, oldest.ID, ""); err != nil || none != uuid.Nil {
		t.Errorf("restoring what stands is change %s, %v", none, err)
	}
	want = string(p.Price) + " restore ana, " + want
	if got := b.past(t, p.ID); got != want {
		t.Errorf("after restoring its past is %s", got)
	}
	if undone, err := b.Undo(ctx, b.shop, ben, change); err != nil || undone != (rag.Undone{Restored: 1}) {
		t.Errorf("undone %+v, %v", undone, err)
	}
	if got := b.past(t, p.ID); got != "6 undo ben, "+want {
		t.Errorf("after undoing that its past is %s", got)
	}
	if _, err := b.Undo(ctx, b.shop, ben, change); code(err) != "already_undone" {
		t.Errorf("undone twice: %v", err)
	}
	if _, _, err = b.RestoreProductRevision(ctx, b.shop, ana, p.ID, oldest.ID, ""); err != nil {
		t.Fatal(err)
	}
	known, err := b.Load(ctx, b.shop)
	if err != nil || len(known.Products) != 1 || !known.Products[0].Same(p) {
		t.Errorf("shoppers are answered from %+v, %v", known.Products, err)
	}
	other := b.another(t)
	for name, err := range map[string]error{
		"another shop's list":    third(other.ListProductRevisions(ctx, other.shop, p.ID, rag.RevisionPlace{})),
		"another shop's version": third(other.RestoreProductRevision(ctx, other.shop, ana, p.ID, oldest.ID, "")),
		"another product's":      third(b.RestoreProductRevision(ctx, b.shop, ana, uuid.New(), oldest.ID, "")),
		"no version":             third(b.RestoreProductRevision(ctx, b.shop, ana, p.ID, uuid.New(), "")),
	} {
		if !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func third[T, U any](_ T, _ U, err error) error { return err }

// A version whose SKU is another product's by now cannot come back, be it restored or
// be its successor's import taken back, and nothing else is lost by that.
func TestASKUThatIsTakenStaysTaken(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	a, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", product.Product{SKU: "A", Name: "One"})
	if err != nil {
		t.Fatal(err)
	}
	imported := b.importProducts(t, "sku,name\nA,Two\nB,Three\n")
	a.Name, a.SKU = "Two", "A2"
	if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", a); err != nil {
		t.Fatal(err)
	}
	list, _, err := b.ListProductRevisions(ctx, b.shop, a.ID, rag.RevisionPlace{})
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", product.Product{SKU: "a", Name: "Newcomer"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.RestoreProductRevision(ctx, b.shop, uuid.Nil, a.ID, list[1].ID, ""); !errors.Is(err, product.ErrSKUTaken) {
		t.Errorf("restored to a SKU that is taken: %v", err)
	}
	if m, err := b.Undo(ctx, b.shop, uuid.Nil, imported); err != nil || m != (rag.Undone{Kept: 1, Removed: 1}) {
		t.Errorf("%+v, %v", m, err)
	}
	if got := strings.Join(b.goods(t), ","); got != "A2 Two ,a Newcomer " {
		t.Errorf("products are %s", got)
	}
}
