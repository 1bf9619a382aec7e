package index

import (
	"math"
	"testing"
)

// read gives a made-up shop's phrasings as unit vectors over its terms.
func read(entries, phrasings int) (*Index, texts) {
	x := &Index{entries: madeUp(entries, phrasings)}
	b := builder{vocab: &x.vocab, analyzer: Options{}.analyzer()}
	for e := range x.entries {
		for place := 0; place <= len(x.entries[e].Phrasings); place++ {
			x.phrasings = append(x.phrasings, phrasing{int32(e), int32(place)})
		}
	}
	terms := b.read(len(x.phrasings), func(i int) string { return x.text(x.phrasings[i]) })
	weigh(&terms, &x.vocab)
	return x, terms
}

// TestRowsKeepTheProducts compares the products of phrasings over merged rows
// with those over the terms themselves.
func TestRowsKeepTheProducts(t *testing.T) {
	x, terms := read(30, 6)
	rows, n := shared(&terms, len(x.phrasings), x.vocab.len(), 1<<20, 0)
	if n == 0 || n >= x.vocab.len() || len(rows.row) >= len(terms.term) {
		t.Fatalf("%d terms became %d rows, %d numbers became %d", x.vocab.len(), n, len(terms.term), len(rows.row))
	}
	dense := make([]float64, x.vocab.len())
	for p := range 40 {
		clear(dense)
		for i := terms.start[p]; i < terms.start[p+1]; i++ {
			dense[terms.term[i]] = float64(terms.weight[i])
		}
		byRow := map[int32]float64{}
		row, weight := rows.of(int32(p))
		length := float64(rows.alone[p])
		for k, r := range row {
			byRow[r] = float64(weight[k])
			length += float64(weight[k]) * float64(weight[k])
		}
		if math.Abs(length-1) > 1e-4 {
			t.Errorf("phrasing %d has the squared length %.5f over its rows", p, length)
		}
		for other := p + 1; other < len(x.phrasings); other += 7 {
			var want, got float64
			for i := terms.start[other]; i < terms.start[other+1]; i++ {
				want += dense[terms.term[i]] * float64(terms.weight[i])
			}
			row, weight := rows.of(int32(other))
			for k, r := range row {
				got += byRow[r] * float64(weight[k])
			}
			if math.Abs(got-want) > 0.01 {
				t.Errorf("phrasings %d and %d have the product %.4f over rows, %.4f over terms", p, other, got, want)
			}
		}
	}
}

func TestRowsAreBounded(t *testing.T) {
	x, terms := read(20, 4)
	rows, n := shared(&terms, len(x.phrasings), x.vocab.len(), 50, 0)
	if n != 50 {
		t.Fatalf("at most 50 rows were asked for, there are %d", n)
	}
	for _, r := range rows.row {
		if r < 0 || int(r) >= n {
			t.Fatalf("a phrasing has the row %d of %d", r, n)
		}
	}
}

func TestSlightRowsAreSummedUp(t *testing.T) {
	x, terms := read(20, 4)
	all, _ := shared(&terms, len(x.phrasings), x.vocab.len(), 1<<20, 0)
	rows, _ := shared(&terms, len(x.phrasings), x.vocab.len(), 1<<20, slight)
	if len(rows.row) == 0 || len(rows.row) >= len(all.row) {
		t.Fatalf("%d of %d numbers are left", len(rows.row), len(all.row))
	}
	for p := range x.phrasings {
		_, weight := rows.of(int32(p))
		length := float64(rows.alone[p])
		for _, w := range weight {
			if w*w < slight*0.999 {
				t.Errorf("phrasing %d learns from a square of %.5f", p, w*w)
			}
			length += float64(w) * float64(w)
		}
		if math.Abs(length-1) > 1e-4 {
			t.Errorf("phrasing %d has the squared length %.5f with what was summed up", p, length)
		}
	}
}
