package rag

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Personal data is masked before a text is stored or shown to a model. The
// patterns are narrow on purpose: an order number must stay readable, since
// staff need it. Numbers with a check digit are masked only if it is right. What each
// stands for is said beside it.
var maskRules = []maskRule{
	{"[e-mail]", regexp.MustCompile(`[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}`), nil, false},
	// IBAN, ISO 13616.
	{"[iban]", regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b`), iban, false},
	// Mainland China's identity number, GB 11643.
	{"[id]", regexp.MustCompile(`\b\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx]\b`), residentID, false},
	// Payment cards: 13 to 19 digits in groups.
	{"[card]", regexp.MustCompile(`\b\d(?:[ .\-]{0,2}\d){12,18}\b`), card, false},
	// Taiwan's identity number and residence permit.
	{"[id]", regexp.MustCompile(`\b[A-Za-z][1289A-Da-d]\d{8}\b`), nationalID, true},
	// The United States' social security number.
	{"[id]", regexp.MustCompile(`\b\d{3}-\d{2}-\d{4}\b`), nil, true},
	// +country…, 00country…
	{"[phone]", regexp.MustCompile(`(?:\+|\b00)[1-9]\d{0,2}(?:[ \-.()]{0,2}\d){7,12}\b`), nil, false},
	// Taiwan and mainland China with their country code; mobiles of Taiwan 09…, mainland China 1[3-9]…;
	// Hong Kong's 8 digits are too like an order number to tell.
	{"[phone]", regexp.MustCompile(`\b(?:886[ \-]?9|09)\d{2}[ \-.]?\d{3}[ \-.]?\d{3}\b|\b(?:86[ \-]?)?1[3-9]\d[ \-.]?\d{4}[ \-.]?\d{4}\b`), nil, true},
	// Taiwan's landlines, North America in groups, British mobiles.
	{"[phone]", regexp.MustCompile(`\(0\d{1,2}\) ?\d{3,4}[ \-]?\d{4}\b|\b0[2-8]\d?-\d{3,4}-?\d{4}\b|(?:\(\d{3}\) ?|\b[2-9]\d{2}[\-.])\d{3}[\-.]\d{4}\b|\b07\d{3} \d{6}\b`), nil, true},
}

// A maskRule masks what its pattern finds.
type maskRule struct {
	word    string
	pattern *regexp.Regexp
	right   func(s string) bool // a check of what was found; nil: none
	// order: not where the words before it say that this is an order's number.
	order bool
}

// orderWord stands right before an order's number.
var orderWord = regexp.MustCompile(`(?i)(?:order|tracking|parcel|invoice|shipment|reference|ref|訂單|订单|單號|单号|編號|编号|號碼是訂單|運單|运单|物流|包裹|發票|发票|序號|序号)[^0-9\pL]*(?:number|num|no|id|是|為|为|號|号|號碼|号码|編號|编号)?[^0-9\pL]*(?:is)?[^0-9\pL]*[a-z]{0,4}$`)

// Mask replaces e-mail addresses, payment cards, bank accounts, telephone and
// identity numbers in s by a word that says what stood there.
func Mask(s string) string { return mask(s, func(word string) string { return word }) }

// MaskForStaff is Mask but for what a shopper gives a person to be reached by:
// e-mail addresses and telephone numbers.
func MaskForStaff(s string) string {
	for _, rule := range maskRules {
		if rule.word != "[e-mail]" && rule.word != "[phone]" {
			s = rule.apply(s, func(word string) string { return word })
		}
	}
	return s
}

// searchable is s without personal data, which helps to find no entry.
func searchable(s string) string { return Clean(mask(s, func(string) string { return " " })) }

func mask(s string, with func(word string) string) string {
	if !strings.ContainsAny(s, "@0123456789") && !strings.ContainsFunc(s, wide) {
		return s
	}
	for _, rule := range maskRules {
		s = rule.apply(s, with)
	}
	return s
}

func wide(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E }

func (m maskRule) apply(s string, with func(string) string) string {
	plain, at := narrow(s)
	var b strings.Builder
	done := 0
	for _, loc := range m.pattern.FindAllStringIndex(plain, -1) {
		found := plain[loc[0]:loc[1]]
		switch {
		case m.right != nil && !m.right(found):
			continue
		case loc[0] > 0 && found[0] == '+' && plain[loc[0]-1] >= '0' && plain[loc[0]-1] <= '9':
			continue // a sum
		case m.order && orderWord.MatchString(lastRunes(plain[:loc[0]], 24)):
			continue
		}
		b.WriteString(s[done:at[loc[0]]])
		b.WriteString(with(m.word))
		done = at[loc[1]]
	}
	b.WriteString(s[done:])
	return b.String()
}

// narrow returns s with full-width forms of ASCII brought to ASCII, and for each
// of its bytes where it stands in s.
func narrow(s string) (string, []int) {
	var b strings.Builder
	at := make([]int, 0, len(s)+1)
	for i, r := range s {
		before := b.Len()
		if wide(r) {
			r -= 0xFEE0
		}
		b.WriteRune(r)
		for range b.Len() - before {
			at = append(at, i)
		}
	}
	return b.String(), append(at, len(s))
}

func lastRunes(s string, n int) string {
	for i := len(s); i > 0; n-- {
		if n == 0 {
			return s[i:]
		}
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// issuers are the first digits of cards with their lengths, so that a long order number
// whose check digit happens to fit stays (one in ten does).
var issuers = regexp.MustCompile(`^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)\d{12}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|62\d{14,17})$`)

func card(s string) bool {
	d := onlyDigits(s)
	return issuers.MatchString(d) && luhn(d)
}

// luhn is the check of ISO/IEC 7812-1 over digits.
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// residentID is the check of GB 11643 (ISO 7064, MOD 11-2).
func residentID(s string) bool {
	weight, sum := 2, 0 // of the last digit but one, doubling modulo 11
	for i := 16; i >= 0; i-- {
		sum += int(s[i]-'0') * weight
		weight = weight * 2 % 11
	}
	check := "10X98765432"[sum%11]
	return check == s[17] || check == 'X' && s[17] == 'x'
}

// nationalID is the check of Taiwan's identity number: the letter stands for two
// digits, the weights are 1, 9, 8, …, 1, 1.
func nationalID(s string) bool {
	const letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO" // from 10 on
	s = strings.ToUpper(s)
	first := strings.IndexByte(letters, s[0]) + 10
	second := int(s[1] - '0')
	if s[1] >= 'A' {
		second = (strings.IndexByte(letters, s[1]) + 10) % 10
	}
	sum := first/10 + first%10*9 + second*8
	for i := 2; i <= 8; i++ {
		sum += int(s[i]-'0') * (9 - i)
	}
	return (sum+int(s[9]-'0'))%10 == 0
}

// iban is the check of ISO 13616: the number, its first four characters moved to the end, is 1 modulo 97.
func iban(s string) bool {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, c := range s[4:] + s[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}
