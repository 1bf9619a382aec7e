package demo

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

// drawings holds one template a shape, all on a canvas of 240 × 200. The light is
// always from the upper left; shade and shine are black and white at low opacity,
// so that a shape needs no more than its two colours.
//
//go:embed drawings.html
var drawings string

var shapes = template.Must(template.New("drawings").Parse(drawings))

// draw returns a product's picture as inline SVG. It is decoration: the product's
// name stands beside it.
// Error: a shape that is not in drawings.html.
func draw(d Drawing) (template.HTML, error) {
	if shapes.Lookup(d.Shape) == nil {
		return "", fmt.Errorf("no drawing of the shape %q", d.Shape)
	}
	var b bytes.Buffer
	if err := shapes.ExecuteTemplate(&b, d.Shape, d); err != nil {
		return "", fmt.Errorf("draw a %s: %w", d.Shape, err)
	}
	// The template has escaped the colours.
	return template.HTML(`<svg viewBox="0 0 240 200" aria-hidden="true" focusable="false">` + b.String() + `</svg>`), nil
}
