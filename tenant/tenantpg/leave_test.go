package tenantpg_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"storebot/tenant"
)

// fill gives a shop rows with its slug in them.
func (b *bench) fill(t testing.TB, id tenant.ID, word string) {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO entry (tenant_id, id, question, answer, content_hash, question_hash) VALUES ($1, gen_random_uuid(), $2, $2, 'h', 'h')`,
		`INSERT INTO phrasing (tenant_id, id, entry_id, ordinal, text) SELECT tenant_id, gen_random_uuid(), id, 0, $2 FROM entry WHERE tenant_id = $1`,
		`INSERT INTO conversation (tenant_id, id, token_hash, origin) VALUES ($1, gen_random_uuid(), 'h', $2)`,
		`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text)
			SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), 'shopper', $2 FROM conversation WHERE tenant_id = $1`,
		`INSERT INTO gap (tenant_id, id, message_id, question) SELECT tenant_id, gen_random_uuid(), id, $2 FROM message WHERE tenant_id = $1`,
		`INSERT INTO contact (tenant_id, id, conversation_id, reach) SELECT tenant_id, gen_random_uuid(), id, $2 FROM conversation WHERE tenant_id = $1`,
	} {
		b.exec(t, sql, id.UUID, word)
	}
}

// rows counts a tenant's rows in every table of the database that names one.
func (b *bench) rows(t testing.TB, id tenant.ID) map[string]int64 {
	t.Helper()
	admin := b.test.Admin(t)
	var tables []string
	err := admin.QueryRow(t.Context(), `
		SELECT array_agg(format('%I.%I', n.nspname, c.relname)) FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'identity')`).Scan(&tables)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, table := range tables {
		var n int64
		if err := admin.QueryRow(t.Context(), `SELECT count(*) FROM `+table+` WHERE tenant_id = $1`, id.UUID).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[table] = n
	}
	return out
}

// An export holds every row of the shop, none of another, and no secret's hash.
func TestExportShop(t *testing.T) {
	b := setUp(t)
	_, _, owner := b.signUp(t, teaShop())
	other := teaShop()
	other.Email = "other@shop.example"
	_, _, neighbour := b.signUp(t, other)
	b.fill(t, owner.Tenant, "lapsang")
	b.fill(t, neighbour.Tenant, "darjeeling")
	var file bytes.Buffer
	if err := b.ExportShop(t.Context(), owner.Tenant, &file); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		texts[f.Name] = string(raw)
		if strings.Contains(texts[f.Name], "darjeeling") || strings.Contains(texts[f.Name], "token_hash") || strings.Contains(texts[f.Name], "other@") {
			t.Errorf("%s holds what it should not: %s", f.Name, raw)
		}
	}
	var about struct {
		Shop struct {
			Slug    string
			Members []struct{ Email string }
		}
		Rows map[string]int64
	}
	if err := json.Unmarshal([]byte(texts["about.json"]), &about); err != nil || about.Shop.Slug != "ming-tea" || len(about.Shop.Members) != 1 {
		t.Errorf("about.json: %+v, %v", about, err)
	}
	for table, want := range b.rows(t, owner.Tenant) {
		name, public := strings.CutPrefix(table, "public.")
		if !public || name == "embedding" {
			continue
		}
		lines := strings.Count(texts[name+".jsonl"], "\n")
		if int64(lines) != want || about.Rows[name+".jsonl"] != want {
			t.Errorf("%s: %d lines, %d told, %d rows", name, lines, about.Rows[name+".jsonl"], want)
		}
	}
	if !strings.Contains(texts["message.jsonl"], "lapsang") {
		t.Errorf("messages: %q", texts["message.jsonl"])
	}
	if err := b.ExportShop(t.Context(), tenant.NewID(), io.Discard); !errors.Is(err, tenant.ErrNotFound) {
		t.Errorf("a shop that is not there: %v", err)
	}
}

// A shop that is to be deleted is off at once, can be kept, and leaves nothing
// in any table when its time has come.
func TestDeleteShop(t *testing.T) {
	b := setUp(t)
	box := postbox{make(chan [3]string, 8)}
	b.mailer = box
	b.Service = b.server()
	ctx := t.Context()
	_, session, owner := b.signUp(t, teaShop())
	other := teaShop()
	other.Email = "other@shop.example"
	_, _, neighbour := b.signUp(t, other)
	b.fill(t, owner.Tenant, "lapsang")
	b.fill(t, neighbour.Tenant, "darjeeling")
	shop, err := b.Shop(ctx, owner.Tenant)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.DeleteShop(ctx, owner.Tenant, "Ming Te"); !errors.Is(err, tenant.ErrNameMismatch) {
		t.Errorf("another name: %v", err)
	}
	gone, err := b.DeleteShop(ctx, owner.Tenant, " Ming Tea ")
	if err != nil || gone.DeleteAt.IsZero() {
		t.Fatalf("DeleteShop = %+v, %v", gone, err)
	}
	if _, err := b.ShopByKey(ctx, shop.Key); !errors.Is(err, tenant.ErrSuspended) {
		t.Errorf("the key: %v", err)
	}
	if _, err := b.CallerBySession(ctx, session); err != nil {
		t.Errorf("the owner's session: %v", err)
	}
	if _, err := b.KeepShop(ctx, owner.Tenant); err != nil {
		t.Fatal(err)
	}
	if _, err := b.ShopByKey(ctx, shop.Key); err != nil {
		t.Errorf("the key of a shop that is kept: %v", err)
	}
	if _, err := b.DeleteShop(ctx, owner.Tenant, "Ming Tea"); err != nil {
		t.Fatal(err)
	}
	before := b.rows(t, neighbour.Tenant)
	if _, err := b.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	if n := b.rows(t, owner.Tenant)["public.message"]; n != 1 {
		t.Errorf("before its time %d messages are left, want 1", n)
	}
	b.exec(t, `UPDATE identity.tenant SET delete_at = now() - interval '1 second' WHERE id = $1`, owner.Tenant.UUID)
	if _, err := b.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	for table, n := range b.rows(t, owner.Tenant) {
		if n != 0 && table != "identity.change" { // which says only that something changed
			t.Errorf("%s: %d rows are left", table, n)
		}
	}
	for table, n := range b.rows(t, neighbour.Tenant) {
		if n != before[table] && table != "identity.holding" {
			t.Errorf("%s: the neighbour has %d rows, had %d", table, n, before[table])
		}
	}
	if mail := <-box.mails; mail[0] != email || !strings.Contains(mail[1], "Ming Tea") || !strings.Contains(mail[2], "\nmessage: 1\n") {
		t.Errorf("the receipt by mail: %q", mail)
	}
	var receipt string
	if err := b.test.Admin(t).QueryRow(ctx, `SELECT status || ' ' || (receipt ->> 'message') || ' ' || name FROM identity.tenant WHERE id = $1 AND deleted_at IS NOT NULL`,
		owner.Tenant.UUID).Scan(&receipt); err != nil || receipt != "deleted 1 deleted" {
		t.Errorf("the receipt: %q, %v", receipt, err)
	}
	if _, _, err := b.LogIn(ctx, email, secret, ""); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("the owner's account: %v", err)
	}
	if _, err := b.Erase(ctx, owner.Tenant); !errors.Is(err, tenant.ErrNotFound) {
		t.Errorf("erasing it again: %v", err)
	}
}

// Conversations go with their age, and all that hangs on them; 0 keeps them.
func TestRetention(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, _, owner := b.signUp(t, teaShop())
	b.fill(t, owner.Tenant, "young")
	left := func() int64 {
		return b.rows(t, owner.Tenant)["public.message"] + b.rows(t, owner.Tenant)["public.contact"]
	}
	for _, step := range []struct {
		age  string
		days int
		want int64
	}{{"364 days", 365, 2}, {"400 days", 0, 2}, {"31 days", 30, 0}} {
		b.exec(t, `UPDATE conversation SET created_at = now() - $1::interval`, step.age)
		if shop, err := b.SetRetention(ctx, owner.Tenant, step.days); err != nil || shop.RetentionDays != step.days {
			t.Fatalf("SetRetention = %+v, %v", shop, err)
		}
		if _, err := b.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		if n := left(); n != step.want {
			t.Errorf("%s old, kept %d days: %d rows are left, want %d", step.age, step.days, n, step.want)
		}
	}
	if n := b.rows(t, owner.Tenant)["public.entry"]; n != 1 {
		t.Errorf("%d entries are left, want 1", n)
	}
	if _, err := b.SetRetention(ctx, owner.Tenant, -1); len(tenant.Fields(err)) != 1 {
		t.Errorf("-1 days: %v", err)
	}
}

// What changes a key or a shop's status is listed, whoever changes it and how.
func TestChangesAreListed(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	store := b.store()
	_, _, owner := b.signUp(t, teaShop())
	start, err := store.ChangesSince(ctx, -1)
	if err != nil || start.Complete {
		t.Fatalf("ChangesSince(-1) = %+v, %v", start, err)
	}
	at := start.Revision
	for name, change := range map[string]func() error{
		"origins": func() error {
			_, err := b.SetAllowedOrigins(ctx, owner.Tenant, []string{"https://a.example"})
			return err
		},
		"rotate": func() error { _, err := b.RotateKey(ctx, owner.Tenant); return err },
		"delete": func() error { _, err := b.DeleteShop(ctx, owner.Tenant, "Ming Tea"); return err },
		"status": func() error { b.setStatus(t, owner.Tenant, tenant.Suspended); return nil },
	} {
		if err := change(); err != nil {
			t.Fatal(name, err)
		}
		got, err := store.ChangesSince(ctx, at)
		if err != nil || !got.Complete || len(got.Tenants) == 0 || got.Tenants[0] != owner.Tenant {
			t.Errorf("after %s: %+v, %v", name, got, err)
		}
		at = got.Revision
		if got, err := store.ChangesSince(ctx, at); err != nil || !got.Complete || len(got.Tenants) != 0 {
			t.Errorf("after %s, asked again: %+v, %v", name, got, err)
		}
	}
	b.exec(t, `UPDATE identity.revision SET n = n + 5`) // as if five were dropped from the list
	if got, err := store.ChangesSince(ctx, at); err != nil || got.Complete {
		t.Errorf("with changes that are not listed: %+v, %v", got, err)
	}
}
