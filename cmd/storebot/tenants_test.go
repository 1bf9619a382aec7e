package main

import (
	"context"
	"encoding/json"
	"testing"

	"storebot/cmd/storebot/internal/proctest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"

	"connectrpc.com/connect/v2"
	"github.com/jackc/pgx/v5"
)

// querier is a connection of a test that looks at what is stored.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// created is what tenant create --json prints.
type created struct {
	ID      string   `json:"id"`
	Slug    string   `json:"slug"`
	Key     string   `json:"publishable_key"`
	Origins []string `json:"allowed_origins"`
}

// serving starts the server on a database and returns its address.
func serving(t *testing.T, args ...string) (*proctest.Process, string) {
	t.Helper()
	addr := proctest.FreeAddr(t)
	p := launch(t, append([]string{"serve", "--addr", addr}, args...)...)
	return p, p.Await("Storebot is ready: ")
}

func TestTenants(t *testing.T) {
	option, _ := database(t)
	_, base := serving(t, option)
	shop := decode[created](t, do(t, "tenant", "create", "Lamp & Co", "--origin", base, "--language", "zh-Hant", "--time-zone", "Asia/Taipei", "--json", option))
	if shop.Slug != "lamp-co" || shop.Key == "" || len(shop.Origins) != 1 || shop.Origins[0] != base {
		t.Errorf("created %+v", shop)
	}
	refused(t, 1, []string{"lamp-co"}, "tenant", "create", "Other", "--slug", "lamp-co", option)
	refused(t, 1, []string{"zone"}, "tenant", "create", "Other", "--time-zone", "Moon/Base", option)
	refused(t, 1, []string{"origin"}, "tenant", "create", "Other", "--origin", "not an origin", option)
	status := func() string {
		var list []map[string]any
		if err := json.Unmarshal([]byte(do(t, "tenant", "list", "--json", option)), &list); err != nil || len(list) != 1 {
			t.Fatalf("tenant list: %v %v", list, err)
		}
		return list[0]["status"].(string)
	}
	if got := status(); got != "active" {
		t.Errorf("a new shop is %s", got)
	}

	shopper := storebotv1connect.NewShopperServiceClient(newBrowser(t, base, shop.Key).client())
	refusal := func() connect.Code {
		_, err := shopper.GetWidget(t.Context(), &storebotv1.GetWidgetRequest{})
		if err == nil {
			return 0
		}
		return connect.CodeOf(err)
	}
	if got := refusal(); got != 0 {
		t.Fatalf("the widget of a new shop: %v", got)
	}
	do(t, "tenant", "suspend", "lamp-co", option)
	eventually(t, "a suspended shop's key is refused", func() bool { return refusal() == connect.CodePermissionDenied })
	if got := status(); got != "suspended" {
		t.Errorf("a suspended shop is %s", got)
	}
	do(t, "tenant", "resume", "lamp-co", option)
	eventually(t, "a resumed shop's key is taken", func() bool { return refusal() == 0 })
	refused(t, 1, []string{`there is no shop "nowhere"`}, "tenant", "suspend", "nowhere", option)
}
