package lexical

import "unicode"

// detectRunes bounds how much of a text is looked at.
const detectRunes = 400

var traditional, simplified = runeSet(traditionalOnly, simplifiedOnly), runeSet(simplifiedOnly, traditionalOnly)

// runeSet holds the characters of a list that the other one does not have; a
// few stand in both, because each script simplified another sense of them.
func runeSet(list, other string) map[rune]bool {
	set := charSet(list)
	for _, r := range other {
		delete(set, r)
	}
	return set
}

// Traditional reports a character that simplified Chinese does not use.
func Traditional(r rune) bool { return traditional[r] }

// Simplified reports a character that traditional Chinese does not use.
func Simplified(r rune) bool { return simplified[r] }

// Language tells the language of a text by its script: en for Latin letters,
// zh-Hant or zh-Hans for Chinese by the characters that only one of the two
// scripts has, "" for anything else and for Chinese without such a character,
// or with as many of the one as of the other.
func Language(text string) string {
	var latin, han, other, hant, hans, seen int
	for _, r := range text {
		if seen++; seen > detectRunes {
			break
		}
		switch {
		case r <= unicode.MaxASCII:
			if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
				latin++
			}
		case unicode.Is(unicode.Han, r):
			han++
			if Traditional(r) {
				hant++
			} else if Simplified(r) {
				hans++
			}
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	switch {
	case other > han && other > latin, han+latin == 0, other > 0 && han > 0 && other*4 > han:
		return "" // Japanese mixes Han with kana
	case han*4 < latin:
		return "en"
	case hant > hans:
		return "zh-Hant"
	case hans > hant:
		return "zh-Hans"
	}
	return ""
}
