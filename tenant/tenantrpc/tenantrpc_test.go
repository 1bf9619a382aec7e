package tenantrpc_test

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"

	"storebot/migrations/pgtest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
	"storebot/tenant/password"
	"storebot/tenant/tenantpg"
	"storebot/tenant/tenantrpc"
)

// bench is the two services behind an interceptor that does for these tests
// what the gateway's does: it reads the cookie, and keeps the handler's error.
type bench struct {
	secure   bool
	tenants  *tenant.Service
	accounts storebotv1connect.AccountServiceClient
	shops    storebotv1connect.TenantServiceClient
	last     error // as the handler returned it
}

var hasher = password.New()

func setUp(t *testing.T, secure bool) *bench {
	t.Helper()
	db, err := tenantpg.Open(context.Background(), pgtest.New(t).AppURL, tenantpg.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	store := tenantpg.NewStore(db)
	b := &bench{secure: secure, tenants: tenant.New(tenant.Config{
		Accounts: store, Sessions: store, Shops: store, Directory: store, People: store, Usages: store, Hasher: hasher,
	})}
	server := connect.NewServer(func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			info, _ := connect.CallInfoForServerContext(ctx)
			if token := tenantrpc.SessionToken(info.RequestHeader().Get("Cookie"), secure); token != "" {
				caller, err := b.tenants.CallerBySession(ctx, token)
				if err != nil {
					b.last = err
					return err
				}
				ctx = tenant.WithCaller(ctx, caller)
			}
			b.last = next(ctx, spec, stream)
			return b.last
		}
	})
	storebotv1connect.RegisterAccountServiceHandler(server, tenantrpc.NewAccounts(b.tenants, tenantrpc.Config{Secure: secure}))
	storebotv1connect.RegisterTenantServiceHandler(server, tenantrpc.NewShops(b.tenants))
	client := connect.NewClient(connectinprocess.New(server))
	b.accounts = storebotv1connect.NewAccountServiceClient(client)
	b.shops = storebotv1connect.NewTenantServiceClient(client)
	return b
}

// browser returns a context for one call that sends the cookie, and a function
// that reads what Set-Cookie answered.
func browser(t *testing.T, cookie string) (context.Context, func() string) {
	ctx, info := connect.NewClientContext(t.Context())
	info.RequestHeader().Set("User-Agent", "Browser/1")
	if cookie != "" {
		info.RequestHeader().Set("Cookie", "theme=dark; "+cookie+"; other=1")
	}
	return ctx, func() string { return strings.Join(info.ResponseHeader().Values("Set-Cookie"), "\n") }
}

func signUp(t *testing.T, b *bench, email string) (me *storebotv1.Me, cookie string) {
	t.Helper()
	ctx, set := browser(t, "")
	res, err := b.accounts.SignUp(ctx, &storebotv1.SignUpRequest{
		ShopName: "Ming Tea", Email: email, Password: "my cat eats tulips", Language: "zh-Hant", TimeZone: "Asia/Taipei",
	})
	if err != nil {
		t.Fatal(err, b.last)
	}
	cookie, _, _ = strings.Cut(set(), ";")
	return res.GetMe(), cookie
}

func TestSignInAndOut(t *testing.T) {
	for _, secure := range []bool{false, true} {
		b := setUp(t, secure)
		me, first := signUp(t, b, "Mei@shop.example")
		if me.GetEmail() != "mei@shop.example" || me.GetRole() != "owner" || me.GetTenantSlug() != "ming-tea" || me.GetShopName() != "Ming Tea" ||
			me.GetLanguage() != "zh-Hant" || me.GetTimeZone() != "Asia/Taipei" || me.GetTenantId() == "" {
			t.Errorf("SignUp returns %v", me)
		}
		ctx, set := browser(t, "")
		if _, err := b.accounts.LogIn(ctx, &storebotv1.LogInRequest{Email: "mei@shop.example", Password: "my cat eats tulips"}); err != nil {
			t.Fatal(err)
		}
		want := `^storebot=ss_[\w-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax$`
		if secure {
			want = `^__Host-storebot=ss_[\w-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$`
		}
		if !regexp.MustCompile(want).MatchString(set()) {
			t.Errorf("LogIn sets the cookie %q, want %s", set(), want)
		}
		second, _, _ := strings.Cut(set(), ";")
		if first == second {
			t.Error("two sign-ins have one cookie")
		}
		ctx, _ = browser(t, second)
		who, err := b.accounts.WhoAmI(ctx, &storebotv1.WhoAmIRequest{})
		if err != nil || who.GetMe().GetTenantId() != me.GetTenantId() {
			t.Fatalf("WhoAmI = %v, %v", who, err)
		}
		ctx, set = browser(t, second)
		if _, err := b.accounts.LogOut(ctx, &storebotv1.LogOutRequest{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(set(), tenantrpc.SessionCookieName(secure)+"=; Path=/; Max-Age=0;") {
			t.Errorf("LogOut sets the cookie %q", set())
		}
		ctx, _ = browser(t, second)
		if _, err := b.accounts.WhoAmI(ctx, &storebotv1.WhoAmIRequest{}); !errors.Is(b.last, tenant.ErrUnauthenticated) {
			t.Errorf("after LogOut: %v, %v", err, b.last)
		}
		ctx, _ = browser(t, first)
		if _, err := b.accounts.WhoAmI(ctx, &storebotv1.WhoAmIRequest{}); err != nil {
			t.Errorf("the other session ended too: %v", err)
		}
	}
}

// The errors that the gateway turns into codes come through as they are, and
// no cookie comes with them.
func TestErrorsComeThrough(t *testing.T) {
	b := setUp(t, false)
	signUp(t, b, "mei@shop.example")
	ctx, set := browser(t, "")
	req := &storebotv1.SignUpRequest{ShopName: "Ming Tea", Email: "mei@shop.example", Password: "my cat eats tulips", Language: "en", TimeZone: "UTC"}
	if _, err := b.accounts.SignUp(ctx, req); err == nil || !errors.Is(b.last, tenant.ErrEmailTaken) || set() != "" {
		t.Errorf("a taken e-mail: %v, cookie %q", b.last, set())
	}
	req.Email, req.Password = "x@y.z", "password123"
	if _, err := b.accounts.SignUp(ctx, req); err == nil || len(tenant.Fields(b.last)) != 1 {
		t.Errorf("a common password: %v", b.last)
	}
	if _, err := b.accounts.LogIn(ctx, &storebotv1.LogInRequest{Email: "mei@shop.example", Password: "x"}); err == nil || !errors.Is(b.last, tenant.ErrBadCredentials) || set() != "" {
		t.Errorf("a wrong password: %v, cookie %q", b.last, set())
	}
}

// No method for members answers anybody else, whatever the gateway lets through.
func TestMembersOnly(t *testing.T) {
	b := setUp(t, false)
	ctx, _ := browser(t, "")
	for name, call := range map[string]func() error{
		"LogOut":        func() error { _, err := b.accounts.LogOut(ctx, &storebotv1.LogOutRequest{}); return err },
		"WhoAmI":        func() error { _, err := b.accounts.WhoAmI(ctx, &storebotv1.WhoAmIRequest{}); return err },
		"ListSessions":  func() error { _, err := b.accounts.ListSessions(ctx, &storebotv1.ListSessionsRequest{}); return err },
		"RevokeSession": func() error { _, err := b.accounts.RevokeSession(ctx, &storebotv1.RevokeSessionRequest{}); return err },
		"GetTenant":     func() error { _, err := b.shops.GetTenant(ctx, &storebotv1.GetTenantRequest{}); return err },
		"UpdateTenant":  func() error { _, err := b.shops.UpdateTenant(ctx, &storebotv1.UpdateTenantRequest{}); return err },
		"SetAllowedOrigins": func() error {
			_, err := b.shops.SetAllowedOrigins(ctx, &storebotv1.SetAllowedOriginsRequest{})
			return err
		},
		"RotateKey": func() error { _, err := b.shops.RotateKey(ctx, &storebotv1.RotateKeyRequest{}); return err },
	} {
		if err := call(); err == nil || !errors.Is(b.last, tenant.ErrUnauthenticated) {
			t.Errorf("%s without a session: %v", name, b.last)
		}
	}
}

func TestSessions(t *testing.T) {
	b := setUp(t, false)
	_, cookie := signUp(t, b, "mei@shop.example")
	_, foreign := signUp(t, b, "other@shop.example")
	list := func(cookie string) []*storebotv1.Session {
		t.Helper()
		ctx, _ := browser(t, cookie)
		res, err := b.accounts.ListSessions(ctx, &storebotv1.ListSessionsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		return res.GetSessions()
	}
	mine, theirs := list(cookie), list(foreign)
	if len(mine) != 1 || !mine[0].GetCurrent() || mine[0].GetUserAgent() != "Browser/1" || mine[0].GetCreatedAt() == nil || mine[0].GetLastSeenAt() == nil {
		t.Fatalf("ListSessions = %v", mine)
	}
	if strings.Contains(cookie, mine[0].GetId()) {
		t.Error("a session's id is its secret")
	}
	ctx, _ := browser(t, cookie)
	if _, err := b.accounts.RevokeSession(ctx, &storebotv1.RevokeSessionRequest{Id: theirs[0].GetId()}); err == nil || !errors.Is(b.last, tenant.ErrNotFound) {
		t.Errorf("a foreign session's id: %v", b.last)
	}
	if _, err := b.accounts.RevokeSession(ctx, &storebotv1.RevokeSessionRequest{Id: mine[0].GetId()}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.accounts.WhoAmI(ctx, &storebotv1.WhoAmIRequest{}); err == nil || !errors.Is(b.last, tenant.ErrUnauthenticated) {
		t.Errorf("a revoked session: %v", b.last)
	}
}

func TestShop(t *testing.T) {
	b := setUp(t, false)
	me, cookie := signUp(t, b, "mei@shop.example")
	_, neighbour := signUp(t, b, "other@shop.example")
	ctx, _ := browser(t, cookie)
	got, err := b.shops.GetTenant(ctx, &storebotv1.GetTenantRequest{})
	if err != nil {
		t.Fatal(err)
	}
	shop := got.GetTenant()
	if shop.GetId() != me.GetTenantId() || shop.GetName() != "Ming Tea" || shop.GetSeenOnSiteAt() != nil || !strings.HasPrefix(shop.GetPublishableKey(), "pk_") {
		t.Errorf("GetTenant = %v", shop)
	}
	updated, err := b.shops.UpdateTenant(ctx, &storebotv1.UpdateTenantRequest{Name: "阿明茶行", Language: "zh-Hant", TimeZone: "UTC"})
	if err != nil || updated.GetTenant().GetName() != "阿明茶行" || updated.GetTenant().GetTimeZone() != "UTC" {
		t.Errorf("UpdateTenant = %v, %v", updated, err)
	}
	origins, err := b.shops.SetAllowedOrigins(ctx, &storebotv1.SetAllowedOriginsRequest{AllowedOrigins: []string{"https://Ming.example/"}})
	if err != nil || !slices.Equal(origins.GetTenant().GetAllowedOrigins(), []string{"https://ming.example"}) {
		t.Errorf("SetAllowedOrigins = %v, %v", origins, err)
	}
	if _, err := b.shops.SetAllowedOrigins(ctx, &storebotv1.SetAllowedOriginsRequest{AllowedOrigins: []string{"https://a.example", "ming.example"}}); err == nil ||
		len(tenant.Fields(b.last)) != 1 || tenant.Fields(b.last)[0].Path != "allowed_origins[1]" {
		t.Errorf("a bad origin: %v", b.last)
	}
	rotated, err := b.shops.RotateKey(ctx, &storebotv1.RotateKeyRequest{})
	if err != nil || rotated.GetTenant().GetPublishableKey() == shop.GetPublishableKey() {
		t.Errorf("RotateKey = %v, %v", rotated, err)
	}
	if err := b.tenants.MarkSeen(t.Context(), tenant.CallerFrom(callerOf(t, b, cookie)).Tenant); err != nil {
		t.Fatal(err)
	}
	if got, err = b.shops.GetTenant(ctx, &storebotv1.GetTenantRequest{}); err != nil || got.GetTenant().GetSeenOnSiteAt() == nil {
		t.Errorf("GetTenant after the widget was opened = %v, %v", got, err)
	}
	ctx, _ = browser(t, neighbour)
	if got, err = b.shops.GetTenant(ctx, &storebotv1.GetTenantRequest{}); err != nil || got.GetTenant().GetName() != "Ming Tea" || len(got.GetTenant().GetAllowedOrigins()) != 0 {
		t.Errorf("the neighbour's shop is now %v, %v", got, err)
	}
}

func callerOf(t *testing.T, b *bench, cookie string) context.Context {
	t.Helper()
	caller, err := b.tenants.CallerBySession(t.Context(), tenantrpc.SessionToken(cookie, b.secure))
	if err != nil {
		t.Fatal(err)
	}
	return tenant.WithCaller(t.Context(), caller)
}

func TestSessionToken(t *testing.T) {
	for _, c := range []struct {
		header string
		secure bool
		want   string
	}{
		{"storebot=a", false, "a"},
		{"x=1; storebot=a; y=2", false, "a"},
		{"x=1;storebot=a", false, "a"},
		{"__Host-storebot=a", true, "a"},
		{"storebot=a", true, ""}, // planted over http
		{"__host-storebot=a", true, ""},
		{"xstorebot=a", false, ""},
		{"storebot", false, ""},
		{"storebot=", false, ""},
		{"", false, ""},
		{";;=;", false, ""},
	} {
		if got := tenantrpc.SessionToken(c.header, c.secure); got != c.want {
			t.Errorf("SessionToken(%q, %v) = %q, want %q", c.header, c.secure, got, c.want)
		}
	}
}
