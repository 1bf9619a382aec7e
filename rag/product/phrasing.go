package product

import "slices"

// Subject is what of a question tells which product it is about, in a form to be
// compared: its words without those that ask ("how much is", "有貨嗎"), point or are
// mere grammar. "" when nothing is left: such a question names nothing, and is no
// phrasing of any product.
func Subject(question string) string {
	tokens := read(question)
	return subject(tokens, mark(tokens))
}

func subject(tokens []token, m marked) string {
	var left []token
	for i, t := range tokens {
		if !m.phrased[i] {
			left = append(left, t)
		}
	}
	return key(left)
}

// SameSubject reports whether two questions name the same, and something.
func SameSubject(a, b string) bool {
	named := Subject(a)
	return named != "" && named == Subject(b)
}

// Without returns p without the phrasings that question repeats, and whether there were any.
func (p Product) Without(question string) (Product, bool) {
	left := slices.DeleteFunc(slices.Clone(p.Phrasings), func(q string) bool { return SameSubject(q, question) })
	taken := len(left) < len(p.Phrasings)
	p.Phrasings = left
	return p, taken
}

// twice marks what more than one product has as a phrasing: it tells neither.
const twice = -1

// phrasingsOf are the products by what their phrasings name.
func phrasingsOf(list []Product) map[string]int {
	m := map[string]int{}
	for i, p := range list {
		for _, q := range p.Phrasings {
			named := Subject(q)
			if named == "" {
				continue
			}
			if other, there := m[named]; there && other != i {
				m[named] = twice
				continue
			}
			m[named] = i
		}
	}
	return m
}

// phrased reads a question that is a phrasing of one product.
func (s *Shelf) phrased(tokens []token, m marked) (r Reading, ok bool) {
	if len(s.phrasings) == 0 {
		return r, false
	}
	i, there := s.phrasings[subject(tokens, m)]
	if !there || i == twice {
		return r, false
	}
	n := s.name(i, tokens, m)
	return Reading{Intent: n.intent, Products: []Product{s.products[i]}, Whole: true, Share: 1, Attributes: n.attributes, words: n.words}, true
}
