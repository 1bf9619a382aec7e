package console

import (
	"bytes"
	"crypto/rand"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
)

// prefix is where the console is served; the build's own links carry it.
const prefix = "/console/"

// nonceMark stands in index.html wherever a response's nonce goes.
const nonceMark = "__CSP_NONCE__"

// Handler serves the console below /console/. A path that is no built file is a
// page of the console and gets index.html, with a nonce of its own; below
// assets/ a missing file is 404, so that a page from before an upgrade fails
// clearly instead of running HTML as a script.
func Handler(cfg Config) http.Handler {
	files, err := loadAssets(cfg.assets(), "app")
	index, built := files["index.html"]
	if err != nil || !built {
		return http.HandlerFunc(notBuilt)
	}
	nonce := cfg.Nonce
	if nonce == nil {
		nonce = rand.Text
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, prefix)
		if !below || name != "" && !fs.ValidPath(strings.TrimSuffix(name, "/")) {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		fresh := nonce()
		guard(w.Header(), fresh)
		file, found := files[name]
		switch {
		case found && name != "index.html":
			// The build puts the content's hash into these names; the others keep
			// theirs and are asked for again.
			if strings.HasPrefix(name, "assets/") {
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			} else {
				w.Header().Set("Cache-Control", "no-cache")
			}
			file.serve(w, r)
		case strings.HasPrefix(name, "assets/"):
			http.NotFound(w, r)
		default:
			serveIndex(w, r, bytes.ReplaceAll(index.plain, []byte(nonceMark), []byte(fresh)))
		}
	})
}

// serveIndex sends the page as it was made for this response. It has no ETag
// and is not stored: a 304 would bring an old nonce back to life.
func serveIndex(w http.ResponseWriter, r *http.Request, page []byte) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Length", strconv.Itoa(len(page)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(page) // the client may be gone: nobody is left to tell
	}
}

// guard sets the headers that keep foreign code, frames and origins out.
// React and Mantine set inline styles through the CSSOM, which style-src does
// not govern, so style attributes need no exception; Mantine's style elements
// carry the nonce.
func guard(header http.Header, nonce string) {
	header.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'nonce-" + nonce + "'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"font-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; "))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
}
