package ragpg_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
)

// Every open talk is counted and is on a page, however many there are; who waits
// longest comes first, and what a member took last is among their own.
func TestEveryOpenTalkIsCountedAndReached(t *testing.T) {
	d := newDesk(t)
	const waiting = 600
	d.exec(t, `INSERT INTO conversation (tenant_id, id, token_hash, state, state_at)
		SELECT $1, gen_random_uuid(), '', 'waiting', now() - i * interval '1 minute' FROM generate_series(1, $2) AS i`, d.shop.UUID, waiting)
	me := uuid.New()
	d.do(t, rag.Deed{Kind: rag.TakeOver, By: me})
	open, err := d.people.OpenTalks(t.Context(), d.shop, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if c := rag.CountInbox(open, me); c.Waiting != waiting || c.Mine != 1 {
		t.Errorf("counted %+v", c)
	}
	seen := map[uuid.UUID]bool{}
	var last rag.OpenTalk
	for page := rag.Select(open, rag.ViewWaiting, me, last); len(page) > 0; page = rag.Select(open, rag.ViewWaiting, me, last) {
		page = page[:min(50, len(page))]
		for _, one := range page {
			seen[one.ID] = true
		}
		last = page[len(page)-1]
	}
	if len(seen) != waiting {
		t.Errorf("%d are on pages, want %d", len(seen), waiting)
	}
	ids := []uuid.UUID{last.ID, d.conversation, uuid.New()}
	list, err := d.people.TalksOf(t.Context(), d.shop, ids, time.Now())
	if err != nil || len(list) != 2 || !slices.Equal([]uuid.UUID{list[0].ID, list[1].ID}, ids[:2]) {
		t.Errorf("%+v, %v", list, err)
	}
}
