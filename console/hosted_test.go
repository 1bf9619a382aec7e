package console_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"storebot/console"
)

func hosted(t *testing.T, target string, headers ...string) *http.Response {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("GET /c/{slug}", console.HostedHandler(func(_ context.Context, slug string) (console.HostedShop, error) {
		switch slug {
		case "tea":
			return console.HostedShop{Name: `Tea & "Co" <b>`, Key: `pk_"><script>`, Language: "zh-Hant", Origins: []string{"https://tea.example", "https://www.tea.example"}}, nil
		case "away":
			return console.HostedShop{}, errors.New("database host=secret is away")
		}
		return console.HostedShop{}, console.ErrNoHostedPage
	}))
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w.Result()
}

func TestHostedPage(t *testing.T) {
	response := hosted(t, "/c/tea")
	body := text(t, response)
	if response.StatusCode != http.StatusOK || !strings.Contains(body, "Tea &amp; &#34;Co&#34; &lt;b&gt;</h1>") || strings.Contains(body, `"><script>`) {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	policy := response.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "trusted-types 'none'", "style-src 'sha256-", "; img-src data: https://tea.example https://www.tea.example"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy has no %s: %s", want, policy)
		}
	}
	if got := hosted(t, "/c/coffee"); got.StatusCode != http.StatusNotFound || !strings.HasSuffix(got.Header.Get("Content-Security-Policy"), "; img-src data:") {
		t.Errorf("a shop without a page: %d, %s", got.StatusCode, got.Header.Get("Content-Security-Policy"))
	}
	away := hosted(t, "/c/away")
	if body := text(t, away); away.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "secret") {
		t.Errorf("while the database is away: %d, %s", away.StatusCode, body)
	}
}

func TestHostedPageSpeaksTheShoppersLanguage(t *testing.T) {
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "zh-Hant"}, {"", "fr", "zh-Hant"}, {"", "en-GB,en;q=0.9", "en"}, {"", "zh-CN", "zh-Hans"}, {"", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"},
		{"?lang=zh-Hans", "en", "zh-Hans"}, {"?lang=x%22%3E", "en", "en"}, {"", "not;;a;;header", "zh-Hant"},
	} {
		body := text(t, hosted(t, "/c/tea"+c.query, "Accept-Language", c.accept))
		if !strings.Contains(body, `<html lang="`+c.want+`">`) {
			t.Errorf("%q, %q: want %s in %s", c.query, c.accept, c.want, body[:60])
		}
	}
}
