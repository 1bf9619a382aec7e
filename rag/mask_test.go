package rag

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestMaskTakesWhatIsPersonal(t *testing.T) {
	for in, want := range map[string]string{
		"寄到abc.d+e@mail.example.com謝謝":                  "寄到[e-mail]謝謝",
		"ａｂｃ＠mail.example.com":                          "[e-mail]",
		"card 4111 1111 1111 1111 exp 12/27":            "card [card] exp 12/27",
		"4111-1111-1111-1111":                           "[card]",
		"刷卡４１１１１１１１１１１１１１１１":                            "刷卡[card]",
		"378282246310005":                               "[card]",
		"call +886 912 345 678":                         "call [phone]",
		"+1 (415) 555-0132 ok":                          "[phone] ok",
		"電話0912345678":                                  "電話[phone]",
		"電話０９１２－３４５－６７８":                                "電話[phone]",
		"手机13812345678。":                                "手机[phone]。",
		"手机86 138-1234-5678":                            "手机[phone]",
		"市話(02)2345-6789":                               "市話[phone]",
		"市話02-2345-6789":                                "市話[phone]",
		"身分證A123456789":                                 "身分證[id]",
		"身份证11010519491231002X":                         "身份证[id]",
		"SSN 078-05-1120":                               "SSN [id]",
		"IBAN GB82 WEST 1234 5698 7654 32":              "IBAN [iban]",
		"a@b.co, 0912-345-678 and 4111 1111 1111 1111.": "[e-mail], [phone] and [card].",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMaskLeavesWhatStaffNeed(t *testing.T) {
	for _, in := range []string{
		"order 20261123000123", "訂單編號 2026112300012345", "order #15012345678", "订单号13812345678", "tracking number 0912345678", "訂單A123456789",
		"where is 1234567890123456?", "order 4111111111111112", "SKU B123456789", "12345678", "112-1234567-1234567",
		"NT$1,299", "NT$12,345,678", "2026-11-23 10:30", "11/23", "size 160-165 cm", "1+1 2345678", "3-5 days", "8:00-18:00", "24/7", "@shop", "a @ b",
		"統編 12345675", "0800-123-456", "199001011234567890", "AB12 is my code", "XK-2000-3000-4000",
	} {
		if got := Mask(in); got != in {
			t.Errorf("Mask(%q) = %q, want it left alone", in, got)
		}
	}
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{"a@b.co", "4111 1111 1111 1111", "０９１２３４５６７８", "A123456789", "+886912345678", "order 12", "\xff@", "GB82 WEST 1234 5698 7654 32"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		once := Mask(s)
		if !utf8.ValidString(once) {
			t.Errorf("Mask(%q) = %q is not UTF-8", s, once)
		}
		if got := Mask("mail me: zz@shop.example " + s); strings.Contains(got, "zz@shop.example ") {
			t.Errorf("an address got through before %q", s)
		}
		// What the words stand for is gone; nothing but data was touched.
		if !strings.ContainsAny(s, "@0123456789") && !strings.ContainsFunc(s, wide) && once != s {
			t.Errorf("Mask(%q) = %q without a digit or an @ in it", s, once)
		}
	})
}

func TestCleanDropsWhatHides(t *testing.T) {
	for in, want := range map[string]string{
		"  where\t is\r\nmy   parcel ":     "where is my parcel",
		"pay \u202e99.1$\u202c now":        "pay 99.1$ now",
		"he\u200bl\u200dlo\ufeff":          "hello",
		"hi\U000E0041\U000E0042":           "hi",
		"a\x00b\x1b[31m":                   "ab[31m",
		"a\u00adb\u034fc\u3164d":           "abcd",
		"o" + strings.Repeat("\u0301", 50): "o\u0301\u0301\u0301",
		"全形　空白":                            "全形 空白",
		"❤️":                               "❤️",
		"\xff\xfeok":                       "ok",
		"\ue000":                           "",
		"\u2800\u2800":                     "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a b", "\u202ea", "\xff", "e\u0301", " \n", "\U000E0041"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if Clean(once) != once {
			t.Errorf("Clean(%q) = %q, again %q", s, once, Clean(once))
		}
		if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.Contains(once, "  ") || len(once) > 2*len(s) {
			t.Errorf("Clean(%q) = %q", s, once)
		}
		for _, r := range once {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) || hidden(r) {
				t.Errorf("Clean(%q) keeps %U", s, r)
			}
		}
	})
}
