package ragpg_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/rag/ragpg"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// asks counts what calibrations were asked for.
type asks map[tenant.ID]int

func (a asks) Calibrate(_ context.Context, _ pgx.Tx, id tenant.ID) error {
	a[id]++
	return nil
}

// unchecked is a shop without checks.
type unchecked struct{}

func (unchecked) Labels(context.Context, tenant.ID) ([]rag.CheckLabel, int64, error) {
	return nil, 0, nil
}

func settings(d *desk, shops *ragpg.Shops) (*ragpg.Answering, asks) {
	asked := asks{}
	d.conversations.Calibrations = asked
	return &ragpg.Answering{DB: d.db, Jobs: asked, Checks: unchecked{}, Forget: shops.Forget}, asked
}

// reply stores a turn with one decision about entries and returns the reply's id.
func (d *desk) reply(t testing.TB, decision rag.Decision, confidence float64, found ...rag.EntryID) uuid.UUID {
	t.Helper()
	turn := d.turn("How long?")
	turn.Reply.Decision, turn.Reply.Confidence, turn.Reply.Sources = decision, confidence, nil
	for _, id := range found {
		turn.Reply.Found = append(turn.Reply.Found, rag.Match{Entry: &rag.Entry{ID: id}})
	}
	if decision == rag.Direct {
		turn.Reply.Sources = turn.Reply.Found[:1]
	}
	if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
		t.Fatal(err)
	}
	return turn.Reply.ID
}

func TestSettingsHoldForTheNextQuestion(t *testing.T) {
	d := newDesk(t)
	stranger := d.newShop(t)
	shops := ragpg.NewShops(d.db, time.Now)
	a, _ := settings(d, shops)
	if s, err := shops.Shop(t.Context(), d.shop); err != nil || s.Direct != confidence.Threshold || s.Tone != rag.Plain || len(s.Texts) != 0 {
		t.Fatalf("a new shop answers with %+v, %v", s, err)
	}
	want := rag.Answering{Strictness: "relaxed", Tone: rag.Warm, Budget: 700 * time.Millisecond,
		Texts: rag.FixedTexts{"zh-Hant": {rag.TextThanks: "喵，不客氣！", rag.TextAbstain: "我不知道耶"}, "en": {rag.TextThanks: "Meow."}}}
	for range 2 { // replaces itself
		if err := a.Update(t.Context(), d.shop, want); err != nil {
			t.Fatal(err)
		}
	}
	s, err := shops.Shop(t.Context(), d.shop)
	if err != nil || s.Direct != 0.65 || s.Tone != rag.Warm || s.Budget != want.Budget || s.Texts["zh-Hant"][rag.TextAbstain] != "我不知道耶" {
		t.Errorf("after the change: %+v, %v", s, err)
	}
	report, err := a.Report(t.Context(), d.shop)
	got := report.Answering
	if err != nil || got.Strictness != want.Strictness || got.Tone != want.Tone || got.Budget != want.Budget ||
		!maps.EqualFunc(got.Texts, want.Texts, maps.Equal[map[rag.FixedText]string, map[rag.FixedText]string]) {
		t.Errorf("reported: %+v, %v", got, err)
	}
	if len(report.Levels) != 3 || report.Levels[1].Threshold != confidence.Threshold || report.Levels[1].Learned || report.Labels != 0 {
		t.Errorf("levels without labels: %+v", report)
	}
	if s, err := shops.Shop(t.Context(), stranger); err != nil || s.Tone != rag.Plain || len(s.Texts) != 0 {
		t.Errorf("another shop: %+v, %v", s, err)
	}
	want.Texts = nil
	if err := a.Update(t.Context(), d.shop, want); err != nil {
		t.Fatal(err)
	}
	if s, _ := shops.Shop(t.Context(), d.shop); len(s.Texts) != 0 {
		t.Errorf("texts that were taken back are said: %v", s.Texts)
	}
	if err := a.Update(t.Context(), tenant.NewID(), want); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("no such shop: %v", err)
	}
}

// Ratings of direct answers become labels, and enough of them the threshold.
func TestThresholdFollowsTheLabels(t *testing.T) {
	d := newDesk(t)
	shops := ragpg.NewShops(d.db, time.Now)
	a, asked := settings(d, shops)
	entry := uuid.New()
	rate := func(rating int, n int) {
		for range n {
			confidence := 0.85
			if rating > 0 {
				confidence = 0.97
			}
			if err := d.conversations.Rate(t.Context(), d.shop, d.conversation, d.reply(t, rag.Direct, confidence, entry), rating); err != nil {
				t.Fatal(err)
			}
		}
	}
	rate(1, 20)
	rate(-1, confidence.Enough-21)
	for range 3 { // the last word counts, once
		reply := d.reply(t, rag.Composed, 0.5, entry)
		if err := d.conversations.Rate(t.Context(), d.shop, d.conversation, reply, 1); err != nil {
			t.Fatal(err)
		}
	}
	if asked[d.shop] != confidence.Enough-1+3 {
		t.Errorf("%d calibrations were asked for", asked[d.shop])
	}
	if err := a.Calibrate(t.Context(), d.shop); err != nil {
		t.Fatal(err)
	}
	report, err := a.Report(t.Context(), d.shop)
	if err != nil || report.Labels != confidence.Enough-1 || report.Levels[1].Learned {
		t.Fatalf("one label short: %+v, %v", report, err)
	}
	if s, _ := shops.Shop(t.Context(), d.shop); s.Direct != confidence.Threshold {
		t.Errorf("one label short: threshold %.2f", s.Direct)
	}
	rate(-1, 1)
	if err := a.Calibrate(t.Context(), d.shop); err != nil {
		t.Fatal(err)
	}
	s, err := shops.Shop(t.Context(), d.shop)
	report, err2 := a.Report(t.Context(), d.shop)
	sure := report.Levels[1]
	if err != nil || err2 != nil || !sure.Learned || s.Direct < 0.9 || float32(s.Direct) != float32(sure.Threshold) || sure.AnsweredShare != 20.0/53 || sure.Labels != 20 || sure.Right != 20 {
		t.Errorf("all wrong at 0.85: threshold %v, %+v, %v, %v", s.Direct, sure, err, err2)
	}
	// What a product's row answered no engine found: it is counted apart.
	row := d.turn("how much is the mug?")
	row.Reply.Reason, row.Reply.Engine, row.Reply.Sources = rag.ReasonProduct, "", nil
	if _, _, err := d.WriteTurn(t.Context(), d.shop, row); err != nil {
		t.Fatal(err)
	}
	if err := d.conversations.Rate(t.Context(), d.shop, d.conversation, row.Reply.ID, -1); err != nil {
		t.Fatal(err)
	}
	if report, err = a.Report(t.Context(), d.shop); err != nil || report.Products != (rag.ProductAnswers{Given: 1, Rated: 1}) {
		t.Errorf("answers from products: %+v, %v", report.Products, err)
	}
	if report.Questions != confidence.Enough+3 {
		t.Errorf("%d questions", report.Questions)
	}
}

func TestChoicesAreLabels(t *testing.T) {
	d := newDesk(t)
	a, asked := settings(d, ragpg.NewShops(d.db, time.Now))
	one, two, three := uuid.New(), uuid.New(), uuid.New()
	talk := func(then ...func()) uuid.UUID {
		d.conversation = d.start(t, d.shop)
		reply := d.reply(t, rag.Clarify, 0.5, one, two, three)
		for _, f := range then {
			f()
		}
		return reply
	}
	small := func() { d.reply(t, rag.SmallTalk, 1) }
	want := map[uuid.UUID]bool{
		talk(func() { d.reply(t, rag.Direct, 0.99, one) }):                                     true,
		talk(func() { d.reply(t, rag.Direct, 0.99, two) }):                                     false,
		talk(func() { d.reply(t, rag.Abstain, 0.1, three) }):                                   false,
		talk(func() { d.reply(t, rag.Direct, 0.9, one) }, func() { d.reply(t, "abstain", 0) }): true,
	}
	talk()
	talk(small)
	if err := a.EnqueueStale(t.Context()); err != nil || asked[d.shop] != 1 {
		t.Errorf("asked %d times after a choice, %v", asked[d.shop], err)
	}
	for range 2 {
		if err := a.Calibrate(t.Context(), d.shop); err != nil {
			t.Fatal(err)
		}
	}
	for reply, correct := range want {
		if n := d.count(t, `SELECT count(*) FROM label WHERE source = 'choice' AND message_id = $1 AND correct = $2`, reply, correct); n != 1 {
			t.Errorf("a choice has %d labels that it was %v", n, correct)
		}
	}
	if n := d.count(t, `SELECT count(*) FROM label`); n != len(want) {
		t.Errorf("%d labels, want %d", n, len(want))
	}
	if err := a.EnqueueStale(t.Context()); err != nil || asked[d.shop] != 1 {
		t.Errorf("asked %d times, want no more than before; %v", asked[d.shop], err)
	}
}
