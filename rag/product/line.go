package product

import "strings"

// OneLine is a text that is listed one a line, trimmed and on one line: a sheet's cell
// holds many, each on a line of its own, and gives back what it was given.
func OneLine(text string) string {
	if strings.ContainsAny(text, "\r\n") {
		text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' }), " ")
	}
	return strings.TrimSpace(text)
}
