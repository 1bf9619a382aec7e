package index

import (
	"cmp"
	"slices"
)

// commonRow is the number of entries from which a term says too little about
// which entries are alike to be worth the time.
const commonRow = 256

// nearestEntries lists for each entry the entries whose phrasings are most
// like its own, itself among them, rivalLimit at most; place says where in its
// list an entry itself stands. table is lent as working memory, entries × rows
// of zeros, and given back as such.
func nearestEntries(x examples, owner []int32, table []float32, entries int) (rivals, place []int32) {
	width := min(rivalLimit, entries)
	rivals = make([]int32, 0, entries*width)
	place = make([]int32, entries)
	if width == entries {
		for e := range entries {
			place[e] = int32(e)
			for c := range entries {
				rivals = append(rivals, int32(c))
			}
		}
		return rivals, place
	}
	rows := len(table) / entries
	for p, e := range owner {
		row, weight := x.of(int32(p))
		add(table[int(e)*rows:(int(e)+1)*rows], row, weight, 1)
	}
	// The entries of each row, and what each has of it.
	size := make([]int32, rows+1)
	for i, w := range table {
		if w != 0 {
			size[i%rows+1]++
		}
	}
	for r := range rows {
		size[r+1] += size[r]
	}
	holder, weight := make([]int32, size[rows]), make([]float32, size[rows])
	next := slices.Clone(size[:rows])
	for e := range entries {
		for r, w := range table[e*rows : (e+1)*rows] {
			if w != 0 {
				holder[next[r]], weight[next[r]] = int32(e), w
				next[r]++
			}
		}
	}
	likeness := make([]float32, entries)
	order := make([]int32, entries)
	for e := range entries {
		clear(likeness)
		for r, w := range table[e*rows : (e+1)*rows] {
			from, to := size[r], size[r+1]
			if w == 0 || to-from > commonRow {
				continue
			}
			for i, c := range holder[from:to] {
				likeness[c] += w * weight[from:to][i]
			}
		}
		likeness[e] = 1e9
		for c := range order {
			order[c] = int32(c)
		}
		slices.SortFunc(order, func(a, b int32) int {
			return cmp.Or(cmp.Compare(likeness[b], likeness[a]), cmp.Compare(a, b))
		})
		place[e] = 0
		rivals = append(rivals, order[:width]...)
	}
	clear(table)
	return rivals, place
}
