package ragpg_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/product"
)

// A check names a product of the shop that is there, and an answer from a product's row
// that helped counts as one, while the product is there.
func TestChecksOfProducts(t *testing.T) {
	d := newDesk(t)
	l, ctx := d.learning(), t.Context()
	sold, err := d.SaveProduct(ctx, d.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	check, err := l.CreateCheck(ctx, d.shop, rag.Check{Question: "how much is the oolong", Product: sold.ID})
	if err != nil || check.Product != sold.ID || check.Entry != uuid.Nil {
		t.Fatalf("%+v, %v", check, err)
	}
	if list, err := l.Checks(ctx, d.shop); err != nil || len(list) != 1 || list[0].Product != sold.ID {
		t.Errorf("%+v, %v", list, err)
	}
	for name, id := range map[string]uuid.UUID{"another shop's": sold.ID, "no": uuid.New()} {
		if _, err := l.CreateCheck(ctx, d.newShop(t), rag.Check{Question: "q?", Product: id}); !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("a check for %s product: %v", name, err)
		}
	}
	turn := d.turn("what does the oolong cost")
	turn.Reply.Reason, turn.Reply.Engine, turn.Reply.Sources = rag.ReasonProduct, "", nil
	turn.Reply.Products = []product.Card{{SKU: "T-1", Name: "Oolong T-1"}}
	if _, _, err := d.WriteTurn(ctx, d.shop, turn); err != nil {
		t.Fatal(err)
	}
	if err := d.conversations.Rate(ctx, d.shop, d.conversation, turn.Reply.ID, 1); err != nil {
		t.Fatal(err)
	}
	helped, err := l.Helped(ctx, d.shop, time.Now().Add(-time.Hour), 9)
	if err != nil || len(helped) != 1 || helped[0].Product != sold.ID || helped[0].Entry != uuid.Nil || helped[0].Question != turn.Question {
		t.Errorf("%+v, %v", helped, err)
	}
	if _, err := d.DeleteProducts(ctx, d.shop, uuid.Nil, []uuid.UUID{sold.ID}); err != nil {
		t.Fatal(err)
	}
	if helped, err := l.Helped(ctx, d.shop, time.Now().Add(-time.Hour), 9); err != nil || len(helped) != 0 {
		t.Errorf("of a product that is gone: %+v, %v", helped, err)
	}
	if _, err := l.CreateCheck(ctx, d.shop, rag.Check{Question: "q?", Product: sold.ID}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a check for a deleted product: %v", err)
	}
}
