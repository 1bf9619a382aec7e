package encoder

import (
	"unicode"
	"unicode/utf8"

	"storebot/rag/encoder/internal/lite"
)

// fewestLatin is the share of a text's letters that must be Latin ones.
const fewestLatin = 0.7

// latin reports whether nearly all letters of a text are Latin ones, and there
// are any.
func latin(text string) bool {
	var letters, count int
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				letters, count = letters+1, count+1
			}
		case unicode.IsLetter(r):
			letters++
			if unicode.Is(unicode.Latin, r) {
				count++
			}
		}
	}
	return count > 0 && float64(count) >= fewestLatin*float64(letters)
}

const (
	// shortest is how many words a text must have to tell its language by them.
	shortest = 3
	// fewestWhole is the share of words that must be pieces of the model's
	// vocabulary whole. The pieces are those that English is made of: of an
	// English question nearly all words are whole, and four in ten of one full of
	// slips; of a Spanish, German, French or Malay one hardly any.
	fewestWhole = 0.35
)

// english reports whether a text looks like English; a short one gets the
// benefit of the doubt.
func english(text lite.Reading) bool {
	return text.Words > 0 && (text.Words < shortest || float64(text.Whole) >= fewestWhole*float64(text.Words))
}
