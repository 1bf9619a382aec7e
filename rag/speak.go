package rag

import (
	"strings"
	"unicode"
)

// language decides what the fixed texts are written in: the question's own
// script first, then what the page said, then the shop's. A Chinese question whose script
// cannot be told gets the Chinese of these two, else traditional.
func (a *Answerer) language(shop Shop, q Question) string {
	own := a.Detect(q.Text)
	chinese := own == "" && isChinese(q.Text)
	for _, l := range []string{own, q.Language, shop.Language} {
		if _, ok := DefaultTexts[l]; ok && (!chinese || strings.HasPrefix(l, "zh")) {
			return l
		}
	}
	if chinese {
		return "zh-Hant"
	}
	return "en"
}

// isChinese reports Han characters without another script that uses them too.
func isChinese(text string) bool {
	han := false
	for _, r := range text {
		han = han || unicode.Is(unicode.Han, r)
		if unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return false
		}
	}
	return han
}

// foreign reports that an entry is in another language than a reply: one that its
// reader may not read. The two Chinese scripts are one language here.
func foreign(reply, entry string) bool {
	return entry != "" && reply != "" && family(reply) != family(entry)
}

func family(language string) string {
	base, _, _ := strings.Cut(language, "-")
	return base
}

var smallTalkText = map[string]FixedText{
	ReasonGreeting: TextGreeting, ReasonThanks: TextThanks, ReasonGoodbye: TextGoodbye,
	ReasonRobot: TextRobot, ReasonAbuse: TextAbuse, ReasonWordless: TextWordless,
}
