package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// found is what clean met in a text, a set of bits.
type found uint8

const (
	foundInvisible found = 1 << iota // removed
	foundSpace                       // no-break spaces removed at an end
	foundBreak                       // unusual line separators replaced
	foundControl                     // control characters, now U+FFFD
	foundDecoding                    // U+FFFD or bytes that are not UTF-8, now U+FFFD
)

// clean applies the rules of the package comment, but for the apostrophe. It
// changes nothing in a text that it returned without foundControl.
func clean(s string) (string, found) {
	var what found
	if strings.IndexFunc(s, suspect) >= 0 {
		s, what = mend(s)
	}
	trimmed := strings.TrimSpace(s)
	if len(trimmed) < len(s) && strings.ContainsAny(s[:strings.Index(s, trimmed)]+s[strings.Index(s, trimmed)+len(trimmed):], "\u00A0\u2007\u202F") {
		what |= foundSpace
	}
	return trimmed, what
}

// suspect tells whether mend has anything to do with r; utf8.RuneError is what
// bytes that are not UTF-8 read as, too.
func suspect(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' || r >= 0x7F && r <= 0x9F || r >= 0x200B && unusual(r)
}

func unusual(r rune) bool {
	switch {
	case r == 0x200B, r == 0x2060, r == 0xFEFF, // zero width, no joiners
		r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, // bidirectional overrides, isolates
		r >= 0xFFF9 && r <= 0xFFFB,   // hidden annotations
		r >= 0xE0000 && r <= 0xE007F, // tags
		r == 0x2028, r == 0x2029,     // separators
		r == utf8.RuneError:
		return true
	}
	return noncharacter(r)
}

func noncharacter(r rune) bool { return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE }

func mend(s string) (string, found) {
	var out strings.Builder
	var what found
	out.Grow(len(s))
	for i, r := range s {
		switch {
		case !suspect(r):
			out.WriteRune(r)
		case r == '\r':
			if i+1 == len(s) || s[i+1] != '\n' {
				out.WriteByte('\n')
			}
		case r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			out.WriteByte('\n')
			what |= foundBreak
		case r == utf8.RuneError:
			out.WriteRune(utf8.RuneError)
			what |= foundDecoding
		case unicode.IsControl(r), noncharacter(r):
			out.WriteRune(utf8.RuneError)
			what |= foundControl
		default:
			what |= foundInvisible
		}
	}
	return out.String(), what
}
