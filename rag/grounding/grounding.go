// Package grounding is the fact lock: it decides, sentence by sentence, what of
// a model's text may leave. A number with what it counts, a date, time, link, address,
// code, name or promise must stand in the evidence or in the shopper's own words,
// markup never passes, the instructions are not repeated, and a citation must be of this
// answer's entries. It trusts no model and asks none: the rules are deterministic, so that they hold
// against text written to get around them.
//
// What it cannot tell: whether words that all stand in an entry are put together as the entry
// means them. Denials are compared clause by clause, and with them the pairs of words that
// deny each other (open and closed, returnable and final sale; see axes); an opposite that no
// pair knows is not seen. Nor does it follow from one language into another: a sentence whose
// words stand in no source is dropped. A translation is judged as a whole, by its facts (see
// Rules.Translates), and needs its original beside it.
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
		return "", false // models that lose their way repeat themselves
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
