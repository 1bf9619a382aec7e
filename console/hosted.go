package console

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

// A HostedShop is what a shop's chat page shows of it.
type HostedShop struct {
	Name     string
	Key      string // publishable
	Language string // BCP 47, of those who ask for none that the chat speaks
	// The shop's own pages, as tenant.ParseOrigin writes them: pictures of products come from these alone.
	Origins []string
}

// ErrNoHostedPage says that no shop has its chat page there, or not any more.
var ErrNoHostedPage = errors.New("console: no chat page there")

//go:embed hosted.tmpl
var hostedHTML string

//go:embed hosted.css
var hostedCSS string

var hostedPage = template.Must(template.New("hosted").Parse(hostedHTML))

// HostedHandler serves each shop's chat page, for shops without a website and
// for links and QR codes: the widget on an empty page, under the strictest
// policy. It is mounted with a wildcard {slug}. find returns ErrNoHostedPage
// for a slug without a page.
func HostedHandler(find func(ctx context.Context, slug string) (HostedShop, error)) http.Handler {
	sum := sha256.Sum256([]byte(hostedCSS))
	policy := "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; img-src data:"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cache-Control", "no-cache")
		header.Set("Vary", "Accept-Language")
		shop, err := find(r.Context(), r.PathValue("slug"))
		switch {
		case errors.Is(err, ErrNoHostedPage):
			http.Error(w, "There is no chat at this address. · 這個網址沒有對話。", http.StatusNotFound)
			return
		case err != nil:
			header.Set("Retry-After", "2")
			http.Error(w, "Please try again in a moment. · 請稍後再試。", http.StatusServiceUnavailable)
			return
		}
		var page bytes.Buffer
		if err := hostedPage.Execute(&page, map[string]any{"Shop": shop, "Language": spoken(r, shop.Language), "CSS": template.CSS(hostedCSS)}); err != nil {
			http.Error(w, "the page cannot be drawn", http.StatusInternalServerError)
			return
		}
		header.Set("Content-Security-Policy", strings.Join(append([]string{policy}, shop.Origins...), " "))
		header.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page.Bytes()) // the shopper may be gone: nobody is left to tell
	})
}

// spoken is the language of the chat that fits a request best: that of ?lang=,
// else of Accept-Language, else the shop's.
func spoken(r *http.Request, shop string) string {
	tags := []language.Tag{language.Make(shop)}
	names := []string{shop}
	for _, name := range speeches {
		tags, names = append(tags, language.MustParse(name)), append(names, name)
	}
	// What cannot be read asks for nothing.
	wanted, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if tag, err := language.Parse(r.URL.Query().Get("lang")); err == nil && tag != language.Und {
		wanted = append([]language.Tag{tag}, wanted...)
	}
	_, i, sure := language.NewMatcher(tags).Match(wanted...)
	if sure < language.High { // a language that the chat does not speak
		return shop
	}
	return names[i]
}
