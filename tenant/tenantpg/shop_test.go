package tenantpg_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"storebot/tenant"
)

func TestCreate(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	f := tenant.Founding{ShopName: "阿明茶行", Slug: "ming", Language: "zh-Hant", TimeZone: "Asia/Taipei",
		AllowedOrigins: []string{"HTTPS://Ming.Example/"}}
	shop, err := b.Create(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	if shop.Slug != "ming" || shop.Name != "阿明茶行" || shop.CreatedAt.IsZero() || !shop.SeenOnSiteAt.IsZero() ||
		!slices.Equal(shop.AllowedOrigins, []string{"https://ming.example"}) {
		t.Errorf("Create = %+v", shop)
	}
	if got, err := b.BySlug(ctx, "ming"); err != nil || got != shop.Tenant {
		t.Errorf("BySlug = %+v, %v; want %+v", got, err, shop.Tenant)
	}
	if _, err := b.BySlug(ctx, "nobody"); !errors.Is(err, tenant.ErrNotFound) {
		t.Errorf("BySlug of nobody: %v", err)
	}
	if _, err := b.Create(ctx, f); !errors.Is(err, tenant.ErrSlugTaken) {
		t.Errorf("a slug that was asked for and is taken: %v", err)
	}
	f.Slug, f.AllowedOrigins, f.Password = "Bad Slug", []string{"ming.example"}, secret
	if fields := tenant.Fields(func() error { _, err := b.Create(ctx, f); return err }()); len(fields) != 3 {
		t.Errorf("a bad slug, origin and missing e-mail give %v", fields)
	}
	if list, err := b.List(ctx); err != nil || len(list) != 1 || list[0].ID != shop.ID || list[0].Name != shop.Name {
		t.Errorf("List = %+v, %v", list, err)
	}
}

func TestUpdateShop(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	me, _, _ := b.signUp(t, teaShop())
	f := teaShop()
	f.Email = "other@shop.example"
	other, _, _ := b.signUp(t, f)
	want := tenant.Settings{Name: "Ming & Söhne", Language: "en", TimeZone: "Europe/Berlin"}
	shop, err := b.UpdateShop(ctx, me.Tenant.ID, want)
	if err != nil || (tenant.Settings{Name: shop.Name, Language: shop.Language, TimeZone: shop.TimeZone}) != want {
		t.Errorf("UpdateShop = %+v, %v", shop, err)
	}
	if shop.Slug != "ming-tea" {
		t.Errorf("the slug moved with the name: %s", shop.Slug)
	}
	if got, err := b.Shop(ctx, other.Tenant.ID); err != nil || got.Name != "Ming Tea" {
		t.Errorf("the neighbour's shop is now %+v, %v", got, err)
	}
	if _, err := b.UpdateShop(ctx, me.Tenant.ID, tenant.Settings{}); len(tenant.Fields(err)) != 3 {
		t.Errorf("empty settings give %v", err)
	}
	nobody := tenant.NewID()
	for name, call := range map[string]func() error{
		"Shop":              func() error { _, err := b.Shop(ctx, nobody); return err },
		"UpdateShop":        func() error { _, err := b.UpdateShop(ctx, nobody, want); return err },
		"SetAllowedOrigins": func() error { _, err := b.SetAllowedOrigins(ctx, nobody, nil); return err },
		"RotateKey":         func() error { _, err := b.RotateKey(ctx, nobody); return err },
	} {
		if err := call(); !errors.Is(err, tenant.ErrNotFound) {
			t.Errorf("%s of no shop: %v", name, err)
		}
	}
}

func TestMarkSeen(t *testing.T) {
	b := setUp(t)
	me, _, _ := b.signUp(t, teaShop())
	seen := func() time.Time {
		t.Helper()
		if err := b.MarkSeen(t.Context(), me.Tenant.ID); err != nil {
			t.Fatal(err)
		}
		shop, err := b.Shop(t.Context(), me.Tenant.ID)
		if err != nil {
			t.Fatal(err)
		}
		return shop.SeenOnSiteAt
	}
	first := seen()
	if first.IsZero() {
		t.Error("MarkSeen left no mark")
	}
	if second := seen(); !second.Equal(first) {
		t.Error("MarkSeen wrote twice in a minute")
	}
	b.exec(t, `UPDATE shop SET seen_on_site_at = now() - interval '1 minute'`)
	if third := seen(); !third.After(first) {
		t.Error("MarkSeen wrote nothing after a minute")
	}
}

func TestShopByKey(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	shop, err := b.Create(ctx, tenant.Founding{ShopName: "Ming Tea", Language: "en", TimeZone: "UTC", AllowedOrigins: []string{"https://ming.example"}})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := b.server() // another server of the same installation
	opens := func(s *tenant.Service, key string, want error) tenant.KeyInfo {
		t.Helper()
		info, err := s.ShopByKey(ctx, key)
		if !errors.Is(err, want) || want == nil && info.Tenant != shop.ID {
			t.Errorf("ShopByKey = %+v, %v; want %v", info, err, want)
		}
		return info
	}
	info := opens(b.Service, shop.Key, nil)
	if !info.Allows("https://ming.example") || info.Allows("https://ming.example.evil") || info.Allows("null") || info.Allows("") {
		t.Errorf("the key allows %v", info.AllowedOrigins)
	}
	opens(elsewhere, shop.Key, nil)
	for _, bad := range []string{"", "pk_", "null", tenant.NewKey(), shop.Key + "A", tenant.NewSessionToken()} {
		opens(b.Service, bad, tenant.ErrUnauthenticated)
	}

	if shop, err = b.SetAllowedOrigins(ctx, shop.ID, []string{"http://localhost:5173", "https://ming.example"}); err != nil {
		t.Fatal(err)
	}
	if !opens(b.Service, shop.Key, nil).Allows("http://localhost:5173") {
		t.Error("a new origin is not allowed at once")
	}
	old := shop.Key
	if shop, err = b.RotateKey(ctx, shop.ID); err != nil {
		t.Fatal(err)
	}
	if shop.Key == old || len(shop.AllowedOrigins) != 2 {
		t.Errorf("RotateKey = %+v", shop)
	}
	opens(b.Service, old, tenant.ErrUnauthenticated)
	if !opens(b.Service, shop.Key, nil).Allows("https://ming.example") {
		t.Error("the new key lost the origins")
	}
	// Elsewhere the old key is refused a second later.
	b.clock = b.clock.Add(time.Second)
	opens(elsewhere, old, tenant.ErrUnauthenticated)
	opens(elsewhere, shop.Key, nil)
}

// A suspended shop's credentials are all refused: at once here, a second later elsewhere.
func TestSuspend(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	me, token, _ := b.signUp(t, teaShop())
	shop, err := b.Shop(ctx, me.Tenant.ID)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := b.server()
	all := func(want error) {
		t.Helper()
		for name, s := range map[string]*tenant.Service{"here": b.Service, "elsewhere": elsewhere} {
			if _, err := s.ShopByKey(ctx, shop.Key); !errors.Is(err, want) {
				t.Errorf("%s the key gives %v, want %v", name, err, want)
			}
			if _, err := s.CallerBySession(ctx, token); !errors.Is(err, want) {
				t.Errorf("%s the session gives %v, want %v", name, err, want)
			}
			if _, _, err := s.LogIn(ctx, email, secret, ""); !errors.Is(err, want) {
				t.Errorf("%s the password gives %v, want %v", name, err, want)
			}
		}
	}
	all(nil)
	b.setStatus(t, shop.ID, tenant.Suspended)
	b.clock = b.clock.Add(time.Second)
	all(tenant.ErrSuspended)
	b.setStatus(t, shop.ID, tenant.Active)
	b.clock = b.clock.Add(time.Second)
	all(nil)
}

// Whatever order keys are replaced and origins set in, one key is left, with
// the origins that were set last.
func TestKeyRace(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	shop, err := b.Create(ctx, tenant.Founding{ShopName: "Ming Tea", Language: "en", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := b.RotateKey(ctx, shop.ID); err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				if _, err := b.SetAllowedOrigins(ctx, shop.ID, []string{"https://ming.example"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	if shop, err = b.Shop(ctx, shop.ID); err != nil {
		t.Fatal(err)
	}
	if info, err := b.server().ShopByKey(ctx, shop.Key); err != nil || !info.Allows("https://ming.example") {
		t.Errorf("the key shown opens %+v, %v", info, err)
	}
	var live int
	if err := b.test.Admin(t).QueryRow(ctx, `SELECT count(*) FROM identity.key WHERE revoked_at IS NULL`).Scan(&live); err != nil || live != 1 {
		t.Errorf("%d keys work: %v", live, err)
	}
}
