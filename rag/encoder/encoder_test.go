package encoder

import (
	"context"
	"errors"
	"testing"

	"github.com/viterin/vek/vek32"

	"storebot/rag"
	"storebot/rag/ragtest"
)

func TestEmbedder(t *testing.T) {
	ragtest.EnglishEmbedder(t, func(*testing.T) rag.Embedder { return new(Embedder) })
}

func embed(t *testing.T, text string) []float32 {
	t.Helper()
	vector, err := new(Embedder).EmbedQuery(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return vector
}

func TestMeaningNotWords(t *testing.T) {
	for _, c := range []struct{ question, near, far string }{
		{"can I get my money back?", "What is your refund policy?", "When are you open?"},
		{"which day will it be at my door", "How long does delivery take?", "How do I change my password?"},
		{"it arrived in pieces", "My item is broken", "Can I pay by card?"},
		{"do you have a shop I can walk into", "Where is your store located?", "How do I return an item?"},
	} {
		q := embed(t, c.question)
		near, far := vek32.Dot(q, embed(t, c.near)), vek32.Dot(q, embed(t, c.far))
		if near < far+0.1 {
			t.Errorf("%q is as near to %q (%.2f) as to %q (%.2f)", c.question, c.far, far, c.near, near)
		}
	}
}

func TestOtherLanguagesHaveNoVector(t *testing.T) {
	for _, text := range []string{
		"請問要怎麼退貨？", "退货要多久", "返品したいのですが", "как вернуть заказ", "我想 refund 我的訂單",
		"¿Cuánto tarda el envío a Canarias?", "Wie lange dauert der Versand nach Österreich?", "zenme tuihuo, yunfei duoshao qian",
		"", "?!", "1,299",
	} {
		if v := embed(t, text); vek32.Norm(v) != 0 {
			t.Errorf("%q has a vector", text)
		}
	}
	for _, text := range []string{"refund", "How long does shipping take?", "do you sell Oolong (烏龍) tea by the kilo?", "i wan to retrun my ordr pls"} {
		if v := embed(t, text); vek32.Norm(v) < 0.99 {
			t.Errorf("%q has no vector", text)
		}
	}
}

func TestAQuestionWaitsNoLongerThanItsContext(t *testing.T) {
	for range cap(questions) {
		questions <- struct{}{}
	}
	defer func() {
		for range cap(questions) {
			<-questions
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := new(Embedder).EmbedQuery(ctx, "Where is my parcel?")
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
	if _, err := new(Embedder).EmbedPassages(t.Context(), []string{"Where is my parcel?"}); err != nil {
		t.Errorf("a stored text had to wait for questions: %v", err)
	}
}
