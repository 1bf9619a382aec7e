// Package grounding is the fact lock: it decides, sentence by sentence, what of
// a model's text may leave. A number with what it counts, a date, time, link, address,
// code, name or promise must stand in the evidence or in the shopper's own words,
// markup never passes, the instructions are not repeated, and a citation must be of this
// answer's entries. It trusts no model and asks none: the rules are deterministic, so that they hold
// against text written to get around them.
//
// What it cannot tell: whether words that all stand in an entry are put together as the entry
// means them. Denials are compared clause by clause; an opposite in other words
// ("final sale" as "returnable") is not seen. Nor does it follow from one language
// into another: a sentence whose words stand in no source is dropped, so an
// entry is not translated.
package grounding

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Rules are what a lock is made with beside the evidence. The zero value is ready.
type Rules struct {
	// Secret is text that must not be repeated: the model's instructions.
	Secret string
	// Refusal is what the model writes when it has no answer; it never leaves.
	Refusal string
	// Fold brings one Chinese script to the other, so that evidence in either
	// bears a sentence in the other; nil compares them as they are.
	Fold func(string) string
}

// A Lock judges the sentences of one answer. It is not safe for concurrent use.
type Lock struct {
	rules   Rules
	secret  secrets
	sources []evidence
	asked   evidence
	split   splitter
	given   map[string]bool
	tail    string // the last words that left
	cited   []int
	dropped int
}

// evidence is what a text bears.
type evidence struct {
	facts   []fact
	words   content
	stems   content // every word, function words too
	letters string  // squeezed, for quotations
	foreign []rune
	clauses []clause
}

// New returns a Lock over the sources' texts, numbered from 1 in order, and the
// shopper's question, under the zero Rules.
func New(sources []string, question string) *Lock { return Rules{}.Lock(sources, question) }

// Lock returns a Lock over the sources' texts, numbered from 1 in order, and the
// shopper's question. A line that is a question states no facts.
func (r Rules) Lock(sources []string, question string) *Lock {
	l := &Lock{rules: r, secret: newSecrets(r.Secret), asked: r.evidence(question, true), given: map[string]bool{}}
	for _, s := range sources {
		l.sources = append(l.sources, r.evidence(s, false))
	}
	return l
}

func (r Rules) evidence(text string, asked bool) evidence {
	t := fold(text, r.Fold)
	in := tokenize(t)
	stated := in
	if !asked {
		if first, rest, more := strings.Cut(t, "\n"); more && strings.ContainsAny(strings.TrimSpace(first), "?") {
			stated = tokenize(rest)
		}
	}
	e := evidence{facts: collect(stated), words: contentOf(in), stems: content{}, letters: squeeze(t), foreign: foreign(t), clauses: clauses(stated)}
	for _, k := range in {
		if k.kind == word || k.kind == code {
			e.stems[stem(k.text)] = true
		}
	}
	return e
}

// Write takes the next piece of the model's text and returns the sentences
// that are complete by now and may leave, without their citation marks.
func (l *Lock) Write(piece string) []string {
	var out []string
	l.split.write(piece, l.judged(&out))
	return out
}

// Close judges what is left when the model is done.
func (l *Lock) Close() []string {
	var out []string
	l.split.close(l.judged(&out))
	return out
}

func (l *Lock) judged(out *[]string) func(string, bool) {
	return func(raw string, ok bool) {
		if !ok {
			l.dropped++
			return
		}
		if s, ok := l.judge(raw); ok {
			*out = append(*out, s)
		}
	}
}

// Cited returns the numbers of the sources that passed sentences rest on, each
// once, in the order of first use.
func (l *Lock) Cited() []int { return l.cited }

// Dropped returns how many sentences did not pass.
func (l *Lock) Dropped() int { return l.dropped }

var citation = regexp.MustCompile(`\s*[\[［【]\s*(?i:entry|entries|source|來源|来源|條目|条目)?\s*([0-9０-９]{1,3}(?:\s*[,，、]\s*[0-9０-９]{1,3})*)\s*[\]］】]`)

// judge returns the sentence as it may leave.
func (l *Lock) judge(raw string) (string, bool) {
	text, ok := plain(raw)
	if text == "" && ok {
		return "", false
	}
	named, valid := l.named(text)
	text = strings.TrimSpace(citation.ReplaceAllString(text, ""))
	if !ok || !valid || markup(text) {
		return "", l.drop()
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return "", false // a mark alone, or a citation that belongs to the sentence before
	}
	key := squeeze(fold(text, nil))
	if l.given[key] {
		return "", l.drop() // models that lose their way repeat themselves
	}
	if l.secret.in(l.tail+" "+strings.ToLower(norm.NFKC.String(text))) || l.refuses(text) {
		return "", l.drop()
	}
	used := l.support(text, named)
	if len(used) == 0 {
		return "", l.drop()
	}
	for _, n := range used {
		if !slices.Contains(l.cited, n) {
			l.cited = append(l.cited, n)
		}
	}
	l.given[key] = true
	l.tail = lastBytes(l.tail+" "+strings.ToLower(norm.NFKC.String(text)), 200)
	return text, true
}

func (l *Lock) refuses(text string) bool {
	return l.rules.Refusal != "" && strings.Contains(strings.ToLower(text), strings.ToLower(l.rules.Refusal))
}

func lastBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[len(s)-n:], "")
}

func (l *Lock) drop() bool {
	l.dropped++
	return false
}

// named returns the sources that text cites, and false if it cites one that is
// not there.
func (l *Lock) named(text string) ([]int, bool) {
	var out []int
	for _, m := range citation.FindAllStringSubmatch(text, -1) {
		for _, digits := range strings.FieldsFunc(norm.NFKC.String(m[1]), func(r rune) bool { return !digit(r) }) {
			n, err := strconv.Atoi(digits)
			if err != nil || n < 1 || n > len(l.sources) {
				return nil, false
			}
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out, true
}

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
	in := tokenize(t)
	c := claim{facts: collect(in), said: contentOf(in), names: names(norm.NFKC.String(text)), quotes: quoted(t), foreign: foreign(t), clauses: clauses(in)}
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
	if len(c.said) == 0 && len(c.facts) > 0 {
		return 1 // "NT$60." alone, in an answer to a question about a price
	}
	mine, all := c.said.share(words...), c.said.share(append(words, l.asked.words)...)
	if mine < own || all < shared {
		return 0
	}
	return mine
}
