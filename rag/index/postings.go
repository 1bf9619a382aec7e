package index

// postings list by term the items that have it, each with its weight of 0 to 1
// in steps of 1/whole: two bytes tell no ranking from four.
type postings struct {
	start  []int32 // by term, and the end
	item   []int32
	weight []uint16
}

// whole is the weight 1.
const whole = 1<<16 - 1

func (p *postings) bytes() int { return 4*len(p.start) + 6*len(p.item) }

// of gives the items that have a term, ascending, and its weight in each,
// in parts of whole.
func (p *postings) of(id int32) ([]int32, []uint16) {
	if int(id)+1 >= len(p.start) {
		return nil, nil
	}
	from, to := p.start[id], p.start[id+1]
	return p.item[from:to], p.weight[from:to]
}

// invert turns the terms of each item into the items of each term. Weights are
// at most 1.
func invert(t *texts, terms int) postings {
	p := postings{start: make([]int32, terms+1), item: make([]int32, len(t.term)), weight: make([]uint16, len(t.term))}
	for _, id := range t.term {
		p.start[id+1]++
	}
	for id := range terms {
		p.start[id+1] += p.start[id]
	}
	next := append([]int32(nil), p.start[:terms]...)
	for item := range len(t.start) - 1 {
		for i := t.start[item]; i < t.start[item+1]; i++ {
			at := next[t.term[i]]
			next[t.term[i]]++
			p.item[at], p.weight[at] = int32(item), uint16(min(t.weight[i], 1)*whole+0.5)
		}
	}
	return p
}

// A counter counts term numbers in the order of their first sight. Clearing it
// costs nothing: a count belongs to a round.
type counter struct {
	ids    []int32
	counts []float32
	marks  []mark // by term number
	round  int32
}

type mark struct {
	round int32
	at    int32
}

func (c *counter) reset() {
	c.ids, c.counts = c.ids[:0], c.counts[:0]
	c.round++
}

func (c *counter) add(id int32) {
	if int(id) >= len(c.marks) {
		c.marks = append(c.marks, make([]mark, int(id)+1-len(c.marks)+len(c.marks)/2)...)
	}
	if m := &c.marks[id]; m.round == c.round {
		c.counts[m.at]++
	} else {
		*m = mark{c.round, int32(len(c.ids))}
		c.ids = append(c.ids, id)
		c.counts = append(c.counts, 1)
	}
}
