package ragpg_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/ragpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func (b *bench) learning() *ragpg.Learning {
	return &ragpg.Learning{Knowledge: b.Knowledge, Calibrations: asks{}, Now: time.Now}
}

// gaps groups what is there and lists it.
func (d *desk) gaps(t testing.TB) ([]rag.Gap, int) {
	t.Helper()
	if more, err := d.learning().Group(t.Context(), d.shop); err != nil || more {
		t.Fatal(more, err)
	}
	gaps, total, err := d.learning().ListGaps(t.Context(), d.shop, rag.OpenGaps, 50)
	if err != nil {
		t.Fatal(err)
	}
	return gaps, total
}

// talk starts a conversation, asks in it and returns the turns as stored.
func (d *desk) talk(t testing.TB, at time.Time, decision rag.Decision, questions ...string) (conversation uuid.UUID, replies []uuid.UUID) {
	t.Helper()
	token, err := d.conversations.Start(t.Context(), d.shop, rag.Conversation{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	conversation, _, _ = token.Parse()
	for i, q := range questions {
		replies = append(replies, d.asks(t, conversation, at.Add(time.Duration(i)*time.Second), decision, q))
	}
	return conversation, replies
}

func (d *desk) asks(t testing.TB, conversation uuid.UUID, at time.Time, decision rag.Decision, question string, sources ...rag.Match) uuid.UUID {
	t.Helper()
	turn := d.turn(question)
	turn.Conversation, turn.AskedAt, turn.Reply.Decision, turn.Reply.Sources = conversation, at, decision, sources
	stored, _, err := d.WriteTurn(t.Context(), d.shop, turn)
	if err != nil {
		t.Fatal(err)
	}
	return stored.ID
}

func names(gaps []rag.Gap) (list []string) {
	for _, g := range gaps {
		list = append(list, g.Question)
	}
	return list
}

// Questions that ask the same are one gap however many ask, its id stays as more
// come in, and what most conversations ask stands first.
func TestGapsGrowAndKeepTheirID(t *testing.T) {
	d := newDesk(t)
	now := time.Now()
	d.talk(t, now.Add(-3*time.Minute), rag.Abstain, "Do you wrap gifts?", "do you wrap gifts")
	d.talk(t, now.Add(-2*time.Minute), rag.Abstain, "Is the tea organic?", "hello there!!", "😀", "fuck you")
	d.talk(t, now.Add(-time.Minute), rag.Abstain, "can you wrap gifts please")
	gaps, total := d.gaps(t)
	if total != 2 || len(gaps) != 2 || gaps[0].Questions != 3 || gaps[0].Conversations != 2 || gaps[1].Question != "Is the tea organic?" {
		t.Fatalf("gaps %+v, %d", gaps, total)
	}
	before := gaps[0].ID
	d.talk(t, now, rag.Abstain, "do you do gift wrapping? wrap gifts?")
	d.talk(t, now, rag.Abstain, "可以包裝送禮嗎")
	gaps, total = d.gaps(t)
	if total != 3 || gaps[0].ID != before || gaps[0].Conversations != 3 {
		t.Errorf("after more questions: %+v, %d", gaps, total)
	}
	if _, questions, err := d.learning().GetGap(t.Context(), d.shop, before); err != nil || len(questions) != 4 || len(rag.Phrasings(questions)) != 3 {
		t.Errorf("questions %+v, %v", questions, err)
	}
}

func TestMergeSplitDismiss(t *testing.T) {
	d := newDesk(t)
	l, ctx := d.learning(), t.Context()
	d.talk(t, time.Now(), rag.Abstain, "Do you wrap gifts?")
	d.talk(t, time.Now(), rag.Abstain, "Is the tea organic?")
	gaps, _ := d.gaps(t)
	merged, err := l.MergeGaps(ctx, d.shop, gaps[0].ID, []uuid.UUID{gaps[1].ID, gaps[1].ID})
	if err != nil || merged.ID != gaps[0].ID || merged.Questions != 2 {
		t.Fatalf("merged %+v, %v", merged, err)
	}
	if _, err := l.MergeGaps(ctx, d.shop, gaps[0].ID, []uuid.UUID{uuid.New()}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("merged with nothing: %v", err)
	}
	_, questions, err := l.GetGap(ctx, d.shop, merged.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(questions, func(q rag.GapQuestion) bool { return strings.Contains(q.Question, "organic") })
	split, err := l.SplitGap(ctx, d.shop, questions[at].ID)
	if err != nil || split.Question != "Is the tea organic?" || split.Questions != 1 || split.ID == merged.ID {
		t.Fatalf("split %+v, %v", split, err)
	}
	if err := l.SetGapState(ctx, d.shop, split.ID, rag.DismissedGaps); err != nil {
		t.Fatal(err)
	}
	// A dismissed question that comes again stays out of sight.
	d.talk(t, time.Now(), rag.Abstain, "is your tea organic")
	if gaps, total := d.gaps(t); total != 1 || gaps[0].Question != "Do you wrap gifts?" {
		t.Errorf("open gaps %v, %d", names(gaps), total)
	}
	dismissed, total, err := l.ListGaps(ctx, d.shop, rag.DismissedGaps, 9)
	if err != nil || total != 1 || dismissed[0].Questions != 2 {
		t.Errorf("dismissed %+v, %d, %v", dismissed, total, err)
	}
	if err := l.SetGapState(ctx, d.shop, split.ID, rag.OpenGaps); err != nil {
		t.Fatal(err)
	}
	if gaps, total := d.gaps(t); total != 2 || gaps[0].Question == "" {
		t.Errorf("after bringing it back: %v, %d", names(gaps), total)
	}
}

// A bad rating makes a gap of the question until a good one takes it back, and so
// does an offer that nobody took up, but not one that led to an answer.
func TestWhatDidNotHelpIsAGap(t *testing.T) {
	d := newDesk(t)
	ctx, hourAgo := t.Context(), time.Now().Add(-time.Hour)
	conversation, replies := d.talk(t, hourAgo, rag.Direct, "How much is the delivery?")
	for _, rating := range []int{-1, -1, 1, -1} {
		if err := d.conversations.Rate(ctx, d.shop, conversation, replies[0], rating); err != nil {
			t.Fatal(err)
		}
		want := 0
		if rating < 0 {
			want = 1
		}
		if gaps, total := d.gaps(t); total != want || want == 1 && gaps[0].NotHelpful != 1 {
			t.Errorf("rated %d: %+v", rating, gaps)
		}
	}
	taken, _ := d.talk(t, hourAgo, rag.Clarify, "and organic tea, is that there")
	d.asks(t, taken, hourAgo.Add(time.Minute), rag.Direct, "Is the tea organic?")
	d.talk(t, hourAgo, rag.Clarify, "where is my parcel now")
	d.talk(t, time.Now(), rag.Clarify, "who is allowed to vote") // may still be taken up
	gaps, total := d.gaps(t)
	if total != 2 || gaps[0].NotTakenUp+gaps[1].NotTakenUp != 1 || !slices.Contains(names(gaps), "where is my parcel now") {
		t.Errorf("gaps %+v, %d", gaps, total)
	}
	c, err := d.learning().Coverage(ctx, d.shop, time.Now().AddDate(0, 0, -30))
	if want := (rag.Coverage{Questions: 4, Answered: 1, Open: 2}); err != nil || c != want {
		t.Errorf("coverage %+v, %v, want %+v", c, err, want)
	}
}

// Approving stores the entry with the gap's questions, answers the gap and leaves
// checks, all or nothing.
func TestApproveAGap(t *testing.T) {
	d := newDesk(t)
	l, ctx := d.learning(), t.Context()
	d.talk(t, time.Now(), rag.Abstain, "Do you wrap gifts?", "can you wrap gifts for ann@example.com")
	gaps, _ := d.gaps(t)
	var input *rag.InputError
	if _, err := l.ApproveGap(ctx, d.shop, uuid.Nil, gaps[0].ID, uuid.Nil, &rag.Content{Question: "Gifts?"}); !errors.As(err, &input) || input.Code != "missing_answer" {
		t.Errorf("without an answer: %v", err)
	}
	if _, total := d.gaps(t); total != 1 {
		t.Error("a refused answer closed the gap")
	}
	e, err := l.ApproveGap(ctx, d.shop, uuid.Nil, gaps[0].ID, uuid.Nil, &rag.Content{Question: "Do you wrap gifts?", Answer: "Yes, for NT$30."})
	if err != nil || e.ID == uuid.Nil {
		t.Fatal(e, err)
	}
	if gaps, total := d.gaps(t); total != 0 {
		t.Errorf("still open: %+v", gaps)
	}
	checks, err := l.Checks(ctx, d.shop)
	if err != nil || len(checks) != 2 || checks[0].Entry != e.ID || checks[0].Source != rag.FromGap {
		t.Errorf("checks %+v, %v", checks, err)
	}
	for _, c := range checks {
		if strings.Contains(c.Question, "@") || strings.Contains(c.Question, "[") {
			t.Errorf("a check holds what was masked: %q", c.Question)
		}
	}
	// Asked again and still not found: the gap is back under its id and knows its entry.
	d.talk(t, time.Now(), rag.Abstain, "wrap gifts?")
	again, total := d.gaps(t)
	if total != 1 || again[0].ID != gaps[0].ID || again[0].Entry != e.ID || again[0].Questions != 1 {
		t.Fatalf("asked again: %+v, %d", again, total)
	}
	if e, err = l.ApproveGap(ctx, d.shop, uuid.Nil, again[0].ID, e.ID, nil); err != nil || !slices.Equal(e.Phrasings, []string{"wrap gifts?"}) {
		t.Errorf("as a phrasing: %+v, %v", e, err)
	}
	c, err := l.Coverage(ctx, d.shop, time.Now().AddDate(0, 0, -30))
	if want := (rag.Coverage{Questions: 3, Learnt: 3}); err != nil || c != want {
		t.Errorf("coverage %+v, %v, want %+v", c, err, want)
	}
}

// A correction that waits while somebody rewrites the answer adds its phrasing to what
// stands then.
func TestACorrectionKeepsWhatIsWrittenMeanwhile(t *testing.T) {
	b := newBench(t)
	l, ctx := b.learning(), t.Context()
	e, err := b.CreateEntry(ctx, b.shop, rag.Content{Question: "How much is delivery?", Answer: "NT$80."})
	if err != nil {
		t.Fatal(err)
	}
	corrected := make(chan error, 1)
	if err := b.db.InTenant(ctx, b.shop, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT FROM shop WHERE tenant_id = $1 FOR NO KEY UPDATE`, b.shop.UUID); err != nil {
			return err
		}
		go func() {
			_, _, err := l.Correct(ctx, b.shop, uuid.Nil, "postage?", e.ID, nil)
			corrected <- err
		}()
		for b.count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
			select {
			case err := <-corrected:
				return fmt.Errorf("it did not wait: %v", err)
			default:
			}
		}
		_, err := tx.Exec(ctx, `UPDATE entry SET answer = 'NT$100.' WHERE tenant_id = $1 AND id = $2`, b.shop.UUID, e.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := <-corrected; err != nil {
		t.Fatal(err)
	}
	if e, err = b.GetEntry(ctx, b.shop, e.ID); err != nil || e.Answer != "NT$100." || !slices.Equal(e.Phrasings, []string{"postage?"}) {
		t.Errorf("the entry is %+v, %v", e, err)
	}
}

// What corrections leave comes on top of what may be saved, and replacing adds none.
func TestSavedChecksAreBounded(t *testing.T) {
	b := newBench(t)
	l, ctx := b.learning(), t.Context()
	b.exec(t, `INSERT INTO answer_check (tenant_id, id, question, question_hash, source)
		SELECT $1, gen_random_uuid(), s || n, sha256((s || n)::bytea), s FROM generate_series(1, $2::int) AS n, unnest(ARRAY['correction', 'saved']) AS s
		WHERE s = 'correction' OR n > 1`, b.shop.UUID, ragpg.MaxChecks)
	for range 2 {
		if _, err := l.CreateCheck(ctx, b.shop, rag.Check{Question: "the last"}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := l.CreateCheck(ctx, b.shop, rag.Check{Question: "one more"})
	if input, ok := errors.AsType[*rag.InputError](err); !ok || input.Code != "too_many_checks" {
		t.Errorf("one more: %v", err)
	}
}

func TestCorrectionsBecomeChecks(t *testing.T) {
	b := newBench(t)
	l, ctx := b.learning(), t.Context()
	e, err := b.CreateEntry(ctx, b.shop, rag.Content{Question: "How much is delivery?", Answer: "NT$80."})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // saying it twice is saying it once
		if e, _, err = l.Correct(ctx, b.shop, uuid.Nil, " postage? ", e.ID, nil); err != nil || !slices.Equal(e.Phrasings, []string{"postage?"}) {
			t.Fatal(e, err)
		}
	}
	other, _, err := l.Correct(ctx, b.shop, uuid.Nil, "postage?", uuid.Nil, &rag.Content{Question: "Do you sell stamps?", Answer: "No."})
	if err != nil || other.ID == e.ID {
		t.Fatal(other, err)
	}
	if _, err := l.CreateCheck(ctx, b.shop, rag.Check{Question: "who are you to me"}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.CreateCheck(ctx, b.shop, rag.Check{Question: "x?", Entry: uuid.New()}); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a check for no entry: %v", err)
	}
	checks, err := l.Checks(ctx, b.shop)
	if err != nil || len(checks) != 2 || checks[0].Entry != uuid.Nil || checks[1].Entry != other.ID || checks[1].Source != rag.Correction {
		t.Fatalf("checks %+v, %v", checks, err)
	}
	if n, err := l.DeleteChecks(ctx, b.shop, []uuid.UUID{checks[0].ID, uuid.New()}); err != nil || n != 1 {
		t.Errorf("deleted %d, %v", n, err)
	}
}
