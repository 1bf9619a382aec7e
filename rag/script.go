package rag

import (
	"strings"
	"unicode"
)

// EitherScript tells whether a text is Chinese as far as its letters go: Han
// characters, and of the others Latin ones at most. Telling the language leaves such a
// text untold if both scripts write all its characters alike.
func EitherScript(text string) bool {
	var han, latin int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			return false
		}
	}
	return han > 0 && han*4 >= latin
}

// ChineseScript is the language of a sheet's Chinese rows that do not show their
// script: the shop's language if that is Chinese, else the script that most of
// the sheet's rows have, told being the languages of those that tell. It is "" if
// most of them are not Chinese, or the scripts are even.
func ChineseScript(shop string, told []string) string {
	if strings.HasPrefix(shop, "zh-") {
		return shop
	}
	var traditional, simplified, all int
	for _, language := range told {
		switch language {
		case "":
			continue
		case "zh-Hant":
			traditional++
		case "zh-Hans":
			simplified++
		}
		all++
	}
	switch {
	case 2*(traditional+simplified) <= all || traditional == simplified:
		return ""
	case traditional > simplified:
		return "zh-Hant"
	}
	return "zh-Hans"
}
