package gateway

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// handMade are page tokens that no list gave, of the forms that lists give and of none.
func handMade() []string {
	encode := base64.RawURLEncoding.EncodeToString
	out := []string{"!", "AA", " ", "=", "9223372036854775807", "-1", "1e9", encode([]byte{0}), encode([]byte("\xff\xfe")), encode([]byte(uuid.NewString())),
		"0000-01-01T00:00:00Z " + uuid.NewString(), "9999-12-31T23:59:59.999999999Z " + uuid.NewString(), "2026-01-01T00:00:00Z"}
	for _, n := range []int64{math.MinInt64, -1, 0, 1, 1 << 31, 1 << 40, math.MaxInt64} {
		for count := 1; count <= 7; count++ {
			var b []byte
			for range count {
				b = binary.AppendVarint(b, n)
			}
			out = append(out, encode(b))
		}
	}
	return out
}

// A page token of nobody's making is refused in words, by every list that takes one, or
// begins a page; no list breaks.
func TestPageTokensMadeByHand(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	lists := 0
	for procedure, method := range contract(t) {
		field := method.Input().Fields().ByName("page_token")
		if field == nil {
			continue
		}
		lists++
		for _, token := range handMade() {
			req := w.request(t, procedure, s).ProtoReflect()
			req.Set(field, protoreflect.ValueOfString(token))
			_, err := w.call(t, w.right(t, procedure, s), procedure, req.Interface())
			if err != nil && connect.CodeOf(err) != connect.CodeInvalidArgument {
				t.Errorf("%s, %q: %v", procedure, token, err)
			}
		}
	}
	if lists < 8 {
		t.Errorf("%d lists take a page token", lists)
	}
}

// A page of the inbox goes on in its own view and shop alone.
func TestPageTokensOfTheInboxAreOfOneView(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s, other := w.newShop(t), w.newShop(t)
	for _, shop := range []*shop{s, other} {
		w.exec(t, `INSERT INTO conversation (tenant_id, id, token_hash, state, state_at)
			SELECT $1, gen_random_uuid(), '', 'waiting', now() - i * interval '1 minute' FROM generate_series(1, 120) AS i`, shop.id.UUID)
	}
	list := func(s *shop, view storebotv1.InboxView, token string) (*storebotv1.ListConversationsResponse, error) {
		m, err := w.call(t, s.member(tenant.Owner), storebotv1connect.InboxServiceListConversationsProcedure,
			&storebotv1.ListConversationsRequest{View: view, PageToken: token})
		if err != nil {
			return nil, err
		}
		return m[0].(*storebotv1.ListConversationsResponse), nil
	}
	const waiting = storebotv1.InboxView_INBOX_VIEW_WAITING
	first, err := list(s, waiting, "")
	if err != nil || len(first.GetConversations()) != 50 || first.GetNextPageToken() == "" {
		t.Fatalf("%d, %v", len(first.GetConversations()), err)
	}
	token, seen := first.GetNextPageToken(), 50
	for next := token; next != ""; {
		page, err := list(s, waiting, next)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(page.GetConversations(), func(c *storebotv1.Conversation) bool { return c.GetId() == first.GetConversations()[0].GetId() }) {
			t.Error("a page begins anew")
		}
		seen, next = seen+len(page.GetConversations()), page.GetNextPageToken()
	}
	if want := int(first.GetCounts().GetWaiting()); seen != want || want < 120 {
		t.Errorf("%d of %d were on pages", seen, want)
	}
	for name, try := range map[string]struct {
		shop *shop
		view storebotv1.InboxView
	}{
		"another view": {s, storebotv1.InboxView_INBOX_VIEW_OVERDUE}, "all": {s, storebotv1.InboxView_INBOX_VIEW_ALL}, "another shop": {other, waiting},
	} {
		if _, err := list(try.shop, try.view, token); connect.CodeOf(err) != connect.CodeInvalidArgument || problemOf(t, err).GetReason() != "bad_page_token" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
