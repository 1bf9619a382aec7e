package grounding

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain brings a sentence to plain text: what cannot be seen is dropped, blanks
// become one, emphasis and list signs go. false: it holds more than plain text
// can be made of.
func plain(raw string) (string, bool) {
	var b strings.Builder
	blank, marks := false, 0
	for _, r := range norm.NFC.String(strings.ToValidUTF8(raw, "")) {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case unicode.Is(unicode.Nl, r) && r != '〇':
			return "", false // Ⅸ: its compatibility form would pass for letters
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), r == unicode.ReplacementChar,
			r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0x2800, r >= 0xFE00 && r <= 0xFE0E, r >= 0xE0100 && r <= 0xE01EF:
			continue
		}
		if marks++; !unicode.Is(unicode.Mn, r) {
			marks = 0
		} else if marks > 2 {
			return "", false
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	text := listSign.ReplaceAllString(b.String(), "")
	text = crossed.ReplaceAllString(text, "$1×$2")
	text = emphasis.Replace(text)
	for i, r := range text {
		if r == '*' || r == '_' && !(i > 0 && joinedAt(text, i)) {
			text = strings.ReplaceAll(text, "*", "")
			break
		}
	}
	return strings.TrimSpace(text), true
}

// joinedAt reports an underscore inside a code (AB_12).
func joinedAt(s string, i int) bool {
	return i+1 < len(s) && joined(rune(s[i-1])) && joined(rune(s[i+1])) && s[i-1] != '_' && s[i+1] != '_'
}

var (
	listSign = regexp.MustCompile(`^(?:[-*•·–+#]+\s+|[1-9][.)、]\s+)+`)
	crossed  = regexp.MustCompile(`([0-9])\s?\*\s?([0-9])`)
	emphasis = strings.NewReplacer("**", "", "~~", "")
)

// markup reports whether text holds anything that a page or a person could take
// for more than plain words. It looks at the compatibility form, so that a
// full-width ＜ is a <.
func markup(text string) bool {
	t := strings.ToLower(norm.NFKC.String(text))
	if strings.ContainsAny(t, "<>[]{}`|\\^*【】") || entity.MatchString(t) || heading.MatchString(t) {
		return true
	}
	for i := range t {
		if t[i] == '_' && !(i > 0 && joinedAt(t, i)) {
			return true
		}
	}
	return strings.Contains(t, "javascript:") || strings.Contains(t, "vbscript:") || mediaType.MatchString(t)
}

var (
	entity    = regexp.MustCompile(`&(?:#|[a-z]+;)`)
	heading   = regexp.MustCompile(`^#|^=|^-{2,}`)
	mediaType = regexp.MustCompile(`data:\s*[a-z]*/?[a-z]*[;,/]`)
)
