package ragpg_test

import (
	"context"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/ragpg"
	"storebot/tenant"

	"github.com/google/uuid"
)

// checked is what a shop's checks tell.
type checked struct {
	told    []rag.CheckLabel
	version int64
}

func (c *checked) Labels(context.Context, tenant.ID) ([]rag.CheckLabel, int64, error) {
	return c.told, c.version, nil
}

// Ten checks give a new shop a threshold of its own, each counts once however often it
// is asked, and a check that is deleted counts no more.
func TestChecksAreLabels(t *testing.T) {
	d := newDesk(t)
	shops := ragpg.NewShops(d.db, time.Now)
	a, asked := settings(d, shops)
	learning := &ragpg.Learning{Knowledge: d.Knowledge, Calibrations: asked, Now: time.Now}
	e, err := d.CreateEntry(t.Context(), d.shop, rag.Content{Question: "Where?", Answer: "Here."})
	if err != nil {
		t.Fatal(err)
	}
	told := &checked{}
	a.Checks = told
	for _, q := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "where are you"} {
		c, err := learning.CreateCheck(t.Context(), d.shop, rag.Check{Question: q, Entry: e.ID})
		if err != nil {
			t.Fatal(err)
		}
		told.told = append(told.told, rag.CheckLabel{Check: c.ID, Confidence: 0.95, Engine: "lexical", Correct: true})
	}
	told.told[9].Confidence = 0.7
	if asked[d.shop] != 10 {
		t.Errorf("%d calibrations were asked for by 10 checks", asked[d.shop])
	}
	gone := rag.CheckLabel{Check: uuid.New(), Confidence: 0.1, Engine: "lexical"} // deleted since it was asked
	told.told = append(told.told, gone)
	_, told.version = d.load(t)
	for range 2 {
		if err := a.Calibrate(t.Context(), d.shop); err != nil {
			t.Fatal(err)
		}
	}
	report, err := a.Report(t.Context(), d.shop)
	if err != nil || report.Labels != 10 || report.Checks != 10 || report.Missing != 0 {
		t.Fatalf("report %+v, %v", report, err)
	}
	if s, err := shops.Shop(t.Context(), d.shop); err != nil || float32(s.Direct) != 0.7 {
		t.Errorf("threshold %.2f, %v; ten right checks down to 0.7", s.Direct, err)
	}

	// What a shopper said of the very question is the check's to say.
	d.conversation = d.start(t, d.shop)
	for _, q := range []string{"where are you", "another question"} {
		turn := d.turn(q)
		turn.Conversation, turn.Reply.Decision, turn.Reply.Engine, turn.Reply.Confidence = d.conversation, rag.Direct, "lexical", 0.9
		turn.Reply.Sources = []rag.Match{{Entry: &e}}
		stored, _, err := d.WriteTurn(t.Context(), d.shop, turn)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.conversations.Rate(t.Context(), d.shop, d.conversation, stored.ID, 1); err != nil {
			t.Fatal(err)
		}
	}
	if report, err = a.Report(t.Context(), d.shop); err != nil || report.Labels != 11 || report.Checks != 10 {
		t.Errorf("two ratings, one of a check's question: %+v, %v", report, err)
	}

	asks := asked[d.shop]
	if err := a.EnqueueStale(t.Context()); err != nil || asked[d.shop] != asks {
		t.Errorf("stale without a change: %d, %v", asked[d.shop]-asks, err)
	}
	if _, err := d.CreateEntry(t.Context(), d.shop, rag.Content{Question: "When?", Answer: "Now."}); err != nil {
		t.Fatal(err)
	}
	if err := a.EnqueueStale(t.Context()); err != nil || asked[d.shop] != asks+1 {
		t.Errorf("not stale after a change of the knowledge: %d, %v", asked[d.shop]-asks, err)
	}
	if n, err := learning.DeleteChecks(t.Context(), d.shop, []uuid.UUID{told.told[0].Check, uuid.New()}); err != nil || n != 1 || asked[d.shop] != asks+2 {
		t.Errorf("deleted %d, %v", n, err)
	}
	told.told = nil
	if report, err = a.Report(t.Context(), d.shop); err != nil || report.Checks != 9 || report.Missing != confidence.Enough-1-9*confidence.CheckWeight {
		t.Errorf("with nine checks: %+v, %v", report, err)
	}
	if err := a.Calibrate(t.Context(), d.shop); err != nil {
		t.Fatal(err)
	}
	if s, err := shops.Shop(t.Context(), d.shop); err != nil || s.Direct != confidence.Threshold {
		t.Errorf("without any that tells: threshold %.2f, %v", s.Direct, err)
	}
}
