package ragpg_test

import (
	"bytes"
	"testing"

	"storebot/rag"
	"storebot/rag/sheet"
)

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
		other := b.another(t)
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
