package ragpg_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/ragjob"
	"storebot/tenant/mail"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

func TestWhoIsToldOfWhat(t *testing.T) {
	d := newDesk(t)
	var told []uuid.UUID
	d.notify(&told)
	notice := func() (rag.Notice, error) { return d.people.Notice(t.Context(), d.shop, told[len(told)-1]) }
	d.ask(t)
	if n, err := notice(); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("with nobody to tell: %+v, %v", n, err)
	}
	owner := uuid.New()
	d.exec(t, `INSERT INTO identity.account (id, email, password_hash) VALUES ($1, $2, 'x')`, owner, owner.String()+"@shop.example")
	d.exec(t, `INSERT INTO identity.member (tenant_id, account_id, role) VALUES ($1, $2, 'owner')`, d.shop.UUID, owner)
	if n, err := notice(); err != nil || !slices.Equal(n.To, []string{owner.String() + "@shop.example"}) || n.Kind != rag.NoticeWaiting || n.Conversation != d.conversation {
		t.Errorf("the owner: %+v, %v", n, err)
	}
	if err := d.people.SetHours(t.Context(), d.shop, rag.Hours{Notify: []string{"staff@shop.example"}, ReplyWithin: time.Minute}); err != nil {
		t.Fatal(err)
	}
	if n, err := notice(); err != nil || !slices.Equal(n.To, []string{"staff@shop.example"}) {
		t.Errorf("who the shop names: %+v, %v", n, err)
	}
	if n, err := d.people.Notice(t.Context(), d.newShop(t), told[0]); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("another shop: %+v, %v", n, err)
	}
	d.do(t, rag.Deed{Kind: rag.TakeOver, By: owner})
	if n, err := notice(); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("once a person has it: %+v, %v", n, err)
	}
	for i, failure := range []string{"greylisted", "", "no such user"} {
		if err := d.people.Noticed(t.Context(), d.shop, told[0], failure, i == 2); err != nil {
			t.Fatal(err)
		}
		m, err := d.people.MailState(t.Context(), d.shop)
		want := rag.MailState{Configured: true, LastFailure: failure}
		if failure == "" {
			want.Sent = 1
		}
		if i == 2 {
			want.Failed = 1
		}
		if err != nil || m != want {
			t.Errorf("after %q: %+v, %v, want %+v", failure, m, err, want)
		}
	}
}

// mailbox refuses its first mails and keeps the rest.
type mailbox struct {
	fail  chan error
	mails chan mail.Message
}

func (m *mailbox) Send(ctx context.Context, one mail.Message) error {
	select {
	case err := <-m.fail:
		return err
	default:
	}
	select {
	case m.mails <- one:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// From the shopper's asking to the mail, through the stored job.
func TestStaffAreToldByMail(t *testing.T) {
	d := newDesk(t)
	queue, err := ragjob.NewQueue()
	if err != nil {
		t.Fatal(err)
	}
	d.people.Notify = queue.Notice
	if err := d.people.SetHours(t.Context(), d.shop, rag.Hours{Notify: []string{"staff@shop.example"}, ReplyWithin: time.Minute}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.WriteTurn(t.Context(), d.shop, d.turn("Is 0912-345-678 yours?")); err != nil {
		t.Fatal(err)
	}
	d.ask(t) // before any worker runs: it must not be lost
	box := &mailbox{fail: make(chan error, 1), mails: make(chan mail.Message, 1)}
	d.work(t, box)
	select {
	case m := <-box.mails:
		if !slices.Equal(m.To, []string{"staff@shop.example"}) || !strings.Contains(m.Text, "https://bot.example/console/inbox/"+d.conversation.String()) || strings.Contains(m.Text, "0912") {
			t.Errorf("mail %+v", m)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("no mail came")
	}
	d.mails(t, func(m rag.MailState) bool { return m.Sent == 1 }) // noted after it was handed over
	// One that is refused for good is not tried again, and is seen to have failed.
	box.fail <- fmt.Errorf("%w: 550", mail.ErrRefused)
	if _, err := d.people.LeaveContact(t.Context(), d.shop, d.conv(), rag.Contact{Reach: "mei@tea.example"}, monday); err != nil {
		t.Fatal(err)
	}
	d.mails(t, func(m rag.MailState) bool {
		return m.Sent == 1 && m.Failed == 1 && strings.Contains(m.LastFailure, "550")
	})
	if n := d.count(t, `SELECT count(*) FROM notice WHERE tries <> 1`); n != 0 {
		t.Errorf("%d notices were tried again", n)
	}
}

// mails waits for a state of the shop's mails. Nothing announces that a job has
// noted what became of one: it is asked for until it says so.
func (d *desk) mails(t *testing.T, wanted func(rag.MailState) bool) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		m, err := d.people.MailState(t.Context(), d.shop)
		if err != nil {
			t.Fatal(err)
		}
		if wanted(m) {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("the mails' state stays %+v", m)
		}
	}
}

// work runs jobs with a mailer until the test ends.
func (d *desk) work(t *testing.T, mailer ragjob.Mailer) {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), d.url+"&pool_max_conns=10")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	runner, err := ragjob.New(pool, ragjob.Config{
		Imports: d.Knowledge, Vectors: d.Knowledge, Upkeep: d.Knowledge, Embedder: func() rag.Embedder { return &lexical.Embedder{} },
		Notices: d.people, Mailer: mailer, Console: "https://bot.example", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := runner.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := runner.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}
