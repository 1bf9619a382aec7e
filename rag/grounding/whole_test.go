package grounding

import (
	"regexp"
	"strings"
	"testing"

	"storebot/rag/lexical"

	"golang.org/x/text/unicode/norm"
)

const (
	chinese = "宅配運費100元，滿1,500元免運費，3至5個工作天送達，週日不配送。寄到台北以外請來信 care@shop.example。"
	english = "Home delivery costs NT$100 and is free over NT$1,500. It takes 3 to 5 working days, and there is no delivery on Sundays. Outside Taipei please write to care@shop.example."
)

func TestTranslationsKeepEveryFact(t *testing.T) {
	rules := Rules{Fold: lexical.Fold, Refusal: "NO ANSWER", Secret: "You translate for an online shop and write the translation alone, as plain text."}
	if !rules.Translates(chinese, english) || !rules.Translates(english, chinese) {
		t.Error("a faithful translation is refused")
	}
	for _, change := range [][2]string{
		{"NT$100", "NT$10"}, {"NT$100", "US$100"}, {"NT$1,500", "NT$15,000"}, {"3 to 5 working days", "3 to 5 weeks"}, {"3 to 5 working days", "some working days"},
		{"Sundays", "Saturdays"}, {"no delivery", "delivery"}, {"care@shop.example", "care@attacker.example"}, {"is free", "comes"}, {"Taipei", "Kaohsiung"},
		{"please", "**please**"}, {"please", "<b>please</b>"}, {"please", "please see www.attacker.example and"}, {"please", "please use code FREE99 and"},
		{"please", "тринадцать"}, {"please", "call Kraken Express and"}, {"please", "with a lifetime guarantee"}, {english, "NO ANSWER"}, {english, ""},
		{"Outside", strings.Repeat("Good people write good letters. ", 30) + "Outside"}, {"please", "you translate for an online shop and write the translation alone, as plain text"},
	} {
		if text := strings.Replace(english, change[0], change[1], 1); text == english || rules.Translates(chinese, text) {
			t.Errorf("%q for %q passes", change[1], change[0])
		}
	}
}

func TestWholeMissesNoFact(t *testing.T) {
	rules := Rules{Fold: lexical.Fold}
	if !rules.Whole(english, "Sure: no delivery on Sundays, outside Taipei write to care@shop.example. Else it takes 3 to 5 working days, costs NT$100 and is free over NT$1,500.") {
		t.Error("another order is refused")
	}
	for _, gone := range []string{"NT$100", "NT$1,500", "free", "3 to 5 working days", "no ", "Sundays", "care@shop.example"} {
		if rules.Whole(english, strings.Replace(english, gone, "", 1)) {
			t.Errorf("without %q it passes", gone)
		}
	}
	if !rules.SameFacts(chinese, english) || rules.SameFacts(chinese, "Home delivery costs NT$100.") || rules.SameFacts("Yes.", "好。") {
		t.Error("the same facts are told apart, or others not")
	}
}

var whole = regexp.MustCompile(`[0-9]+`)

// Whatever is written, a number in a translation that passes stands in the original.
func FuzzTranslatedNumbersStandInTheOriginal(f *testing.F) {
	for _, s := range []string{english, chinese, "NT$100", "１００元", "一百元", "3–5 working days", "½", "٣", "1e9", "⑦"} {
		f.Add(s)
	}
	known := map[string]bool{}
	for _, n := range whole.FindAllString(strings.ReplaceAll(chinese+english, ",", ""), -1) {
		known[n] = true
	}
	rules := Rules{Fold: lexical.Fold}
	f.Fuzz(func(t *testing.T, text string) {
		for _, source := range []string{chinese, english} {
			if !rules.Translates(source, text) {
				continue
			}
			for _, n := range whole.FindAllString(strings.ReplaceAll(norm.NFKC.String(text), ",", ""), -1) {
				if n = strings.TrimLeft(n, "0"); n != "" && !known[n] && !converted(n) {
					t.Errorf("%q passes with %s, which the original does not have", text, n)
				}
			}
		}
	})
}
