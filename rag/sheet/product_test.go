package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"

	"github.com/xuri/excelize/v2"
)

// A planned file is what taking in a file of products would do.
type planned struct {
	info    sheet.Info
	columns *sheet.ProductColumns
	rows    []plannedRow
	found   rag.Counts
}

type plannedRow struct {
	sheet.ProductRow
	cells  []string
	status rag.RowStatus
}

func plan(t *testing.T, file []byte, currency string, there ...product.Product) planned {
	t.Helper()
	r, err := sheet.OpenProducts(bytes.NewReader(file), int64(len(file)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p := planned{info: r.Info()}
	if p.columns, err = sheet.NewProductColumns(p.info.Header, currency); err != nil {
		t.Fatal(err)
	}
	var planner sheet.ProductPlanner
	for {
		number, cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		row := plannedRow{ProductRow: p.columns.Row(number, cells), cells: cells}
		var has *product.Product
		for i := range there {
			if product.Key(there[i].SKU) == product.Key(row.Product.SKU) {
				has = &there[i]
			}
		}
		row.status = planner.Plan(&row.ProductRow, has)
		p.found.Add(row.status)
		p.rows = append(p.rows, row)
	}
}

// rejected is the file of the rows that cannot be taken in.
func (p planned) rejected(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	err := sheet.WriteRejectedProducts(&out, p.info.Header, func(yield func(sheet.RejectedProduct, error) bool) {
		for _, r := range p.rows {
			if r.status == rag.RowInvalid && !yield(sheet.RejectedProduct{Cells: r.cells, Problems: r.Problems}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
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
		if p.found != (rag.Counts{Exists: 3}) {
			t.Errorf("%s: %+v: %+v", format, p.found, p.rows)
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
		if len(p.rows) != 1 || p.rows[0].status != rag.RowReady || !reflect.DeepEqual(p.rows[0].Product, want) {
			t.Errorf("%q: %+v", file, p.rows)
		}
	}
}

func TestAFileWithoutAColumnChangesNothingThere(t *testing.T) {
	p := plan(t, []byte("sku,stock\nt-1,5\nT-3,7\nnew,1\n"), "", goods...)
	want := goods[0]
	want.Stock, want.SKU = stock(5), "t-1"
	if p.rows[0].status != rag.RowChanged || !p.rows[0].Product.Same(want) {
		t.Errorf("a changed stock: %+v", p.rows[0])
	}
	if p.rows[1].status != rag.RowExists {
		t.Errorf("the same stock: %+v", p.rows[1])
	}
	if r := p.rows[2]; r.status != rag.RowInvalid || len(r.Problems) != 1 || r.Problems[0].Code != "missing_name" {
		t.Errorf("a new product without a name: %+v", r)
	}
}

func TestWrongRowsComeBackWithWhatIsWrong(t *testing.T) {
	file := "sku,name,price,currency,stock,link,Colour\n" +
		"A,Tea,12 or 15,EUR,1,,blue\nB,Pot,5,,many,shop/pot,\n,Cup,1,EUR,,,\nD,Dish,1,EUR,,,\nd,Dish again,1,EUR,,,\n"
	p := plan(t, []byte(file), "")
	if p.found != (rag.Counts{Ready: 1, Repeated: 1, Invalid: 3}) {
		t.Fatalf("%+v", p.found)
	}
	var codes []string
	for _, r := range p.rows {
		for _, w := range r.Problems {
			codes = append(codes, w.Column+" "+string(w.Code))
		}
	}
	want := []string{"price unknown_price", "stock unknown_stock", "currency missing_currency", "link unknown_link", "sku missing_sku"}
	if !reflect.DeepEqual(codes, want) {
		t.Errorf("%q, want %q", codes, want)
	}
	text := p.rejected(t)
	if !strings.Contains(text, "12 or 15") || !strings.Contains(text, "row 2, price: ") || strings.Contains(text, "Dish") {
		t.Error(text)
	}
	// What an earlier file said is not said again beside what is wrong now.
	if again := plan(t, []byte(text), ""); again.found != (rag.Counts{Invalid: 3}) || strings.Count(again.rejected(t), "error") != 1 {
		t.Error(again.rejected(t))
	}
	mended := strings.NewReplacer("12 or 15", "12", "many", "3", "shop/pot", "https://shop.example/pot", ",Cup", "C,Cup", "B,Pot,5,", "B,Pot,5,EUR").Replace(text)
	if again := plan(t, []byte(mended), ""); again.found != (rag.Counts{Ready: 3}) {
		t.Errorf("mended: %+v %+v", again.found, again.rows)
	}
}

// What stands to the right of the header is not lost.
func TestARejectedRowKeepsAllItsCells(t *testing.T) {
	p := plan(t, []byte("sku,name,error\nA,Tea,old news,blue,\"=1+1\"\n"), "")
	if got, want := p.rejected(t), "\uFEFFsku,name,error\r\nA,Tea,"; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, ",blue,'=1+1\r\n") || strings.Contains(got, "old news") {
		t.Errorf("%q", got)
	}
}

// A mended cell counts as if it stood in the file, in the file of invalid rows too; what
// is wrong is told by the header as the file has it.
func TestMendedCellsCount(t *testing.T) {
	p := plan(t, []byte("貨號,品名,售價\nA,Tea,dear\nB,,5\n,Cup\n"), "TWD")
	var columns []string
	for _, r := range p.rows {
		for _, w := range r.Problems {
			columns = append(columns, w.Column)
		}
	}
	if !reflect.DeepEqual(columns, []string{"售價", "品名", "貨號"}) {
		t.Errorf("%q", columns)
	}
	for i, edit := range []map[string]string{{"售價": "NT$1,299"}, {"品名": "'=Pot", "no such column": "x"}, {"售價": "cheap"}} {
		r := &p.rows[i]
		r.cells = p.columns.Mend(r.cells, edit)
		r.ProductRow = p.columns.Row(r.Number, r.cells)
		r.Over(nil)
	}
	if a, b := p.rows[0], p.rows[1]; !sheet.Valid(a.Problems) || a.Product.Price != "1299" || !sheet.Valid(b.Problems) || b.Product.Name != "'=Pot" {
		t.Errorf("%+v", p.rows)
	}
	if sheet.Valid(p.rows[2].Problems) {
		t.Errorf("%+v", p.rows[2])
	}
	if text := p.rejected(t); !strings.Contains(text, "cheap") {
		t.Error(text)
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
	if p.info.Sheet != "商品" || len(p.rows) != 1 || p.rows[0].Product.Price != "1299.5" || p.rows[0].status != rag.RowReady {
		t.Errorf("%+v", p)
	}
	faq, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Options{})
	if err != nil || faq.Info().Sheet != "Sheet1" {
		t.Fatalf("the FAQ of the same workbook: %v", err)
	}
	defer faq.Close()
	_, err = sheet.OpenProducts(strings.NewReader("question,answer\na,b\n"), 20, sheet.Options{})
	if _, asked := errors.AsType[*sheet.HeaderError](err); !asked {
		t.Errorf("an FAQ as products: %v", err)
	}
}
