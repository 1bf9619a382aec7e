package sheet

import (
	"fmt"
	"strings"
)

// String tells people what was read: "CSV, big5, semicolon".
func (info Info) String() string {
	words := []string{strings.ToUpper(string(info.Format))}
	if info.Encoding != "" {
		words = append(words, string(info.Encoding))
	}
	switch info.Delimiter {
	case ',':
		words = append(words, "comma")
	case ';':
		words = append(words, "semicolon")
	case '\t':
		words = append(words, "tab")
	}
	if info.Sheet != "" {
		words = append(words, "sheet "+info.Sheet)
	}
	if len(info.OtherSheets) > 0 {
		words = append(words, fmt.Sprintf("not read: %s", strings.Join(info.OtherSheets, ", ")))
	}
	return strings.Join(words, ", ")
}
