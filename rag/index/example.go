package index

import (
	"cmp"
	"math"
	"slices"
)

// slight is the square, of a unit vector's, below which a row of an example does
// not learn: that leaves out two thirds of the numbers, and the ranking is as good
// from 0 to 0.004.
const slight = 0.003

// examples are the phrasings' vectors over the rows that at least two phrasings
// share; what a phrasing has alone, and what is slight, is summed up in alone, the
// square of that part.
//
// Terms that stand in the same phrasings, as most letters of a rare word do, are
// one row: of a vector over them only the length matters. There are a third
// fewer of them so, and no product changes by more than a little.
type examples struct {
	start  []int32
	row    []int32
	weight []float32
	alone  []float32
}

func (x *examples) of(p int32) (rows []int32, weights []float32) {
	return x.row[x.start[p]:x.start[p+1]], x.weight[x.start[p]:x.start[p+1]]
}

// shared makes the rows of the terms that several phrasings have, the most
// frequent ones where there are more than limit, and leaves out of each phrasing
// those whose square is below least.
func shared(t *texts, phrasings, terms, limit int, least float32) (x examples, rows int) {
	row, rows := numberRows(t, phrasings, terms, limit)
	x = examples{
		start: make([]int32, 0, phrasings+1), row: make([]int32, 0, len(t.term)), weight: make([]float32, 0, len(t.term)),
		alone: make([]float32, phrasings),
	}
	at := make([]int32, rows) // 1 + where this phrasing has the row; 0: not seen
	for p := range phrasings {
		from := len(x.row)
		x.start = append(x.start, int32(from))
		for i := t.start[p]; i < t.start[p+1]; i++ {
			square := t.weight[i] * t.weight[i]
			r := row[t.term[i]]
			if r < 0 {
				x.alone[p] += square
				continue
			}
			if k := at[r] - 1; k >= 0 {
				x.weight[k] += square
				continue
			}
			x.row = append(x.row, r)
			x.weight = append(x.weight, square)
			at[r] = int32(len(x.row))
		}
		kept := from
		for k := from; k < len(x.row); k++ {
			at[x.row[k]] = 0
			if square := x.weight[k]; square < least {
				x.alone[p] += square
			} else {
				x.row[kept], x.weight[kept] = x.row[k], float32(math.Sqrt(float64(square)))
				kept++
			}
		}
		x.row, x.weight = x.row[:kept], x.weight[:kept]
	}
	x.start = append(x.start, int32(len(x.row)))
	return x, rows
}

// numberRows gives each term its row, or -1. The most frequent rows stand first,
// so that what most examples touch is close together in memory.
func numberRows(t *texts, phrasings, terms, limit int) (row []int32, rows int) {
	frequency := make([]int32, terms)
	where := make([]uint64, terms) // a hash of the phrasings that have the term
	for p := range phrasings {
		for _, id := range t.term[t.start[p]:t.start[p+1]] {
			frequency[id]++
			where[id] = (where[id] ^ uint64(p+1)) * 0x9e3779b97f4a7c15
			where[id] ^= where[id] >> 29
		}
	}
	first := make(map[uint64]int32, terms/4) // the first of the terms that stand in the same phrasings
	var kept []int32
	for id, f := range frequency {
		if f < 2 {
			continue
		}
		if _, known := first[where[id]]; !known {
			first[where[id]] = int32(id)
			kept = append(kept, int32(id))
		}
	}
	slices.SortStableFunc(kept, func(a, b int32) int { return cmp.Compare(frequency[b], frequency[a]) })
	kept = kept[:min(len(kept), limit)]
	row = make([]int32, terms)
	for id := range row {
		row[id] = -1
	}
	for n, id := range kept {
		row[id] = int32(n)
	}
	for id, f := range frequency {
		if f >= 2 {
			row[id] = row[first[where[id]]]
		}
	}
	return row, len(kept)
}
