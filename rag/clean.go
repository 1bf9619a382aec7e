package rag

import (
	"strings"
	"unicode"
)

// Clean drops what a person cannot have typed on purpose: control characters
// (line breaks and tabs stay, as blanks), bidirectional overrides, zero-width and tag characters, which
// hide text from the reader but not from a model. Runs of blanks become one.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			blank = true
			continue
		case hidden(r):
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

func hidden(r rune) bool {
	switch {
	case r == unicode.ReplacementChar, unicode.IsControl(r):
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r == 0xFEFF:
		return true
	case r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}
