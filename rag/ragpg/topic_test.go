package ragpg_test

import (
	"errors"
	"testing"
	"time"

	"storebot/rag"

	"github.com/google/uuid"
)

func TestATopicIsKeptAndFoundAgainAfterARestart(t *testing.T) {
	d := newDesk(t)
	if got, err := d.conversations.Topic(t.Context(), d.shop, uuid.New()); err != nil || got != (rag.Topic{}) {
		t.Errorf("of a conversation that said nothing: %+v, %v", got, err)
	}
	start := time.Now().Add(-time.Hour)
	for i, said := range []struct {
		question string
		decision rag.Decision
	}{{"Do you ship to Hong Kong?", rag.Direct}, {"Do you ship to Japan?", rag.Clarify}, {"thanks", rag.SmallTalk}, {"and to the moon?", rag.Abstain}} {
		turn := d.turn(said.question)
		turn.Reply.Decision, turn.AskedAt = said.decision, start.Add(time.Duration(i)*time.Minute)
		if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
			t.Fatal(err)
		}
	}
	restarted, _ := d.elsewhere()
	for range 2 {
		got, err := restarted.Topic(t.Context(), d.shop, d.conversation)
		if want := (rag.Topic{Question: "Do you ship to Japan?"}); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if got, err := restarted.Topic(t.Context(), d.newShop(t), d.conversation); err != nil || got != (rag.Topic{}) {
		t.Errorf("another tenant gets %+v, %v", got, err)
	}
	want := rag.Topic{Question: "How much?", Entry: uuid.New(), Category: "Shipping", Language: "en"}
	restarted.SetTopic(d.shop, d.conversation, want)
	d.db.Close()
	if got, err := restarted.Topic(t.Context(), d.shop, d.conversation); err != nil || got != want {
		t.Errorf("from memory: %+v, %v, want %+v", got, err, want)
	}
	if _, err := restarted.Topic(t.Context(), d.shop, uuid.New()); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("without a database: %v, want ErrStorage", err)
	}
}
