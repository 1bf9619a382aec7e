package demo

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// A Config says which widget stands on the page.
type Config struct {
	Key       string // the demo shop's publishable key
	ScriptURL string // of widget.js: a path on this server, or an absolute URL
	Color     string // #rrggbb of the widget; empty: the page's own green
	Pictures  string // the origin of the products' pictures in the widget; empty: this page's own
}

// green is the page's colour, and the widget's that fits it.
const green = "#2f5d50"

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"draw":  draw,
	"price": price,
}).Parse(pageHTML))

// Page serves the demo shop's page at whatever path it is mounted on: in the
// language of ?lang=, else of Accept-Language, else in the shop's own.
//
// It is sent under the strictest policy that a merchant could have (no origin but
// ours, no inline script, Trusted Types without any policy), so that the
// widget is seen to work under it.
func Page(c Config) http.Handler {
	if c.Color == "" {
		c.Color = green
	}
	policy := contentPolicy(c.ScriptURL, c.Pictures)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		b, err := render(c, Shop(), choose(r))
		if err != nil {
			http.Error(w, "the page cannot be drawn", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cache-Control", "no-cache")
		h.Set("Vary", "Accept-Language")
		w.Write(b) // a reader who left is no concern of ours
	})
}

//go:embed shop.js
var script []byte

// Script serves the page's own script, at /demo/shop.js.
func Script() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/javascript; charset=utf-8")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-cache")
		w.Write(script)
	})
}

// contentPolicy allows this server and, if the widget comes from another one,
// that one's origin, and pictures from that of the products'; the page's own
// style is named by its hash.
func contentPolicy(scriptURL, pictures string) string {
	from := "'self'"
	if u, err := url.Parse(scriptURL); err == nil && u.Host != "" {
		from += " " + u.Scheme + "://" + u.Host
	}
	sum := sha256.Sum256([]byte(pageCSS))
	style := base64.StdEncoding.EncodeToString(sum[:])
	return fmt.Sprintf("default-src 'none'; script-src %s; connect-src %[1]s; style-src 'sha256-%s'; img-src %[3]s; "+
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'", from, style, strings.TrimSpace("'self' data: "+pictures))
}

// tags is Languages for the matcher, in the same order.
var tags = func() (out []language.Tag) {
	for _, l := range Languages() {
		out = append(out, language.MustParse(l))
	}
	return out
}()

// choose returns the tag of Languages that fits the request.
func choose(r *http.Request) string {
	if l := r.URL.Query().Get("lang"); slices.Contains(Languages(), l) {
		return l
	}
	// A header that does not parse says nothing: the shop's own language.
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return Languages()[0]
	}
	_, i, _ := language.NewMatcher(tags).Match(wanted...)
	return Languages()[i]
}

// languageNames is how each language calls itself.
var languageNames = map[string]string{"zh-Hant": "繁體中文", "en": "English", "zh-Hans": "简体中文"}

type languageLink struct {
	Tag, Name string
	Current   bool
}

func render(c Config, s *ShopFile, tag string) ([]byte, error) {
	var links []languageLink
	for _, l := range Languages() {
		links = append(links, languageLink{Tag: l, Name: languageNames[l], Current: l == tag})
	}
	var b bytes.Buffer
	err := page.Execute(&b, map[string]any{
		"Widget": c, "Tag": tag, "Text": s.Texts[tag], "Products": s.Products,
		"Currency": s.Currency, "Languages": links, "CSS": template.CSS(pageCSS),
	})
	if err != nil {
		return nil, fmt.Errorf("render the demo page in %s: %w", tag, err)
	}
	return b.Bytes(), nil
}

// price writes an amount the way the shop's texts do: NT$1,200.
func price(currency string, amount int) string {
	digits := strconv.Itoa(amount)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if currency == "TWD" {
		return "NT$" + digits
	}
	return currency + " " + digits
}
