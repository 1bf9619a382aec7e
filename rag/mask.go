package rag

import (
	"regexp"
	"strings"
)

// Personal data is masked before a text is stored or shown to a model. The
// patterns are narrow on purpose: an order number must stay readable, since
// staff need it. What each stands for is said beside it.
var (
	emailPattern = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}.\-]+\.\p{L}{2,}`)
	// 13 to 19 digits in groups, as on a payment card; kept only if the check digit is right.
	cardPattern = regexp.MustCompile(`\d(?:[ \-]?\d){12,18}`)
	// +country…; Taiwan 09xx; mainland China 1[3-9]x; Hong Kong 8 digits are too like an order number to tell.
	phonePattern = regexp.MustCompile(`\+\d{1,3}(?:[ \-().]*\d){7,13}|\b09\d{2}[ \-]?\d{3}[ \-]?\d{3}\b|\b1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}\b`)
	// Taiwan's and mainland China's identity numbers.
	idPattern = regexp.MustCompile(`\b[A-Z][12]\d{8}\b|\b\d{17}[\dXx]\b`)
)

// Mask replaces e-mail addresses, payment cards, telephone and identity
// numbers in s by a word that says what stood there.
func Mask(s string) string {
	if !strings.ContainsAny(s, "@0123456789") {
		return s
	}
	s = emailPattern.ReplaceAllString(s, "[e-mail]")
	s = idPattern.ReplaceAllString(s, "[id]")
	s = cardPattern.ReplaceAllStringFunc(s, func(m string) string {
		if luhn(m) {
			return "[card]"
		}
		return m
	})
	return phonePattern.ReplaceAllString(s, "[phone]")
}

// luhn is the check of ISO/IEC 7812-1 over the digits of s.
func luhn(s string) bool {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		d := int(s[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return sum%10 == 0
}
