package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const key = "pk_demo"

func get(t *testing.T, target, accept string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	if accept != "" {
		r.Header.Set("Accept-Language", accept)
	}
	w := httptest.NewRecorder()
	Page(Config{Key: key, ScriptURL: "/widget.js"}).ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	return w
}

func TestPageShowsTheWholeShopInEachLanguage(t *testing.T) {
	for _, tag := range Languages() {
		body := get(t, "/demo?lang="+tag, "").Body.String()
		text := Shop().Texts[tag]
		want := []string{`<html lang="` + tag + `">`, text.Name, text.Tagline, `data-key="pk_demo"`, `data-language="` + tag + `"`, `src="/widget.js"`, "NT$2,480", `data-sku="HP-BP20"`, text.AskAbout}
		want = append(want, text.Suggested...)
		for _, p := range Shop().Products {
			want = append(want, p.Texts[tag].Name, p.Drawing.Main)
		}
		for _, w := range want {
			if !strings.Contains(body, html.EscapeString(w)) && !strings.Contains(body, w) {
				t.Errorf("%s: the page lacks %q", tag, w)
			}
		}
		if n := strings.Count(body, `<div class="picture"><svg`); n != len(Shop().Products) {
			t.Errorf("%s: %d pictures, want %d", tag, n, len(Shop().Products))
		}
	}
}

func TestPageChoosesTheLanguage(t *testing.T) {
	for _, c := range []struct{ target, accept, want string }{
		{"/demo", "", "zh-Hant"},
		{"/demo", "en-GB,en;q=0.8", "en"},
		{"/demo", "zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"},
		{"/demo", "zh-TW", "zh-Hant"},
		{"/demo", "zh-HK", "zh-Hant"},
		{"/demo", "fr;q=0.9,en;q=0.1", "en"},
		{"/demo", ";;;", "zh-Hant"},
		{"/demo?lang=zh-Hans", "en", "zh-Hans"},
		{"/demo?lang=%22%3E%3Cscript%3E", "en", "en"},
	} {
		body := get(t, c.target, c.accept).Body.String()
		if !strings.Contains(body, `<html lang="`+c.want+`">`) {
			t.Errorf("%s with Accept-Language %q is not in %s", c.target, c.accept, c.want)
		}
	}
}

func TestPolicy(t *testing.T) {
	got := get(t, "/demo", "").Header().Get("Content-Security-Policy")
	for _, want := range []string{
		"default-src 'none'", "script-src 'self';", "connect-src 'self';", "style-src 'sha256-", "frame-ancestors 'none'",
		"base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("policy %q lacks %q", got, want)
		}
	}
	if strings.Contains(got, "unsafe") {
		t.Errorf("policy %q has an unsafe source", got)
	}
	if other := contentPolicy("https://chat.example/widget.js", "https://shop.example"); !strings.Contains(other, "img-src 'self' data: https://shop.example;") || !strings.Contains(other, "script-src 'self' https://chat.example; connect-src 'self' https://chat.example;") {
		t.Errorf("policy %q does not allow the widget's origin", other)
	}
}

func TestPageEscapes(t *testing.T) {
	evil := `"><script>alert(1)</script>`
	s := *Shop()
	s.Texts = map[string]Text{"en": {Name: evil, Tagline: evil, Intro: evil, Suggested: []string{evil}, Footer: []string{evil}}}
	s.Products = []Product{{SKU: evil, Drawing: Drawing{Shape: "tote", Main: evil, Accent: evil}, Texts: map[string]ProductText{"en": {Name: evil, Description: evil}}}}
	b, err := render(Config{Key: evil, ScriptURL: "javascript:alert(1)", Color: evil}, &s, "en")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("<script>alert")) || bytes.Contains(b, []byte(`"><script`)) || bytes.Contains(b, []byte(`src="javascript:`)) {
		t.Errorf("not escaped:\n%s", b)
	}
}

func TestPageIsReadOnly(t *testing.T) {
	w := httptest.NewRecorder()
	Page(Config{Key: key}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/demo", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d, want 405", w.Code)
	}
}

func TestShopFileFaults(t *testing.T) {
	for _, b := range []string{"", "{", `{"texts":{"en":{"name":"x"}}}`} {
		if _, err := parseShop([]byte(b)); err == nil {
			t.Errorf("%q is taken for a shop", b)
		}
	}
	if _, err := draw(Drawing{Shape: "page"}); err == nil {
		t.Error("a shape that does not exist is drawn")
	}
}

func TestFAQReads(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(FAQ())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, row := range rows[1:] {
		n[row[3]]++
	}
	for _, tag := range []string{"en", "zh-Hant"} {
		if n[tag] < 60 {
			t.Errorf("%d entries in %s, want at least 60", n[tag], tag)
		}
	}
}

func TestThePageShowsWhatTheShopSells(t *testing.T) {
	file, err := Products("http://shop.example")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil || len(rows) != 1+len(Shop().Products) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	body := get(t, "/demo", "").Body.String()
	sold := map[string][]string{}
	for _, row := range rows[1:] {
		sold[row[0]] = row
	}
	for _, p := range Shop().Products {
		row := sold[p.SKU]
		if row == nil || row[1] != p.Texts["en"].Name || row[2] != fmt.Sprint(p.Price) || row[3] != Shop().Currency || !strings.Contains(row[7], p.Texts["zh-Hant"].Name) {
			t.Errorf("%s on the page: %+v, in the shop: %q", p.SKU, p, row)
		}
		if row[5] != "http://shop.example/demo/#"+p.SKU || !strings.Contains(body, `id="`+p.SKU+`"`) {
			t.Errorf("%s: %s leads to no product of the page", p.SKU, row[5])
		}
		if row[6] != "http://shop.example/demo/picture/"+p.SKU+".svg" {
			t.Errorf("%s: picture at %s", p.SKU, row[6])
		}
	}
}
