package index

import "slices"

// commonRow is the number of entries from which a term says too little about
// which entries are alike to be worth the time.
const commonRow = 128

// nearestEntries lists for each entry the entries whose phrasings are most
// like its own, itself among them, width of them; place says where in its
// list an entry itself stands.
func nearestEntries(x examples, owner []int32, entries, rows, width int) (rivals, place []int32) {
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
	means := meanByEntry(x, owner, entries, rows)
	holders := invert(&means, rows)
	likeness := make([]float32, entries)
	var near []int32
	for e := range entries {
		near = near[:0]
		for i := means.start[e]; i < means.start[e+1]; i++ {
			held, weight := holders.of(means.term[i])
			if len(held) > commonRow {
				continue
			}
			for k, c := range held {
				if likeness[c] == 0 {
					near = append(near, c)
				}
				likeness[c] += means.weight[i] * float32(weight[k])
			}
		}
		rivals = appendNearest(rivals, near, likeness, int32(e), width)
		for _, c := range near {
			likeness[c] = 0
		}
	}
	return rivals, place
}

// meanByEntry averages the vectors of each entry's phrasings, which follow each
// other.
func meanByEntry(x examples, owner []int32, entries, rows int) texts {
	means := texts{start: make([]int32, 1, entries+1)}
	var count float32
	at := make([]int32, rows) // 1 + where the entry's mean has the row
	for p := range owner {
		row, weight := x.of(int32(p))
		for k, r := range row {
			if i := at[r] - 1; i >= means.start[len(means.start)-1] {
				means.weight[i] += weight[k]
				continue
			}
			means.term = append(means.term, r)
			means.weight = append(means.weight, weight[k])
			at[r] = int32(len(means.term))
		}
		count++
		if p+1 == len(owner) || owner[p+1] != owner[p] {
			for i := means.start[len(means.start)-1]; int(i) < len(means.term); i++ {
				means.weight[i] /= count
			}
			count = 0
			means.start = append(means.start, int32(len(means.term)))
		}
	}
	return means
}

// appendNearest adds an entry itself and those of near that are most like it,
// and fills up to width with the entries that follow it in the merchant's order.
func appendNearest(rivals, near []int32, likeness []float32, entry int32, width int) []int32 {
	start := len(rivals)
	likeness[entry] = 1e9
	rivals = append(rivals, entry)
	for _, c := range near {
		if c == entry || len(rivals)-start == width && likeness[c] <= likeness[rivals[len(rivals)-1]] {
			continue
		}
		if len(rivals)-start < width {
			rivals = append(rivals, c)
		}
		at := len(rivals) - 1
		for at > start+1 && likeness[rivals[at-1]] < likeness[c] {
			rivals[at] = rivals[at-1]
			at--
		}
		rivals[at] = c
	}
	likeness[entry] = 0
	for c := entry; len(rivals)-start < width; {
		if c++; int(c) == len(likeness) {
			c = 0
		}
		if !slices.Contains(rivals[start:], c) {
			rivals = append(rivals, c)
		}
	}
	return rivals
}
