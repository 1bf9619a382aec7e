package product

import (
	"cmp"
	"slices"
	"strings"

	"storebot/rag/lexical"
)

// without is a question, folded, with the longest of a product's names that
// stands in it taken out; "" when none does, or nothing is left to ask.
func without(question string, p Product) string {
	names := append([]string{p.Name, p.SKU}, p.OtherNames...)
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	text := lexical.Fold(question)
	for _, name := range names {
		name = lexical.Fold(strings.TrimSpace(name))
		if before, after, ok := strings.Cut(text, name); ok && name != "" {
			rest := strings.TrimSpace(before + " " + after)
			if len(asks(rest)) == 0 {
				return ""
			}
			return rest
		}
	}
	return ""
}

// asks are the words of a text that no phrase explains: what it is about.
func asks(text string) map[string]bool {
	tokens := read(text)
	m := mark(tokens)
	words := map[string]bool{}
	for i, t := range tokens {
		if !m.phrased[i] {
			words[t.text] = true
		}
	}
	return words
}

// Share tells how much of what rest asks a text says, 0 to 1.
func Share(rest, text string) float64 {
	wanted := asks(rest)
	if len(wanted) == 0 {
		return 0
	}
	has := bag(text)
	n := 0
	for w := range wanted {
		if has[w] {
			n++
		}
	}
	return float64(n) / float64(len(wanted))
}
