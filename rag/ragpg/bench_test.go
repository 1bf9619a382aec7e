package ragpg_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"storebot/rag"
	"storebot/rag/sheet"
)

// BenchmarkImport takes 100,000 rows of CSV, a question and an answer each, from
// the file's bytes to entries, phrasings and vectors, and then the same file
// once more.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	var file bytes.Buffer
	file.WriteString("question,answer,category\n")
	for i := range rows {
		fmt.Fprintf(&file, "How long does delivery of article %d take to %d?,\"It takes %d working days, and you can follow it in your account.\",Shipping\n", i, i%977, i%9)
	}
	data := file.Bytes()
	ctx := context.Background()
	kit := newBench(b)
	run := func(b *testing.B, want rag.Counts) {
		m, err := kit.Stage(ctx, kit.shop, "faq.csv", bytes.NewReader(data), int64(len(data)), sheet.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if m.Found != want {
			b.Fatalf("staged %+v", m.Found)
		}
		b.ReportMetric(rows/b.Elapsed().Seconds()*float64(b.N), "staged-rows/s")
		if _, err := kit.ImportNow(ctx, kit.shop, m.ID, rag.Overwrite, func(rag.Import) {}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(rows/b.Elapsed().Seconds()*float64(b.N), "rows/s")
	}
	b.Run("new", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			kit.shop = kit.newShop(b)
			b.StartTimer()
			run(b, rag.Counts{Ready: rows})
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		for range b.N {
			run(b, rag.Counts{Exists: rows})
		}
	})
}
