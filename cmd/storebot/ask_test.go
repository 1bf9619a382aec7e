package main

import (
	"path/filepath"
	"strings"
	"testing"

	"storebot/rag"
)

var faq = []row{
	{"How much is shipping?", "Shipping is free from $50, else $4.", "Shipping", "en", []string{"delivery cost", "postage fee"}},
	{"Which payment methods do you take?", "Cards, Apple Pay and bank transfer – no cheques.", "Payment", "en", []string{"can I pay by card"}},
	{"發票怎麼開？", "結帳時選擇「電子發票」，訂單出貨後寄到您的信箱。", "發票", "zh-Hant", []string{"可以開統編嗎"}},
	{"可以退貨嗎？", "到貨後七天內可以退貨，運費由我們負擔。", "退貨", "zh-Hant", []string{"退貨期限幾天", "我想退貨"}},
}

func shopWithFAQ(t *testing.T, option, slug string) []string {
	t.Helper()
	shop := newShop(t, option, slug)
	do(t, with(shop, "import", write(t, filepath.Join(t.TempDir(), "faq.csv"), asCSV(t, faq, ',', english...)))...)
	return shop
}

func TestAsk(t *testing.T) {
	option, db := database(t)
	shop := shopWithFAQ(t, option, "asked")
	for question, want := range map[string]row{
		"delivery cost": faq[0], "can i pay by card": faq[1],
		"可以開統編嗎": faq[2], "我想退貨": faq[3],
		"我想退货": faq[3], // the other script finds the merchant's own
	} {
		got := decode[askJSON](t, do(t, with(shop, "ask", question, "--json")...))
		if got.Decision != rag.Direct || got.Text != want.answer || len(got.Sources) != 1 || got.Sources[0].Question != want.question {
			t.Errorf("%s: %+v", question, got)
			continue
		}
		if got.Confidence < 0.5 || got.Confidence > 1 || got.Reason != rag.ReasonConfident || got.Language == "" || got.Engine == "" ||
			len(got.Found) == 0 || got.Found[0].EntryID != got.Sources[0].EntryID || got.Found[0].Score <= 0 ||
			got.Timings.TotalMS <= 0 || got.Timings.FirstWordsMS <= 0 || got.Timings.FirstWordsMS > got.Timings.TotalMS {
			t.Errorf("%s: %+v", question, got)
		}
		if text := do(t, with(shop, "ask", question)...); !strings.HasPrefix(text, want.answer+"\n") || !strings.Contains(text, "direct (confident)") {
			t.Errorf("%s: %q", question, text)
		}
	}
	out := decode[askJSON](t, do(t, with(shop, "ask", "what is the capital of Mongolia", "--json")...))
	if out.Decision != rag.Abstain || out.Sources == nil || out.Suggestions == nil || len(out.Sources) > 0 {
		t.Errorf("a question that nothing answers: %+v", out)
	}
	empty := newShop(t, option, "empty")
	if got := decode[askJSON](t, do(t, with(empty, "ask", "delivery cost", "--json")...)); got.Decision != rag.Abstain || got.Reason != rag.ReasonNoKnowledge {
		t.Errorf("a shop without entries: %+v", got)
	}
	refused(t, 1, []string{"the question has no text"}, with(shop, "ask", " \u200b ")...)

	var stored int
	if err := db.Admin(t).QueryRow(t.Context(), `SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM conversation) + (SELECT count(*) FROM gap)`).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("asking here stored %d rows (%v)", stored, err)
	}
}
