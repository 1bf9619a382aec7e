package product

import "strings"

// signs are how a language writes a currency before an amount. Where a language
// has none, the code stands there.
var signs = map[string]map[string]string{
	"en":      {"TWD": "NT$", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "CNY": "CN¥", "JPY": "¥", "SGD": "S$", "AUD": "A$", "CAD": "C$", "KRW": "₩"},
	"zh-Hant": {"TWD": "NT$", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "CNY": "CN¥", "JPY": "¥", "SGD": "S$", "AUD": "AU$", "CAD": "CA$", "KRW": "₩"},
	"zh-Hans": {"TWD": "NT$", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$", "CNY": "¥", "JPY": "JP¥", "SGD": "S$", "AUD": "AU$", "CAD": "CA$", "KRW": "₩"},
}

// whole are currencies whose amounts are written without a fraction of zero.
var whole = map[string]bool{"TWD": true, "JPY": true, "KRW": true, "VND": true, "IDR": true, "HUF": true, "CLP": true}

// Format writes a price with its currency as a reply in language does:
// "NT$1,299", "$12.50". No price gives "".
func Format(p Price, currency, language string) string {
	if p == "" {
		return ""
	}
	units, fraction, _ := strings.Cut(string(p), ".")
	if whole[currency] && strings.Trim(fraction, "0") == "" {
		fraction = ""
	} else if !whole[currency] && len(fraction) < 2 {
		fraction += strings.Repeat("0", 2-len(fraction))
	}
	var b strings.Builder
	for i, r := range units {
		if i > 0 && (len(units)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if fraction != "" {
		b.WriteString("." + fraction)
	}
	table, ok := signs[language]
	if !ok {
		table = signs["en"]
	}
	if sign := table[currency]; sign != "" {
		return sign + b.String()
	}
	return currency + "\u00a0" + b.String()
}
