package tenant

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
)

// MaxSlug bounds a slug, in characters: it fits a DNS label.
const MaxSlug = 63

var slugPattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// CheckSlug returns a FieldError with path "slug" when s can not be one.
func CheckSlug(s string) error {
	if slugPattern.MatchString(s) {
		return nil
	}
	return &FieldError{Path: "slug", Rule: "slug",
		Message: fmt.Sprintf("%q can not be a slug; use 1 to %d lower-case letters, digits and hyphens, no hyphen at either end", s, MaxSlug)}
}

// SlugFor makes a slug from a shop's name: its Latin letters and digits, joined
// by hyphens. A name with fewer than three of them, such as one in Chinese,
// gives "shop-" and six random characters.
func SlugFor(name string) string {
	var b strings.Builder
	letters := 0
	gap := false
	for _, r := range strings.ToLower(name) {
		piece := string(r)
		if !isAlnum(r) {
			piece = unaccented[r]
		}
		if piece == "" {
			// An apostrophe belongs to its word: "joe's" is "joes".
			gap = gap || r != '\'' && r != '’'
			continue
		}
		if b.Len()+len(piece)+1 > 40 {
			break
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(piece)
		letters++
	}
	if letters < 3 {
		return "shop-" + shortRandom(6)
	}
	return b.String()
}

// another returns slug with a random end, for when slug is taken.
func another(slug string) string {
	if len(slug) > MaxSlug-5 {
		slug = strings.TrimRight(slug[:MaxSlug-5], "-")
	}
	return slug + "-" + shortRandom(4)
}

// shortRandom returns n characters that are not mistaken for one another. They
// only keep slugs apart: they are no secret.
func shortRandom(n int) string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789x" // 32: a byte's low five bits choose evenly
	b := make([]byte, n)
	rand.Read(b)
	for i := range b {
		b[i] = letters[b[i]&31]
	}
	return string(b)
}

// unaccented are the letters of Western and Central European names in ASCII.
var unaccented = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", '&': ""}
	for ascii, accented := range map[string]string{
		"a": "àáâãäåāăą", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı",
		"j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõöøōŏő", "r": "ŕŗř", "s": "śŝşšș", "t": "ţťŧț",
		"u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, r := range accented {
			m[r] = ascii
		}
	}
	return m
}()
