package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"testing"
	"time"

	"storebot/rag/sheet"
)

// catalogue is a large shop's FAQ of n entries, every one different.
func catalogue(n int) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for i := range n {
			row := sheet.Row{
				Question:  fmt.Sprintf("商品 %d 可以退貨嗎？", i),
				Answer:    fmt.Sprintf("商品 %d 收到後七天內都可以退貨，請保持包裝完整，\n並附上發票 \"%08d\"。We pay the parcel back.", i, i*7),
				Category:  fmt.Sprint("category ", i%50),
				Language:  "zh-Hant",
				Phrasings: []string{fmt.Sprintf("退貨 %d", i), fmt.Sprintf("How do I return item %d?", i)},
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// A peak is the most live heap seen, over what there was at its start.
type peak struct{ start, most uint64 }

func (p *peak) look() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if p.start == 0 {
		p.start = m.HeapAlloc
	}
	p.most = max(p.most, m.HeapAlloc)
}

func (p *peak) mib() float64 { return float64(p.most-p.start) / (1 << 20) }

// readLarge reads a file of want rows and looks at the heap now and then.
func readLarge(tb testing.TB, file []byte, want int) (*peak, time.Duration) {
	heap := &peak{}
	heap.look()
	begun := time.Now()
	r, err := sheet.Open(bytes.NewReader(file), int64(len(file)), sheet.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	defer r.Close()
	n := 0
	for {
		_, problems, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(problems) > 0 {
			tb.Fatal(err, problems)
		}
		if n++; n%(want/5) == 0 {
			heap.look()
		}
	}
	if n != want {
		tb.Fatalf("%d rows, want %d", n, want)
	}
	return heap, time.Since(begun)
}

type format struct {
	name  string
	write func(io.Writer, iter.Seq2[sheet.Row, error]) error
	limit float64 // MiB of live heap over the file itself
}

// The XLSX limit leaves room for what of a workbook is held in memory twice,
// packed and unpacked, before the rest goes to temporary files.
var formats = []format{{"csv", sheet.WriteCSV, 4}, {"xlsx", sheet.WriteXLSX, 40}}

// 40,000 rows are enough for a workbook to go to temporary files; the
// benchmark reads 100,000.
func TestMemoryIsBounded(t *testing.T) {
	const rows = 40000
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, f := range formats {
		var file bytes.Buffer
		if err := f.write(&file, catalogue(rows)); err != nil {
			t.Fatal(err)
		}
		heap, took := readLarge(t, file.Bytes(), rows)
		t.Logf("%s: %d rows, %.1f MiB file, %.1f MiB heap, %v", f.name, rows, float64(file.Len())/(1<<20), heap.mib(), took)
		if heap.mib() > f.limit {
			t.Errorf("%s: %.1f MiB of heap, want at most %.0f", f.name, heap.mib(), f.limit)
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v %v", left, err)
	}
}

const benchRows = 100000

func BenchmarkRead(b *testing.B) {
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			var file bytes.Buffer
			if err := f.write(&file, catalogue(benchRows)); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(file.Len()))
			var heap *peak
			var took time.Duration
			for b.Loop() {
				var d time.Duration
				heap, d = readLarge(b, file.Bytes(), benchRows)
				took += d
			}
			b.ReportMetric(float64(benchRows*b.N)/took.Seconds(), "rows/s")
			b.ReportMetric(heap.mib(), "MiB-heap")
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, f := range formats {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				if err := f.write(io.Discard, catalogue(benchRows)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
