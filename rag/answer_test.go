package rag_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/prompt"
	"storebot/rag/ragtest"
	"storebot/tenant"

	"github.com/google/uuid"
)

var knowledge = []rag.Match{
	{Entry: &rag.Entry{Question: "How long does delivery take?", Answer: "Delivery takes 3 to 5 working days."}, Phrasing: "How long does delivery take?", Score: 1},
	{Entry: &rag.Entry{Question: "Are you a robot?", Answer: "I am Momo, the cat of this shop."}, Phrasing: "Are you a robot?", Score: 0.9},
	{Entry: &rag.Entry{Question: "What does delivery cost?", Answer: "Delivery costs NT$100."}, Phrasing: "What does delivery cost?", Score: 0.8},
}

const composed = "Delivery takes 3 to 5 working days [1]. Delivery costs NT$100 [3]."

type retriever func(ctx context.Context, question string) (rag.Retrieval, error)

func (f retriever) Retrieve(ctx context.Context, _ tenant.ID, question string) (rag.Retrieval, error) {
	return f(ctx, question)
}

func sure(confidence float64) retriever {
	return func(ctx context.Context, _ string) (rag.Retrieval, error) {
		return rag.Retrieval{Matches: knowledge, Confidence: confidence, Engine: "lexical", Version: 7}, ctx.Err()
	}
}

// store keeps turns as the contract of rag.TurnWriter has it.
type store struct {
	turns []rag.Turn
	err   error
}

func (s *store) WriteTurn(ctx context.Context, _ tenant.ID, t rag.Turn) (rag.Reply, bool, error) {
	if err := cmpErr(ctx.Err(), s.err); err != nil {
		return rag.Reply{}, false, err
	}
	for _, old := range s.turns {
		if old.Conversation == t.Conversation && old.ClientKey == t.ClientKey {
			if old.Question != t.Question {
				return rag.Reply{}, false, rag.ErrKeyReused
			}
			return old.Reply, true, nil
		}
	}
	s.turns = append(s.turns, t)
	return t.Reply, false, nil
}

func cmpErr(errs ...error) error { return errors.Join(errs...) }

// trial is one question with everything around it.
type trial struct {
	retriever retriever
	generator rag.Generator
	store     *store
	shop      rag.Shop
	question  rag.Question
	leave     int // the shopper leaves at the event of this number, from 1
	room      func(rag.Prompt) bool
	counted   []string
	events    []rag.Event
	at        []time.Duration
}

func (x *trial) ask(ctx context.Context) error {
	if x.store == nil {
		x.store = &store{}
	}
	if x.shop.Budget == 0 {
		x.shop.Budget = time.Second
	}
	if x.question.Text == "" {
		x.question.Text = "when will it come and what is the price of that"
	}
	a := rag.Answerer{
		Retriever: x.retriever, Writer: x.store, Generator: x.generator, Direct: 0.8, Unsure: 0.3, Room: x.room, Fold: lexical.Fold,
		Detect: lexical.Language,
		Count:  func(d rag.Decision, reason string) { x.counted = append(x.counted, string(d)+" "+reason) },
	}
	start := time.Now()
	return a.Ask(ctx, x.shop, x.question, func(e rag.Event) error {
		x.events, x.at = append(x.events, e), append(x.at, time.Since(start))
		if x.leave > 0 && len(x.events) >= x.leave {
			return errGone
		}
		return nil
	})
}

var errGone = errors.New("connection reset")

// order is the events' kinds, and the reply they ended with.
func (x *trial) order() (string, rag.Reply) {
	var kinds []string
	var last rag.Reply
	for _, e := range x.events {
		switch e := e.(type) {
		case rag.MatchEvent:
			kinds = append(kinds, fmt.Sprint("match", e.Number))
		case rag.DeltaEvent:
			kinds = append(kinds, "delta")
		case rag.AcceptedEvent:
			kinds = append(kinds, "accepted")
		case rag.DoneEvent:
			kinds, last = append(kinds, "done"), e.Reply
		case rag.FailedEvent:
			kinds = append(kinds, "failed")
		}
	}
	return strings.Join(kinds, " "), last
}

func TestEachDecisionHasItsEventsInOrder(t *testing.T) {
	none := retriever(func(context.Context, string) (rag.Retrieval, error) { return rag.Retrieval{}, rag.ErrNoKnowledge })
	down := retriever(func(context.Context, string) (rag.Retrieval, error) {
		return rag.Retrieval{}, errors.New("no route to host")
	})
	for name, c := range map[string]struct {
		trial
		events string
		want   rag.Reply
	}{
		"direct":       {trial{retriever: sure(0.9), generator: &ragtest.Scripted{}}, "match1 accepted done", rag.Reply{Decision: rag.Direct, Reason: rag.ReasonConfident, Text: knowledge[0].Entry.Answer}},
		"abstain":      {trial{retriever: sure(0.2)}, "delta accepted done", rag.Reply{Decision: rag.Abstain, Reason: rag.ReasonNoMatch}},
		"no knowledge": {trial{retriever: none}, "delta accepted done", rag.Reply{Decision: rag.Abstain, Reason: rag.ReasonNoKnowledge}},
		"clarify":      {trial{retriever: sure(0.5)}, "delta accepted done", rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsure}},
		"composed": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(composed)}}, "match1 match2 match3 delta delta accepted done",
			rag.Reply{Decision: rag.Composed, Reason: rag.ReasonComposed, Text: "Delivery takes 3 to 5 working days. Delivery costs NT$100."}},
		"invented": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says("It costs NT$5 and comes tomorrow. It is free!")}}, "match1 match2 match3 accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsupported}},
		"mostly invented": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says("Delivery costs NT$100 [3]. It costs NT$5. It comes tomorrow. All is free.")}}, "match1 match2 match3 delta accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsupported}},
		"refused": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(prompt.Refusal)}}, "match1 match2 match3 accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsupported}},
		"model says nothing": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: func(rag.Prompt) []string { return nil }}}, "match1 match2 match3 accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsupported}},
		"model down": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: func(rag.Prompt) []string { return nil }, Err: rag.ErrModelUnavailable}}, "match1 match2 match3 accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonModelDown}},
		"model killed": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(composed), Err: rag.ErrModelInterrupted}}, "match1 match2 match3 delta accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonModelDown, Interrupted: true}},
		"no room": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(composed)}, room: func(rag.Prompt) bool { return false }}, "match1 match2 match3 accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonModelDown}},
		"no budget": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{}, shop: rag.Shop{Budget: -1}}, "delta accepted done",
			rag.Reply{Decision: rag.Clarify, Reason: rag.ReasonUnsure}},
		"endless": {trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: func(rag.Prompt) []string {
			var out []string
			for i := range 100 {
				out = append(out, strings.Repeat("Delivery ", i+1)+"costs NT$100. ")
			}
			return out
		}}}, "match1 match2 match3 delta delta delta delta delta delta accepted done", rag.Reply{Decision: rag.Composed, Reason: rag.ReasonComposed}},
		"small talk":                        {trial{retriever: sure(0.1), question: rag.Question{Text: "謝謝～"}}, "delta accepted done", rag.Reply{Decision: rag.SmallTalk, Reason: rag.ReasonThanks, Language: "zh-Hant"}},
		"small talk while the search fails": {trial{retriever: down, question: rag.Question{Text: "hi!"}}, "delta accepted done", rag.Reply{Decision: rag.SmallTalk, Reason: rag.ReasonGreeting, Text: rag.Shop{}.Welcome("en")}},
		"merchant's greeting":               {trial{retriever: none, shop: rag.Shop{Texts: rag.FixedTexts{"en": {rag.TextGreeting: "Meow."}}}, question: rag.Question{Text: "hi!"}}, "delta accepted done", rag.Reply{Decision: rag.SmallTalk, Reason: rag.ReasonGreeting, Text: "Meow."}},
		"an entry that asks the same":       {trial{retriever: sure(0.1), question: rag.Question{Text: "are you a robot"}}, "match1 accepted done", rag.Reply{Decision: rag.Direct, Reason: rag.ReasonConfident, Text: knowledge[1].Entry.Answer}},
		"a person":                          {trial{retriever: down, question: rag.Question{Text: "Hi, can I talk to a real person please?"}}, "delta accepted done", rag.Reply{Decision: rag.SmallTalk, Reason: rag.ReasonPerson}},
		"storage down":                      {trial{retriever: sure(0.9), store: &store{err: fmt.Errorf("%w: full", rag.ErrStorage)}}, "match1 failed", rag.Reply{}},
	} {
		t.Run(name, func(t *testing.T) {
			x := c.trial
			if err := x.ask(t.Context()); err != nil {
				t.Fatal(err)
			}
			events, got := x.order()
			if events != c.events || got.Decision != c.want.Decision || got.Reason != c.want.Reason || got.Interrupted != c.want.Interrupted ||
				c.want.Text != "" && got.Text != c.want.Text || c.want.Language != "" && got.Language != c.want.Language {
				t.Fatalf("got %s with %+v\nwant %s with %+v", events, got, c.events, c.want)
			}
			if name == "storage down" {
				return
			}
			if got.Text == "" || got.Timings.FirstWords <= 0 || got.Timings.Total < 0 || len(x.counted) != 1 {
				t.Errorf("text %q, timings %+v, counted %q: want a text, times and one count", got.Text, got.Timings, x.counted)
			}
			if len(x.store.turns) != 1 || x.store.turns[0].Reply.ID != got.ID || got.ID == uuid.Nil {
				t.Errorf("stored %d turns, the reply is %s", len(x.store.turns), got.ID)
			}
			if (got.Decision == rag.Clarify) != (len(got.Suggestions) > 0) {
				t.Errorf("%s has the suggestions %q", got.Decision, got.Suggestions)
			}
		})
	}
}

func TestComposedReplyNamesItsSources(t *testing.T) {
	x := trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(composed)}}
	if err := x.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, got := x.order()
	if len(got.Sources) != 2 || got.Sources[0].Entry != knowledge[0].Entry || got.Sources[1].Entry != knowledge[2].Entry {
		t.Errorf("sources are %v, want the first and the third match", got.Sources)
	}
}

// The deltas put together are the text, so that nothing jumps when done comes.
func TestDeltasAreTheText(t *testing.T) {
	x := trial{retriever: sure(0.5), generator: &ragtest.Scripted{Answer: ragtest.Says(composed)}}
	if err := x.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	var deltas string
	for _, e := range x.events {
		if d, ok := e.(rag.DeltaEvent); ok {
			deltas += d.Text
		}
	}
	if _, got := x.order(); deltas != got.Text {
		t.Errorf("deltas make %q, the text is %q", deltas, got.Text)
	}
}

func TestSlowModelCostsNoMoreThanTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &ragtest.Scripted{Before: func(ctx context.Context, _ int) error {
			select {
			case <-time.After(time.Minute):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
		x := trial{retriever: sure(0.5), generator: slow, shop: rag.Shop{Budget: 700 * time.Millisecond}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		events, got := x.order()
		if events != "match1 match2 match3 accepted done" || got.Decision != rag.Clarify || got.Reason != rag.ReasonModelSlow || got.Interrupted {
			t.Errorf("got %s with %s, %s", events, got.Decision, got.Reason)
		}
		if x.at[0] != 0 || got.Timings.FirstWords > time.Millisecond || got.Timings.Total != 700*time.Millisecond {
			t.Errorf("first words after %v (stored %v), whole after %v, want at once and 700ms", x.at[0], got.Timings.FirstWords, got.Timings.Total)
		}
	})
}

func TestBudgetRunsFromTheArrival(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := &ragtest.Scripted{}
		x := trial{retriever: sure(0.5), generator: model, shop: rag.Shop{Budget: time.Second}, question: rag.Question{At: time.Now().Add(-time.Second)}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, got := x.order(); got.Reason != rag.ReasonModelSlow || len(model.Prompts()) != 0 {
			t.Errorf("got %s after %d prompts, want %s and a model that was not asked", got.Reason, len(model.Prompts()), rag.ReasonModelSlow)
		}
	})
}

// The first sentence in time is enough: the rest may take longer, but not for ever.
func TestModelThatStallsMidwayIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stalls := &ragtest.Scripted{
			Answer: func(rag.Prompt) []string {
				return []string{"Delivery takes 3 to 5 working days. D", "elivery costs NT$100."}
			},
			Before: func(ctx context.Context, piece int) error {
				if piece == 1 {
					<-ctx.Done()
				}
				return ctx.Err()
			},
		}
		x := trial{retriever: sure(0.5), generator: stalls}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		events, got := x.order()
		if events != "match1 match2 match3 delta accepted done" || got.Decision != rag.Clarify || got.Reason != rag.ReasonModelSlow || !got.Interrupted || got.Timings.Total != 8*time.Second {
			t.Errorf("got %s with %s, %s, interrupted %v after %v", events, got.Decision, got.Reason, got.Interrupted, got.Timings.Total)
		}
	})
}

func TestTurnIsStoredThoughTheShopperLeft(t *testing.T) {
	for leave := 1; leave <= 6; leave++ {
		model := &ragtest.Scripted{Answer: ragtest.Says(composed)}
		x := trial{retriever: sure(0.5), generator: model, leave: leave}
		if err := x.ask(t.Context()); !errors.Is(err, errGone) {
			t.Fatalf("left at event %d: %v", leave, err)
		}
		if len(x.store.turns) != 1 || x.store.turns[0].Reply.Text == "" {
			t.Errorf("left at event %d: stored %+v", leave, x.store.turns)
		}
		if len(x.events) != leave {
			t.Errorf("left at event %d, but %d were sent", leave, len(x.events))
		}
		if asked := len(model.Prompts()) > 0; asked != (leave > 3) {
			t.Errorf("left at event %d: model asked %v", leave, asked)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x := trial{retriever: sure(0.9)}
	if err := x.ask(ctx); err != nil || len(x.store.turns) != 1 {
		t.Errorf("under an ended request: %v, %d turns stored", err, len(x.store.turns))
	}
}

func TestRepeatedKeyGetsTheStoredReply(t *testing.T) {
	key := uuid.New()
	first := trial{retriever: sure(0.9), question: rag.Question{ClientKey: key, Text: "when does it come"}}
	if err := first.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, want := first.order()
	again := trial{retriever: sure(0.1), store: first.store, question: first.question}
	if err := again.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, got := again.order(); got.ID != want.ID || got.Text != want.Text || len(first.store.turns) != 1 || len(again.counted) != 0 {
		t.Errorf("got %s %q, counted %q, want %s %q and no count", got.ID, got.Text, again.counted, want.ID, want.Text)
	}
	other := trial{retriever: sure(0.9), store: first.store, question: rag.Question{ClientKey: key, Text: "what does it cost"}}
	if err := other.ask(t.Context()); !errors.Is(err, rag.ErrKeyReused) {
		t.Errorf("another question with the same key: %v", err)
	}
}

func TestQuestionsThatAreNone(t *testing.T) {
	a := rag.Answerer{Retriever: sure(0.9), Writer: &store{}, Detect: func(string) string { return "" }}
	emit := func(rag.Event) error { t.Error("an event"); return nil }
	for _, text := range []string{"", " \n\t", "\u200b\u202e\U000E0041", "\xff"} {
		if err := a.Ask(t.Context(), rag.Shop{}, rag.Question{Text: text}, emit); !errors.Is(err, rag.ErrEmptyQuestion) {
			t.Errorf("%q: %v, want %v", text, err, rag.ErrEmptyQuestion)
		}
	}
	var input *rag.InputError
	if err := a.Ask(t.Context(), rag.Shop{}, rag.Question{Text: strings.Repeat("問", rag.MaxAsk+1)}, emit); !errors.As(err, &input) || input.Code != "question_too_long" {
		t.Errorf("too long: %v", err)
	}
}

func TestFixedTextsSpeakTheShoppersLanguage(t *testing.T) {
	for _, c := range []struct{ text, page, shop, want string }{
		{"where is it", "zh-Hant", "zh-Hant", "en"},
		{"可以换货吗", "en", "en", "zh-Hans"},
		{"可以改尺寸", "", "en", "zh-Hant"},
		{"可以改尺寸", "zh-Hans", "zh-Hant", "zh-Hans"},
		{"可以改尺寸", "en", "zh-Hans", "zh-Hans"},
		{"大小は何ですか", "", "en", "en"},
		{"4711", "zh-Hans", "en", "zh-Hans"},
		{"4711", "fr", "zh-Hant", "zh-Hant"},
		{"4711", "", "", "en"},
	} {
		x := trial{retriever: sure(0.1), shop: rag.Shop{Language: c.shop}, question: rag.Question{Text: c.text, Language: c.page}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, got := x.order(); got.Language != c.want {
			t.Errorf("%q on a page in %q of a shop in %q: %s, want %s", c.text, c.page, c.shop, got.Language, c.want)
		}
	}
}

func TestPersonalDataIsNeitherSearchedNorShownNorStored(t *testing.T) {
	var searched string
	find := retriever(func(ctx context.Context, q string) (rag.Retrieval, error) {
		searched = q
		return sure(0.5)(ctx, q)
	})
	model := &ragtest.Scripted{}
	x := trial{retriever: find, generator: model, question: rag.Question{Text: "my phone 0912-345-678 and mail a.b@c.tw, order 88231?"}}
	if err := x.ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := searched + model.Prompts()[0].Question + x.store.turns[0].Question
	if strings.Contains(all, "345") || strings.Contains(all, "c.tw") || strings.Count(all, "88231") != 3 {
		t.Errorf("went out: %q", all)
	}
}

func TestTryStoresNothing(t *testing.T) {
	s := &store{}
	a := rag.Answerer{Retriever: sure(0.9), Writer: s, Direct: 0.8, Unsure: 0.3, Detect: func(string) string { return "en" }}
	var found []rag.Retrieval
	var kinds []string
	err := a.Try(t.Context(), rag.Shop{}, rag.Question{Text: "when?"}, func(r rag.Retrieval) { found = append(found, r) },
		func(e rag.Event) error { kinds = append(kinds, fmt.Sprintf("%T", e)); return nil })
	if err != nil || len(s.turns) != 0 || len(found) != 1 || !slices.Equal(kinds, []string{"rag.MatchEvent", "rag.DoneEvent"}) {
		t.Errorf("%v; %d turns, %d retrievals, events %v", err, len(s.turns), len(found), kinds)
	}
}
