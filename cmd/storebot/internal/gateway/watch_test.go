package gateway

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"
)

// A line is an open stream of somebody who watches.
type line struct {
	events chan proto.Message
	ended  chan error
	close  func()
}

// watch opens a stream and waits for its first event.
func (w *world) watch(t testing.TB, c caller, procedure string, req proto.Message, fresh func() proto.Message) *line {
	t.Helper()
	l := w.open(t, c, procedure, req, fresh)
	l.next(t)
	return l
}

// open opens a stream, which may be refused.
func (w *world) open(t testing.TB, c caller, procedure string, req proto.Message, fresh func() proto.Message) *line {
	t.Helper()
	var spec connect.Spec
	for s := range w.server.Specs() {
		if s.Procedure == procedure {
			spec = s
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	ctx, _ = c.context(ctx)
	stream, err := w.transport.NewClientStream(ctx, spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(stream.Send(req), stream.CloseSend()); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	l := &line{events: make(chan proto.Message, 100), ended: make(chan error, 1), close: cancel}
	go func() {
		defer stream.Close()
		for {
			m := fresh()
			if err := stream.Receive(m); err != nil {
				l.ended <- err
				return
			}
			l.events <- m
		}
	}()
	t.Cleanup(cancel)
	return l
}

func (w *world) watchShopper(t testing.TB, s *shop, after int32) *line {
	return w.watch(t, s.shopper(), storebotv1connect.ShopperServiceWatchProcedure,
		&storebotv1.WatchRequest{ConversationToken: string(s.conversation), After: after}, func() proto.Message { return new(storebotv1.WatchResponse) })
}

func (w *world) watchInbox(t testing.TB, s *shop, role tenant.Role) *line {
	return w.watch(t, s.member(role), storebotv1connect.InboxServiceWatchInboxProcedure, &storebotv1.WatchInboxRequest{},
		func() proto.Message { return new(storebotv1.WatchInboxResponse) })
}

const patience = 10 * time.Second

func (l *line) next(t testing.TB) proto.Message {
	t.Helper()
	select {
	case m := <-l.events:
		return m
	case err := <-l.ended:
		t.Fatalf("the stream ended: %v", err)
	case <-time.After(patience):
		t.Fatal("nothing is said")
	}
	return nil
}

// messages returns the next n staff and system messages of a shopper's stream.
func (l *line) messages(t testing.TB, n int) (out []*storebotv1.Message) {
	t.Helper()
	for len(out) < n {
		if m := l.next(t).(*storebotv1.WatchResponse).GetMessage(); m != nil {
			out = append(out, m)
		}
	}
	return out
}

func (s *shop) deed(t testing.TB, w *world, req proto.Message, procedure string) {
	t.Helper()
	if _, err := w.call(t, s.member(tenant.Owner), procedure, req); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) says(t testing.TB, w *world, text string) {
	t.Helper()
	s.deed(t, w, &storebotv1.ReplyRequest{Id: s.conversationID(), ClientKey: uuid.NewString(), Text: text}, storebotv1connect.InboxServiceReplyProcedure)
}

func (s *shop) handBack(t testing.TB, w *world) {
	t.Helper()
	s.deed(t, w, &storebotv1.HandBackRequest{Id: s.conversationID()}, storebotv1connect.InboxServiceHandBackProcedure)
}

// What a person does is heard at once, in order, once, from wherever the
// shopper goes on; and by nobody of another shop.
func TestWatchersHearTheirOwn(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	mine, other := w.newShop(t), w.newShop(t)
	hers, theirs := w.watchShopper(t, mine, 0), w.watchShopper(t, other, 0)
	inbox, foreign := w.watchInbox(t, mine, tenant.Agent), w.watchInbox(t, other, tenant.Owner)

	mine.says(t, w, "one")
	mine.says(t, w, "two")
	got := hers.messages(t, 3)
	if got[0].GetEvent() != rag.NoteJoined || got[1].GetText() != "one" || got[2].GetText() != "two" {
		t.Errorf("heard %v", got)
	}
	changed := inbox.next(t).(*storebotv1.WatchInboxResponse).GetChanged()
	if len(changed.GetConversationIds()) != 1 || changed.GetConversationIds()[0] != mine.conversationID() {
		t.Errorf("the inbox heard %v", changed)
	}
	hers.close()
	<-hers.ended
	mine.handBack(t, w)
	again := w.open(t, mine.shopper(), storebotv1connect.ShopperServiceWatchProcedure,
		&storebotv1.WatchRequest{ConversationToken: string(mine.conversation), After: got[2].GetPosition()}, func() proto.Message { return new(storebotv1.WatchResponse) })
	// The state comes after what led to it: who stops listening then has missed nothing.
	first := again.next(t).(*storebotv1.WatchResponse)
	if stands := again.next(t).(*storebotv1.WatchResponse).GetHandOver(); stands.GetState() != storebotv1.ConversationState_CONVERSATION_STATE_BOT {
		t.Errorf("after the note of handing back: %v", stands)
	}
	if m := first.GetMessage(); m.GetEvent() != rag.NoteHandedBack || m.GetPosition() <= got[2].GetPosition() {
		t.Errorf("after coming back: %v", m)
	}

	// What the other shop hears next is what happens there: nothing came before.
	other.says(t, w, "theirs")
	if m := theirs.messages(t, 2); m[1].GetText() != "theirs" {
		t.Errorf("the other shop's shopper heard %v", m)
	}
	if c := foreign.next(t).(*storebotv1.WatchInboxResponse).GetChanged(); len(c.GetConversationIds()) != 1 || c.GetConversationIds()[0] != other.conversationID() {
		t.Errorf("the other shop's inbox heard %v", c)
	}
	select {
	case m := <-again.events:
		if strings.Contains(answer([]proto.Message{m}, nil), "theirs") {
			t.Errorf("a neighbour heard %v", m)
		}
	default:
	}
}

// Who loses the right to listen hears nothing more.
func TestWatchersWhoMayNoMore(t *testing.T) {
	for name, lose := range map[string]func(w *world, s *shop) error{
		"the key is revoked": func(w *world, s *shop) error { _, err := w.tenants.RotateKey(context.Background(), s.id); return err },
		"the shop is suspended": func(w *world, s *shop) error {
			defer w.clock.Add(int64(time.Second)) // the time in which a suspension holds everywhere
			return w.platform.Suspend(context.Background(), "admin@storebot.example", s.id, "test")
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Limits{}, quiet())
			s := w.newShop(t)
			shopper, inbox := w.watchShopper(t, s, 0), w.watchInbox(t, s, tenant.Agent)
			if err := lose(w, s); err != nil {
				t.Fatal(err)
			}
			conversation := uuid.MustParse(s.conversationID())
			if _, err := w.people.Reply(t.Context(), s.id, conversation, uuid.New(), uuid.New(), "secret"); err != nil {
				t.Fatal(err)
			}
			ends(t, shopper)
			if name == "the shop is suspended" {
				ends(t, inbox)
			}
		})
	}
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	inbox := w.watchInbox(t, s, tenant.Agent)
	w.exec(t, `DELETE FROM identity.session WHERE tenant_id = $1`, s.id.UUID)
	if _, err := w.people.Reply(t.Context(), s.id, uuid.MustParse(s.conversationID()), uuid.New(), uuid.New(), "secret"); err != nil {
		t.Fatal(err)
	}
	ends(t, inbox)
}

func ends(t *testing.T, l *line) {
	t.Helper()
	select {
	case err := <-l.ended:
		if code := connect.CodeOf(err); code != connect.CodeUnauthenticated && code != connect.CodePermissionDenied {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(patience):
		t.Error("it does not end")
	}
	for len(l.events) > 0 {
		if text := answer([]proto.Message{<-l.events}, nil); strings.Contains(text, "secret") {
			t.Errorf("it said %s", text)
		}
	}
}

// A process that stops ends its streams in good order: who watched comes again.
func TestWatchersOfAProcessThatStops(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	shopper, inbox := w.watchShopper(t, s, 0), w.watchInbox(t, s, tenant.Agent)
	w.people.Hub.Close()
	for _, l := range []*line{shopper, inbox} {
		select {
		case err := <-l.ended:
			if !errors.Is(err, io.EOF) {
				t.Errorf("it ended with %v", err)
			}
		case <-time.After(patience):
			t.Error("it does not end")
		}
	}
}
