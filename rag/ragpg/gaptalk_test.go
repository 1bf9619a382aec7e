package ragpg_test

import (
	"testing"
	"time"

	"storebot/rag"
)

// The talk that a gap is from shows what it showed the shopper, the sources of what
// the model wrote too.
func TestAGapsConversationNamesItsSources(t *testing.T) {
	d := newDesk(t)
	e, err := d.CreateEntry(t.Context(), d.shop, rag.Content{Question: "How long is delivery?", Answer: "Two days."})
	if err != nil {
		t.Fatal(err)
	}
	d.asks(t, d.conversation, time.Now().Add(-time.Minute), rag.Composed, "How long?", rag.Match{Entry: &e})
	d.asks(t, d.conversation, time.Now(), rag.Abstain, "To the moon?")
	gaps, _ := d.gaps(t)
	if len(gaps) != 1 {
		t.Fatalf("gaps %+v", gaps)
	}
	_, questions, err := d.learning().GetGap(t.Context(), d.shop, gaps[0].ID)
	if err != nil || len(questions) != 1 {
		t.Fatal(questions, err)
	}
	shown, err := d.learning().GapConversation(t.Context(), d.shop, questions[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want, err := d.conversations.Messages(t.Context(), d.shop, d.conversation)
	if err != nil {
		t.Fatal(err)
	}
	sources := func(list []rag.Message) (out []string) {
		for _, m := range list {
			for _, s := range m.Sources {
				out = append(out, s.Question)
			}
		}
		return out
	}
	if got := sources(shown); len(got) != 1 || got[0] != "How long is delivery?" || len(sources(want)) != 1 {
		t.Errorf("sources %q, the shopper's %q", got, sources(want))
	}
}
