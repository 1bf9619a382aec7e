package starter

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// The packs of the three languages ask the same of a merchant, in the same order.
func TestThePacksAgree(t *testing.T) {
	for _, trade := range Trades {
		english, err := Entries(trade, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range []string{"zh-Hant", "zh-Hans"} {
			entries, err := Entries(trade, language)
			if err != nil {
				t.Fatal(err)
			}
			if len(entries) != len(english) {
				t.Fatalf("%s, %s has %d entries, English %d", trade, language, len(entries), len(english))
			}
			for i, e := range entries {
				if !slices.Equal(e.Facts(), english[i].Facts()) {
					t.Errorf("%s, %s: %q is made of %v, %q of %v", trade, language, e.Question, e.Facts(), english[i].Question, english[i].Facts())
				}
			}
		}
	}
}

// No entry of a pack states what the merchant did not say, has a phrasing twice
// or one that another entry of the pack has.
func TestEveryEntryIsSound(t *testing.T) {
	for language, p := range packs {
		for trade, entries := range p {
			asked := map[string]string{}
			for _, e := range entries {
				if len(e.Facts()) == 0 {
					t.Errorf("%s, %s: %q is answered without a fact of the merchant's", language, trade, e.Question)
				}
				if len(e.Phrasings) < 5 {
					t.Errorf("%s, %s: %q has only %d other ways of asking", language, trade, e.Question, len(e.Phrasings))
				}
				for _, text := range append([]string{e.Question}, e.Phrasings...) {
					key := strings.ToLower(strings.TrimRight(text, "?？"))
					if text == "" || text != strings.TrimSpace(text) {
						t.Errorf("%s, %s: %q has the phrasing %q", language, trade, e.Question, text)
					}
					if other, ok := asked[key]; ok {
						t.Errorf("%s, %s: %q asks both %q and %q", language, trade, text, other, e.Question)
					}
					asked[key] = e.Question
				}
			}
		}
	}
}

func TestFill(t *testing.T) {
	entries, err := Fill(Food, "en", map[string]string{"delivery_time": " Two days. ", "contact": "tea@shop.example", "hours": "  "})
	if err != nil {
		t.Fatal(err)
	}
	var answers []string
	for _, e := range entries {
		answers = append(answers, e.Answer)
		if strings.ContainsAny(e.Answer, "{}") {
			t.Errorf("%q still has a gap: %q", e.Question, e.Answer)
		}
	}
	if !slices.Contains(answers, "Two days.") || !slices.Contains(answers, "You can reach us at tea@shop.example.") {
		t.Errorf("answers: %q", answers)
	}
	if slices.ContainsFunc(entries, func(e Entry) bool { return e.Question == "When are you open?" }) {
		t.Error("an entry whose fact is blank was kept")
	}
}

func TestFillRefuses(t *testing.T) {
	if _, err := Fill("weapons", "en", nil); !errors.Is(err, ErrUnknown) {
		t.Errorf("a trade that is not there: %v", err)
	}
	var wrong *FactError
	if _, err := Fill(Food, "en", map[string]string{"sizes": "M"}); !errors.As(err, &wrong) || wrong.Rule != "unknown" {
		t.Errorf("another trade's fact: %v", err)
	}
	if _, err := Fill(Food, "en", map[string]string{"hours": strings.Repeat("x", MaxFact+1)}); !errors.As(err, &wrong) || wrong.Rule != "too_long" {
		t.Errorf("a long fact: %v", err)
	}
}
