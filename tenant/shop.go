package tenant

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Shop is a tenant with its own settings, as its members see it.
type Shop struct {
	Tenant
	Key            string    // publishable
	AllowedOrigins []string  // canonical (ParseOrigin), in the merchant's order
	SeenOnSiteAt   time.Time // when the widget was last opened on an allowed page; zero: never
	RetentionDays  int       // conversations are deleted so long after they began; 0: never
	DeleteAt       time.Time // when everything of the shop is deleted; zero: it stays
}

// Settings are what a shop's owner may change at once.
type Settings struct {
	Name     string // 1 to 200 runes, one line
	Language string // en, zh-Hant or zh-Hans
	TimeZone string // IANA name
}

// MaxShopName is the limit of a shop's name, in runes.
const MaxShopName = 200

// Languages are those that the product itself speaks, BCP 47: each has fixed texts.
var Languages = []string{"en", "zh-Hant", "zh-Hans"}

// Clean returns the settings as they are stored, space around them cut. What
// is wrong is told field by field, as FieldErrors with the paths name,
// language and time_zone.
func (s Settings) Clean() (Settings, error) {
	s.Name = strings.TrimSpace(s.Name)
	err := errors.Join(
		checkName("name", s.Name),
		checkLanguage(s.Language),
		checkTimeZone(s.TimeZone),
	)
	if err != nil {
		return Settings{}, err
	}
	return s, nil
}

func checkName(path, name string) error {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return &FieldError{path, "string.min_len", "is empty; write the shop's name as shoppers know it"}
	case n > MaxShopName:
		return &FieldError{path, "string.max_len", fmt.Sprintf("is %d characters long; use at most %d", n, MaxShopName)}
	}
	return checkText(path, name, "")
}

// checkText refuses what no page shows and no database stores.
func checkText(path, s, allowed string) error {
	if !utf8.ValidString(s) {
		return &FieldError{path, "string.utf8", "is not valid UTF-8; save it as UTF-8"}
	}
	for _, r := range s {
		if unicode.IsControl(r) && !strings.ContainsRune(allowed, r) {
			return &FieldError{path, "string.control", fmt.Sprintf("holds the control character %U; take it out", r)}
		}
	}
	return nil
}

func checkLanguage(language string) error {
	for _, l := range Languages {
		if language == l {
			return nil
		}
	}
	return &FieldError{"language", "string.in", fmt.Sprintf("%q is not a language with texts; use one of %s", language, strings.Join(Languages, ", "))}
}

func checkTimeZone(zone string) error {
	// "" and "Local" load too, as UTC and as the server's own.
	if zone != "" && zone != "Local" {
		if _, err := time.LoadLocation(zone); err == nil {
			return nil
		}
	}
	return &FieldError{"time_zone", "time_zone", fmt.Sprintf("%q is not a time zone; use an IANA name, for example Asia/Taipei", zone)}
}
