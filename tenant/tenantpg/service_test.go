package tenantpg_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"storebot/migrations/pgtest"
	"storebot/tenant"
	"storebot/tenant/password"
	"storebot/tenant/tenantpg"
)

// The verbs of package tenant on a real database, as the runtime role.

var (
	_ tenant.Accounts  = (*tenantpg.Store)(nil)
	_ tenant.Sessions  = (*tenantpg.Store)(nil)
	_ tenant.Shops     = (*tenantpg.Store)(nil)
	_ tenant.Directory = (*tenantpg.Store)(nil)
	_ tenant.People    = (*tenantpg.Store)(nil)
	_ tenant.Usages    = (*tenantpg.Store)(nil)
)

// bench is one test's installation. The key caches' clock stands until moved.
type bench struct {
	*tenant.Service
	test  *pgtest.DB
	db    *tenantpg.DB
	clock time.Time

	mailer tenant.Mailer // of servers made from now on; nil: none
	url    string
}

var hasher = password.New()

func setUp(t testing.TB) *bench {
	t.Helper()
	test := pgtest.New(t)
	db, err := tenantpg.Open(context.Background(), test.AppURL, tenantpg.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	b := &bench{test: test, db: db, clock: time.Now()}
	b.Service = b.server()
	return b
}

// server returns one more server of the installation, with a memory of its own.
func (b *bench) server() *tenant.Service {
	store := b.store()
	return tenant.New(tenant.Config{
		Accounts: store, Sessions: store, Shops: store, Directory: store, People: store, Usages: store, Hasher: hasher,
		Mailer: b.mailer, PublicURL: b.url,
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return b.clock },
	})
}

func (b *bench) store() *tenantpg.Store { return tenantpg.NewStore(b.db) }

const (
	email  = "mei@shop.example"
	secret = "my cat eats tulips"
)

func teaShop() tenant.Founding {
	return tenant.Founding{ShopName: "Ming Tea", Language: "zh-Hant", TimeZone: "Asia/Taipei", Email: email, Password: secret}
}

// signUp returns the owner as a caller.
func (b *bench) signUp(t testing.TB, f tenant.Founding) (tenant.Me, string, tenant.Caller) {
	t.Helper()
	me, token, err := b.SignUp(t.Context(), f, "Browser/1")
	if err != nil {
		t.Fatal(err)
	}
	caller, err := b.CallerBySession(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return me, token, caller
}

// exec changes the database behind the program's back, as the passing of time does.
// setStatus suspends a shop or lets it work again, as those who run the installation do.
func (b *bench) setStatus(t testing.TB, id tenant.ID, status tenant.Status) {
	t.Helper()
	b.exec(t, `UPDATE identity.tenant SET status = $2 WHERE id = $1`, id.UUID, string(status))
}

func (b *bench) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	tag, err := b.test.Admin(t).Exec(t.Context(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	if tag.RowsAffected() == 0 {
		t.Fatalf("%s changed nothing", sql)
	}
}
