package ragpg_test

import (
	"testing"
	"time"

	"storebot/rag/ragpg"
)

// While the database is away what was read last serves, and that is counted.
func TestServingWhatWasReadLastIsCounted(t *testing.T) {
	b := newBench(t)
	now := time.Now()
	shops := ragpg.NewShops(b.db, func() time.Time { return now })
	if _, err := shops.Shop(t.Context(), b.shop); err != nil || shops.Old() != 0 {
		t.Fatal(shops.Old(), err)
	}
	b.db.Close()
	now = now.Add(time.Minute)
	if s, err := shops.Shop(t.Context(), b.shop); err != nil || s.Name != "Shop" || shops.Old() != 1 {
		t.Errorf("%+v, %v, counted %d", s, err, shops.Old())
	}
}
