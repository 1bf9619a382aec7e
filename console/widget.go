package console

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// speeches are the languages that the chat is built in, in the order in which
// the build hashes them.
var speeches = []string{"en", "zh-Hant", "zh-Hans"}

// WidgetHandler serves the shopper's widget to pages of any origin: which of
// them may ask is decided by the key and the gateway. /widget.js is the
// launcher; its name stays the same over upgrades, hence the five minutes.
// /widget/LANGUAGE.js?v=VERSION is the conversation. It may be kept for good
// only under the version that it is: while servers are exchanged one by one, a
// page may ask an old one for what a new one has.
func WidgetHandler(cfg Config) http.Handler {
	files, err := loadAssets(cfg.assets(), "widget")
	if _, built := files["widget.js"]; err != nil || !built {
		return http.HandlerFunc(notBuilt)
	}
	version := chatVersion(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		cache := "public, max-age=300"
		name, chat := strings.CutPrefix(r.URL.Path, "/widget/")
		switch {
		case !chat:
			name = "widget.js"
		case r.URL.Query().Get("v") == version:
			cache = "public, max-age=31536000, immutable"
		default:
			cache = "no-cache"
		}
		file, found := files[name]
		if !found {
			http.NotFound(w, r)
			return
		}
		header := w.Header()
		header.Set("Cache-Control", cache)
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
		// The launcher imports the chat as a module, which needs it; and a shop may
		// load the launcher with crossorigin and integrity.
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("X-Content-Type-Options", "nosniff")
		file.serve(w, r)
	})
}

// chatVersion names the chat files as they are, as widget/vite.config.ts does.
func chatVersion(files map[string]asset) string {
	hash := sha256.New()
	for _, name := range speeches {
		hash.Write(files[name+".js"].plain)
	}
	return hex.EncodeToString(hash.Sum(nil))[:8]
}
