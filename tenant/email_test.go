package tenant

import (
	"strings"
	"testing"
)

func TestNormalizeEmail(t *testing.T) {
	for in, want := range map[string]string{
		"  Mei.Lin@Shop.Example ": "mei.lin@shop.example",
		"a+tag@b.co":              "a+tag@b.co",
		"o'hara@xn--fiqs8s.cn":    "o'hara@xn--fiqs8s.cn",
	} {
		if got, err := NormalizeEmail(in); err != nil || got != want {
			t.Errorf("NormalizeEmail(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, bad := range []string{
		"", "plain", "@shop.example", "a@", "a@localhost", "a@b@c.de", "a b@shop.example", "a@shop .example", "a@-shop.example",
		".a@shop.example", "a..b@shop.example", "a@shop..example", "a@shop.example\nBcc: x@y.z", "名@shop.example", "a@商店.tw",
		"İ@shop.example", "\u212Aim@shop.example", "a\x00@shop.example", `"a"@shop.example`, strings.Repeat("a", 65) + "@shop.example",
		"a@" + strings.Repeat("b.", 130) + "example",
	} {
		got, err := NormalizeEmail(bad)
		fields := Fields(err)
		if len(fields) != 1 || fields[0].Path != "email" {
			t.Errorf("NormalizeEmail(%q) = %q, %v; want a FieldError on email", bad, got, err)
		}
	}
}
