package product_test

import (
	"testing"

	"storebot/rag/product"
)

func TestPricesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string][2]string{
		"1299": {"1299", ""}, "1299.00": {"1299.00", ""}, "NT$1,299": {"1299", "TWD"}, "nt$ 1,299": {"1299", "TWD"}, "$12.50": {"12.50", ""},
		"1 299,00": {"1299.00", ""}, "1 299,00 €": {"1299.00", "EUR"}, "1.299,00": {"1299.00", ""}, "1'299.50": {"1299.50", ""},
		"１２９９元": {"1299", ""}, "新台幣 1,299 元": {"1299", "TWD"}, "1,299,000": {"1299000", ""}, "USD 5": {"5", "USD"}, "5 USD": {"5", "USD"},
		"￥88": {"88", ""}, "0": {"0", ""}, "12,5": {"12.5", ""}, "": {"", ""}, "HK$1,200.5": {"1200.5", "HKD"}, "人民币88": {"88", "CNY"},
		"0.125": {"0.125", ""}, "$0.999": {"0.999", ""}, "0.5": {"0.5", ""},
	} {
		price, currency, ok := product.ParsePrice(text)
		if !ok || string(price) != want[0] || currency != want[1] {
			t.Errorf("%q is %q %q %t, want %q", text, price, currency, ok, want)
		}
	}
	for _, text := range []string{"free", "12-15", "-3", "1,29,9", "1.2.3", "12 34", "about 12", "USD 5 EUR", "1e3", "1,299.00.00", "12,", "0,125", "٣", "¼", "12\u200b5", "\xff12", "🙂", "9999999999999"} {
		if price, currency, ok := product.ParsePrice(text); ok {
			t.Errorf("%q is read as %q %q", text, price, currency)
		}
	}
}

func TestPricesAreWrittenAsTheLanguageDoes(t *testing.T) {
	for _, c := range []struct{ price, currency, language, want string }{
		{"1299", "TWD", "zh-Hant", "NT$1,299"}, {"1299.00", "TWD", "en", "NT$1,299"}, {"1299.50", "TWD", "en", "NT$1,299.50"},
		{"12.5", "USD", "en", "$12.50"}, {"12", "USD", "zh-Hant", "US$12.00"}, {"88", "CNY", "zh-Hans", "¥88.00"}, {"88", "CNY", "en", "CN¥88.00"},
		{"1234567.25", "EUR", "en", "€1,234,567.25"}, {"9.9", "CHF", "en", "CHF\u00a09.90"}, {"", "TWD", "en", ""}, {"3", "USD", "", "$3.00"},
	} {
		if got := product.Format(product.Price(c.price), c.currency, c.language); got != c.want {
			t.Errorf("%s %s in %s: %q, want %q", c.price, c.currency, c.language, got, c.want)
		}
	}
}
