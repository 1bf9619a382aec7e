package console

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// An asset is a built file with its precompressed forms, all in memory.
type asset struct {
	contentType string
	etag        string // without quotes; the forms add their encoding
	plain       []byte
	brotli      []byte // nil where there is none
	gzip        []byte
}

// loadAssets reads all files of a folder but the compressed forms, which go
// with theirs. The keys are paths below dir.
func loadAssets(files fs.FS, dir string) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".br" || path.Ext(name) == ".gz" {
			return err
		}
		plain, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read asset %s: %w", name, err)
		}
		sum := sha256.Sum256(plain)
		a := asset{contentType: contentType(name), etag: hex.EncodeToString(sum[:8]), plain: plain}
		// A form that is missing is none: not every file shrinks.
		a.brotli, _ = fs.ReadFile(files, name+".br")
		a.gzip, _ = fs.ReadFile(files, name+".gz")
		assets[strings.TrimPrefix(name, dir+"/")] = a
		return nil
	})
	return assets, err
}

// contentType does not ask the system's tables, which differ from machine to
// machine, for what a build is made of.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// serve writes the smallest form that the client takes. It answers conditional
// and range requests.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Add("Vary", "Accept-Encoding")
	body, etag := a.plain, a.etag
	switch takes := accepted(r.Header.Values("Accept-Encoding")); {
	case a.brotli != nil && takes["br"]:
		header.Set("Content-Encoding", "br")
		body, etag = a.brotli, a.etag+"-br"
	case a.gzip != nil && takes["gzip"]:
		header.Set("Content-Encoding", "gzip")
		body, etag = a.gzip, a.etag+"-gz"
	}
	header.Set("ETag", strconv.Quote(etag))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// accepted reads Accept-Encoding (RFC 9110, 12.5.3): which of br and gzip the
// client takes. A weight of 0 means no; the order of the others is ours.
func accepted(values []string) map[string]bool {
	takes := map[string]bool{}
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			coding, parameters, _ := strings.Cut(item, ";")
			coding = strings.ToLower(strings.TrimSpace(coding))
			weight, found := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameters)), "q=")
			q, err := strconv.ParseFloat(weight, 64)
			yes := !found || err == nil && q > 0
			switch coding {
			case "br", "gzip":
				takes[coding] = yes
			case "*":
				for _, name := range []string{"br", "gzip"} {
					if _, said := takes[name]; !said {
						takes[name] = yes
					}
				}
			}
		}
	}
	return takes
}
