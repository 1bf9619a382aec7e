package lexical

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"plain text":    "plain text",
		"Free SHIPPING": "free shipping",
		"ＸＫ－２００":        "xk-200",
		"退貨需要幾天？":       "退货需要几天?",
		"退货需要几天？":       "退货需要几天?",
		"這裡、這裏":         "这里、这里",
		"著名的妳":          "着名的你",
		"İstanbul":      "istanbul",
		"①２³":           "123",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldTableIsClosed(t *testing.T) {
	if a, b := utf8.RuneCountInString(foldFrom), utf8.RuneCountInString(foldTo); a != b || a < 4000 {
		t.Fatalf("the table has %d characters on one side and %d on the other", a, b)
	}
	for _, r := range foldTo {
		if foldRune(r) != r {
			t.Errorf("%c is a result of folding but folds on to %c", r, foldRune(r))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Ａbc １２", "臺灣後門", "ϓ́ Ⅳ ﬁ", "\xff\xfe", "ÅÅÅ", "𝔘𝔫𝔦", "가나다 각"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Fold(text)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, but folded again %q", text, once, twice)
		}
		if Fold(text) != once {
			t.Errorf("Fold(%q) differs from call to call", text)
		}
	})
}
