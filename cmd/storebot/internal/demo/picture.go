package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// Link is where the shop's page, at base, shows a product.
func Link(base, sku string) string { return base + "/demo/#" + sku }

// Image is where Picture serves a product's picture, at base.
func Image(base, sku string) string { return base + "/demo/picture/" + sku + ".svg" }

// Sells reports whether the shop starts with a product.
func Sells(sku string) bool { return find(sku) >= 0 }

func find(sku string) int {
	return slices.IndexFunc(Shop().Products, func(p Product) bool { return p.SKU == sku })
}

// Products returns what the shop at base ("http://127.0.0.1:8080") sells, as the
// CSV that a merchant would upload, UTF-8.
func Products(base string) ([]byte, error) {
	rows, err := csv.NewReader(bytes.NewReader(products)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("products.csv: %w", err)
	}
	link, image := slices.Index(rows[0], "link"), slices.Index(rows[0], "image")
	for _, row := range rows[1:] {
		row[link], row[image] = Link(base, row[0]), Image(base, row[0])
	}
	var b bytes.Buffer
	err = csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}

// Picture serves /demo/picture/SKU.svg: a product as it is drawn on the page. It
// is mounted with a wildcard {file}.
func Picture() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sku, _ := strings.CutSuffix(r.PathValue("file"), ".svg")
		i := find(sku)
		if i < 0 {
			http.NotFound(w, r)
			return
		}
		drawing, err := draw(Shop().Products[i].Drawing)
		if err != nil {
			http.Error(w, "the picture cannot be drawn", http.StatusInternalServerError)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "image/svg+xml")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "public, max-age=3600")
		fmt.Fprint(w, standalone(drawing)) // a reader who left is no concern of ours
	})
}

// standalone makes a picture that stands on its own of a drawing: square, with
// room around it.
func standalone(drawing template.HTML) string {
	return strings.Replace(string(drawing), `<svg viewBox="0 0 240 200"`,
		`<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="-20 -40 280 280"`, 1)
}
