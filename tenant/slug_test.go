package tenant

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSlugFor(t *testing.T) {
	for name, want := range map[string]string{
		"Joe's Bike Shop":                                "joes-bike-shop",
		"  --Café  Zoë & Söhne!! ":                       "cafe-zoe-sohne",
		"阿明茶行 Ming Tea":                                  "ming-tea",
		"Łódź Straße":                                    "lodz-strasse",
		"A very long name of a shop that goes on and on": "a-very-long-name-of-a-shop-that-goes-on",
	} {
		if got := SlugFor(name); got != want {
			t.Errorf("SlugFor(%q) = %q, want %q", name, got, want)
		}
	}
	random := regexp.MustCompile(`^shop-[a-z0-9]{6}$`)
	for _, name := range []string{"阿明茶行", "春水堂", "", "茶 AB", "!!!"} {
		a, b := SlugFor(name), SlugFor(name)
		if !random.MatchString(a) || a == b {
			t.Errorf("SlugFor(%q) = %q, then %q; want shop- and six random characters", name, a, b)
		}
	}
}

func TestEverySlugFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slug := SlugFor(rapid.String().Draw(t, "name"))
		if err := CheckSlug(slug); err != nil {
			t.Fatal(err)
		}
		if err := CheckSlug(another(slug)); err != nil {
			t.Fatal(err)
		}
	})
	if got := another(strings.Repeat("a", 58) + "-bcde"); CheckSlug(got) != nil || strings.Contains(got, "--") {
		t.Errorf("another of a longest slug = %q", got)
	}
}

func TestCheckSlug(t *testing.T) {
	for _, bad := range []string{"", "-a", "a-", "A", "a_b", "a b", "茶", strings.Repeat("a", 64)} {
		if fields := Fields(CheckSlug(bad)); len(fields) != 1 || fields[0].Path != "slug" {
			t.Errorf("CheckSlug(%q) = %v, want a FieldError on slug", bad, fields)
		}
	}
}
