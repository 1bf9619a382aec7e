package rag_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/ragtest"
	"storebot/tenant"

	"github.com/google/uuid"
)

// held is who has every conversation, as a process believes and as it is stored.
type held struct {
	believed, stored bool
	turns            []rag.Turn
}

func (h *held) ByStaff(tenant.ID, uuid.UUID) bool { return h.believed }

func (h *held) WriteTurn(_ context.Context, _ tenant.ID, t rag.Turn) (rag.Reply, bool, error) {
	if t.ForStaff && !h.stored {
		return rag.Reply{}, false, rag.ErrNotByStaff
	}
	h.turns = append(h.turns, t)
	if h.stored {
		return rag.Reply{ID: t.QuestionID, Decision: rag.HandedOver, State: rag.ByStaff}, false, nil
	}
	t.Reply.State = rag.ByBot
	return t.Reply, false, nil
}

func TestTheBotIsSilentWhileAPersonHasIt(t *testing.T) {
	for _, c := range []struct {
		name             string
		believed, stored bool
		words            bool // of the bot, on the way to the shopper
		decision         rag.Decision
		question         string // as stored
	}{
		{"nobody has it", false, false, true, rag.Direct, "mail [e-mail] how long"},
		{"a person has it", true, true, false, rag.HandedOver, "mail mei@tea.example how long"},
		{"a person has just taken it", false, true, true, rag.HandedOver, "mail [e-mail] how long"},
		{"a person has just handed it back", true, false, true, rag.Direct, "mail [e-mail] how long"},
	} {
		h := &held{believed: c.believed, stored: c.stored}
		a := rag.Answerer{Retriever: sure(.95), Writer: h, Holds: h, Detect: lexical.Language, Direct: .8, Unsure: .3}
		words := false
		var last rag.Reply
		err := a.Ask(t.Context(), rag.Shop{}, rag.Question{Text: "mail mei@tea.example how long", At: time.Now()}, func(e rag.Event) error {
			switch e := e.(type) {
			case rag.MatchEvent, rag.DeltaEvent:
				words = true
			case rag.DoneEvent:
				last = e.Reply
			}
			return nil
		})
		if err != nil || words != c.words || last.Decision != c.decision || c.decision == rag.HandedOver && last.Text != "" {
			t.Errorf("%s: words %v, %s %q, %v", c.name, words, last.Decision, last.Text, err)
		}
		if len(h.turns) != 1 || h.turns[0].Question != c.question {
			t.Errorf("%s: stored %+v", c.name, h.turns)
		}
	}
}

func TestAskingForAPersonHandsOver(t *testing.T) {
	for _, question := range []string{"I want to talk to a person", "我要找真人客服", "转人工"} {
		h := &held{}
		a := rag.Answerer{Retriever: sure(.1), Writer: h, Holds: h, Detect: lexical.Language, Direct: .8, Unsure: .3}
		if err := a.Ask(t.Context(), rag.Shop{Language: "en"}, rag.Question{Text: question}, func(rag.Event) error { return nil }); err != nil {
			t.Fatal(err)
		}
		turn := h.turns[0]
		if turn.HandOver == nil || turn.HandOver.Reason != rag.HandedAsked || turn.HandOver.Note == "" || turn.HandOver.InHours != nil {
			t.Errorf("%s: %+v", question, turn.HandOver)
		}
	}
}

func TestRepliesAreSuggested(t *testing.T) {
	suggest := func(confidence float64, g rag.Generator, text string) []rag.Draft {
		a := rag.Answerer{Retriever: sure(confidence), Generator: g, Detect: lexical.Language, Direct: .8, Unsure: .3, Fold: lexical.Fold}
		list, err := a.Suggest(t.Context(), rag.Shop{Language: "en"}, text)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := suggest(.9, nil, "how long"); len(list) != 3 || list[0].Text != knowledge[0].Entry.Answer || list[0].Entry == nil || list[0].Model != "" {
		t.Errorf("by the entries: %+v", list)
	}
	if list := suggest(.1, nil, "how long"); len(list) != 0 {
		t.Errorf("with nothing near: %+v", list)
	}
	if list := suggest(.9, nil, " "); len(list) != 0 {
		t.Errorf("for no words: %+v", list)
	}
	list := suggest(.5, &ragtest.Scripted{Answer: ragtest.Says(composed)}, "when will it come and what is the price of that")
	if len(list) != 4 || list[3].Model == "" || strings.Contains(list[3].Text, "[") || !strings.Contains(list[3].Text, "NT$100") {
		t.Errorf("by a model: %+v", list)
	}
	if list := suggest(.5, &ragtest.Scripted{Answer: ragtest.Says("Delivery takes 99 days [1].")}, "when will it come"); len(list) != 3 {
		t.Errorf("what no entry says is suggested: %+v", list)
	}
	// What is sure is the shop's own to say.
	strict := rag.Answerer{Retriever: sure(.85), Generator: &ragtest.Scripted{Answer: ragtest.Says(composed)}, Detect: lexical.Language, Direct: .8, Unsure: .3, Fold: lexical.Fold}
	if list, err := strict.Suggest(t.Context(), rag.Shop{Language: "en", Direct: .9}, "when will it come and what is the price of that"); err != nil || len(list) != 4 {
		t.Errorf("below the shop's own threshold: %+v, %v, want a draft", list, err)
	}
	a := rag.Answerer{Retriever: retriever(func(context.Context, string) (rag.Retrieval, error) { return rag.Retrieval{}, errors.New("disk") })}
	if _, err := a.Suggest(t.Context(), rag.Shop{}, "how long"); err == nil {
		t.Error("a broken search goes unnoticed")
	}
}
