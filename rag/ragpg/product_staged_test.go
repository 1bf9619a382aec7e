package ragpg_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
)

// goodsRows tells an import's rows, a line each: position, status, what is wrong, what the row
// comes to and, after an arrow, what is there now.
func (b *bench) goodsRows(t testing.TB, m rag.Import) string {
	t.Helper()
	list, err := b.ListImportRows(t.Context(), b.shop, m.ID, rag.RowFilter{}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	say := func(p product.Product) string {
		return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", p.SKU, p.Name, p.Price, p.Currency))
	}
	var out []string
	for _, r := range list {
		line := fmt.Sprintf("%d %s", r.Position, r.Status)
		for _, p := range r.Problems {
			line += " " + p.Column + ":" + p.Code
		}
		line += " = " + say(*r.Product)
		if r.Was != nil {
			line += " <- " + say(*r.Was)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func (b *bench) sells(t testing.TB, list ...product.Product) {
	t.Helper()
	for _, p := range list {
		if _, err := b.SaveProduct(t.Context(), b.shop, uuid.Nil, "", p); err != nil {
			t.Fatal(err)
		}
	}
}

// What is wrong with staged rows of products is mended in the rows, and every edit has
// the whole sheet checked again, however it is cut into parts.
func TestAStagedSheetOfProductsIsMendedInPlace(t *testing.T) {
	all := newBench(t)
	for _, part := range []int{1, 2, 100} {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			b := all.another(t)
			ctx := t.Context()
			b.SetPart(part)
			b.sells(t, product.Product{SKU: "A", Name: "Old cup", Price: "1", Currency: "TWD"}, product.Product{SKU: "B", Name: "Pot"})
			const file = "貨號,品名,售價,顏色\na,New cup,2,red\nB,Pot,,\n,Lid,3,\nC,Tray,dear,\nD,'=Mat,4,\n"
			m, err := b.Stage(ctx, b.shop, "goods.csv", strings.NewReader(file), int64(len(file)), sheet.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if m.Subject != rag.OfProducts || m.Found != (rag.Counts{Exists: 1, Changed: 1, Invalid: 3}) || strings.Join(m.Columns, " ") != "貨號 品名 售價 顏色" || strings.Join(m.Attributes, " ") != "顏色" {
				t.Errorf("staged %+v", m)
			}
			want := "1 changed = a New cup 2 TWD <- A Old cup 1 TWD\n2 exists = B Pot\n3 invalid 貨號:missing_sku currency:missing_currency = Lid 3\n" +
				"4 invalid 售價:unknown_price = C Tray\n5 invalid currency:missing_currency = D =Mat 4"
			if got := b.goodsRows(t, m); got != want {
				t.Errorf("rows are\n%s\nwant\n%s", got, want)
			}
			eur := "eur"
			if m, err = b.SetImport(ctx, b.shop, m.ID, rag.ImportSettings{Currency: &eur}); err != nil || m.Currency != "EUR" || m.Found != (rag.Counts{Ready: 1, Exists: 1, Changed: 1, Invalid: 2}) {
				t.Errorf("with a currency: %+v, %v", m, err)
			}
			m, row, err := b.EditImportRow(ctx, b.shop, m.ID, 4, rag.RowEdit{Cells: map[string]string{"售價": "NT$ 9"}})
			if err != nil || row.Status != rag.RowReady || row.Product.Price != "9" || row.Product.Currency != "TWD" || m.Found.Invalid != 1 || len(m.Problems) != 1 {
				t.Errorf("mended: %+v of %+v, %v", row, m, err)
			}
			// A SKU that becomes another row's decides what that one is.
			if m, row, err = b.EditImportRow(ctx, b.shop, m.ID, 3, rag.RowEdit{Cells: map[string]string{"貨號": "d"}}); err != nil || row.Status != rag.RowReady || m.Found.Repeated != 1 {
				t.Errorf("the first of two: %+v of %+v, %v", row, m, err)
			}
			if m, err = b.ChooseImportRows(ctx, b.shop, m.ID, []int{1}, rag.Skip); err != nil || m.Chosen != (rag.Chosen{Skip: 1}) {
				t.Errorf("chosen: %+v, %v", m, err)
			}
			again, err := b.GetImport(ctx, b.shop, m.ID)
			if err != nil || fmt.Sprint(again) != fmt.Sprint(m) {
				t.Errorf("read again it is %+v, not %+v: %v", again, m, err)
			}
			seen, err := b.ForeseeImport(ctx, b.shop, m.ID, rag.Overwrite)
			if err != nil || len(seen.Products) != 2 || len(seen.Entries) != 0 {
				t.Errorf("foreseen %+v, %v", seen, err)
			}
			end := b.commit(t, m, rag.Overwrite)
			if end.Created != 2 || end.Updated != 0 || end.Skipped != 3 {
				t.Errorf("ended as %+v", end)
			}
			if got, want := strings.Join(b.goods(t), ", "), "A Old cup 1, B Pot , C Tray 9, d Lid 3"; got != want {
				t.Errorf("the shop sells %s, want %s", got, want)
			}
			if _, _, err := b.EditImportRow(ctx, b.shop, m.ID, 1, rag.RowEdit{Cells: map[string]string{}}); code(err) != "import_started" {
				t.Errorf("edited after the end: %v", err)
			}
			if _, err := b.SetImport(ctx, b.shop, m.ID, rag.ImportSettings{OnChange: rag.Skip}); code(err) != "import_started" {
				t.Errorf("set after the end: %v", err)
			}
		})
	}
}

// The choice for all is kept with the import, and rows with one of their own do not follow it.
func TestTheChoiceForAllProductsIsKept(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.sells(t, product.Product{SKU: "A", Name: "Old"}, product.Product{SKU: "B", Name: "Old"})
	m := b.stageProducts(t, "sku,name\nA,New\nB,New\n")
	if m.OnChange != rag.Overwrite {
		t.Errorf("at first %q", m.OnChange)
	}
	if _, err := b.SetImport(ctx, b.shop, m.ID, rag.ImportSettings{OnChange: rag.Skip}); err != nil {
		t.Fatal(err)
	}
	if m, err := b.ChooseImportRows(ctx, b.shop, m.ID, []int{2}, rag.Overwrite); err != nil || m.OnChange != rag.Skip {
		t.Errorf("%+v, %v", m, err)
	}
	if end := b.commit(t, m, rag.Skip); end.Updated != 1 || end.Skipped != 1 {
		t.Errorf("ended as %+v", end)
	}
	if got := strings.Join(b.goods(t), ","); got != "A Old ,B New " {
		t.Errorf("the shop sells %s", got)
	}
}

// What a file holds is told from its headers; who says it is believed.
func TestTheSubjectOfASheet(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	const both = "question,answer,sku,name\nOpen?,Yes,A-1,Cup\n"
	for _, c := range []struct {
		file string
		opts sheet.Options
		want rag.Subject
	}{
		{"question,answer\na,b\n", sheet.Options{}, rag.OfEntries},
		{"sku,name\na,b\n", sheet.Options{}, rag.OfProducts},
		{both, sheet.Options{}, rag.OfEntries},
		{both, sheet.Options{Subject: rag.OfProducts}, rag.OfProducts},
		{"sku,name\na,b\n", sheet.Options{Columns: &sheet.Columns{Question: 1, Answer: 2}}, rag.OfEntries},
	} {
		m, err := b.Stage(ctx, b.shop, "f.csv", strings.NewReader(c.file), int64(len(c.file)), c.opts)
		if err != nil || m.Subject != c.want {
			t.Errorf("%q, %+v: %q, %v", c.file, c.opts, m.Subject, err)
		}
	}
	for _, c := range []struct {
		file string
		opts sheet.Options
		want rag.Subject // of the header that is asked for
	}{
		{"sku,name\na,b\n", sheet.Options{Subject: rag.OfEntries}, rag.OfEntries},
		{"a,b\na,b\n", sheet.Options{}, rag.OfEntries},
		{"question,answer\na,b\n", sheet.Options{Subject: rag.OfProducts}, rag.OfProducts},
	} {
		_, err := b.Stage(ctx, b.shop, "f.csv", strings.NewReader(c.file), int64(len(c.file)), c.opts)
		if header, asked := errors.AsType[*sheet.HeaderError](err); !asked || header.Subject != c.want {
			t.Errorf("%q, %+v: %v", c.file, c.opts, err)
		}
	}
	refused := func(name, want string, err error) {
		t.Helper()
		if code(err) != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	stage := func(file string, opts sheet.Options) error {
		_, err := b.Stage(ctx, b.shop, "f.csv", strings.NewReader(file), int64(len(file)), opts)
		return err
	}
	refused("columns of products", "bad_option", stage("sku,name\na,b\n", sheet.Options{Subject: rag.OfProducts, Columns: &sheet.Columns{Question: 1, Answer: 2}}))
	refused("no currency", "unknown_currency", stage("sku,name\na,b\n", sheet.Options{Currency: "gold"}))
	refused("no rows", "no_rows", stage("sku,name\n", sheet.Options{}))
	refused("too many", "too_many_rows", stage("sku,name\n"+strings.Repeat("a,b\n", sheet.MaxProducts+1), sheet.Options{}))
	m, faq, gold := b.stageProducts(t, "sku,name\nA,Cup\n"), b.stage(t, "question,answer\na,b\n"), "gold"
	refused("texts for products", "other_subject", third(b.EditImportRow(ctx, b.shop, m.ID, 1, rag.RowEdit{Content: new(rag.Content)})))
	refused("cells for entries", "other_subject", third(b.EditImportRow(ctx, b.shop, faq.ID, 1, rag.RowEdit{Cells: map[string]string{"question": "x"}})))
	refused("one beside the other", "unknown_on_change", second(b.ChooseImportRows(ctx, b.shop, m.ID, []int{1}, rag.Add)))
	refused("all beside the others", "unknown_on_change", second(b.SetImport(ctx, b.shop, m.ID, rag.ImportSettings{OnChange: rag.Add})))
	refused("all beside the others at once", "unknown_on_change", second(b.CommitImport(ctx, b.shop, uuid.Nil, m.ID, rag.Add)))
	refused("foreseen beside the others", "unknown_on_change", second(b.ForeseeImport(ctx, b.shop, m.ID, rag.Add)))
	refused("gold", "unknown_currency", second(b.SetImport(ctx, b.shop, m.ID, rag.ImportSettings{Currency: &gold})))
	other := b.another(t)
	if _, err := other.SetImport(ctx, other.shop, m.ID, rag.ImportSettings{OnChange: rag.Skip}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another shop sets it: %v", err)
	}
}

// A process that dies at any transaction of an import leaves nothing undone and does
// nothing twice.
func TestProductsResumeAtEveryTransaction(t *testing.T) {
	goods := func(n, price int) string {
		var out strings.Builder
		out.WriteString("sku,name,price\n")
		for i := range n {
			fmt.Fprintf(&out, "S-%03d,Thing %d,%d\n", i, i, price+i%3)
		}
		return out.String()
	}
	all := newBench(t)
	for n := 1; n <= 5; n++ {
		for _, after := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d/%v", n, after), func(t *testing.T) {
				b := all.another(t)
				b.SetPart(100)
				b.importProducts(t, goods(300, 5))
				m := b.stageProducts(t, goods(330, 6))
				b.DB = &dying{DB: b.db, left: n, after: after}
				if _, err := b.ImportNow(context.Background(), b.shop, m.ID, rag.Overwrite, func(rag.Import) {}); !errors.Is(err, errKilled) {
					t.Fatalf("the %d. transaction should have failed: %v", n, err)
				}
				b.DB = b.db
				if end := b.commit(t, m, rag.Overwrite); end.Created != 30 || end.Updated != 300 || end.Done != 330 {
					t.Errorf("ended as %+v", end)
				}
				list, err := b.Products(t.Context(), b.shop)
				if err != nil || len(list) != 330 {
					t.Fatalf("%d products, %v", len(list), err)
				}
				for i, p := range list {
					if p.SKU != fmt.Sprintf("S-%03d", i) || p.Price != product.Price(fmt.Sprint(6+i%3)) {
						t.Errorf("product %d is %+v", i, p)
					}
				}
				if undone, err := b.Undo(t.Context(), b.shop, uuid.Nil, m.ID); err != nil || undone != (rag.Undone{Restored: 300, Removed: 30}) {
					t.Errorf("taken back: %+v, %v", undone, err)
				}
			})
		}
	}
}

// A row that says too little for a product of its own is not lost when the product that
// it was to change is deleted after the dry run: it stays out, and says so.
func TestARowWhoseProductIsGoneStaysOut(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.sells(t, product.Product{SKU: "A", Name: "Cup"}, product.Product{SKU: "B", Name: "Pot"})
	m := b.stageProducts(t, "sku,stock\nA,5\nB,6\n")
	if m.Found != (rag.Counts{Changed: 2}) {
		t.Fatalf("staged %+v", m)
	}
	list, err := b.Products(ctx, b.shop)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.DeleteProducts(ctx, b.shop, uuid.Nil, []uuid.UUID{list[0].ID}); err != nil {
		t.Fatal(err)
	}
	end := b.commit(t, m, rag.Overwrite)
	if end.Found != (rag.Counts{Changed: 1, Invalid: 1}) || end.Updated != 1 || end.Skipped != 1 || end.Problems["missing_name"].Rows != 1 {
		t.Errorf("ended as %+v", end)
	}
	var file bytes.Buffer
	if err := b.WriteRejected(ctx, b.shop, m.ID, map[string]string{"missing_name": "沒有品名"}, &file); err != nil || file.String() != "\uFEFFsku,stock,error\r\nA,5,\"row 2, name: 沒有品名\"\r\n" {
		t.Errorf("%q, %v", file.String(), err)
	}
}

// A row that stays out does not make the rows after it look as if the shop were still
// what the dry run saw: each is compared again.
func TestARowThatStaysOutHidesNoOtherChange(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.SetPart(1)
	six, seven := 6, 7
	b.sells(t, product.Product{SKU: "A", Name: "Cup"}, product.Product{SKU: "B", Name: "Pot", Stock: &six})
	m := b.stageProducts(t, "sku,stock\nA,5\nB,6\n")
	if m.Found != (rag.Counts{Changed: 1, Exists: 1}) {
		t.Fatalf("staged %+v", m)
	}
	list, err := b.Products(ctx, b.shop)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.DeleteProducts(ctx, b.shop, uuid.Nil, []uuid.UUID{list[0].ID}); err != nil {
		t.Fatal(err)
	}
	list[1].Stock = &seven
	b.sells(t, list[1])
	b.commit(t, m, rag.Overwrite)
	if list, err = b.Products(ctx, b.shop); err != nil || len(list) != 1 || *list[0].Stock != 6 {
		t.Errorf("the shop sells %+v, %v, want what the sheet says", list, err)
	}
}

// What was added meanwhile under a new row's SKU is dealt with as any changed product.
func TestAProductThatCameMeanwhileIsChanged(t *testing.T) {
	all := newBench(t)
	for policy, want := range map[rag.OnChange]string{rag.Overwrite: "A New ", rag.Skip: "A Meanwhile "} {
		b := all.another(t)
		m := b.stageProducts(t, "sku,name\nA,New\n")
		b.sells(t, product.Product{SKU: "A", Name: "Meanwhile"})
		b.commit(t, m, policy)
		if got := strings.Join(b.goods(t), ","); got != want {
			t.Errorf("%s: the shop sells %s, want %s", policy, got, want)
		}
	}
}
