package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"path/filepath"
	"regexp"
	"testing"
	"time"

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
	option, db := database(t)
	platform := "--database-platform-url=" + db.AdminURL
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
	refused(t, 1, []string{"DATABASE_PLATFORM_URL"}, "tenant", "suspend", "lamp-co", option)
	do(t, "tenant", "suspend", "lamp-co", "--reason", "did not pay", option, platform)
	eventually(t, "a suspended shop's key is refused", func() bool { return refusal() == connect.CodePermissionDenied })
	if got := status(); got != "suspended" {
		t.Errorf("a suspended shop is %s", got)
	}
	do(t, "tenant", "resume", "lamp-co", option, platform)
	eventually(t, "a resumed shop's key is taken", func() bool { return refusal() == 0 })
	refused(t, 1, []string{`there is no shop "nowhere"`}, "tenant", "suspend", "nowhere", option, platform)

	// A shop goes as one file, and then for good; nothing is done half or under a wrong name.
	file := filepath.Join(t.TempDir(), "lamp.zip")
	do(t, "tenant", "export", "lamp-co", "-o", file, option, platform)
	if r, err := zip.OpenReader(file); err != nil || len(r.File) < 3 {
		t.Errorf("the export: %v", err)
	}
	refused(t, 1, []string{"choose another name"}, "tenant", "export", "lamp-co", "-o", file, option, platform)
	refused(t, 1, []string{"Lamp & Co"}, "tenant", "delete", "lamp-co", "--name", "lamp", "--now", option, platform)
	do(t, "tenant", "delete", "lamp-co", "--name", "Lamp & Co", option, platform)
	do(t, "tenant", "delete", "lamp-co", "--name", "Lamp & Co", "--keep", option, platform)
	receipt := decode[struct {
		ID        string         `json:"id"`
		Slug      string         `json:"slug"`
		DeletedAt time.Time      `json:"deleted_at"`
		Rows      map[string]int `json:"rows"`
	}](t, do(t, "tenant", "delete", "lamp-co", "--name", "Lamp & Co", "--now", option, platform))
	if receipt.ID != shop.ID || receipt.Slug != "lamp-co" || receipt.DeletedAt.IsZero() || receipt.Rows["key"] != 1 {
		t.Errorf("receipt %+v", receipt)
	}
	var acts, reason string
	err := db.Admin(t).QueryRow(t.Context(), `
		SELECT string_agg(act, ' ' ORDER BY id), max(reason) FROM platform.audit WHERE admin_email = 'command line'`).Scan(&acts, &reason)
	if want := "suspend resume export delete keep erase"; err != nil || acts != want || reason != "did not pay" {
		t.Errorf("the audit has %q (%q), %v; want %q", acts, reason, err, want)
	}
}

// An admin comes in by a link that is printed once; there is no other way to make one.
func TestAdminCreate(t *testing.T) {
	option, db := database(t)
	platform := "--database-platform-url=" + db.AdminURL
	_, base := serving(t, option, platform)
	refused(t, 1, []string{"DATABASE_PLATFORM_URL"}, "admin", "create", "ann@storebot.example", option)
	refused(t, 1, []string{"email"}, "admin", "create", "nobody", option, platform)
	out := do(t, "admin", "create", "Ann@storebot.example", "--console", base+"/", option, platform)
	link := regexp.MustCompile(regexp.QuoteMeta(base) + `/console/platform/link#(\S+)`).FindStringSubmatch(out)
	if link == nil {
		t.Fatalf("printed %q", out)
	}
	admins := storebotv1connect.NewPlatformServiceClient(newBrowser(t, base, "").client())
	if _, err := admins.OpenLink(t.Context(), &storebotv1.OpenLinkRequest{Token: link[1], Password: "a long enough password"}); err != nil {
		t.Fatalf("the link: %v", err)
	}
	got, err := admins.GetState(t.Context(), &storebotv1.GetStateRequest{})
	if err != nil || got.GetVersion() == "" || got.GetDatabase().GetConnectionsMax() == 0 || got.GetEngine().GetState() != "off" {
		t.Errorf("the state: %v, %v", got, err)
	}
	if _, err := admins.RetryJob(t.Context(), &storebotv1.RetryJobRequest{Id: 1 << 40, Reason: "test"}); connect.CodeOf(err) != connect.CodeNotFound {
		t.Errorf("a job that is not there, tried again: %v", err)
	}
}
