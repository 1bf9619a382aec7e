package grounding

import "strings"

// fractions are the signs of which a decimal fraction is exact, without the zero.
var fractions = map[rune]string{'½': ".5", '¼': ".25", '¾': ".75", '⅕': ".2", '⅖': ".4", '⅗': ".6", '⅘': ".8", '⅛': ".125", '⅜': ".375", '⅝': ".625", '⅞': ".875"}

// unjoined writes out what compatibility normalisation would run together with the digits
// beside it: 1½ would become 11⁄2, 10² would become 102, and a thousand that a
// no-break blank groups would fall into two numbers.
func unjoined(text string) string {
	if strings.IndexFunc(text, joins) < 0 {
		return text
	}
	rs := []rune(text)
	out := make([]rune, 0, len(rs)+8)
	for i, r := range rs {
		n := len(out)
		switch f := fractions[r]; {
		case f != "" && n > 0 && digit(out[n-1]): // 1½
			out = append(out, []rune(f)...)
		case f != "" && n > 1 && out[n-1] == ' ' && digit(out[n-2]): // 1 ½
			out = append(out[:n-1], []rune(f)...)
		case f != "":
			out = append(append(out, '0'), []rune(f)...)
		case superscript(r) && n > 0 && digit(out[n-1]):
			out = append(out, '^', r)
		case grouping(r) && n > 0 && digit(out[n-1]) && run(rs, i+1, digit) == i+4:
			out = append(out, ',')
		default:
			out = append(out, r)
		}
	}
	return string(out)
}

func joins(r rune) bool { return fractions[r] != "" || superscript(r) || grouping(r) }

func superscript(r rune) bool {
	return r == '²' || r == '³' || r == '¹' || r == '⁰' || '⁴' <= r && r <= '⁹'
}

// grouping reports a blank at which no line is broken: no-break, figure, thin, narrow.
func grouping(r rune) bool {
	return r == '\u00a0' || r == '\u2007' || r == '\u2009' || r == '\u202f'
}
