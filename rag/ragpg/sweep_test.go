package ragpg_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/ragpg"
	"storebot/tenant"
)

var errRefused = errors.New("refused")

// refusing is a queue that takes no job of one shop, and counts the others'.
type refusing struct {
	ragpg.Jobs
	shop tenant.ID
	took map[tenant.ID]int
}

func (r refusing) Embed(_ context.Context, _ pgx.Tx, id tenant.ID) error { return r.take(id) }

func (r refusing) Calibrate(_ context.Context, _ pgx.Tx, id tenant.ID) error { return r.take(id) }

func (r refusing) take(id tenant.ID) error {
	if id == r.shop {
		return errRefused
	}
	r.took[id]++
	return nil
}

// A shop with which a sweep fails keeps no other from it, wherever it stands in the
// list, and the error names it.
func TestASweepGoesOnAfterAShopThatFails(t *testing.T) {
	d := newDesk(t)
	shops := []tenant.ID{d.shop, d.newShop(t), d.newShop(t)}
	first := shops[0] // of the order in which shops are listed
	for _, id := range shops {
		d.shop = id
		if _, err := d.CreateEntry(t.Context(), id, rag.Content{Question: "When?", Answer: "Now."}); err != nil {
			t.Fatal(err)
		}
		d.conversation = d.start(t, id)
		d.reply(t, rag.Clarify, 0.5, rag.EntryID{}, rag.EntryID{})
		if strings.Compare(id.String(), first.String()) < 0 {
			first = id
		}
	}
	queue := refusing{shop: first, took: map[tenant.ID]int{}}
	d.Knowledge.Jobs = queue
	answering := &ragpg.Answering{DB: d.db, Jobs: queue, Checks: unchecked{}, Forget: func(tenant.ID) {}}
	for name, sweep := range map[string]func() error{
		"embed":     func() error { return d.EnqueueUnsettled(t.Context(), "another model") },
		"calibrate": func() error { return answering.EnqueueStale(t.Context()) },
	} {
		clear(queue.took)
		if err := sweep(); !errors.Is(err, errRefused) || !strings.Contains(err.Error(), first.String()) {
			t.Errorf("%s: %v", name, err)
		}
		if len(queue.took) != len(shops)-1 {
			t.Errorf("%s: %d of the other shops were asked for, want %d", name, len(queue.took), len(shops)-1)
		}
	}

	d.exec(t, `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$`)
	d.exec(t, fmt.Sprintf(`CREATE TRIGGER refuse BEFORE UPDATE ON usage_mark FOR EACH ROW WHEN (NEW.tenant_id = '%s') EXECUTE FUNCTION refuse()`, first))
	if err := d.CountUse(t.Context()); err == nil || !strings.Contains(err.Error(), first.String()) {
		t.Errorf("count use: %v", err)
	}
	if n := d.count(t, `SELECT count(*) FROM usage_mark WHERE counted_at > '-infinity'`); n != len(shops)-1 {
		t.Errorf("the use of %d shops was counted, want %d", n, len(shops)-1)
	}
}
