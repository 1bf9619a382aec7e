package ragpg_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/live"
	"storebot/rag/ragpg"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

var monday = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func (d *desk) conv() rag.Conversation { return rag.Conversation{ID: d.conversation, Language: "en"} }

func (d *desk) do(t testing.TB, deed rag.Deed) rag.Hold {
	t.Helper()
	hold, err := d.people.Do(t.Context(), d.shop, d.conversation, deed)
	if err != nil {
		t.Fatal(err)
	}
	return hold
}

func (d *desk) ask(t testing.TB) rag.Standing {
	t.Helper()
	s, err := d.people.RequestPerson(t.Context(), d.shop, d.conv(), "", monday)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (d *desk) say(t testing.TB, by uuid.UUID, text string) rag.Line {
	t.Helper()
	line, err := d.people.Reply(t.Context(), d.shop, d.conversation, by, uuid.New(), text)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// after is the authors and texts, or notes, past a position.
func (d *desk) after(t testing.TB, position int) (said []string, hold rag.Hold) {
	t.Helper()
	hold, list, err := d.people.After(t.Context(), d.shop, d.conversation, position)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.Author == "system" {
			said = append(said, m.Note)
		} else {
			said = append(said, m.Author+" "+m.Text)
		}
	}
	return said, hold
}

func TestAConversationChangesHands(t *testing.T) {
	d := newDesk(t)
	mei, jun := uuid.New(), uuid.New()
	turn := d.turn("How long?")
	turn.Reply.Decision, turn.Reply.Reason = rag.Abstain, rag.ReasonNoMatch
	if reply, _, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil || reply.State != rag.ByBot {
		t.Fatalf("%+v, %v", reply, err)
	}
	s := d.ask(t)
	if s.State != rag.Waiting || s.Availability != rag.UnknownHours || s.Text == "" || s.Consent == "" || s.Typical != 0 {
		t.Errorf("asked for a person: %+v", s)
	}
	if again := d.ask(t); again.Position != s.Position || !again.Since.Equal(s.Since) {
		t.Errorf("asked again: %+v, was %+v", again, s)
	}
	// While nobody has it the bot answers.
	if reply, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("And now?")); err != nil || reply.Decision != rag.Direct || reply.State != rag.Waiting {
		t.Errorf("a turn while waiting: %+v, %v", reply, err)
	}
	d.say(t, mei, "Hello, Mei here.")
	if !d.people.Hub.ByStaff(d.shop, d.conversation) {
		t.Error("the process that took it over does not know it")
	}
	hold := d.do(t, rag.Deed{Kind: rag.TakeOver, By: jun})
	if hold.State != rag.ByStaff || hold.Owner != jun || hold.Reason != rag.HandedMissingKnowledge {
		t.Errorf("taken by another: %+v", hold)
	}
	said, hold := d.after(t, 0)
	if want := []string{"waiting", "joined", "staff Hello, Mei here."}; !slices.Equal(said, want) {
		t.Errorf("the shopper sees %v, want %v", said, want)
	}
	d.do(t, rag.Deed{Kind: rag.HandBack, By: jun})
	if said, _ := d.after(t, hold.Position); !slices.Equal(said, []string{"handed_back"}) {
		t.Errorf("then the shopper sees %v", said)
	}
	if d.people.Hub.ByStaff(d.shop, d.conversation) {
		t.Error("it is held after it was handed back")
	}
	if reply, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("And then?")); err != nil || reply.Decision != rag.Direct {
		t.Errorf("the bot does not answer again: %+v, %v", reply, err)
	}
	hold = d.do(t, rag.Deed{Kind: rag.Close, By: jun, Result: rag.Solved})
	if hold.State != rag.Closed || hold.Outcome != rag.Solved || hold.Owner != uuid.Nil {
		t.Errorf("closed: %+v", hold)
	}
	if n := d.count(t, `SELECT count(*) FROM handover WHERE conversation_id = $1 AND reason = 'missing_knowledge' AND replies = 1
		AND taken_at >= asked_at AND taken_by = $2 AND first_reply_at >= asked_at AND first_reply_us = first_reply_open_us AND ended_as = 'handed_back' AND in_hours IS NULL`,
		d.conversation, jun); n != 1 {
		t.Error("the record of the hand-over is not right")
	}
	if n := d.count(t, `SELECT count(*) FROM conversation WHERE id = $1 AND wants_person_at IS NOT NULL AND staff_at IS NOT NULL`, d.conversation); n != 1 {
		t.Error("that a person was asked for, and touched it, is not stored")
	}
	if n := d.count(t, `SELECT count(*) FROM message WHERE author = 'staff' AND first_words_us > 0 AND staff_id = $1`, mei); n != 1 {
		t.Error("how long the shopper waited is not stored")
	}
}

// However turns and a person's taking over meet, the bot's words and the
// person's never stand in the wrong order: none of the bot's is stored after.
func TestTheBotDoesNotTalkOverAPerson(t *testing.T) {
	d := newDesk(t)
	mei := uuid.New()
	var answered, handed atomic.Int64
	for range 20 {
		d.conversation = d.start(t, d.shop)
		conversation := d.conversation
		var all sync.WaitGroup
		for range 8 {
			turn := d.turn("How long?")
			all.Go(func() {
				reply, _, err := d.WriteTurn(t.Context(), d.shop, turn)
				switch {
				case err != nil:
					t.Error(err)
				case reply.Decision == rag.HandedOver:
					handed.Add(1)
				default:
					answered.Add(1)
				}
			})
		}
		if _, err := d.people.Do(t.Context(), d.shop, conversation, rag.Deed{Kind: rag.TakeOver, By: mei}); err != nil {
			t.Fatal(err)
		}
		// What is stored once the take-over is acknowledged is all that ever will be.
		then := d.count(t, `SELECT count(*) FROM message WHERE conversation_id = $1 AND author = 'bot'`, conversation)
		all.Wait()
		if now := d.count(t, `SELECT count(*) FROM message WHERE conversation_id = $1 AND author = 'bot'`, conversation); now != then {
			t.Errorf("%d replies of the bot were stored after a person had taken over", now-then)
		}
		if n := d.count(t, `SELECT count(*) FROM message WHERE conversation_id = $1 AND author = 'shopper'`, conversation); n != 8 {
			t.Errorf("%d questions are stored, want 8", n)
		}
	}
	t.Logf("%d turns were answered, %d left to the person", answered.Load(), handed.Load())
}

// A process that has just started hears of a conversation by its token.
func TestAFreshProcessLeavesATalkToItsPerson(t *testing.T) {
	d := newDesk(t)
	token, err := d.conversations.Start(t.Context(), d.shop, rag.Conversation{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	if d.conversation, _, err = token.Parse(); err != nil {
		t.Fatal(err)
	}
	for _, deed := range []rag.Deed{{Kind: rag.TakeOver, By: uuid.New()}, {Kind: rag.HandBack}} {
		d.do(t, deed)
		fresh, writer := live.NewHub(), ragpg.NewWriter(d.db)
		writer.Handovers = &ragpg.Handovers{DB: d.db, Hub: fresh, Shops: d.people.Shops}
		if _, err := ragpg.NewConversations(d.db, writer).Open(t.Context(), d.shop, token); err != nil {
			t.Fatal(err)
		}
		if got, want := fresh.ByStaff(d.shop, d.conversation), deed.Kind == rag.TakeOver; got != want {
			t.Errorf("after deed %v the talk is a person's: %t, want %t", deed.Kind, got, want)
		}
	}
}

func TestQuestionsForAPerson(t *testing.T) {
	d := newDesk(t)
	question := d.turn("Call 0912-345-678 for me")
	question.ForStaff, question.Reply = true, rag.Reply{Language: "en"}
	if _, _, err := d.WriteTurn(t.Context(), d.shop, question); !errors.Is(err, rag.ErrNotByStaff) || d.rows(t) != 0 {
		t.Errorf("for staff, while the bot answers: %v, %d rows", err, d.rows(t))
	}
	d.do(t, rag.Deed{Kind: rag.TakeOver, By: uuid.New()})
	reply, replayed, err := d.WriteTurn(t.Context(), d.shop, question)
	if err != nil || replayed || reply.Decision != rag.HandedOver || reply.ID != question.QuestionID || reply.State != rag.ByStaff {
		t.Errorf("for staff: %+v, %v, %v", reply, replayed, err)
	}
	again := question
	again.QuestionID = uuid.Must(uuid.NewV7())
	if reply, replayed, err := d.WriteTurn(t.Context(), d.shop, again); err != nil || !replayed || reply.ID != question.QuestionID {
		t.Errorf("again: %+v, %v, %v", reply, replayed, err)
	}
	// A retry that comes when the bot answers again, with the text as it masks it.
	d.do(t, rag.Deed{Kind: rag.HandBack})
	late := d.turn("Call [phone] for me")
	late.ClientKey = question.ClientKey
	if reply, replayed, err := d.WriteTurn(t.Context(), d.shop, late); err != nil || !replayed || reply.Decision != rag.HandedOver || reply.ID != question.QuestionID {
		t.Errorf("late: %+v, %v, %v", reply, replayed, err)
	}
	if n := d.count(t, `SELECT count(*) FROM message WHERE author <> 'system'`); n != 1 {
		t.Errorf("%d messages are stored, want the question", n)
	}
}

func TestAskingInWords(t *testing.T) {
	d := newDesk(t)
	var told []uuid.UUID
	d.notify(&told)
	turn := d.turn("a person please")
	turn.Reply.Decision, turn.Reply.Reason, turn.Reply.Sources = rag.SmallTalk, rag.ReasonPerson, nil
	asking := rag.NewAsking(rag.Shop{}, rag.HandedAsked, "en", monday)
	turn.HandOver = &asking
	reply, replayed, err := d.WriteTurn(t.Context(), d.shop, turn)
	if err != nil || replayed || reply.State != rag.Waiting || reply.Text != turn.Reply.Text {
		t.Fatalf("%+v, %v, %v", reply, replayed, err)
	}
	d.do(t, rag.Deed{Kind: rag.HandBack})
	if reply, replayed, err := d.WriteTurn(t.Context(), d.shop, turn); err != nil || !replayed || reply.State != rag.ByBot {
		t.Errorf("a retry hands over again: %+v, %v, %v", reply, replayed, err)
	}
	if said, _ := d.after(t, 0); !slices.Equal(said, []string{"waiting", "handed_back"}) {
		t.Errorf("the shopper sees %v", said)
	}
	if len(told) != 1 || d.count(t, `SELECT count(*) FROM notice WHERE id = $1 AND kind = 'waiting'`, told[0]) != 1 {
		t.Errorf("staff are told %d times", len(told))
	}
}

func TestContactsAreStoredOnce(t *testing.T) {
	d := newDesk(t)
	var told []uuid.UUID
	d.notify(&told)
	leave := func(c rag.Contact) error {
		_, err := d.people.LeaveContact(t.Context(), d.shop, d.conv(), c, monday)
		return err
	}
	key := uuid.New()
	for name, c := range map[string]rag.Contact{
		"with a key": {Name: "Mei", Reach: "mei@shop.example", ClientKey: key}, "without": {Name: "Jun", Reach: "jun@shop.example", Note: "mornings", Consent: "ok"},
	} {
		for range 3 {
			if err := leave(c); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if err := leave(rag.Contact{Reach: "another@shop.example", ClientKey: key}); !errors.Is(err, rag.ErrKeyReused) {
		t.Errorf("the key for another contact: %v", err)
	}
	if n := d.count(t, `SELECT count(*) FROM contact`); n != 2 {
		t.Errorf("%d contacts are stored, want 2", n)
	}
	if len(told) != 2 {
		t.Errorf("staff are told %d times, want once a contact", len(told))
	}
	talks, err := d.people.TalksOf(t.Context(), d.shop, []uuid.UUID{d.conversation}, monday)
	if err != nil || len(talks) != 1 || talks[0].State != rag.Waiting || talks[0].Contact == nil {
		t.Errorf("the inbox: %+v, %v", talks, err)
	}
}

func TestRepliesAndNotes(t *testing.T) {
	d := newDesk(t)
	mei, key := uuid.New(), uuid.New()
	for range 2 {
		if line, err := d.people.Reply(t.Context(), d.shop, d.conversation, mei, key, "Hello"); err != nil || line.Text != "Hello" || line.ID == uuid.Nil {
			t.Fatalf("%+v, %v", line, err)
		}
		if line, err := d.people.AddNote(t.Context(), d.shop, d.conversation, mei, key, "secret"); err != nil || line.Text != "secret" || line.ID == uuid.Nil {
			t.Fatalf("%+v, %v", line, err)
		}
	}
	if _, err := d.people.Reply(t.Context(), d.shop, d.conversation, mei, key, "Other"); !errors.Is(err, rag.ErrKeyReused) {
		t.Errorf("another text with the key: %v", err)
	}
	if _, err := d.people.AddNote(t.Context(), d.shop, d.conversation, mei, key, "Other"); !errors.Is(err, rag.ErrKeyReused) {
		t.Errorf("another note with the key: %v", err)
	}
	record, err := d.people.Read(t.Context(), d.shop, d.conversation)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, l := range record.Lines {
		said = append(said, l.Author+" "+l.Note+l.Text)
	}
	if len(said) != 3 || said[1] != "staff Hello" || said[2] != "note secret" || record.HandOvers[0].Reason != rag.HandedStaff {
		t.Errorf("staff read %q, %+v", said, record.HandOvers)
	}
	messages, err := d.conversations.Messages(t.Context(), d.shop, d.conversation)
	if err != nil || len(messages) != 2 || messages[1].Text != "Hello" || messages[1].Position != 2 {
		t.Errorf("the shopper reads %+v, %v", messages, err)
	}
}

// What one tenant names of another is not there, and nothing changes.
func TestHandoversOfAnotherTenant(t *testing.T) {
	d := newDesk(t)
	stranger := d.newShop(t)
	d.ask(t)
	before, _ := d.after(t, 0)
	p, ctx, by := d.people, t.Context(), uuid.New()
	second := func(_ any, err error) error { return err }
	for _, place := range []struct {
		name         string
		tenant       tenant.ID
		conversation uuid.UUID
	}{{"elsewhere", stranger, d.conversation}, {"nowhere", d.shop, uuid.New()}} {
		conv := rag.Conversation{ID: place.conversation}
		_, _, after := p.After(ctx, place.tenant, place.conversation, 0)
		for name, err := range map[string]error{
			"request a person": second(p.RequestPerson(ctx, place.tenant, conv, "", monday)),
			"leave a contact":  second(p.LeaveContact(ctx, place.tenant, conv, rag.Contact{Reach: "x@y.example"}, monday)),
			"take over":        second(p.Do(ctx, place.tenant, place.conversation, rag.Deed{Kind: rag.TakeOver, By: by})),
			"reply":            second(p.Reply(ctx, place.tenant, place.conversation, by, by, "x")),
			"note":             second(p.AddNote(ctx, place.tenant, place.conversation, by, by, "x")),
			"mark read":        p.MarkRead(ctx, place.tenant, place.conversation),
			"type":             p.Typing(ctx, place.tenant, place.conversation),
			"look":             second(p.Talk(ctx, place.tenant, place.conversation, monday)),
			"last question":    second(p.LastQuestion(ctx, place.tenant, place.conversation)),
			"after":            after,
		} {
			if !errors.Is(err, rag.ErrNotFound) {
				t.Errorf("%s %s: %v, want ErrNotFound", name, place.name, err)
			}
		}
		if r, err := p.Read(ctx, place.tenant, place.conversation); err != nil || len(r.Lines)+len(r.Contacts)+len(r.HandOvers) != 0 {
			t.Errorf("read %s: %+v, %v", place.name, r, err)
		}
	}
	if talks, err := p.OpenTalks(ctx, stranger, monday); err != nil || len(talks) != 0 {
		t.Errorf("a stranger's inbox: %+v, %v", talks, err)
	}
	if after, _ := d.after(t, 0); !slices.Equal(after, before) {
		t.Errorf("then: %v, before: %v", after, before)
	}
}

// notify has what staff are told of put on a list.
func (d *desk) notify(told *[]uuid.UUID) {
	d.people.Notify = func(_ context.Context, _ pgx.Tx, _ tenant.ID, notice uuid.UUID) error {
		*told = append(*told, notice)
		return nil
	}
}
