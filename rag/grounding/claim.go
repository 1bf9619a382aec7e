package grounding

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// What a sentence must share with its sources: shared of all it says with them or
// the question, and own of it with them alone, so that a shopper's words alone
// bear nothing. Found on paraphrases and on inventions, see the package's tests.
const (
	shared = 0.5
	own    = 0.34
)

// support returns the numbers of the sources that bear text. Only the sources
// it cites are asked, together if it cites several; each alone if it cites none.
func (l *Lock) support(text string, named []int) []int {
	t := fold(text, l.rules.Fold)
	in := numerals(tokenize(t))
	c := claim{facts: collect(in), stated: statements(in, ",;.!?。"), said: contentOf(in), names: names(norm.NFKC.String(text)), quotes: quoted(t), foreign: foreign(t), clauses: clauses(in)}
	candidates := [][]int{}
	for i := range l.sources {
		if len(named) == 0 || slices.Contains(named, i+1) {
			candidates = append(candidates, []int{i + 1})
		}
	}
	if len(named) > 1 {
		candidates = append(candidates, named)
	}
	var best []int
	most := 0.0
	for _, numbers := range candidates {
		if share := l.bears(c, numbers); share > most {
			best, most = numbers, share
		}
	}
	return best
}

// A claim is a sentence taken apart.
type claim struct {
	facts   []fact
	stated  []statement
	said    content
	names   []string
	quotes  []string
	foreign []rune
	clauses []clause
}

// bears returns how much of the claim the sources say; 0 if anything in it has no ground.
func (l *Lock) bears(c claim, numbers []int) float64 {
	var from []evidence
	var words []content
	for _, n := range numbers {
		from = append(from, l.sources[n-1])
		words = append(words, l.sources[n-1].words)
	}
	anywhere := append(slices.Clone(from), l.asked)
	for _, f := range c.facts {
		in := anywhere
		if f.promise {
			in = from
		}
		if !slices.ContainsFunc(in, func(e evidence) bool {
			return slices.ContainsFunc(e.facts, func(g fact) bool { return bears(f, g, e.stems) })
		}) {
			return 0
		}
	}
	for _, s := range c.stated {
		if len(s.facts) > 0 && !slices.ContainsFunc(from, func(e evidence) bool { return l.states(e, s) }) {
			return 0
		}
	}
	for _, name := range c.names {
		if !slices.ContainsFunc(anywhere, func(e evidence) bool { return e.stems[name] || strings.Contains(e.letters, name) && len(name) > 3 }) {
			return 0
		}
	}
	for _, q := range c.quotes {
		if !slices.ContainsFunc(anywhere, func(e evidence) bool { return strings.Contains(e.letters, q) }) {
			return 0
		}
	}
	for _, r := range c.foreign {
		if !slices.ContainsFunc(anywhere, func(e evidence) bool { return slices.Contains(e.foreign, r) }) {
			return 0
		}
	}
	for _, e := range from {
		if contradicts(c.clauses, e.clauses) {
			return 0
		}
	}
	mine, all := c.said.share(words...), c.said.share(append(words, l.asked.words)...)
	// A fact that the source bears weighs like a word.
	if n := float64(l.borne(c.facts, from)); n > 0 {
		said := float64(len(c.said))
		mine, all = (mine*said+n)/(said+n), (all*said+n)/(said+n)
	}
	if mine < own || all < shared {
		return 0
	}
	return mine
}

// borne counts the facts that the sources themselves bear.
func (l *Lock) borne(facts []fact, from []evidence) int {
	n := 0
	for _, f := range facts {
		if slices.ContainsFunc(from, func(e evidence) bool {
			return slices.ContainsFunc(e.facts, func(g fact) bool { return bears(f, g, e.stems) })
		}) {
			n++
		}
	}
	return n
}

// near is how much of a clause with facts must stand in the one sentence that
// bears these facts: else a sum from here and a matter from there would make a promise.
const near = 0.4

// states reports whether one sentence of e bears all facts of the clause c.
func (l *Lock) states(e evidence, c statement) bool {
	return slices.ContainsFunc(e.stated, func(s statement) bool {
		for _, f := range c.facts {
			bearing := func(g fact) bool { return bears(f, g, e.stems) }
			if !slices.ContainsFunc(s.facts, bearing) && (f.promise || !slices.ContainsFunc(l.asked.facts, bearing)) {
				return false
			}
		}
		in := []content{s.said, e.topic}
		if !slices.ContainsFunc(c.facts, func(f fact) bool { return f.promise }) {
			in = append(in, l.asked.words)
		}
		return len(c.said) == 0 || c.said.share(in...) >= near
	})
}
