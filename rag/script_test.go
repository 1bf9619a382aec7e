package rag_test

import (
	"strings"
	"testing"

	"storebot/rag"
)

func TestEitherScript(t *testing.T) {
	for text, want := range map[string]bool{
		"你好":                     true,
		"可以刷卡":                   true,
		"iPhone 可以用":             true,
		"送料はいくら":                 false, // Japanese
		"한국어 大":                  false,
		"Is the brand 大同 in it?": false,
		"24/7":                   false,
		"":                       false,
	} {
		if rag.EitherScript(text) != want {
			t.Errorf("EitherScript(%q) is not %v", text, want)
		}
	}
}

func TestChineseScript(t *testing.T) {
	for _, c := range []struct{ shop, told, want string }{
		{"zh-Hans", "en zh-Hant zh-Hant", "zh-Hans"},
		{"en", "zh-Hant zh-Hant zh-Hans", "zh-Hant"},
		{"en", "zh-Hans - zh-Hans en", "zh-Hans"},
		{"en", "zh-Hans zh-Hant", ""},
		{"en", "zh-Hant en", ""},
		{"en", "en en zh-Hant", ""},
		{"en", "-", ""},
	} {
		told := strings.Fields(c.told)
		for i, l := range told {
			if l == "-" {
				told[i] = ""
			}
		}
		if got := rag.ChineseScript(c.shop, told); got != c.want {
			t.Errorf("in a shop of %q with %q it is %q, want %q", c.shop, c.told, got, c.want)
		}
	}
}
