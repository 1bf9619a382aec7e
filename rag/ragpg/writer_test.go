package ragpg_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/live"
	"storebot/rag/ragpg"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A desk is a bench with a writer that runs and a conversation to write to.
type desk struct {
	*bench
	*ragpg.Writer
	conversations *ragpg.Conversations
	people        *ragpg.Handovers
	conversation  uuid.UUID
	stop          func() // ends Run and waits for it
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{bench: newBench(t)}
	d.open()
	d.run(t)
	d.conversation = d.start(t, d.shop)
	return d
}

// open makes what works on d.db.
func (d *desk) open() {
	d.Writer = ragpg.NewWriter(d.db)
	d.people = &ragpg.Handovers{DB: d.db, Hub: live.NewHub(), Shops: ragpg.NewShops(d.db, time.Now)}
	d.Writer.Handovers = d.people
	d.conversations = ragpg.NewConversations(d.db, d.Writer)
}

// elsewhere makes what another process has of the database, which knows nothing
// yet. It waits for what it reads: how patient the machine that tests is, is not tested.
func (d *desk) elsewhere() (*ragpg.Conversations, *ragpg.Writer) {
	conversations, writer := ragpg.NewConversations(d.db, d.Writer), ragpg.NewWriter(d.db)
	conversations.Patience, writer.Patience = time.Minute, time.Minute
	return conversations, writer
}

func (d *desk) run(t testing.TB) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); d.Run(ctx) }()
	d.stop = func() { cancel(); <-done }
	t.Cleanup(d.stop)
}

func (d *desk) start(t testing.TB, id tenant.ID) uuid.UUID {
	t.Helper()
	token, err := d.conversations.Start(t.Context(), id, rag.Conversation{Language: "en", Origin: "https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	conversation, _, err := token.Parse()
	if err != nil {
		t.Fatal(err)
	}
	return conversation
}

// turn is a turn in the desk's conversation, directly answered.
func (d *desk) turn(question string) rag.Turn {
	return rag.Turn{
		Conversation: d.conversation, ClientKey: uuid.New(), QuestionID: uuid.Must(uuid.NewV7()), Question: question,
		AskedAt: time.Now(),
		Reply: rag.Reply{
			ID: uuid.Must(uuid.NewV7()), Text: "It takes 3 days.", Language: "en", Decision: rag.Direct, Reason: rag.ReasonConfident,
			Confidence: 0.87, Engine: "builtin-1", Version: 4, Sources: []rag.Match{{Entry: &rag.Entry{ID: uuid.New()}}},
			Timings: rag.Timings{Retrieve: time.Millisecond, FirstWords: 1234567 * time.Nanosecond, Total: 2345678 * time.Nanosecond},
		},
	}
}

func (d *desk) rows(t testing.TB) int { return d.count(t, `SELECT count(*) FROM message`) }

func TestATurnIsStoredAsItWasSaid(t *testing.T) {
	d := newDesk(t)
	turn := d.turn("How long?")
	reply, replayed, err := d.WriteTurn(t.Context(), d.shop, turn)
	if err != nil || replayed || reply.ID != turn.Reply.ID || reply.Text != turn.Reply.Text {
		t.Fatalf("WriteTurn = %+v, %v, %v", reply, replayed, err)
	}
	n := d.count(t, `
		SELECT count(*) FROM message q JOIN message b USING (tenant_id, conversation_id, client_key)
		WHERE q.author = 'shopper' AND b.author = 'bot' AND q.id = $1 AND b.id = $2 AND q.text = 'How long?' AND q.decision IS NULL
		  AND b.text = 'It takes 3 days.' AND b.decision = 'direct' AND b.reason = 'confident' AND b.confidence = 0.87::real
		  AND b.engine = 'builtin-1' AND b.knowledge_version = 4 AND b.entry_ids = ARRAY[$3::uuid] AND NOT b.interrupted
		  AND b.first_words_us = 1234 AND b.total_us = 2345 AND b.created_at = q.created_at + interval '2345 us'
		  AND q.created_at = $4 AND q.language = 'en'`,
		turn.QuestionID, turn.Reply.ID, turn.Reply.Sources[0].Entry.ID, turn.AskedAt.Truncate(time.Microsecond))
	if n != 1 {
		t.Error("the rows are not what was written")
	}
}

// What queued up while a commit ran goes into the next one: some hundred
// callers at once need far fewer commits than turns, and a lone one waits for nothing.
func TestTurnsAreCommittedInGroups(t *testing.T) {
	d := newDesk(t)
	before := d.Stats()
	if _, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("alone")); err != nil {
		t.Fatal(err)
	}
	if alone := d.Stats(); alone.Commits-before.Commits != 1 || alone.Turns-before.Turns != 1 {
		t.Errorf("a lone turn took %d commits", alone.Commits-before.Commits)
	}
	before = d.Stats()
	var wait sync.WaitGroup
	const callers, each = 100, 5
	for i := range callers {
		wait.Go(func() {
			for j := range each {
				if _, _, err := d.WriteTurn(t.Context(), d.shop, d.turn(fmt.Sprint(i, j))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	after := d.Stats()
	commits, turns := after.Commits-before.Commits, after.Turns-before.Turns
	t.Logf("%d turns in %d commits", turns, commits)
	if turns != callers*each || commits > turns/5 {
		t.Errorf("%d turns took %d commits, want at most a fifth", turns, commits)
	}
	if n := d.rows(t); n != 2*int(turns+1) {
		t.Errorf("%d rows for %d turns", n, turns+1)
	}
}

// One that the database refuses does not take the others of its group along,
// whatever the reason: no such conversation, or a text that no column takes.
func TestABadWriteFailsAlone(t *testing.T) {
	d := newDesk(t)
	d.stop()
	d.Writer = ragpg.NewWriter(d.db)
	type outcome struct {
		bad error
		err error
	}
	const writes = 60
	got := make(chan outcome, writes)
	for i := range writes {
		turn, want := d.turn(fmt.Sprint("good ", i)), error(nil)
		switch i % 6 {
		case 3:
			turn.Conversation, want = uuid.New(), rag.ErrNotFound
		case 5:
			turn.Reply.Text, want = "a \x00 in it", rag.ErrStorage
		}
		go func() {
			_, _, err := d.WriteTurn(t.Context(), d.shop, turn)
			got <- outcome{want, err}
		}()
	}
	waitFor(t, "the writes to queue up", func() bool { return d.Stats().Waiting == writes })
	d.run(t) // now all of them are one group
	good := 0
	for range writes {
		o := <-got
		if !errors.Is(o.err, o.bad) {
			t.Errorf("got %v, want %v", o.err, o.bad)
		}
		if o.err == nil {
			good++
		}
	}
	if good != writes*2/3 || d.rows(t) != 2*good {
		t.Errorf("%d good ones and %d rows, want %d and twice as many", good, d.rows(t), writes*2/3)
	}
}

func waitFor(t testing.TB, what string, cond func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited too long for %s", what)
		}
	}
}

// A client that repeats its key, however often and at once, gets one turn.
func TestAKeyIsStoredOnce(t *testing.T) {
	d := newDesk(t)
	key := uuid.New()
	const times = 1000
	replies := make([]rag.Reply, times)
	first := 0
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i := range times {
		wait.Go(func() {
			turn := d.turn("How long?")
			turn.ClientKey = key
			turn.Reply.Timings.Retrieve = 0 // the one thing that is not stored
			turn.Reply.Sources = nil
			turn.Reply.Timings.Total += time.Duration(i) * time.Millisecond
			reply, replayed, err := d.WriteTurn(t.Context(), d.shop, turn)
			if err != nil {
				t.Error(err)
			}
			replies[i] = reply
			if !replayed {
				mu.Lock()
				first++
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if first != 1 || d.rows(t) != 2 {
		t.Errorf("%d callers were the first, %d rows are stored; want 1 and 2", first, d.rows(t))
	}
	for _, r := range replies {
		if fmt.Sprintf("%+v", r) != fmt.Sprintf("%+v", replies[0]) {
			t.Fatalf("replies differ:\n%+v\n%+v", r, replies[0])
		}
	}
	other := d.turn("Something else?")
	other.ClientKey = key
	if _, _, err := d.WriteTurn(t.Context(), d.shop, other); !errors.Is(err, rag.ErrKeyReused) {
		t.Errorf("another question with the key: %v, want ErrKeyReused", err)
	}
	elsewhere := d.turn("Something else?")
	elsewhere.ClientKey, elsewhere.Conversation = key, d.start(t, d.shop)
	if _, replayed, err := d.WriteTurn(t.Context(), d.shop, elsewhere); err != nil || replayed {
		t.Errorf("the key in another conversation: replayed %v, %v", replayed, err)
	}
}

func TestAConversationIsFoundInItsTenantAlone(t *testing.T) {
	d := newDesk(t)
	stranger := d.newShop(t)
	if _, _, err := d.WriteTurn(t.Context(), stranger, d.turn("How long?")); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a turn in another tenant's conversation: %v, want ErrNotFound", err)
	}
	nowhere := d.turn("How long?")
	nowhere.Conversation = uuid.New()
	if _, _, err := d.WriteTurn(t.Context(), d.shop, nowhere); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a turn in no conversation: %v, want ErrNotFound", err)
	}
	if d.rows(t) != 0 {
		t.Errorf("%d rows are stored", d.rows(t))
	}
	// A key that the neighbour used is free here.
	turn := d.turn("How long?")
	if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
		t.Fatal(err)
	}
	same := d.turn("Another question")
	same.ClientKey, same.Conversation = turn.ClientKey, d.start(t, stranger)
	if _, replayed, err := d.WriteTurn(t.Context(), stranger, same); err != nil || replayed {
		t.Errorf("the neighbour's key: replayed %v, %v", replayed, err)
	}
}

// A question that got no answer, and no other, is kept as a gap: once, however
// often it is sent.
func TestOnlyAbstainingLeavesAGap(t *testing.T) {
	d := newDesk(t)
	for _, decision := range []rag.Decision{rag.Direct, rag.Composed, rag.Clarify, rag.Abstain, rag.SmallTalk} {
		turn := d.turn("Asked, then " + string(decision))
		turn.Reply.Decision = decision
		for range 3 {
			if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
				t.Fatal(err)
			}
			turn.QuestionID, turn.Reply.ID = uuid.New(), uuid.New() // as a retry has them
		}
	}
	gaps, total := d.gaps(t)
	if total != 1 || gaps[0].Question != "Asked, then abstain" || gaps[0].Language != "en" {
		t.Errorf("gaps %+v, %d", gaps, total)
	}
}

// What overloads the writer is refused at once instead of waiting its turn.
func TestAFullQueueRefusesEarly(t *testing.T) {
	d := newDesk(t)
	d.stop()
	d.Writer = ragpg.NewWriter(d.db)
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	const room = 4096
	for range room {
		wait.Go(func() { _, _, _ = d.WriteTurn(ctx, d.shop, d.turn("waits")) })
	}
	waitFor(t, "the queue to fill", func() bool { return d.Stats().Waiting == room })
	_, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("too many")) // returns though nobody commits
	if !errors.Is(err, rag.ErrStorage) || !strings.Contains(err.Error(), fmt.Sprint(room)) {
		t.Errorf("got %v, want ErrStorage with the number that waits", err)
	}
	cancel()
	wait.Wait()
}

// At the end what is queued is still stored, and what comes later is refused
// instead of waiting for nobody.
func TestRunStoresWhatIsQueuedBeforeItEnds(t *testing.T) {
	d := newDesk(t)
	d.stop()
	d.Writer = ragpg.NewWriter(d.db)
	const queued = 600 // more than a group
	errs := make(chan error, queued)
	for i := range queued {
		turn := d.turn(fmt.Sprint(i))
		go func() {
			_, _, err := d.WriteTurn(t.Context(), d.shop, turn)
			errs <- err
		}()
	}
	waitFor(t, "the writes to queue up", func() bool { return d.Stats().Waiting == queued })
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	d.Run(ended)
	for range queued {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if d.rows(t) != 2*queued {
		t.Errorf("%d rows for %d turns", d.rows(t), queued)
	}
	if _, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("too late")); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("after the end: %v, want ErrStorage", err)
	}
}

// A caller that stops waiting does not stop the write.
func TestAWriteOutlivesItsCaller(t *testing.T) {
	d := newDesk(t)
	d.stop()
	d.Writer = ragpg.NewWriter(d.db)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	turn := d.turn("Still there?")
	go func() {
		_, _, err := d.WriteTurn(ctx, d.shop, turn)
		done <- err
	}()
	waitFor(t, "the write to queue up", func() bool { return d.Stats().Waiting == 1 })
	cancel()
	if err := <-done; !errors.Is(err, rag.ErrStorage) || !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that left got %v", err)
	}
	d.run(t)
	turn.QuestionID, turn.Reply.ID = uuid.New(), uuid.New()
	if _, replayed, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil || !replayed {
		t.Errorf("the retry: replayed %v, %v; want the first one's reply", replayed, err)
	}
}

// The history as callers see it: whatever was acknowledged is there, whole,
// while others read, with the order in which it was said.
func TestWhatIsAcknowledgedIsVisible(t *testing.T) {
	d := newDesk(t)
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			conversation := d.start(t, d.shop)
			var want []string
			for j := range 20 {
				turn := d.turn(fmt.Sprint("question ", j))
				turn.Conversation, turn.Reply.Text = conversation, fmt.Sprint("reply ", j)
				turn.Reply.Timings.Total = 0 // what is asked next comes after it
				if _, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil {
					t.Error(err)
					return
				}
				want = append(want, turn.Question, turn.Reply.Text)
				messages, err := d.conversations.Messages(t.Context(), d.shop, conversation)
				if err != nil {
					t.Error(err)
					return
				}
				var got []string
				for _, m := range messages {
					got = append(got, m.Text)
				}
				if !slices.Equal(got, want) {
					t.Errorf("after an acknowledgement the conversation reads %q, want %q", got, want)
					return
				}
			}
		})
	}
	wait.Wait()
}
