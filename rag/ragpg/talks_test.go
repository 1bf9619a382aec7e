package ragpg_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
)

// A list of talks shows what people said last: the bot's words are alike in many.
func TestATalkIsToldByWhatPeopleSaid(t *testing.T) {
	d := newDesk(t)
	turn := d.turn("Do you hire photographers?")
	turn.Reply.Decision, turn.Reply.Text, turn.Reply.Sources = rag.Abstain, "I do not know.", nil
	if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
		t.Fatal(err)
	}
	last := func() rag.Talk {
		t.Helper()
		talks, err := d.people.Talks(t.Context(), d.shop, rag.Talk{}, 9, time.Now())
		if err != nil || len(talks) != 1 {
			t.Fatalf("%+v, %v", talks, err)
		}
		return talks[0]
	}
	if got := last(); got.LastText != turn.Question || got.LastAuthor != "shopper" || got.LastAt.IsZero() {
		t.Errorf("%q by %s", got.LastText, got.LastAuthor)
	}
	if _, err := d.people.Reply(t.Context(), d.shop, d.conversation, uuid.New(), uuid.New(), "Not now"); err != nil {
		t.Fatal(err)
	}
	if got := last(); got.LastText != "Not now" || got.LastAuthor != "staff" {
		t.Errorf("%q by %s", got.LastText, got.LastAuthor)
	}
}
