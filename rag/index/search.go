package index

import (
	"math"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/lexical"
)

// A query is a question's terms.
type query struct {
	known   counter // terms that the shop's texts have
	unknown float32 // the squared kind weights of those that they have not
	length  int     // words, function words too
	words   int     // content words
	lacking int     // content words that the shop's texts have not
}

// A search is the working memory of one question.
type search struct {
	analyzer  lexical.Analyzer
	terms     []lexical.Term
	query     query
	phrasings []float32 // cosine by phrasing
	nearest   []float32 // by entry, as all below
	answers   []float32
	category  []float32
	class     []float32
	dense     []float32
	meant     bool    // vectors take part
	familiar  float32 // the greatest cosine of vectors
	fused     []float32
	best      []int32   // the phrasing that is most like the question
	top       []float32 // its cosine
	order     []int32   // the entries found, best first
	held      int32     // a phrasing that is left out, or nobody
}

// nobody is no phrasing.
const nobody = -1

func (x *Index) newSearch() *search {
	entries := make([]float32, 7*len(x.entries))
	cut := func() []float32 {
		part := entries[:len(x.entries):len(x.entries)]
		entries = entries[len(x.entries):]
		return part
	}
	return &search{
		analyzer:  x.options.analyzer(),
		phrasings: make([]float32, len(x.phrasings)), best: make([]int32, len(x.entries)),
		nearest: cut(), answers: cut(), category: cut(), class: cut(), dense: cut(), fused: cut(), top: cut(),
	}
}

// Sure is the confidence from which the words of a question decide alone: no
// vector is asked for, which would cost more than all the rest. The README of
// rag has what it saves, and what it costs.
const Sure = 0.9

// wordsOnly is the engine of a retrieval that wanted a vector and had none.
const wordsOnly = "lexical"

// Search ranks the entries for a question. vector gives the question's own from
// the embedder that made the index's vectors, or nil when there is none to be
// had; it is called at most once, and only when the words alone leave a doubt. It
// may be nil. Search is pure computation beside that: it cannot fail, and no entry
// sharing anything with the question gives no matches and confidence 0.
func (x *Index) Search(question string, vector func() []float32) rag.Retrieval {
	s := x.open()
	defer x.pool.Put(s)
	x.score(s, question)
	found, _ := x.found(s)
	if vector == nil || x.dense.entries == 0 || found.Confidence >= Sure {
		return found
	}
	switch v := vector(); {
	case len(v) != x.dense.dimensions:
		found.Engine = wordsOnly
	case x.dense.usable(v):
		x.add(s, v)
		found, _ = x.found(s)
	}
	return found
}

// Explain is Search with the features that its confidence was made of, and with
// the vector however sure the words are.
func (x *Index) Explain(question string, vector []float32) (rag.Retrieval, confidence.Features) {
	s := x.open()
	defer x.pool.Put(s)
	x.score(s, question)
	if x.dense.usable(vector) {
		x.add(s, vector)
	}
	return x.found(s)
}

// open takes working memory from the pool, to be put back.
func (x *Index) open() *search {
	s, _ := x.pool.Get().(*search)
	if s == nil {
		s = x.newSearch()
	}
	s.held = nobody
	return s
}

// found ranks what has been scored.
func (x *Index) found(s *search) (rag.Retrieval, confidence.Features) {
	s.rank()
	out := rag.Retrieval{Engine: lexical.Model, Version: x.options.Version, Shelf: x.options.Shelf}
	if s.meant {
		out.Engine = x.options.Model
	}
	if len(s.order) == 0 {
		return out, confidence.Features{}
	}
	out.Matches = make([]rag.Match, len(s.order))
	for i, e := range s.order {
		out.Matches[i] = rag.Match{
			Entry: &x.entries[e], Phrasing: x.text(x.phrasings[s.best[e]]), Score: float64(s.fused[e]),
		}
	}
	features := x.features(s)
	out.Confidence = confidence.Probability(features)
	return out, features
}

// Weights of the parts in the fused score, the nearest phrasing's being 1.
const (
	answerWeight   = 0.4
	categoryWeight = 0.3
	classWeight    = 3
	// The weights of vectors, where there is no classifier beside them and where
	// there is one, and of the discriminant: flat from 0.4 to 0.8, 1 to 2 and 0.6
	// to 1, measured with the built-in encoder.
	denseWeight        = 0.5
	denseWeightTaught  = 2
	discriminantWeight = 0.8 // a standard deviation
)

// score scores the entries by the question's words.
func (x *Index) score(s *search, question string) {
	s.meant = false
	x.read(s, question)
	x.questions.cosine(&s.query, s.phrasings)
	if s.held != nobody {
		s.phrasings[s.held] = 0
	}
	x.nearestPhrasing(s)
	copy(s.fused, s.nearest)
	if x.options.Without&Fields == 0 {
		x.answers.cosine(&s.query, s.answers)
		x.category.cosine(&s.query, s.category)
		for e := range s.fused {
			s.fused[e] += answerWeight*s.answers[e] + categoryWeight*s.category[e]
		}
	}
	if x.class.trained() {
		x.class.score(s.phrasings, s.class)
		for e := range s.fused {
			s.fused[e] += classWeight * s.class[e]
		}
	}
}

// add adds what the question's vector says to its words' scores.
func (x *Index) add(s *search, vector []float32) {
	s.meant = true
	s.familiar = x.dense.score(vector, x.phrasings, s.dense)
	weight := float32(denseWeight)
	if x.class.trained() {
		weight = denseWeightTaught
	}
	for e := range s.fused {
		s.fused[e] += weight * s.dense[e]
	}
	x.dense.discriminant.add(s.fused, vector, discriminantWeight)
}

// read turns the question into a query.
func (x *Index) read(s *search, question string) {
	s.terms = s.analyzer.Append(s.terms[:0], question)
	q := &s.query
	q.known.reset()
	q.unknown, q.length, q.words, q.lacking = 0, 0, 0, 0
	for _, term := range s.terms {
		id := x.vocab.find(term.Hash)
		if s.held != nobody && id >= 0 && x.alone(id, s.held) {
			id = -1
		}
		if id >= 0 {
			q.known.add(id)
		} else {
			q.unknown += kindWeights[term.Kind] * kindWeights[term.Kind]
		}
		if worded(term.Kind) {
			q.length++
		}
		if content(term.Kind) {
			q.words++
			if id < 0 {
				q.lacking++
			}
		}
	}
}

// alone reports a term that no text of the shop has but one phrasing.
func (x *Index) alone(id, phrasing int32) bool {
	items, _ := x.questions.lists.of(id)
	answers, _ := x.answers.lists.of(id)
	category, _ := x.category.lists.of(id)
	return len(items) == 1 && items[0] == phrasing && len(answers)+len(category) == 0
}

// content reports the kinds that carry a text's topic, each word once.
func content(k lexical.Kind) bool {
	return k == lexical.Word || k == lexical.Number || k == lexical.Char
}

// worded reports every kind of whole word.
func worded(k lexical.Kind) bool { return content(k) || k == lexical.Function }

// nearestPhrasing gives each entry the fourth root of the sum of its
// phrasings' cosines to the fourth: almost the best one's, a little more where
// several are alike.
func (x *Index) nearestPhrasing(s *search) {
	clear(s.nearest)
	clear(s.top)
	for p, score := range s.phrasings {
		e := x.phrasings[p].entry
		if score > s.top[e] || x.phrasings[p].place == 0 {
			s.top[e] = score
			s.best[e] = int32(p)
		}
		square := score * score
		s.nearest[e] += square * square
	}
	for e, v := range s.nearest {
		s.nearest[e] = float32(math.Sqrt(math.Sqrt(float64(v))))
	}
}

// rank finds the best entries; equal scores keep the merchant's order.
func (s *search) rank() {
	s.order = s.order[:0]
	for e, score := range s.fused {
		if score <= 0 || len(s.order) == matchLimit && score <= s.fused[s.order[matchLimit-1]] {
			continue
		}
		if len(s.order) < matchLimit {
			s.order = append(s.order, 0)
		}
		at := len(s.order) - 1
		for at > 0 && s.fused[s.order[at-1]] < score {
			s.order[at] = s.order[at-1]
			at--
		}
		s.order[at] = int32(e)
	}
}

// score gives each entry's probability by the classifier alone.
func (c *classifier) score(phrasings, class []float32) {
	clear(class)
	for p, like := range phrasings {
		if like == 0 {
			continue
		}
		for i := c.start[p]; i < c.start[p+1]; i++ {
			class[c.entry[i]] += like * c.pull[i]
		}
	}
	softmax(class)
}
