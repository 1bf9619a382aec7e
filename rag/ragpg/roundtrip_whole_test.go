package ragpg_test

import (
	"bytes"
	"encoding/csv"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
)

// cells are those of a written file: of CSV the very bytes, of XLSX what its cells hold,
// since the container has the time of writing in it.
func cells(t *testing.T, format sheet.Format, file []byte) any {
	t.Helper()
	if format == sheet.CSV {
		if _, err := csv.NewReader(bytes.NewReader(file)).ReadAll(); err != nil {
			t.Fatal(err)
		}
		return string(file)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	all := map[string][][]string{}
	for _, name := range book.GetSheetList() {
		if all[name], err = book.GetRows(name); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// What a shop exports, an empty shop that takes it in exports again: byte for byte as
// CSV, cell for cell as XLSX. Into the shop itself it changes nothing.
func TestExportsComeBackIdentical(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []rag.Content{
		{Question: `Do you ship "abroad"?`, Answer: "Yes:\nJapan, Korea;\tmore soon.", Category: "Shipping, world", Language: "en", Phrasings: []string{"a|b", `back\slash`, "two\nlines", "=1+1"}},
		{Question: "滿多少免運？", Answer: "滿 NT$490 免運 🚚", Category: "運送", Language: "zh-Hant", Phrasings: []string{"宅配要錢嗎", "運費怎麼算"}},
		{Question: "满多少免运？", Answer: "满 79 元包邮。", Category: "配送", Language: "zh-Hans", Phrasings: []string{"邮费多少"}},
		{Question: "Draft?", Answer: "Not yet.", Language: "en", Terms: rag.Terms{State: rag.Drafted}},
		{Question: "春節營業嗎？", Answer: "初五開工。", Language: "zh-Hant", Terms: rag.Terms{From: day, Until: day.AddDate(0, 0, 9).Add(15*time.Hour + 30*time.Minute)}},
		{Question: "Until?", Answer: "'+quoted", Terms: rag.Terms{State: rag.Drafted, Until: day.AddDate(1, 0, 0)}},
		{Question: "007", Answer: "1e5", Category: "TRUE", Phrasings: []string{"-12", "2026-03-01"}},
	} {
		if _, err := b.CreateEntry(ctx, b.shop, c); err != nil {
			t.Fatal(err)
		}
	}
	none, many := 0, 12
	for _, p := range []product.Product{
		{SKU: "007", Name: "高山烏龍, 150 g", Price: "1299.50", Currency: "TWD", Stock: &many, Link: "https://shop.example/烏龍?a=1&b=2", Image: "https://shop.example/a.jpg",
			Attributes: []product.Attribute{{Name: "顏色", Value: "藍\n綠"}, {Name: "Size", Value: "=L"}}, OtherNames: []string{"gaoshan|tea", "高山茶"}, Phrasings: []string{"阿嬤最愛的那款", "the fuzzy one"}},
		{SKU: "cup-1", Name: "马克杯", Stock: &none},
		{SKU: "B-2", Name: `12" plate`, Price: "0", Currency: "USD", Attributes: []product.Attribute{{Name: "size", Value: "TRUE"}}},
	} {
		if _, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", p); err != nil {
			t.Fatal(err)
		}
	}
	other := map[sheet.Format]*bench{sheet.CSV: b.another(t), sheet.XLSX: b.another(t)}
	entries := func(b *bench, format sheet.Format) []byte {
		var out bytes.Buffer
		if err := b.Export(ctx, b.shop, format, &out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	products := func(b *bench, format sheet.Format) []byte {
		var out bytes.Buffer
		if err := b.ExportProducts(ctx, b.shop, format, &out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	stage := func(b *bench, file []byte) rag.Import {
		m, err := b.Stage(ctx, b.shop, "again", bytes.NewReader(file), int64(len(file)), sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for format, empty := range other {
		t.Run(string(format), func(t *testing.T) {
			file := entries(b, format)
			m := stage(b, file)
			if m.Found != (rag.Counts{Exists: 7}) || len(m.Problems) != 0 {
				rows, err := b.ListImportRows(ctx, b.shop, m.ID, rag.RowFilter{Statuses: []rag.RowStatus{rag.RowChanged, rag.RowReady}}, 0, 9)
				t.Errorf("entries into the shop itself: %+v, %+v: %+v, %v", m.Found, m.Problems, rows, err)
			}
			m = stage(empty, file)
			if m.Found != (rag.Counts{Ready: 7}) || len(m.Problems) != 0 {
				t.Errorf("entries into an empty shop: %+v, %+v", m.Found, m.Problems)
			}
			empty.commit(t, m, rag.Overwrite)
			if got, want := cells(t, format, entries(empty, format)), cells(t, format, file); !reflect.DeepEqual(got, want) {
				t.Errorf("the entries come back as\n%q\nand were\n%q", got, want)
			}
			file = products(b, format)
			before := products(b, sheet.CSV)
			m = b.commit(t, stage(b, file), rag.Overwrite)
			if m.Subject != rag.OfProducts || m.Found != (rag.Counts{Exists: 3}) || m.Skipped != 3 || !bytes.Equal(products(b, sheet.CSV), before) {
				t.Errorf("products into the shop itself: %+v", m)
			}
			if m = empty.commit(t, stage(empty, file), rag.Overwrite); m.Found != (rag.Counts{Ready: 3}) || len(m.Problems) != 0 {
				t.Errorf("products into an empty shop: %+v", m)
			}
			if got, want := cells(t, format, products(empty, format)), cells(t, format, file); !reflect.DeepEqual(got, want) {
				t.Errorf("the products come back as\n%q\nand were\n%q", got, want)
			}
		})
	}
}
