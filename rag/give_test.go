package rag_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storebot/rag"
	"storebot/rag/ragtest"

	"github.com/google/uuid"
)

const (
	chineseQuestion, chineseAnswer = "運費怎麼算？", "宅配運費100元，滿1,500元免運費，週日不配送。"
	simpleQuestion, simpleAnswer   = "运费怎么算？", "宅配运费100元，满1,500元免运费，周日不配送。"
	englishQuestion, englishAnswer = "What does shipping cost?", "Home delivery costs NT$100 and is free over NT$1,500. There is no delivery on Sundays."
)

func entry(language, question, answer string) rag.Match {
	return rag.Match{Entry: &rag.Entry{ID: uuid.New(), Question: question, Answer: answer, Language: language}, Phrasing: question, Score: 1}
}

func finds(confidence float64, matches ...rag.Match) retriever {
	return func(ctx context.Context, _ string) (rag.Retrieval, error) {
		for i := range matches {
			matches[i].Score = 1 - float64(i)/100
		}
		return rag.Retrieval{Matches: matches, Confidence: confidence, Engine: "lexical"}, ctx.Err()
	}
}

func TestReadersGetTheEntryOfTheirLanguage(t *testing.T) {
	hant, hans, en := entry("zh-Hant", chineseQuestion, chineseAnswer), entry("zh-Hans", simpleQuestion, simpleAnswer), entry("en", englishQuestion, englishAnswer)
	other := entry("en", "Do you gift-wrap?", "Gift wrapping costs NT$50.")
	for name, c := range map[string]struct {
		asked string
		found []rag.Match
		want  string
	}{
		"traditional before simplified": {"請問運費是多少？", []rag.Match{hans, hant}, chineseAnswer},
		"simplified before traditional": {"请问运费怎么算", []rag.Match{hant, hans}, simpleAnswer},
		"one script reads the other":    {"请问运费怎么算", []rag.Match{hant}, chineseAnswer},
		"English before Chinese":        {"what is the shipping fee", []rag.Match{hant, other, en}, englishAnswer},
		"nothing that says the same":    {"what is the shipping fee", []rag.Match{hant, other}, "The shop has written this in Chinese only:\n\n" + chineseAnswer},
		"Chinese of English":            {"請問運費是多少？", []rag.Match{en}, "店家只準備了英文說明：\n\n" + englishAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			x := trial{retriever: finds(0.9, c.found...), question: rag.Question{Text: c.asked}}
			if err := x.ask(t.Context()); err != nil {
				t.Fatal(err)
			}
			if events, got := x.order(); got.Text != c.want || got.Decision != rag.Direct || events != "match1 accepted done" {
				t.Errorf("%s: %s %q", events, got.Decision, got.Text)
			}
		})
	}
	x := trial{retriever: finds(0.5, hans, hant, other), question: rag.Question{Text: "請問運費是多少？"}, shop: rag.Shop{Budget: -1}}
	if err := x.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, got := x.order(); len(got.Suggestions) != 2 || got.Suggestions[0] != chineseQuestion {
		t.Errorf("offered %q", got.Suggestions)
	}
}

func TestModelTakesTheEntrysPlaceOnlyIfItSaysTheSameInTime(t *testing.T) {
	en := entry("en", englishQuestion, englishAnswer)
	warm := rag.Shop{Tone: rag.Warm}
	const kind = "Happy to help! Home delivery costs just NT$100, and it is free over NT$1,500. There is no delivery on Sundays."
	const said = "Home delivery costs NT$100, and it is free over NT$1,500. There is no delivery on Sundays [1]."
	for name, c := range map[string]struct {
		shop      rag.Shop
		asked     string
		model     *ragtest.Scripted
		reason    string
		composing string
	}{
		"plain tone asks no model":       {rag.Shop{}, "shipping fee", &ragtest.Scripted{}, rag.ReasonConfident, ""},
		"warm":                           {warm, "shipping fee", &ragtest.Scripted{Answer: ragtest.Says(said)}, rag.ReasonWarm, rag.ReasonComposed},
		"a sentence without ground":      {warm, "shipping fee", &ragtest.Scripted{Answer: ragtest.Says(kind)}, rag.ReasonConfident, rag.ReasonUnsupported},
		"a fact left out":                {warm, "shipping fee", &ragtest.Scripted{Answer: ragtest.Says("Home delivery costs NT$100.")}, rag.ReasonConfident, rag.ReasonUnsupported},
		"a denial left out":              {warm, "shipping fee", &ragtest.Scripted{Answer: ragtest.Says("Home delivery costs NT$100 and is free over NT$1,500. Delivery on Sundays.")}, rag.ReasonConfident, rag.ReasonUnsupported},
		"model down":                     {warm, "shipping fee", &ragtest.Scripted{Answer: ragtest.Says(said), Err: rag.ErrModelInterrupted}, rag.ReasonConfident, rag.ReasonModelDown},
		"translated":                     {rag.Shop{}, "請問運費是多少？", &ragtest.Scripted{Answer: ragtest.Says("宅配運費NT$100，滿NT$1,500免運費。週日不配送。")}, rag.ReasonTranslated, rag.ReasonComposed},
		"translated with another number": {rag.Shop{}, "請問運費是多少？", &ragtest.Scripted{Answer: ragtest.Says("宅配運費NT$10，滿NT$1,500免運費。週日不配送。")}, rag.ReasonOtherLanguage, rag.ReasonUnsupported},
		"translated without a fact":      {rag.Shop{}, "請問運費是多少？", &ragtest.Scripted{Answer: ragtest.Says("宅配運費NT$100，週日不配送。")}, rag.ReasonOtherLanguage, rag.ReasonUnsupported},
		"translated to the opposite":     {rag.Shop{}, "請問運費是多少？", &ragtest.Scripted{Answer: ragtest.Says("宅配運費NT$100，滿NT$1,500免運費。週日也配送。")}, rag.ReasonOtherLanguage, rag.ReasonUnsupported},
	} {
		t.Run(name, func(t *testing.T) {
			x := trial{retriever: finds(0.9, en), generator: c.model, shop: c.shop, question: rag.Question{Text: c.asked}}
			if err := x.ask(t.Context()); err != nil {
				t.Fatal(err)
			}
			events, got := x.order()
			if events != "match1 accepted done" || got.Reason != c.reason || got.Composing != c.composing || len(got.Sources) != 1 {
				t.Errorf("%s: %s, %s, composing %q: %q", events, got.Decision, got.Reason, got.Composing, got.Text)
			}
			if rests := got.Decision == rag.Composed; rests != (c.composing == rag.ReasonComposed) {
				t.Errorf("%s for %s", got.Decision, got.Reason)
			}
			if got.Reason != rag.ReasonWarm && !strings.Contains(got.Text, englishAnswer) {
				t.Errorf("the merchant's own words are not in %q", got.Text)
			}
			if got.Reason == rag.ReasonWarm && strings.Contains(got.Text, "[1]") {
				t.Errorf("a citation mark left: %q", got.Text)
			}
		})
	}
}

// The entry is on the wire at once, whatever the model does with the rest of the
// budget.
func TestWarmToneCostsNoMoreThanTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &ragtest.Scripted{Answer: ragtest.Says(englishAnswer), Before: func(ctx context.Context, _ int) error {
			<-ctx.Done()
			return ctx.Err()
		}}
		x := trial{retriever: finds(0.9, entry("en", englishQuestion, englishAnswer)), generator: slow, shop: rag.Shop{Tone: rag.Warm, Budget: 700 * time.Millisecond}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, got := x.order()
		if x.at[0] != 0 || got.Timings.Total != 700*time.Millisecond || got.Text != englishAnswer || got.Composing != rag.ReasonModelSlow {
			t.Errorf("first words after %v, whole after %v, composing %q", x.at[0], got.Timings.Total, got.Composing)
		}
	})
}
