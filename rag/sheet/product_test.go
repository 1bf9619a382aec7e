package sheet_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"

	"github.com/xuri/excelize/v2"
)

func plan(t *testing.T, file []byte, currency string, there ...product.Product) sheet.ProductPlan {
	t.Helper()
	p, err := sheet.PlanProducts(bytes.NewReader(file), int64(len(file)), sheet.ProductOptions{Currency: currency}, there)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func stock(n int) *int { return &n }

var goods = []product.Product{
	{SKU: "T-1", Name: "烏龍茶, 150 g", Price: "1299.00", Currency: "TWD", Stock: stock(0), Link: "https://shop.example/t1", Image: "https://shop.example/t1.jpg",
		Attributes: []product.Attribute{{Name: "產地", Value: "南投"}, {Name: "Weight", Value: "150 g"}}, OtherNames: []string{"高山|茶", "=tea"}},
	{SKU: "0042", Name: "'+Pen \"fine\"", Attributes: []product.Attribute{{Name: "Weight", Value: "12 g"}}},
	{SKU: "T-3", Name: "Cup", Price: "12.5", Currency: "USD", Stock: stock(7)},
}

func TestProductsAreWrittenAndReadAsTheyWere(t *testing.T) {
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		var out bytes.Buffer
		if err := sheet.WriteProducts(&out, format, goods); err != nil {
			t.Fatal(err)
		}
		p := plan(t, out.Bytes(), "", goods...)
		if p.Found != (rag.Counts{Exists: 3}) {
			t.Errorf("%s: %+v: %+v", format, p.Found, p.Rows)
		}
	}
}

func TestHeadersOfThreeLanguagesAreKnown(t *testing.T) {
	for _, file := range []string{
		"SKU,Name,Price,Currency,Stock,Link,Image,Other names,Colour\nT-1,Tea,\"NT$1,299\",,１２,https://a.example/,,leaf|brew,blue\n",
		"貨號;品名;售價;幣別;庫存;連結;圖片;別名;Colour\nT-1;Tea;1299元;新台幣;12;https://a.example/;;leaf|brew;blue\n",
		"货号\t品名\t价格\t币别\t库存\t链接\t图片\t别名\tColour\nT-1\tTea\t1 299\tTWD\t12\thttps://a.example/\t\tleaf|brew\tblue\n",
	} {
		p := plan(t, []byte(file), "")
		want := product.Product{SKU: "T-1", Name: "Tea", Price: "1299", Currency: "TWD", Stock: stock(12), Link: "https://a.example/",
			OtherNames: []string{"leaf", "brew"}, Attributes: []product.Attribute{{Name: "Colour", Value: "blue"}}}
		if len(p.Rows) != 1 || p.Rows[0].Status != rag.RowReady || !reflect.DeepEqual(p.Rows[0].Product, want) {
			t.Errorf("%q: %+v", file, p.Rows)
		}
	}
}

func TestAFileWithoutAColumnChangesNothingThere(t *testing.T) {
	p := plan(t, []byte("sku,stock\nt-1,5\nT-3,7\nnew,1\n"), "", goods...)
	want := goods[0]
	want.Stock, want.SKU = stock(5), "t-1"
	if p.Rows[0].Status != rag.RowChanged || !p.Rows[0].Product.Same(want) {
		t.Errorf("a changed stock: %+v", p.Rows[0])
	}
	if p.Rows[1].Status != rag.RowExists {
		t.Errorf("the same stock: %+v", p.Rows[1])
	}
	if r := p.Rows[2]; r.Status != rag.RowInvalid || len(r.Problems) != 1 || r.Problems[0].Code != "missing_name" {
		t.Errorf("a new product without a name: %+v", r)
	}
}

func TestWrongRowsComeBackWithWhatIsWrong(t *testing.T) {
	file := "sku,name,price,currency,stock,link,Colour\n" +
		"A,Tea,12 or 15,EUR,1,,blue\nB,Pot,5,,many,shop/pot,\n,Cup,1,EUR,,,\nD,Dish,1,EUR,,,\nd,Dish again,1,EUR,,,\n"
	p := plan(t, []byte(file), "")
	if p.Found != (rag.Counts{Ready: 1, Repeated: 1, Invalid: 3}) {
		t.Fatalf("%+v", p.Found)
	}
	var codes []string
	for _, r := range p.Rows {
		for _, w := range r.Problems {
			codes = append(codes, w.Column+" "+string(w.Code))
		}
	}
	want := []string{"price unknown_price", "stock unknown_stock", "currency missing_currency", "link unknown_link", "sku missing_sku"}
	if !reflect.DeepEqual(codes, want) {
		t.Errorf("%q, want %q", codes, want)
	}
	var out bytes.Buffer
	if err := sheet.WriteInvalidProducts(&out, p, map[string]string{"unknown_price": "不是價格"}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "12 or 15") || !strings.Contains(text, "price: 不是價格") || strings.Contains(text, "Dish") {
		t.Error(text)
	}
	mended := strings.NewReplacer("12 or 15", "12", "many", "3", "shop/pot", "https://shop.example/pot", ",Cup", "C,Cup", "B,Pot,5,", "B,Pot,5,EUR").Replace(out.String())
	if again := plan(t, []byte(mended), ""); again.Found != (rag.Counts{Ready: 3}) {
		t.Errorf("mended: %+v %+v", again.Found, again.Rows)
	}
}

// A mended cell counts as if it stood in the file, in the file of invalid rows too; what
// is wrong is told by the header as the file has it.
func TestMendedCellsCount(t *testing.T) {
	file := []byte("貨號,品名,售價\nA,Tea,dear\nB,,5\n,Cup\n")
	read := func(edits sheet.Edits) sheet.ProductPlan {
		t.Helper()
		p, err := sheet.PlanProducts(bytes.NewReader(file), int64(len(file)), sheet.ProductOptions{Currency: "TWD", Edits: edits}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := read(nil)
	var columns []string
	for _, r := range before.Rows {
		for _, w := range r.Problems {
			columns = append(columns, w.Column)
		}
	}
	if !reflect.DeepEqual(columns, []string{"售價", "品名", "貨號"}) {
		t.Errorf("%q", columns)
	}
	p := read(sheet.Edits{2: {"售價": "NT$1,299"}, 3: {"品名": "Pot", "no such column": "x"}, 4: {"售價": "cheap"}, 99: {"品名": "x"}})
	if p.Found != (rag.Counts{Ready: 2, Invalid: 1}) || p.Rows[0].Product.Price != "1299" || p.Rows[1].Product.Name != "Pot" {
		t.Errorf("%+v", p.Rows)
	}
	var out bytes.Buffer
	if err := sheet.WriteInvalidProducts(&out, p, nil); err != nil || !strings.Contains(out.String(), "cheap") || strings.Contains(out.String(), "dear") {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestProductsAreASheetOfTheirOwn(t *testing.T) {
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "question", "B1": "answer", "A2": "Open?", "B2": "Yes"} {
		if err := book.SetCellValue("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := book.NewSheet("商品"); err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "貨號", "B1": "品名", "C1": "售價", "A2": "A-1", "B2": "茶", "C2": 1299.5} {
		if err := book.SetCellValue("商品", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	p := plan(t, out.Bytes(), "TWD")
	if p.Info.Sheet != "商品" || len(p.Rows) != 1 || p.Rows[0].Product.Price != "1299.5" || p.Rows[0].Status != rag.RowReady {
		t.Errorf("%+v", p)
	}
	faq, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Options{})
	if err != nil || faq.Info().Sheet != "Sheet1" {
		t.Fatalf("the FAQ of the same workbook: %v", err)
	}
	defer faq.Close()
	_, err = sheet.PlanProducts(strings.NewReader("question,answer\na,b\n"), 20, sheet.ProductOptions{}, nil)
	if _, asked := errors.AsType[*sheet.HeaderError](err); !asked {
		t.Errorf("an FAQ as products: %v", err)
	}
}

// What becomes of a changed row is said for all, and otherwise for one.
func TestChangedRowsAreSkippedByChoice(t *testing.T) {
	file := []byte("sku,stock\nT-1,5\nT-3,8\n")
	for _, c := range []struct {
		all     rag.OnChange
		one     map[int]rag.OnChange
		updates []bool
	}{
		{"", nil, []bool{true, true}},
		{rag.Skip, nil, []bool{false, false}},
		{rag.Overwrite, map[int]rag.OnChange{2: rag.Skip}, []bool{false, true}},
		{rag.Skip, map[int]rag.OnChange{3: rag.Overwrite}, []bool{false, true}},
	} {
		p, err := sheet.PlanProducts(bytes.NewReader(file), int64(len(file)), sheet.ProductOptions{OnChange: c.all, Choices: c.one}, goods)
		if err != nil {
			t.Fatal(err)
		}
		got, n := []bool{}, 0
		for _, r := range p.Rows {
			got = append(got, r.Stores())
			if r.Stores() {
				n++
			}
		}
		if !reflect.DeepEqual(got, c.updates) || p.Found.Changed != 2 || p.Updates() != n {
			t.Errorf("all %q, %v: %v, %d updates of %d changed", c.all, c.one, got, p.Updates(), p.Found.Changed)
		}
	}
}
