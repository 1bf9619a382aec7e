package ragpg_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragpg"

	"github.com/google/uuid"
)

func TestATokenOpensItsConversation(t *testing.T) {
	d := newDesk(t)
	stranger := d.newShop(t)
	token, err := d.conversations.Start(t.Context(), d.shop, rag.Conversation{Language: "zh-Hant", Origin: "https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := token.Parse()
	if err != nil {
		t.Fatal(err)
	}
	want := rag.Conversation{ID: id, Language: "zh-Hant", Origin: "https://shop.example"}
	// The one that started it, and another process, which knows nothing yet.
	for i, c := range []*ragpg.Conversations{d.conversations, ragpg.NewConversations(d.db, d.Writer)} {
		for range 2 {
			if got, err := c.Open(t.Context(), d.shop, token); err != nil || got != want {
				t.Errorf("process %d: Open = %+v, %v, want %+v", i, got, err, want)
			}
		}
		guess, _ := rag.NewConversationToken()
		raw, _ := base64.RawURLEncoding.DecodeString(string(token))
		raw[47] ^= 1
		wrongSecret := rag.ConversationToken(base64.RawURLEncoding.EncodeToString(raw))
		for name, bad := range map[string]rag.ConversationToken{
			"empty": "", "no token": "abc", "a guess": guess, "another secret": wrongSecret, "cut": token[:63],
		} {
			if got, err := c.Open(t.Context(), d.shop, bad); !errors.Is(err, rag.ErrNotFound) || got != (rag.Conversation{}) {
				t.Errorf("process %d, %s: %+v, %v, want ErrNotFound", i, name, got, err)
			}
		}
		if got, err := c.Open(t.Context(), stranger, token); !errors.Is(err, rag.ErrNotFound) || got != (rag.Conversation{}) {
			t.Errorf("process %d, in another tenant: %+v, %v, want ErrNotFound", i, got, err)
		}
	}
	if n := d.count(t, `SELECT count(*) FROM conversation WHERE position(token_hash IN $1) > 0 OR length(token_hash) <> 32`, []byte(token)); n != 0 {
		t.Error("the token itself is stored")
	}
}

func TestMessagesAreTheLast200InOrder(t *testing.T) {
	d := newDesk(t)
	start := time.Now().Add(-time.Hour)
	for i := range 103 {
		turn := d.turn(fmt.Sprint("question ", i))
		turn.AskedAt = start.Add(time.Duration(i) * time.Second)
		if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
			t.Fatal(err)
		}
	}
	messages, err := d.conversations.Messages(t.Context(), d.shop, d.conversation)
	if err != nil {
		t.Fatal(err)
	}
	if len(messages) != 200 || messages[0].Text != "question 3" || messages[0].Author != "shopper" ||
		messages[199].Author != "bot" || messages[199].Decision != rag.Direct || messages[198].Text != "question 102" {
		t.Errorf("%d messages from %+v to %+v", len(messages), messages[0], messages[len(messages)-1])
	}
	if !slices.IsSortedFunc(messages, func(a, b rag.Message) int { return a.CreatedAt.Compare(b.CreatedAt) }) {
		t.Error("they are not in order")
	}
	if other, err := d.conversations.Messages(t.Context(), d.newShop(t), d.conversation); err != nil || len(other) != 0 {
		t.Errorf("another tenant reads %d messages, %v", len(other), err)
	}
}

func TestRating(t *testing.T) {
	d := newDesk(t)
	c, stranger := d.conversations, d.newShop(t)
	turn := d.turn("How long?")
	if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
		t.Fatal(err)
	}
	elsewhere := d.start(t, d.shop)
	for name, err := range map[string]error{
		"rate in another tenant":       c.Rate(t.Context(), stranger, d.conversation, turn.Reply.ID, 1),
		"rate in another conversation": c.Rate(t.Context(), d.shop, elsewhere, turn.Reply.ID, 1),
		"rate nothing":                 c.Rate(t.Context(), d.shop, d.conversation, uuid.New(), 1),
		"rate a question":              c.Rate(t.Context(), d.shop, d.conversation, turn.QuestionID, 1),
	} {
		if !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
	for _, rating := range []int{1, -1} {
		if err := c.Rate(t.Context(), d.shop, d.conversation, turn.Reply.ID, rating); err != nil {
			t.Fatal(err)
		}
		messages, err := c.Messages(t.Context(), d.shop, d.conversation)
		if err != nil || messages[1].Rating != rating || messages[0].Rating != 0 {
			t.Errorf("rated %d: %+v, %v", rating, messages, err)
		}
	}
}

func TestShopsAreReadAnewAfterFiveSeconds(t *testing.T) {
	b := newBench(t)
	clock := time.Now()
	shops := ragpg.NewShops(b.db, func() time.Time { return clock })
	shops.Patience = time.Minute // that of the machine that tests is not tested
	read := func() (rag.Shop, []string) {
		t.Helper()
		shop, err := shops.Shop(t.Context(), b.shop)
		if err != nil {
			t.Fatal(err)
		}
		list, err := shops.Suggestions(t.Context(), b.shop, "en", 2)
		if err != nil {
			t.Fatal(err)
		}
		var questions []string
		for _, s := range list {
			questions = append(questions, s.Question)
		}
		return shop, questions
	}
	shop, list := read()
	if shop.ID != b.shop || shop.Name != "Shop" || shop.Language != "en" || shop.Budget != time.Second || len(list) != 0 {
		t.Errorf("read %+v, %q", shop, list)
	}
	b.exec(t, `UPDATE shop SET answer_budget_ms = 700`)
	if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: "運費多少？", Answer: "60 元", Language: "zh-Hant"}); err != nil {
		t.Fatal(err)
	}
	clock = clock.Add(5*time.Second - 1)
	if shop, list = read(); shop.Budget != time.Second || len(list) != 0 {
		t.Errorf("too young to be read anew: %+v, %q", shop, list)
	}
	clock = clock.Add(1)
	if shop, list = read(); shop.Budget != 700*time.Millisecond || !slices.Equal(list, []string{"運費多少？"}) {
		t.Errorf("after five seconds: %+v, %q; without English ones any language's are better than none", shop, list)
	}
	for _, q := range []string{"Third?", "Fourth?", "Fifth?"} {
		if _, err := b.CreateEntry(t.Context(), b.shop, rag.Content{Question: q, Answer: "Yes.", Language: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	clock = clock.Add(5 * time.Second)
	if _, list = read(); !slices.Equal(list, []string{"Third?", "Fourth?"}) {
		t.Errorf("suggestions %q, want the first two in the language", list)
	}
	if list, err := shops.Suggestions(t.Context(), b.newShop(t), "en", 2); err != nil || len(list) != 0 {
		t.Errorf("another tenant is suggested %q, %v", list, err)
	}
	locked, err := b.admin.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locked.Exec(t.Context(), `LOCK TABLE shop`); err != nil {
		t.Fatal(err)
	}
	shops.Patience, clock = time.Millisecond, clock.Add(5*time.Second)
	if shop, _ = read(); shop.Budget != 700*time.Millisecond {
		t.Errorf("of a database that says nothing: %+v", shop)
	}
	if err := locked.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.db.Close() // the database is away
	clock = clock.Add(5 * time.Second)
	if shop, list = read(); shop.Budget != 700*time.Millisecond || len(list) != 2 {
		t.Errorf("without a database: %+v, %q", shop, list)
	}
	if _, err := shops.Shop(context.Background(), b.newShop(t)); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("a shop that was not read before: %v, want ErrStorage", err)
	}
}
