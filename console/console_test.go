package console_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"storebot/console"
)

const page = `<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__"><script nonce="__CSP_NONCE__">1</script>`

func build() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"app/index.html":             file(page),
		"app/favicon.svg":            file("<svg/>"),
		"app/assets/main-1a2b.js":    file("plain script"),
		"app/assets/main-1a2b.js.br": file("brotli"),
		"app/assets/main-1a2b.js.gz": file("gzip"),
		"app/assets/main-1a2b.css":   file("plain style"),
		"widget/widget.js":           file("plain widget"),
		"widget/widget.js.br":        file("brotli widget"),
		"widget/en.js":               file("chat"),
		"widget/zh-Hant.js":          file("聊"),
		"widget/zh-Hans.js":          file("天"),
		"secret.txt":                 file("not to be served"),
	}
}

// get asks a handler; headers are pairs of name and value.
func get(t *testing.T, handler http.Handler, target string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path = target // as it is: the mux would clean it
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestPagesGetTheIndex(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build()})
	for _, target := range []string{"/console/", "/console/index.html", "/console/knowledge", "/console/knowledge/import/12", "/console/gaps/"} {
		response := get(t, handler, target)
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(text(t, response), "<!doctype html>") {
			t.Errorf("%s: status %d, want the index", target, response.StatusCode)
		}
		if got := response.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control %q", target, got)
		}
		if got := response.Header.Get("ETag"); got != "" {
			t.Errorf("%s: ETag %q would bring a nonce back", target, got)
		}
	}
}

func TestNonceIsFreshAndTheSameInPageAndPolicy(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build()})
	inPolicy := regexp.MustCompile(`script-src 'self' 'nonce-([A-Za-z0-9+/_=-]{22,})'; style-src 'self' 'nonce-([^']+)'`)
	seen := map[string]bool{}
	for range 200 {
		response := get(t, handler, "/console/")
		found := inPolicy.FindStringSubmatch(response.Header.Get("Content-Security-Policy"))
		if found == nil || found[1] != found[2] {
			t.Fatalf("policy %q", response.Header.Get("Content-Security-Policy"))
		}
		body := text(t, response)
		if strings.Contains(body, "__CSP_NONCE__") || strings.Count(body, `"`+found[1]+`"`) != 2 {
			t.Fatalf("nonce %s is not in the page twice: %s", found[1], body)
		}
		if seen[found[1]] {
			t.Fatalf("nonce %s came twice", found[1])
		}
		seen[found[1]] = true
	}
}

func TestGuardingHeaders(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build(), Nonce: func() string { return "N" }})
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:; " +
			"connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "no-referrer",
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, target := range []string{"/console/", "/console/assets/main-1a2b.js", "/console/assets/none.js"} {
		header := get(t, handler, target).Header
		for name, value := range want {
			if got := header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", target, name, got, value)
			}
		}
	}
}

func TestAssetsAreNegotiated(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build()})
	const script, style = "/console/assets/main-1a2b.js", "/console/assets/main-1a2b.css"
	for _, c := range []struct{ target, accept, encoding, body string }{
		{script, "", "", "plain script"},
		{script, "gzip, deflate, br, zstd", "br", "brotli"},
		{script, "gzip", "gzip", "gzip"},
		{script, "GZIP;q=0.5, identity", "gzip", "gzip"},
		{script, "br;q=0, gzip;q=0.1", "gzip", "gzip"},
		{script, "br;q=0.0, gzip;q=0", "", "plain script"},
		{script, "br;q=broken", "", "plain script"},
		{script, "*", "br", "brotli"},
		{script, "*, br;q=0", "gzip", "gzip"},
		{script, "deflate", "", "plain script"},
		{style, "br, gzip", "", "plain style"},
	} {
		response := get(t, handler, c.target, "Accept-Encoding", c.accept)
		if got := response.Header.Get("Content-Encoding"); got != c.encoding {
			t.Errorf("%s with %q: encoding %q, want %q", c.target, c.accept, got, c.encoding)
		}
		if got := text(t, response); got != c.body {
			t.Errorf("%s with %q: body %q, want %q", c.target, c.accept, got, c.body)
		}
		if response.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s with %q: no Vary", c.target, c.accept)
		}
		if got := response.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", c.target, got)
		}
	}
	if got := get(t, handler, script).Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
		t.Errorf("content type %q", got)
	}
}

func TestConditionalRequests(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build()})
	first := get(t, handler, "/console/favicon.svg")
	etag := first.Header.Get("ETag")
	if etag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag %q, Cache-Control %q", etag, first.Header.Get("Cache-Control"))
	}
	if got := get(t, handler, "/console/favicon.svg", "If-None-Match", etag).StatusCode; got != http.StatusNotModified {
		t.Errorf("status %d", got)
	}
	// Two forms of one file are two things to a cache.
	const script = "/console/assets/main-1a2b.js"
	plain, packed := get(t, handler, script), get(t, handler, script, "Accept-Encoding", "br")
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") {
		t.Error("plain and packed share an ETag")
	}
}

func TestNothingElseIsServed(t *testing.T) {
	handler := console.Handler(console.Config{Assets: build()})
	for _, target := range []string{
		"/console/../secret.txt", "/console/../widget/widget.js", "/console/assets/../../secret.txt", "/console/./index.html",
		"/console//secret.txt", "/console/assets/none.js", "/console/assets/", "/secret.txt", "/", "/console",
	} {
		response := get(t, handler, target)
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d: %s", target, response.StatusCode, text(t, response))
		}
	}
	// The compressed forms are no files of their own: the name is a page's.
	if body := text(t, get(t, handler, "/console/secret.txt")); strings.Contains(body, "not to be served") {
		t.Error("a file outside of app is served")
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/console/", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: status %d", w.Code)
	}
}

func TestWithoutABuild(t *testing.T) {
	empty := console.Config{Assets: fstest.MapFS{".gitkeep": {}}}
	for name, handler := range map[string]http.Handler{"/console/": console.Handler(empty), "/widget.js": console.WidgetHandler(empty)} {
		response := get(t, handler, name)
		if response.StatusCode != http.StatusServiceUnavailable || text(t, response) != "console not built: run make build\n" {
			t.Errorf("%s: status %d", name, response.StatusCode)
		}
	}
	if response := get(t, console.Handler(console.Config{}), "/console/"); response.StatusCode != http.StatusOK && response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("embedded: status %d", response.StatusCode)
	}
}

func TestWidget(t *testing.T) {
	handler := console.WidgetHandler(console.Config{Assets: build()})
	response := get(t, handler, "/widget.js", "Accept-Encoding", "br", "Origin", "https://shop.example")
	if got := text(t, response); got != "brotli widget" {
		t.Errorf("body %q", got)
	}
	for name, value := range map[string]string{
		"Cache-Control":                "public, max-age=300",
		"Cross-Origin-Resource-Policy": "cross-origin",
		"Access-Control-Allow-Origin":  "*",
		"Content-Type":                 "text/javascript; charset=utf-8",
		"X-Content-Type-Options":       "nosniff",
		"Content-Encoding":             "br",
	} {
		if got := response.Header.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if got := get(t, handler, "/widget.js", "Accept-Encoding", "br", "If-None-Match", response.Header.Get("ETag")).StatusCode; got != http.StatusNotModified {
		t.Errorf("status %d", got)
	}
}

func TestChatIsKeptForGoodOnlyUnderItsVersion(t *testing.T) {
	handler := console.WidgetHandler(console.Config{Assets: build()})
	sum := sha256.Sum256([]byte("chat聊天"))
	version := hex.EncodeToString(sum[:])[:8]
	for query, want := range map[string]string{
		"v=" + version: "public, max-age=31536000, immutable", "v=" + version + "&2": "public, max-age=31536000, immutable",
		"v=00000000": "no-cache", "": "no-cache",
	} {
		r := httptest.NewRequest(http.MethodGet, "/widget/en.js?"+query, nil)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if got := w.Header().Get("Cache-Control"); got != want || w.Body.String() != "chat" {
			t.Errorf("%q: Cache-Control %q, want %q; body %q", query, got, want, w.Body)
		}
	}
	for _, target := range []string{"/widget/", "/widget/fr.js", "/widget/../secret.txt", "/widget/en.js.br"} {
		if response := get(t, handler, target); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", target, response.StatusCode)
		}
	}
}
