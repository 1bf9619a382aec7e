package demo

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestEveryProductHasItsPicture(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /demo/picture/{file}", Picture())
	picture := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	seen := map[string]string{}
	for _, p := range Shop().Products {
		w := picture(strings.TrimPrefix(Image("http://shop.example", p.SKU), "http://shop.example"))
		body := w.Body.String()
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.Contains(body, p.Drawing.Main) {
			t.Errorf("%s: %d %s", p.SKU, w.Code, body)
		}
		if seen[body] != "" {
			t.Errorf("%s looks like %s", p.SKU, seen[body])
		}
		seen[body] = p.SKU
		for d := xml.NewDecoder(strings.NewReader(body)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", p.SKU, err)
			}
		}
	}
	for _, path := range []string{"/demo/picture/none.svg", "/demo/picture/%3Csvg%3E"} {
		if w := picture(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
