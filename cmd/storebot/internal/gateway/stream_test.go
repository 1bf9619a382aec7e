package gateway

import (
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"google.golang.org/protobuf/proto"
)

// Streams are refused beyond the limit of one address in one shop, and one that
// ends makes room; nobody else is touched.
func TestOpenStreamsAreLimited(t *testing.T) {
	w := newWorld(t, Limits{StreamsPerAddress: 2}, quiet())
	s, other := w.newShop(t), w.newShop(t)
	first := w.watchShopper(t, s, 0)
	w.watchInbox(t, s, tenant.Owner)
	open := func(address string) error {
		t.Helper()
		c := s.shopper()
		c.address = address
		l := w.open(t, c, storebotv1connect.ShopperServiceWatchProcedure,
			&storebotv1.WatchRequest{ConversationToken: string(s.conversation)}, func() proto.Message { return new(storebotv1.WatchResponse) })
		defer l.close()
		select {
		case <-l.events:
			return nil
		case err := <-l.ended:
			return err
		case <-time.After(patience):
			t.Fatal("nothing is said")
			return nil
		}
	}
	err := open("")
	if p := problemOf(t, err); connect.CodeOf(err) != connect.CodeResourceExhausted || p.GetReason() != "rate_limited" || p.GetRetryAfter().AsDuration() != whenClosed {
		t.Errorf("a third stream: %v", err)
	}
	if err := open("198.51.100.7"); err != nil {
		t.Errorf("from another address: %v", err)
	}
	w.watchShopper(t, other, 0)

	first.close()
	for deadline := time.Now().Add(patience); open("") != nil; {
		if time.Now().After(deadline) {
			t.Fatal("a stream that ended still counts")
		}
	}
}
