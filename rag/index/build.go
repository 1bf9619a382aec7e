package index

import (
	"sync"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/lexical"
)

// An Index is one shop's published entries, ready to be searched. It never
// changes; many goroutines may search it at once.
type Index struct {
	entries   []rag.Entry
	options   Options
	phrasings []phrasing
	vocab     vocabulary
	questions field   // items: phrasings
	answers   field   // items: entries
	category  field   // items: entries
	lengths   []int16 // by phrasing: how many different words it has
	class     classifier
	dense     dense
	usual     confidence.Usual
	bytes     int
	pool      sync.Pool
}

// A phrasing is one way of asking an entry.
type phrasing struct {
	entry int32
	place int32 // 0: the entry's question, i: its phrasing i-1
}

// Build makes an index of a shop's entries. The index keeps the entries; the
// caller must not change them afterwards. vectors may be nil.
func Build(entries []rag.Entry, vectors Vectors, options Options) *Index {
	x := &Index{entries: entries, options: options}
	b := builder{vocab: &x.vocab, analyzer: options.analyzer()}
	for e := range entries {
		for place := 0; place <= len(entries[e].Phrasings); place++ {
			x.phrasings = append(x.phrasings, phrasing{int32(e), int32(place)})
		}
	}
	// The field of the fewest terms first: a field's tables end with its last term.
	category := b.read(len(entries), func(i int) string { return entries[i].Category })
	answers := b.read(len(entries), func(i int) string { return entries[i].Answer })
	questions := b.read(len(x.phrasings), func(i int) string { return x.text(x.phrasings[i]) })
	x.lengths = lengths(&questions, &x.vocab)
	x.questions = weigh(&questions, &x.vocab)
	x.answers = weigh(&answers, &x.vocab)
	x.category = weigh(&category, &x.vocab)
	taught := options.Without&Classifier == 0 && teachable(len(x.phrasings), len(entries))
	var beside sync.WaitGroup // what takes no part in the words' own learning
	if options.Without&Dense == 0 && !builtin(options.Model) {
		beside.Go(func() { x.dense = newDense(vectors, x.phrasings, taught && options.Without&Discriminant == 0) })
	}
	if taught {
		x.class = train(&questions, x.phrasings, len(entries), x.vocab.len())
	}
	beside.Wait()
	x.usual = x.usualOf()
	x.bytes = x.measure()
	return x
}

// builtin reports the embedder that this package needs no vectors of: the
// ranking has the terms that they are made of.
func builtin(model string) bool { return model == "" || model == lexical.Model }

func (x *Index) text(p phrasing) string {
	if p.place == 0 {
		return x.entries[p.entry].Question
	}
	return x.entries[p.entry].Phrasings[p.place-1]
}

// A builder reads texts into terms.
type builder struct {
	vocab    *vocabulary
	analyzer lexical.Analyzer
	terms    []lexical.Term
	seen     counter
}

const (
	// termsPerByte is about what a text has; room for so many spares growing.
	termsPerByte = 3
	// manyItems is the number of texts from which a second processor analyzes too.
	manyItems = 512
)

func (b *builder) read(items int, text func(item int) string) texts {
	letters := 0
	for item := range items {
		letters += len(text(item))
	}
	t := texts{start: make([]int32, 0, items+1), term: make([]int32, 0, termsPerByte*letters), weight: make([]float32, 0, termsPerByte*letters)}
	here := items // those before it are analyzed here, where the terms get their numbers too
	if items >= manyItems {
		here = items * 2 / 5
	}
	var there []lexical.Term
	ends := make([]int, 0, items-here)
	var beside sync.WaitGroup
	beside.Go(func() {
		analyzer := lexical.Analyzer{Plain: b.analyzer.Plain, Narrow: b.analyzer.Narrow}
		there = make([]lexical.Term, 0, termsPerByte*letters*(items-here)/max(items, 1))
		for item := here; item < items; item++ {
			there = analyzer.Append(there, text(item))
			ends = append(ends, len(there))
		}
	})
	for item := range here {
		b.terms = b.analyzer.Append(b.terms[:0], text(item))
		b.number(&t, b.terms)
	}
	beside.Wait()
	from := 0
	for _, to := range ends {
		b.number(&t, there[from:to])
		from = to
	}
	t.start = append(t.start, int32(len(t.term)))
	return t
}

// number adds an item's terms by their numbers, each once, with its count.
func (b *builder) number(t *texts, terms []lexical.Term) {
	t.start = append(t.start, int32(len(t.term)))
	b.seen.reset()
	for _, term := range terms {
		b.seen.add(b.vocab.add(term))
	}
	t.term = append(t.term, b.seen.ids...)
	t.weight = append(t.weight, b.seen.counts...)
}

// lengths counts the different words of each item, function words too.
func lengths(t *texts, vocab *vocabulary) []int16 {
	n := make([]int16, len(t.start)-1)
	for item := range n {
		for _, id := range t.term[t.start[item]:t.start[item+1]] {
			if kind := vocab.kinds[id]; worded(kind) {
				n[item]++
			}
		}
	}
	return n
}

// Bytes is the memory that the index holds, its texts included, near enough
// to evict by.
func (x *Index) Bytes() int { return x.bytes }

// Model is the embedder that made the index's vectors; "" and lexical.Model: none
// are used.
func (x *Index) Model() string { return x.options.Model }

// Entries are what the index is of, in the merchant's order. Nobody changes them.
func (x *Index) Entries() []rag.Entry { return x.entries }

func (x *Index) measure() int {
	n := 8*len(x.phrasings) + 8*len(x.vocab.slots) + len(x.vocab.kinds) + x.class.bytes()
	n += x.questions.bytes() + x.answers.bytes() + x.category.bytes() + x.dense.bytes() + 2*len(x.lengths)
	for i := range x.entries {
		e := &x.entries[i]
		n += 160 + len(e.Question) + len(e.Answer) + len(e.Category)
		for _, p := range e.Phrasings {
			n += 16 + len(p)
		}
	}
	return n
}
