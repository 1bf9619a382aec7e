// Package console serves what people look at: the merchants' console below
// /console/ and the shoppers' widget at /widget.js, both built by npm into
// dist and embedded here. It sets the headers that keep foreign code out of
// them. It knows nothing of tenants and never answers a question: that is the
// gateway's.
package console

import (
	"embed"
	"io/fs"
	"net/http"
)

// dist is empty but for .gitkeep until `make build` has run npm; `go build`
// works all the same.
//
//go:embed all:dist
var dist embed.FS

// Config says what is served. The zero value serves the embedded build.
type Config struct {
	// Assets holds app/ and widget/ as the build writes them.
	Assets fs.FS
	// Nonce returns a fresh secret for one response, at least 128 random bits in
	// characters of base64; crypto/rand.Text if nil.
	Nonce func() string
}

func (c Config) assets() fs.FS {
	if c.Assets != nil {
		return c.Assets
	}
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // only a name that is no path fails
	}
	return built
}

// notBuilt answers while there is nothing to serve.
func notBuilt(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, "console not built: run make build", http.StatusServiceUnavailable)
}
