package tenant

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseOrigin(t *testing.T) {
	for in, want := range map[string]string{
		"https://shop.example":       "https://shop.example",
		" HTTPS://Shop.Example/ ":    "https://shop.example",
		"https://shop.example:443":   "https://shop.example",
		"https://shop.example:08443": "https://shop.example:8443",
		"https://xn--fiqs8s.example": "https://xn--fiqs8s.example",
		"http://localhost:5173":      "http://localhost:5173",
		"http://localhost:80":        "http://localhost",
		"http://shop.localhost":      "http://shop.localhost",
		"http://127.0.0.1:8080":      "http://127.0.0.1:8080",
		"http://[::1]:8080":          "http://[::1]:8080",
		"https://192.168.1.20":       "https://192.168.1.20",
		"https://my_shop.example":    "https://my_shop.example",
	} {
		if got, err := ParseOrigin(in); err != nil || got != want {
			t.Errorf("ParseOrigin(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	// Each bad value with the cure that its error must name.
	for in, cure := range map[string]string{
		"":                                "https://shop.example",
		"null":                            "the shop's own address",
		"*":                               "list each host",
		"https://*.shop.example":          "list each host",
		"shop.example":                    "write https://shop.example",
		"//shop.example":                  "write https://shop.example",
		"shop.example:8443":               "write https://shop.example:8443",
		"http://shop.example":             "write https://shop.example",
		"http://localhost.shop.example":   "over https",
		"http://127.0.0.1.shop.example":   "over https",
		"https://shop.example/faq":        "write https://shop.example",
		"https://shop.example?x=1":        "write https://shop.example",
		"https://shop.example#top":        "write https://shop.example",
		"https://shop.example#":           "write https://shop.example",
		"https://me:pw@shop.example":      "leave it out: https://shop.example",
		"https://":                        "host is missing",
		"https://:8443":                   "host is missing",
		"https://shop.example:":           "leave the colon out",
		"https://shop.example:0":          "1 to 65535",
		"https://shop.example:65536":      "1 to 65535",
		"https://shop.example:x":          "write scheme and host",
		"https://商店.tw":                   "punycode",
		"https://\u212Aim.example":        "punycode",
		"https://shop example":            "write scheme and host",
		"https://shop..example":           "not a host name",
		"https://-shop.example":           "not a host name",
		"https://shop.example;x":          "not a host name",
		"ftp://shop.example":              "write https://shop.example",
		"file:///home/me/shop.html":       "is not a page's",
		"chrome-extension://abcdefghijkl": "is not a page's",
		"https://[fe80::1%25eth0]":        "not a host name",
	} {
		got, err := ParseOrigin(in)
		if err == nil {
			t.Errorf("ParseOrigin(%q) = %q, want an error", in, got)
			continue
		}
		if !strings.Contains(err.Error(), cure) || !strings.Contains(err.Error(), fmt.Sprintf("%q", in)) {
			t.Errorf("ParseOrigin(%q): %v\nmust name the value and say %q", in, err, cure)
		}
	}
}

// What ParseOrigin returns is its own canonical form, whatever it was made from.
func TestParseOriginIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.String(),
			rapid.StringMatching(`(?i)https?://[a-z0-9.-]{1,12}(:[0-9]{0,6})?/?`),
			rapid.StringMatching(`https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?`),
		).Draw(t, "origin")
		once, err := ParseOrigin(s)
		if err != nil {
			return
		}
		if twice, err := ParseOrigin(once); err != nil || twice != once {
			t.Fatalf("ParseOrigin(%q) = %q, of which it makes %q, %v", s, once, twice, err)
		}
	})
}

func TestParseOrigins(t *testing.T) {
	got, err := ParseOrigins([]string{"https://B.example/", "https://a.example", "https://b.example:443"})
	if want := []string{"https://b.example", "https://a.example"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("ParseOrigins = %v, %v; want %v", got, err, want)
	}
	_, err = ParseOrigins([]string{"https://a.example", "http://b.example", "null"})
	fields := Fields(err)
	if len(fields) != 2 || fields[0].Path != "allowed_origins[1]" || fields[1].Path != "allowed_origins[2]" {
		t.Errorf("ParseOrigins = %v, want FieldErrors on items 1 and 2", fields)
	}
	if fields := Fields(func() error { _, err := ParseOrigins(make([]string, MaxOrigins+1)); return err }()); len(fields) != 1 {
		t.Errorf("a list that is too long gives %v, want one FieldError", fields)
	}
	if got, err := ParseOrigins(nil); err != nil || got == nil || len(got) != 0 {
		t.Errorf("ParseOrigins(nil) = %#v, %v; want an empty list", got, err)
	}
}
