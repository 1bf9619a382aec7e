package tenant

import (
	"strings"
	"testing"
)

func TestSettingsClean(t *testing.T) {
	good := Settings{Name: " 阿明茶行 ", Language: "zh-Hant", TimeZone: "Asia/Taipei"}
	got, err := good.Clean()
	if want := (Settings{Name: "阿明茶行", Language: "zh-Hant", TimeZone: "Asia/Taipei"}); err != nil || got != want {
		t.Errorf("Clean = %+v, %v; want %+v", got, err, want)
	}
	for path, change := range map[string]func(*Settings){
		"name 1":      func(s *Settings) { s.Name = "  " },
		"name 2":      func(s *Settings) { s.Name = strings.Repeat("茶", MaxShopName+1) },
		"name 3":      func(s *Settings) { s.Name = "two\nlines" },
		"name 4":      func(s *Settings) { s.Name = "nul\x00" },
		"name 5":      func(s *Settings) { s.Name = "\xff" },
		"language 1":  func(s *Settings) { s.Language = "" },
		"language 2":  func(s *Settings) { s.Language = "zh" },
		"time_zone 1": func(s *Settings) { s.TimeZone = "" },
		"time_zone 2": func(s *Settings) { s.TimeZone = "Local" },
		"time_zone 3": func(s *Settings) { s.TimeZone = "Asia/Taipeh" },
		"time_zone 4": func(s *Settings) { s.TimeZone = "../../etc/passwd" },
	} {
		s := good
		change(&s)
		_, err := s.Clean()
		want, _, _ := strings.Cut(path, " ")
		if fields := Fields(err); len(fields) != 1 || fields[0].Path != want {
			t.Errorf("%s: %v, want one FieldError on %s", path, err, want)
		}
	}
	if fields := Fields(func() error { _, err := Settings{}.Clean(); return err }()); len(fields) != 3 {
		t.Errorf("empty settings give %v, want name, language and time_zone told at once", fields)
	}
}
