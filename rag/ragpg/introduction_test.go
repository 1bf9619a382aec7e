package ragpg_test

import (
	"errors"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragpg"

	"github.com/google/uuid"
)

func TestEraseLeavesNothingOfAConversation(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	token, err := d.conversations.Start(ctx, d.shop, rag.Conversation{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	conv, _, _ := token.Parse()
	turn := rag.Turn{Conversation: conv, ClientKey: uuid.New(), QuestionID: uuid.Must(uuid.NewV7()), Question: "Where?", AskedAt: time.Now(),
		Reply: rag.Reply{ID: uuid.Must(uuid.NewV7()), Text: "Unknown", Language: "en", Decision: rag.Abstain, Reason: rag.ReasonNoMatch}}
	if _, _, err := d.WriteTurn(ctx, d.shop, turn); err != nil {
		t.Fatal(err)
	}
	_, left := d.people.LeaveContact(ctx, d.shop, rag.Conversation{ID: conv}, rag.Contact{Name: "Mei", Reach: "mei@shop.example"}, time.Now())
	_, noted := d.people.AddNote(ctx, d.shop, conv, uuid.New(), uuid.New(), "a regular")
	for name, err := range map[string]error{
		"contact":   left,
		"note":      noted,
		"introduce": d.conversations.Introduce(ctx, d.shop, conv, rag.Introduction{Shopper: "42", SKU: "S1", Title: "Bag", Price: "NT$1"}),
		"again":     d.conversations.Introduce(ctx, d.shop, conv, rag.Introduction{Shopper: "42", Title: "Tote"}),
		"score":     d.conversations.RateConversation(ctx, d.shop, conv, 2),
		"anew":      d.conversations.RateConversation(ctx, d.shop, conv, 5),
	} {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	record, err := d.people.Read(ctx, d.shop, conv)
	if err != nil || record.Introduction != (rag.Introduction{Shopper: "42", Title: "Tote"}) || record.Satisfaction != 5 {
		t.Errorf("staff see %+v, %d: %v", record.Introduction, record.Satisfaction, err)
	}
	if foreign, err := d.people.Read(ctx, d.newShop(t), conv); err != nil || foreign.Introduction != (rag.Introduction{}) || foreign.Satisfaction != 0 {
		t.Errorf("another shop sees %+v, %d: %v", foreign.Introduction, foreign.Satisfaction, err)
	}
	elsewhere := ragpg.NewConversations(d.db, d.Writer) // another process
	if _, err := elsewhere.Open(ctx, d.shop, token); err != nil {
		t.Fatal(err)
	}
	if err := d.conversations.Erase(ctx, d.newShop(t), token); !errors.Is(err, rag.ErrNotFound) {
		t.Fatalf("another shop erases it: %v", err)
	}
	if err := d.conversations.Erase(ctx, d.shop, token); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"conversation WHERE tenant_id = $1 AND id = $2", "message WHERE tenant_id = $1 AND conversation_id = $2",
		"contact WHERE tenant_id = $1 AND conversation_id = $2",
		"handover WHERE tenant_id = $1 AND conversation_id = $2", "staff_note WHERE tenant_id = $1 AND conversation_id = $2", "introduction WHERE tenant_id = $1 AND conversation_id = $2",
		"satisfaction WHERE tenant_id = $1 AND conversation_id = $2", "gap WHERE tenant_id = $1 AND message_id = '" + turn.QuestionID.String() + "' AND $2::uuid IS NOT NULL"} {
		if n := d.count(t, "SELECT count(*) FROM "+table, d.shop.UUID, conv); n != 0 {
			t.Errorf("%d rows are left of %s", n, table)
		}
	}
	if _, err := d.conversations.Open(ctx, d.shop, token); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("the token still opens: %v", err)
	}
	if err := d.conversations.Erase(ctx, d.shop, token); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("erasing twice: %v", err)
	}
	turn.ClientKey = uuid.New()
	if _, _, err := d.WriteTurn(ctx, d.shop, turn); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a process that still holds it open writes: %v", err)
	}
	if err := elsewhere.RateConversation(ctx, d.shop, conv, 3); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a process that still holds it open rates: %v", err)
	}
}
