package rag_test

import (
	"context"
	"testing"

	"storebot/rag"
	"storebot/rag/ragtest"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// pieces of texts that shoppers and models may write, in scripts that the shop does not
// speak too, and what stands between them.
var pieces = []string{
	"how much is the ", "and the ", "it", "daypack", "where is order 12345", "$5", "NT$1,200", "10%", "三百元", "多少錢", "那", "呢", "退貨", "背包",
	"доставка", "いくらですか", "ですか", "배송비는요", "مجاني", "τιμές", "ราคา", "é", "ñandúes", "ﬁ", "ß", "İ", "ｓｋｕ", "ＡＢＣ", "１２３", "٣٤", "½", "²", "Ⅻ",
	" ", "  ", "\n", "\t", ".", "?", "？", "!", "、", "-", "–", "/", "[1]", "[", "](", "<b>", "`", "|", "@", "a@b.example", "https://a.example/x?y=1",
	"2026-12-25", "12/25", "9:00", "+886 912 345 678", "👍", "👩‍👩‍👧", "e\u0301", "\u200b", "\u202e", "\U000E0041", "\ufeff", "\u00a0", "not ", "不", "never ",
}

// Nothing that a shopper or a model writes breaks an answer.
func TestNoTextBreaksAnAnswer(t *testing.T) {
	x := teaShop(t, true)
	text := rapid.Custom(func(t *rapid.T) string {
		out := ""
		for _, p := range rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 1, 6).Draw(t, "pieces") {
			out += p
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		k := newTalk(x, &memory{})
		k.answerer.Generator = &ragtest.Scripted{Answer: ragtest.Says(text.Draw(t, "written"))}
		shop := rag.Shop{Budget: 1 << 40, Tone: rapid.SampledFrom([]rag.Tone{rag.Plain, rag.Warm}).Draw(t, "tone")}
		for range 3 {
			q := rag.Question{Conversation: k.id, ClientKey: uuid.New(), Text: text.Draw(t, "asked"), History: k.history}
			var reply rag.Reply
			err := k.answerer.Ask(context.Background(), shop, q, func(e rag.Event) error {
				if done, ok := e.(rag.DoneEvent); ok {
					reply = done.Reply
				}
				return nil
			})
			if err == nil && reply.Text == "" {
				t.Fatalf("%q: no words", q.Text)
			}
		}
	})
}
