package gateway

import (
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

// TestALedgerIsItsOwnShops asks for all that a ledger has: the requests of the
// matrix are about one entry only.
func TestALedgerIsItsOwnShops(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	mine, other := w.newShop(t), w.newShop(t)
	from, to := timestamppb.New(time.Now().Add(-time.Hour)), timestamppb.New(time.Now().Add(time.Hour))
	for procedure, req := range map[string]proto.Message{
		"/storebot.v1.InsightService/ListLedger":   &storebotv1.ListLedgerRequest{From: from, To: to},
		"/storebot.v1.InsightService/ExportLedger": &storebotv1.ExportLedgerRequest{From: from, To: to},
	} {
		got, err := w.call(t, mine.member(tenant.Owner), procedure, req)
		text := answer(got, err)
		if err != nil || !strings.Contains(text, mine.canary) {
			t.Errorf("%s does not tell what was asked: %s", procedure, text)
		}
		if strings.Contains(text, other.canary) {
			t.Errorf("%s tells of a neighbour: %s", procedure, text)
		}
	}
}
