package lexical

import "unicode"

// wordEnd finds the end of the word that starts at i. An apostrophe between
// two letters belongs to it, and so does a joint beside a digit (1,299.5,
// xk-200, 2026/11).
func wordEnd(runes []rune, i int) int {
	end := i + 1
	for end < len(runes) {
		r := runes[end]
		if wordRune(r) {
			end++
			continue
		}
		if end+1 == len(runes) || !wordRune(runes[end+1]) {
			break
		}
		apostrophe := r == '\'' || r == '’'
		joint := r == '-' || r == '_' || r == '/' || r == '.' || r == ','
		beside := unicode.IsDigit(runes[end-1]) || unicode.IsDigit(runes[end+1])
		if !apostrophe && !(joint && beside) {
			break
		}
		end += 2
	}
	return end
}

// unspaced reports characters of scripts written without spaces.
func unspaced(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	return r >= 0x4e00 && r <= 0x9fff || unicode.In(r, unspacedScripts...)
}

var unspacedScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// wordRune reports a character of a word of a spaced script.
func wordRune(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unspaced(r)
}
