package rag_test

import (
	"context"
	"strings"
	"testing"

	"storebot/rag"
	"storebot/rag/ragtest"
	"storebot/tenant"

	"github.com/google/uuid"
)

func TestChoicesComeOnceInARow(t *testing.T) {
	m := &memory{}
	one, two := entry("en", englishQuestion, englishAnswer), entry("en", "Do you gift-wrap?", "Gift wrapping costs NT$50.")
	conversation := uuid.New()
	ask := func(confidence float64, text string, found ...rag.Match) rag.Reply {
		t.Helper()
		x := trial{retriever: finds(confidence, found...), question: rag.Question{Conversation: conversation, Text: text, History: m}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, got := x.order()
		return got
	}
	const first, second, third = "what would the parcel be to a house in the mountains", "which paper do the presents of this shop come in usually", "which people are there on the mountains in the winter"
	for i, c := range []struct {
		confidence float64
		text       string
		found      []rag.Match
		decision   rag.Decision
		offered    int
	}{
		{0.5, first, []rag.Match{one, two}, rag.Clarify, 2},
		{0.5, second, []rag.Match{two, one}, rag.Abstain, 2}, // others than before are still shown
		{0.5, first, []rag.Match{one, two}, rag.Clarify, 2},
		{0.5, third, []rag.Match{one, two}, rag.Abstain, 0}, // the same are not
		{0.5, first, []rag.Match{one, two}, rag.Clarify, 2},
		{0.1, third, []rag.Match{one}, rag.Abstain, 0},
		{0.5, second, []rag.Match{two, one}, rag.Clarify, 2}, // an abstention stood between
		{0.9, first, []rag.Match{one}, rag.Direct, 0},
		{0.5, second, []rag.Match{two, one}, rag.Clarify, 2},
	} {
		got := ask(c.confidence, c.text, c.found...)
		if got.Decision != c.decision || len(got.Suggestions) != c.offered {
			t.Errorf("turn %d: %s (%s) offering %q, want %s", i, got.Decision, got.Reason, got.Suggestions, c.decision)
		}
		if (got.Reason == rag.ReasonUnsureAgain) != (c.decision == rag.Abstain && c.confidence == 0.5) {
			t.Errorf("turn %d: reason %s", i, got.Reason)
		}
	}
}

// An unsure question with one near entry is offered, not written about.
func TestModelIsAskedOnlyWhereItCanDoMore(t *testing.T) {
	near := func(ctx context.Context, _ string) (rag.Retrieval, error) {
		far := knowledge[2]
		far.Score = 0.3
		return rag.Retrieval{Matches: []rag.Match{knowledge[0], far}, Confidence: 0.5}, ctx.Err()
	}
	for tone, asked := range map[rag.Tone]int{rag.Plain: 0, rag.Warm: 1} {
		model := &ragtest.Scripted{Answer: ragtest.Says(composed)}
		x := trial{retriever: near, generator: model, shop: rag.Shop{Tone: tone}}
		if err := x.ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(model.Prompts()); n != asked {
			t.Errorf("%s: the model was asked %d times, want %d", tone, n, asked)
		}
	}
}

// A model completes a follow-up; what it makes of it counts only if it finds more
// and drops nothing that was asked.
func TestModelCompletesAFollowUp(t *testing.T) {
	japan, hongKong := entry("en", "Do you ship to Japan?", "Yes, to Japan for NT$300."), entry("en", "Do you ship to Hong Kong?", "Yes, to Hong Kong for NT$200.")
	find := func(ctx context.Context, q string) (rag.Retrieval, error) {
		switch {
		case strings.HasPrefix(q, "Do you ship to Japan"):
			return finds(0.95, japan, hongKong)(ctx, q)
		case q == "Do you ship to Hong Kong?":
			return finds(0.95, hongKong, japan)(ctx, q)
		}
		return finds(0.4, hongKong, japan)(ctx, q)
	}
	for name, c := range map[string]struct {
		then, says string
		decision   rag.Decision
		askedAs    string
	}{
		"completed":            {"what about Japan?", "Do you ship to Japan?", rag.Direct, "Do you ship to Japan?"},
		"finds no more":        {"what about Japan?", "Is Japan a country?", rag.Clarify, ""},
		"drops what was asked": {"what about the weather?", "Do you ship to Japan?", rag.Clarify, ""},
		"not one question":     {"what about Japan?", "Do you ship to Japan?\nDo you ship to Hong Kong?", rag.Clarify, ""},
		"markup":               {"what about Japan?", "<b>Do you ship to Japan?</b>", rag.Clarify, ""},
		"refuses":              {"what about Japan?", "NO ANSWER", rag.Clarify, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			conversation := uuid.New()
			m.SetTopic(tenant.ID{}, conversation, rag.Topic{Question: "Do you ship to Hong Kong?", Entry: hongKong.Entry.ID, Language: "en"})
			model := &ragtest.Scripted{Answer: func(p rag.Prompt) []string {
				if strings.Contains(p.System, "understood alone") {
					return []string{c.says}
				}
				return []string{"NO ANSWER"}
			}}
			x := trial{retriever: find, generator: model, question: rag.Question{Conversation: conversation, Text: c.then, History: m}}
			if err := x.ask(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, got := x.order()
			if got.Decision != c.decision || c.askedAs != "" && (got.AskedAs != c.askedAs || got.Sources[0].Entry != japan.Entry) || c.askedAs == "" && got.AskedAs == c.says {
				t.Errorf("%s (%s) asked as %q from %d prompts", got.Decision, got.Reason, got.AskedAs, len(model.Prompts()))
			}
		})
	}
}

// replies remembers one.
type replies struct{ reply rag.Reply }

func (r replies) Recall(_ context.Context, _ tenant.ID, q rag.Question) (rag.Reply, bool, error) {
	return r.reply, q.Retry, nil
}

func TestKnownKeyIsNotAnsweredAgain(t *testing.T) {
	model := &ragtest.Scripted{Answer: ragtest.Says(composed)}
	var kinds []string
	searched := 0
	a := rag.Answerer{Replies: replies{rag.Reply{ID: uuid.New(), Text: "Three days.", Decision: rag.Composed}}, Generator: model, Writer: &store{},
		Detect: func(string) string { return "en" },
		Retriever: retriever(func(ctx context.Context, q string) (rag.Retrieval, error) {
			searched++
			return sure(0.5)(ctx, q)
		})}
	err := a.Ask(t.Context(), rag.Shop{}, rag.Question{Text: "how long?", Retry: true}, func(e rag.Event) error {
		if done, ok := e.(rag.DoneEvent); ok {
			kinds = append(kinds, done.Reply.Text)
		} else if _, ok := e.(rag.AcceptedEvent); ok {
			kinds = append(kinds, "accepted")
		}
		return nil
	})
	if err != nil || searched != 0 || len(model.Prompts()) != 0 || strings.Join(kinds, " ") != "accepted Three days." {
		t.Errorf("%v: %d searches, %d prompts, %q", err, searched, len(model.Prompts()), kinds)
	}
}
