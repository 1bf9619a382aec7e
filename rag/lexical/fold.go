package lexical

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	foldFirst = 0x3400
	foldLast  = 0x9FFF
)

var (
	foldDense [foldLast - foldFirst + 1]rune // 0: folds to itself
	foldRare  = map[rune]rune{}              // characters outside the dense range
)

func init() {
	to := foldTo
	for _, from := range foldFrom {
		r, n := utf8.DecodeRuneInString(to)
		to = to[n:]
		if from >= foldFirst && from <= foldLast {
			foldDense[from-foldFirst] = r
		} else {
			foldRare[from] = r
		}
	}
}

// Fold brings text to the form in which texts are compared: Unicode NFKC (full
// width becomes half width), lower case, and each traditional Chinese
// character as its simplified one. The fold is for matching only: what a
// shopper reads is always the merchant's own script. Fold(Fold(s)) == Fold(s).
func Fold(text string) string {
	if plain(text) {
		return text
	}
	return string(appendFold(make([]rune, 0, len(text)), text))
}

// plain reports text that folds to itself, seen without decoding it.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

func appendFold(dst []rune, text string) []rune {
	start := len(dst)
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	for _, r := range text {
		dst = append(dst, foldRune(r))
	}
	// Lower case can bring forth a sequence that composes again (U+03D3, a few
	// Greek and Cherokee letters): rare enough to look for it afterwards.
	if folded := string(dst[start:]); !norm.NFKC.IsNormalString(folded) {
		dst = append(dst[:start], []rune(norm.NFKC.String(folded))...)
	}
	return dst
}

func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	case r >= foldFirst && r <= foldLast:
		if to := foldDense[r-foldFirst]; to != 0 {
			return to
		}
		return r
	case r > foldLast:
		if to, ok := foldRare[r]; ok {
			return to
		}
	}
	return unicode.ToLower(r)
}
