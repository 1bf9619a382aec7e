package ragpg_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
)

func (b *bench) stageProducts(t testing.TB, file string) rag.Import {
	t.Helper()
	m, err := b.Stage(t.Context(), b.shop, "goods.csv", strings.NewReader(file), int64(len(file)), sheet.Options{Subject: rag.OfProducts, Currency: "TWD"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (b *bench) importProducts(t testing.TB, file string) uuid.UUID {
	t.Helper()
	m := b.stageProducts(t, file)
	if _, err := b.ImportNow(t.Context(), b.shop, m.ID, rag.Overwrite, func(rag.Import) {}); err != nil {
		t.Fatal(err)
	}
	return m.ID
}

func (b *bench) goods(t testing.TB) (list []string) {
	t.Helper()
	all, err := b.Products(t.Context(), b.shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		list = append(list, p.SKU+" "+p.Name+" "+string(p.Price))
	}
	slices.Sort(list)
	return list
}

// What an import added goes and what it replaced is as it was; what was changed since
// stays, and so does what a later import wrote until that is taken back.
func TestAnImportOfProductsIsTakenBack(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	for _, sku := range []string{"A", "B", "D"} {
		if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", product.Product{SKU: sku, Name: "Old", Price: "1", Currency: "TWD",
			Attributes: []product.Attribute{{Name: "Size", Value: sku}}, OtherNames: []string{"n" + sku}}); err != nil {
			t.Fatal(err)
		}
	}
	start, err := b.Products(ctx, b.shop)
	if err != nil {
		t.Fatal(err)
	}
	first := b.importProducts(t, "sku,name,price,Size,other names\na,New,2,,\nB,New,2,,\nC,Fresh,3,,\nE,Fresh,5,,\n")
	second := b.importProducts(t, "sku,price\na,9\nC,9\n")
	since, err := b.Products(ctx, b.shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range since {
		if p.SKU == "E" {
			p.Name = "Edited"
			if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", p); err != nil {
				t.Fatal(err)
			}
		}
	}
	other := b.another(t)
	if _, err := other.Undo(ctx, other.shop, uuid.Nil, second); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another shop takes it back: %v", err)
	}
	if undone, err := b.Undo(ctx, b.shop, uuid.Nil, second); err != nil || undone != (rag.Undone{Restored: 2}) {
		t.Errorf("the second: %+v, %v", undone, err)
	}
	if got, want := strings.Join(b.goods(t), ", "), "B New 2, C Fresh 3, D Old 1, E Edited 5, a New 2"; got != want {
		t.Errorf("after the second was taken back: %s, want %s", got, want)
	}
	if undone, err := b.Undo(ctx, b.shop, uuid.Nil, first); err != nil || undone != (rag.Undone{Restored: 2, Removed: 1, Kept: 1}) {
		t.Errorf("the first: %+v, %v", undone, err)
	}
	end, err := b.Products(ctx, b.shop)
	if err != nil || len(end) != 4 {
		t.Fatalf("%+v, %v", end, err)
	}
	for i := range start {
		if !end[i].Same(start[i]) || end[i].ID != start[i].ID {
			t.Errorf("%+v is not as it was: %+v", end[i], start[i])
		}
	}
	if _, err := b.Undo(ctx, b.shop, uuid.Nil, first); code(err) != "already_undone" {
		t.Errorf("taken back twice: %v", err)
	}
	list, err := b.ListImports(ctx, b.shop, rag.OfProducts, uuid.Nil, 9)
	if err != nil || len(list) != 2 || list[0].ID != second || list[0].UndoneAt.IsZero() || list[1].Created != 2 || list[1].Updated != 2 || list[1].FileName != "goods.csv" ||
		list[1].Restored != 2 || list[1].Removed != 1 || list[1].Kept != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := b.ListImports(ctx, b.shop, rag.OfEntries, uuid.Nil, 9); err != nil || len(list) != 0 {
		t.Errorf("imports of entries: %+v, %v", list, err)
	}
	if list, err := other.ListImports(ctx, other.shop, "", uuid.Nil, 9); err != nil || len(list) != 0 {
		t.Errorf("another shop sees %+v, %v", list, err)
	}
	b.exec(t, `UPDATE entry_change SET created_at = now() - interval '31 days', undone_at = NULL WHERE id = $1`, first)
	if _, err := b.Undo(ctx, b.shop, uuid.Nil, first); code(err) != "undo_too_late" {
		t.Errorf("after a month: %v", err)
	}
}

func code(err error) string {
	if input, ok := errors.AsType[*rag.InputError](err); ok {
		return input.Code
	}
	return ""
}

// A full file is taken in and back within what a request may take.
func BenchmarkUndoOfAFullFile(b *testing.B) {
	d := newBench(b)
	var file strings.Builder
	file.WriteString("sku,name,price,Colour\n")
	for i := range sheet.MaxProducts {
		n := strings.Repeat("x", 1+i%9)
		file.WriteString("S" + uuid.NewString() + ",Mug " + n + ",12,blue " + n + "\n")
	}
	for b.Loop() {
		began := time.Now()
		m := d.stageProducts(b, file.String())
		b.ReportMetric(time.Since(began).Seconds(), "s/stage")
		began = time.Now()
		if _, err := d.ImportNow(b.Context(), d.shop, m.ID, rag.Overwrite, func(rag.Import) {}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/import")
		began = time.Now()
		if _, err := d.Undo(b.Context(), d.shop, uuid.Nil, m.ID); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(began).Seconds(), "s/undo")
	}
}
