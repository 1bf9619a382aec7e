package rag

import (
	"strings"
	"unicode"
)

// maxMarks is how many combining marks may stand on one letter. Three languages
// of ours need one; Vietnamese needs two.
const maxMarks = 3

// Clean drops what a person cannot have typed on purpose: control characters
// (line breaks and tabs stay, as blanks), bidirectional overrides, zero-width, tag,
// filler and private characters, which hide text from the reader but not from a model,
// and marks piled up on one letter. Runs of blanks become one.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank, marks := false, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == 0x2800: // the braille blank
			blank = true
			continue
		case r < unicode.MaxASCII && r >= ' ':
			marks = 0
		case hidden(r):
			continue
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// hidden reports characters without a shape of their own.
func hidden(r rune) bool {
	switch {
	case r == unicode.ReplacementChar, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return true
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x17B4, r == 0x17B5, r == 0xFFFC:
		return true // joiners and fillers
	case r >= 0x180B && r <= 0x180F, r >= 0xFE00 && r <= 0xFE0E, r >= 0xE0000 && r <= 0xE0FFF:
		return true // variation selectors but the one that colours a symbol, and tags
	}
	return false
}
