package console

import "net/http"

// WidgetHandler serves the shopper's widget at /widget.js, to pages of any
// origin: which of them may ask is decided by the key and the gateway. Its name
// stays the same over upgrades, hence the five minutes.
func WidgetHandler(cfg Config) http.Handler {
	files, err := loadAssets(cfg.assets(), "widget")
	script, built := files["widget.js"]
	if err != nil || !built {
		return http.HandlerFunc(notBuilt)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		header := w.Header()
		header.Set("Cache-Control", "public, max-age=300")
		header.Set("Cross-Origin-Resource-Policy", "cross-origin")
		// So that a shop may load it with crossorigin and integrity.
		header.Set("Access-Control-Allow-Origin", "*")
		header.Set("X-Content-Type-Options", "nosniff")
		script.serve(w, r)
	})
}
