package index

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/tenant"
)

// broken is a loader of one shop that no index can be built of.
type broken struct {
	*shelf
	poison tenant.ID
}

func (b broken) Load(ctx context.Context, id tenant.ID) (Knowledge, error) {
	if id == b.poison {
		panic("a row that nobody thought of")
	}
	return b.shelf.Load(ctx, id)
}

// A shop that breaks the loading is told so, and the others go on.
func TestOneBrokenShopTakesNoOtherWithIt(t *testing.T) {
	healthy, poison, s := tenant.NewID(), tenant.NewID(), newShelf()
	s.set(healthy, 1, entry("opening hours", "nine"))
	c := newCache(broken{s, poison}, 1<<30)
	for range 2 {
		if _, err := c.Retrieve(t.Context(), poison, "opening hours"); err == nil || !strings.Contains(err.Error(), "nobody thought of") {
			t.Errorf("the broken shop: %v", err)
		}
		if got := answer(t, c, healthy, "opening hours"); got != "nine" {
			t.Errorf("the other shop answers %q", got)
		}
	}
}

// A text that the embedding model refuses takes no vector from the next question.
func TestARefusedTextIsTheTextsOwn(t *testing.T) {
	id, e := tenant.NewID(), &engine{name: "model@1"}
	vector, err := e.EmbedQuery(t.Context(), "opening hours")
	if err != nil {
		t.Fatal(err)
	}
	s := newShelf()
	s.known[id] = Knowledge{Entries: []rag.Entry{entry("opening hours", "nine")}, Vectors: Vectors{{vector}}, Version: 1, Model: "model@1"}
	c := NewCache(s, func(string) rag.Embedder { return e }, 1<<30, time.Now)
	for _, try := range []struct {
		err  error
		want string
	}{{errors.New("this text is refused"), "lexical"}, {nil, "model@1"}} {
		e.err = try.err
		found, err := c.Retrieve(t.Context(), id, "the hours of the shop")
		if err != nil || found.Engine != try.want {
			t.Errorf("after %v the engine is %s, %v", try.err, found.Engine, err)
		}
	}
}
