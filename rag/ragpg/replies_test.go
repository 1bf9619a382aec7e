package ragpg_test

import (
	"errors"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragpg"

	"github.com/google/uuid"
)

func TestARepeatedKeyIsKnown(t *testing.T) {
	d := newDesk(t)
	k := newShelf(t, d)
	turn := d.turn("How long?")
	turn.Reply.Decision, turn.Reply.Sources, turn.Reply.Found = rag.Clarify, nil, k
	if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
		t.Fatal(err)
	}
	question := rag.Question{Conversation: d.conversation, ClientKey: turn.ClientKey, Text: turn.Question}
	_, restarted := d.elsewhere()
	retry := question
	retry.Retry = true
	for name, c := range map[string]struct {
		writer *ragpg.Writer
		asked  rag.Question
		known  bool
	}{
		"from memory":               {d.Writer, question, true},
		"after a restart":           {restarted, retry, true},
		"not looked up if not told": {restarted, question, false},
		"another key":               {restarted, rag.Question{Conversation: d.conversation, ClientKey: uuid.New(), Text: turn.Question, Retry: true}, false},
	} {
		got, ok, err := c.writer.Recall(t.Context(), d.shop, c.asked)
		if err != nil || ok != c.known || ok && (got.ID != turn.Reply.ID || got.Text != turn.Reply.Text || got.Decision != rag.Clarify) {
			t.Errorf("%s: %+v, %v, %v", name, got, ok, err)
		}
	}
	got, _, err := restarted.Recall(t.Context(), d.shop, retry)
	if err != nil || len(got.Suggestions) != 2 || got.Suggestions[0] != k[0].Entry.Question || len(got.Found) != 2 {
		t.Errorf("offered again: %q, %v", got.Suggestions, err)
	}
	for _, w := range []*ragpg.Writer{d.Writer, restarted} {
		other := retry
		other.Text = "How much?"
		if _, _, err := w.Recall(t.Context(), d.shop, other); !errors.Is(err, rag.ErrKeyReused) {
			t.Errorf("another question under the key: %v", err)
		}
		if _, ok, err := w.Recall(t.Context(), d.newShop(t), retry); ok || err != nil {
			t.Errorf("another tenant: %v, %v", ok, err)
		}
	}
	d.db.Close()
	if _, ok, err := restarted.Recall(t.Context(), d.shop, retry); ok || err != nil {
		t.Errorf("without a database: %v, %v", ok, err)
	}
}

// newShelf stores two entries of the shop and returns them as found.
func newShelf(t *testing.T, d *desk) []rag.Match {
	t.Helper()
	var out []rag.Match
	for _, question := range []string{"How long does delivery take?", "What does delivery cost?"} {
		e := rag.Entry{ID: uuid.New(), Question: question, Answer: "It depends."}
		d.exec(t, `INSERT INTO entry (tenant_id, id, question, answer, content_hash, question_hash) VALUES ($1, $2, $3, $4, $5, 'h')`, d.shop.UUID, e.ID, e.Question, e.Answer, []byte(question))
		out = append(out, rag.Match{Entry: &e})
	}
	return out
}

func TestWhetherTheLastReplyOfferedAChoiceIsKnown(t *testing.T) {
	d := newDesk(t)
	start := time.Now().Add(-time.Hour)
	for i, c := range []struct {
		decision rag.Decision
		want     bool
	}{{rag.Clarify, true}, {rag.SmallTalk, true}, {rag.Abstain, false}, {rag.Clarify, true}, {rag.Direct, false}} {
		turn := d.turn("Do you ship to Japan?")
		turn.Reply.Decision, turn.AskedAt = c.decision, start.Add(time.Duration(i)*time.Minute)
		if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
			t.Fatal(err)
		}
		conversations, _ := d.elsewhere()
		got, err := conversations.Topic(t.Context(), d.shop, d.conversation)
		if err != nil || got.Clarified != c.want {
			t.Errorf("after %s: %+v, %v", c.decision, got, err)
		}
	}
	d.conversations.SetTopic(d.shop, d.conversation, rag.Topic{Question: "How much?", Clarified: true})
	d.conversations.SetTopic(d.shop, d.conversation, rag.Topic{})
	if got, err := d.conversations.Topic(t.Context(), d.shop, d.conversation); err != nil || got != (rag.Topic{Question: "How much?"}) {
		t.Errorf("after an abstention: %+v, %v", got, err)
	}
}
