package product

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Price is a decimal number as "1299" or "1299.00": digits, and at most four
// of them after a point. It keeps the digits that the merchant wrote.
type Price string

var pricePattern = regexp.MustCompile(`^(0|[1-9]\d{0,11})(\.\d{1,4})?$`)

func (p Price) valid() bool { return pricePattern.MatchString(string(p)) }

// symbols are what people write in the place of a currency's code, the longest
// first. A bare $ or ¥ means different ones and is not among them.
var symbols = []struct{ text, code string }{
	{"NTD", "TWD"}, {"NT$", "TWD"}, {"新台幣", "TWD"}, {"新臺幣", "TWD"}, {"台幣", "TWD"}, {"臺幣", "TWD"}, {"台币", "TWD"}, {"NT", "TWD"},
	{"HK$", "HKD"}, {"港幣", "HKD"}, {"港元", "HKD"}, {"港币", "HKD"}, {"RMB", "CNY"}, {"CN¥", "CNY"}, {"人民幣", "CNY"}, {"人民币", "CNY"},
	{"US$", "USD"}, {"美元", "USD"}, {"美金", "USD"}, {"S$", "SGD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"JP¥", "JPY"}, {"日圓", "JPY"}, {"日元", "JPY"},
	{"€", "EUR"}, {"欧元", "EUR"}, {"歐元", "EUR"}, {"£", "GBP"}, {"₩", "KRW"},
}

var (
	pricePieces = regexp.MustCompile(`^([^\d]*)(\d[\d.,'\s]*)([^\d]*)$`)
	codePattern = regexp.MustCompile(`^[A-Z]{3}$`)
	// grouped is a number whose thousands are set apart by one sign throughout: 0.125 is none.
	grouped = regexp.MustCompile(`^[1-9]\d{0,2}(?:([., '])\d{3})(?:[., ']\d{3})*$`)
)

// ParsePrice reads what people write into a price cell: "1299", "NT$1,299",
// "1 299,00 €", "１２９９元". currency is "" when the text does not say it. ok is
// false for what is no price or could be two: "1,299" is a thousand in every
// spelling (three digits after the sign), "1,29" is not.
func ParsePrice(text string) (p Price, currency string, ok bool) {
	text = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "’", "'", "￥", "¥").Replace(text)
	text = strings.TrimSpace(norm.NFKC.String(text))
	if text == "" {
		return "", "", true
	}
	m := pricePieces.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	before, known := unit(m[1])
	after, known2 := unit(m[3])
	if !known || !known2 || before != "" && after != "" && before != after {
		return "", "", false
	}
	number, ok := decimal(strings.TrimSpace(m[2]))
	if !ok || !number.valid() {
		return "", "", false
	}
	return number, cmp.Or(before, after), true
}

// ParseCurrency reads a currency cell: a code, a sign or a name, as "TWD", "NT$",
// "新台幣". ok is false for what is none, or could be two.
func ParseCurrency(text string) (code string, ok bool) {
	text = strings.TrimSpace(norm.NFKC.String(text))
	code, ok = unit(text)
	return code, ok && (code != "" || text == "")
}

// unit reads what stands beside a number: a currency, or a sign that says
// nothing of which.
func unit(text string) (code string, known bool) {
	text = strings.ToUpper(strings.Trim(text, " .:："))
	switch text {
	case "", "$", "¥", "元", "塊", "块", "圓", "圆", "元整", "/-", "-":
		return "", text != "-"
	}
	for _, s := range symbols {
		if rest, ok := strings.CutPrefix(text, s.text); ok && (rest == "" || rest == "元" || rest == "$") {
			return s.code, true
		}
	}
	if codePattern.MatchString(strings.TrimSuffix(text, "$")) {
		return strings.TrimSuffix(text, "$"), true
	}
	return "", false
}

// decimal reads a number with or without signs between its thousands.
func decimal(text string) (Price, bool) {
	if grouped.MatchString(text) && oneSign(text) {
		return trimmed(onlyDigits(text), ""), true
	}
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		if strings.ContainsAny(text, " '") {
			return "", false
		}
		return trimmed(text, ""), true
	}
	whole, fraction := text[:at], text[at+1:]
	if strings.ContainsAny(fraction, " '") || fraction == "" || len(fraction) > 4 {
		return "", false
	}
	if len(fraction) == 3 && !strings.ContainsAny(whole, "., '") && text[at] == ',' {
		return "", false
	}
	if strings.ContainsAny(whole, "., '") {
		if !grouped.MatchString(whole) || !oneSign(whole) || strings.ContainsRune(whole, rune(text[at])) {
			return "", false
		}
		whole = onlyDigits(whole)
	}
	return trimmed(whole, fraction), true
}

func oneSign(text string) bool {
	sign := rune(0)
	for _, r := range text {
		if r >= '0' && r <= '9' {
			continue
		}
		if sign != 0 && r != sign {
			return false
		}
		sign = r
	}
	return true
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// trimmed is a price without zeros before it.
func trimmed(whole, fraction string) Price {
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return Price(whole)
}
