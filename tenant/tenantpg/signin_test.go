package tenantpg_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"storebot/tenant"
)

func TestSignUp(t *testing.T) {
	b := setUp(t)
	f := teaShop()
	f.Email = " Mei@Shop.Example"
	me, token, caller := b.signUp(t, f)
	if me.Email != email || me.Role != tenant.Owner || me.Tenant.Slug != "ming-tea" || me.Tenant.Name != "Ming Tea" ||
		me.Tenant.Language != "zh-Hant" || me.Tenant.TimeZone != "Asia/Taipei" || me.Tenant.Status != tenant.Active {
		t.Errorf("SignUp returns %+v", me)
	}
	if caller.Kind != tenant.Member || caller.Tenant != me.Tenant.ID || caller.Role != tenant.Owner {
		t.Errorf("the session stands for %+v", caller)
	}
	if again, err := b.Me(t.Context(), caller.Tenant, caller.Account); err != nil || again.Email != email {
		t.Errorf("Me = %+v, %v", again, err)
	}
	// The same name gives another slug, the same e-mail nothing at all.
	f.Email = "other@shop.example"
	other, _, _ := b.signUp(t, f)
	if !strings.HasPrefix(other.Tenant.Slug, "ming-tea-") {
		t.Errorf("the second Ming Tea is called %s", other.Tenant.Slug)
	}
	f.Email = "MEI@shop.example"
	if _, _, err := b.SignUp(t.Context(), f, ""); !errors.Is(err, tenant.ErrEmailTaken) {
		t.Errorf("a registered e-mail gives %v", err)
	}
	if all, err := b.List(t.Context()); err != nil || len(all) != 2 || all[0].Slug != "ming-tea" || all[0].CreatedAt.IsZero() {
		t.Errorf("after two sign-ups and a refused one there are %+v, %v", all, err)
	}
	// No secret is stored.
	var stored int
	const look = `SELECT count(*) FROM identity.session s, identity.account a
		WHERE encode(s.token_hash, 'escape') LIKE '%' || $1 || '%' OR a.password_hash NOT LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'`
	if err := b.test.Admin(t).QueryRow(t.Context(), look, token).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("%d rows hold a secret: %v", stored, err)
	}
}

func TestSignUpTellsEveryField(t *testing.T) {
	b := setUp(t)
	_, _, err := b.SignUp(t.Context(), tenant.Founding{Language: "tlh", Email: "x", Password: "short"}, "")
	var got []string
	for _, f := range tenant.Fields(err) {
		got = append(got, f.Path)
	}
	if want := "shop_name language time_zone email password"; strings.Join(got, " ") != want {
		t.Errorf("SignUp tells of %v, want %s", got, want)
	}
	if _, _, err := b.SignUp(t.Context(), tenant.Founding{ShopName: "A", Language: "en", TimeZone: "UTC"}, ""); len(tenant.Fields(err)) != 1 {
		t.Errorf("a sign-up without e-mail gives %v", err)
	}
	if all, err := b.List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("refused sign-ups left %v, %v", all, err)
	}
}

// Of many sign-ups at once with one e-mail, one is made and nothing of the others.
func TestSignUpRace(t *testing.T) {
	b := setUp(t)
	var all sync.WaitGroup
	made := make(chan string, 8)
	for range cap(made) {
		all.Go(func() {
			me, _, err := b.SignUp(t.Context(), teaShop(), "")
			if err == nil {
				made <- me.Tenant.Slug
			} else if !errors.Is(err, tenant.ErrEmailTaken) {
				t.Errorf("SignUp: %v", err)
			}
		})
	}
	all.Wait()
	if list, err := b.List(t.Context()); err != nil || len(list) != 1 || len(made) != 1 {
		t.Errorf("%d were made, %d are stored: %v", len(made), len(list), err)
	}
}

func TestLogIn(t *testing.T) {
	b := setUp(t)
	me, first, _ := b.signUp(t, teaShop())
	got, token, err := b.LogIn(t.Context(), "MEI@shop.example ", secret, strings.Repeat("é", 400)+"\n")
	if err != nil || got.Tenant.ID != me.Tenant.ID || got.Email != email {
		t.Fatalf("LogIn = %+v, %v", got, err)
	}
	if token == first {
		t.Error("two sessions have one secret")
	}
	caller, err := b.CallerBySession(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := b.ListSessions(t.Context(), caller.Account)
	if err != nil || len(sessions) != 2 || len([]rune(sessions[0].UserAgent)) != 300 || sessions[1].UserAgent != "Browser/1" {
		t.Errorf("sessions = %+v, %v", sessions, err)
	}
	for _, wrong := range [][2]string{{email, "wrong password"}, {email, ""}, {"nobody@shop.example", secret}, {"no address", secret}, {"", ""}, {"\xff\x00", secret}} {
		if _, _, err := b.LogIn(t.Context(), wrong[0], wrong[1], ""); !errors.Is(err, tenant.ErrBadCredentials) || err.Error() != tenant.ErrBadCredentials.Error() {
			t.Errorf("LogIn(%q) gives %v, want ErrBadCredentials to the letter", wrong, err)
		}
	}
}

func TestLogInChoosesAShopThatIsOpen(t *testing.T) {
	b := setUp(t)
	me, _, caller := b.signUp(t, teaShop())
	second, err := b.Create(t.Context(), tenant.Founding{ShopName: "Second", Language: "en", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	b.exec(t, `INSERT INTO identity.member (tenant_id, account_id, role) VALUES ($1, $2, 'agent')`, second.ID, caller.Account)
	if got, _, err := b.LogIn(t.Context(), email, secret, ""); err != nil || got.Tenant.ID != me.Tenant.ID {
		t.Errorf("LogIn leads to %s, %v; want the first shop", got.Tenant.Slug, err)
	}
	places, err := b.Workplaces(t.Context(), caller.Account)
	if err != nil || len(places) != 2 || places[0].Name != me.Tenant.Name || places[1].Name != "Second" || places[1].Role != tenant.Agent {
		t.Errorf("Workplaces = %+v, %v", places, err)
	}
	b.setStatus(t, me.Tenant.ID, tenant.Suspended)
	if got, _, err := b.LogIn(t.Context(), email, secret, ""); err != nil || got.Tenant.ID != second.ID || got.Role != tenant.Agent {
		t.Errorf("LogIn leads to %s as %s, %v; want the shop that is open", got.Tenant.Slug, got.Role, err)
	}
	b.setStatus(t, second.ID, tenant.Suspended)
	if _, _, err := b.LogIn(t.Context(), email, secret, ""); !errors.Is(err, tenant.ErrSuspended) {
		t.Errorf("LogIn with every shop suspended: %v", err)
	}
	if _, _, err := b.LogIn(t.Context(), email, "wrong password", ""); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("a wrong password learns of the suspension: %v", err)
	}
	b.exec(t, `DELETE FROM identity.member WHERE account_id = $1`, caller.Account)
	if _, _, err := b.LogIn(t.Context(), email, secret, ""); !errors.Is(err, tenant.ErrBadCredentials) {
		t.Errorf("LogIn without any shop: %v", err)
	}
}

func TestSessionEnds(t *testing.T) {
	b := setUp(t)
	_, token, caller := b.signUp(t, teaShop())
	ctx := t.Context()
	refused := func(why, token string) {
		t.Helper()
		if got, err := b.CallerBySession(ctx, token); !errors.Is(err, tenant.ErrUnauthenticated) || got.Kind != tenant.Anonymous {
			t.Errorf("%s: %+v, %v; want ErrUnauthenticated", why, got, err)
		}
	}
	for _, bad := range []string{"", "ss_", "null", token[:len(token)-1], token + "x", tenant.NewSessionToken(), tenant.NewKey(), strings.ToLower(token)} {
		refused("made-up secret "+bad, bad)
	}
	// It slides: seen on day 29, it lives to day 59, and no note is taken within a minute.
	seen := func() (last, ends time.Time) {
		t.Helper()
		const look = `SELECT last_seen_at, expires_at FROM identity.session WHERE token_hash = $1`
		if err := b.test.Admin(t).QueryRow(ctx, look, caller.Session).Scan(&last, &ends); err != nil {
			t.Fatal(err)
		}
		return last, ends
	}
	before, _ := seen()
	if _, err := b.CallerBySession(ctx, token); err != nil {
		t.Fatal(err)
	}
	if after, _ := seen(); !after.Equal(before) {
		t.Error("the session was noted as seen twice in a minute")
	}
	b.exec(t, `UPDATE identity.session SET last_seen_at = now() - interval '29 days', expires_at = now() + interval '1 day'`)
	if _, err := b.CallerBySession(ctx, token); err != nil {
		t.Fatal(err)
	}
	if last, ends := seen(); time.Since(last) > time.Minute || ends.Sub(last) != tenant.SessionLife {
		t.Errorf("seen after 29 days, the session was last seen %v and ends %v", last, ends)
	}
	b.exec(t, `UPDATE identity.session SET last_seen_at = now() - interval '31 days', expires_at = now()`)
	refused("ended", token)
	if list, err := b.ListSessions(ctx, caller.Account); err != nil || len(list) != 0 {
		t.Errorf("an ended session is listed: %v, %v", list, err)
	}
	// The next sign-in sweeps it.
	_, token, err := b.LogIn(ctx, email, secret, "")
	if err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := b.test.Admin(t).QueryRow(ctx, `SELECT count(*) FROM identity.session`).Scan(&rows); err != nil || rows != 1 {
		t.Errorf("%d sessions are stored after the next sign-in: %v", rows, err)
	}
	// Out of the shop is out at once.
	b.exec(t, `DELETE FROM identity.member WHERE account_id = $1`, caller.Account)
	refused("no longer a member", token)
}

func TestRevokeSession(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	_, token, caller := b.signUp(t, teaShop())
	f := teaShop()
	f.Email = "other@shop.example"
	_, foreign, stranger := b.signUp(t, f)
	mine, _ := b.ListSessions(ctx, caller.Account)
	theirs, _ := b.ListSessions(ctx, stranger.Account)
	if len(mine) != 1 || len(theirs) != 1 {
		t.Fatalf("sessions: %v and %v", mine, theirs)
	}
	random, _ := tenant.HashSessionToken(tenant.NewSessionToken())
	for why, id := range map[string]string{"foreign": theirs[0].ID(), "random": tenant.Session{Hash: random}.ID(), "malformed": "x", "the secret itself": token} {
		if err := b.RevokeSession(ctx, caller.Account, id); !errors.Is(err, tenant.ErrNotFound) || err.Error() != tenant.ErrNotFound.Error() {
			t.Errorf("%s id: %v, want ErrNotFound to the letter", why, err)
		}
	}
	if err := b.LogOut(ctx, caller.Account, stranger.Session); err != nil {
		t.Errorf("LogOut with a foreign hash: %v", err)
	}
	if _, err := b.CallerBySession(ctx, foreign); err != nil {
		t.Errorf("the stranger's session is gone: %v", err)
	}
	if err := b.RevokeSession(ctx, caller.Account, mine[0].ID()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CallerBySession(ctx, token); !errors.Is(err, tenant.ErrUnauthenticated) {
		t.Errorf("a revoked session gives %v", err)
	}
	for range 2 { // the second time it has ended already
		if err := b.LogOut(ctx, stranger.Account, stranger.Session); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.CallerBySession(ctx, foreign); !errors.Is(err, tenant.ErrUnauthenticated) {
		t.Errorf("after LogOut: %v", err)
	}
}

// A database that takes no writes, as on a full disk, locks nobody out.
func TestSessionWithoutWrites(t *testing.T) {
	b := setUp(t)
	_, token, _ := b.signUp(t, teaShop())
	b.exec(t, `UPDATE identity.session SET last_seen_at = now() - interval '1 hour'`)
	admin := b.test.Admin(t)
	if _, err := admin.Exec(t.Context(), `REVOKE UPDATE ON identity.session FROM storebot_app`); err != nil {
		t.Fatal(err)
	}
	if _, err := b.CallerBySession(t.Context(), token); err != nil {
		t.Errorf("a session that can not be noted as seen: %v", err)
	}
}

// Whole sign-ins with a wrong password, of a known and of an unknown address in
// turn, so that both see the same machine: the medians must not differ.
func BenchmarkLogIn(b *testing.B) {
	s := setUp(b)
	if _, _, err := s.SignUp(b.Context(), teaShop(), ""); err != nil {
		b.Fatal(err)
	}
	took := map[string][]time.Duration{}
	for b.Loop() {
		for _, address := range []string{email, "nobody@shop.example"} {
			begun := time.Now()
			if _, _, err := s.LogIn(b.Context(), address, "a wrong password", ""); !errors.Is(err, tenant.ErrBadCredentials) {
				b.Fatal(err)
			}
			took[address] = append(took[address], time.Since(begun))
		}
	}
	median := func(address string) float64 {
		slices.Sort(took[address])
		return float64(took[address][len(took[address])/2].Microseconds()) / 1000
	}
	known, unknown := median(email), median("nobody@shop.example")
	b.ReportMetric(known, "known-ms")
	b.ReportMetric(unknown, "unknown-ms")
	b.ReportMetric(100*(known-unknown)/unknown, "apart-%")
}

// A session moves to another shop of its account and to no other; where it was
// it opens nothing any more.
func TestEnterShop(t *testing.T) {
	b := setUp(t)
	ctx := t.Context()
	me, token, caller := b.signUp(t, teaShop())
	second, err := b.Create(ctx, tenant.Founding{ShopName: "Second", Language: "en", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	enter := func(id tenant.ID) (tenant.Me, string, error) { return b.EnterShop(ctx, caller, id, "Browser/1") }
	for name, id := range map[string]tenant.ID{"a shop of others": second.ID, "no shop": tenant.NewID()} {
		if _, secret, err := enter(id); !errors.Is(err, tenant.ErrNotFound) || secret != "" {
			t.Errorf("%s: %q, %v", name, secret, err)
		}
	}
	b.exec(t, `INSERT INTO identity.member (tenant_id, account_id, role) VALUES ($1, $2, 'agent')`, second.ID, caller.Account)
	if got, secret, err := enter(me.Tenant.ID); err != nil || secret != "" || got.Tenant.ID != me.Tenant.ID {
		t.Errorf("where one is: %+v, %q, %v", got, secret, err)
	}
	b.setStatus(t, second.ID, tenant.Suspended)
	if _, _, err := enter(second.ID); !errors.Is(err, tenant.ErrSuspended) {
		t.Errorf("a suspended shop: %v", err)
	}
	b.setStatus(t, second.ID, tenant.Active)
	got, moved, err := enter(second.ID)
	if err != nil || got.Tenant.ID != second.ID || got.Role != tenant.Agent {
		t.Fatalf("EnterShop = %+v, %v", got, err)
	}
	if there, err := b.CallerBySession(ctx, moved); err != nil || there.Tenant != second.ID || there.Role != tenant.Agent {
		t.Errorf("the new session is %+v, %v", there, err)
	}
	if _, err := b.CallerBySession(ctx, token); !errors.Is(err, tenant.ErrUnauthenticated) {
		t.Errorf("the old session: %v", err)
	}
	// Signing in leads to the shop worked in last, on whatever device.
	logIn := func() (tenant.Me, string) {
		t.Helper()
		me, token, err := b.LogIn(ctx, teaShop().Email, teaShop().Password, "Browser/2")
		if err != nil {
			t.Fatal(err)
		}
		return me, token
	}
	me2, _ := logIn()
	if me2.Tenant.ID != second.ID {
		t.Errorf("signed in to %s, not to the shop worked in last", me2.Tenant.Name)
	}
	b.setStatus(t, second.ID, tenant.Suspended)
	first, _ := logIn()
	if first.Tenant.ID != me.Tenant.ID {
		t.Errorf("the last one is suspended: signed in to %s", first.Tenant.Name)
	}
	b.setStatus(t, second.ID, tenant.Active)
	if _, err := b.CallerBySession(ctx, moved); err != nil {
		t.Fatal(err)
	}
	if me2, _ = logIn(); me2.Tenant.ID != me.Tenant.ID {
		t.Errorf("a session seen within the minute counts: %s", me2.Tenant.Name)
	}
	b.exec(t, `UPDATE identity.session SET last_seen_at = now() - interval '2 minutes'`)
	if _, err := b.CallerBySession(ctx, moved); err != nil {
		t.Fatal(err)
	}
	if me2, _ = logIn(); me2.Tenant.ID != second.ID {
		t.Errorf("a shop that is worked in goes before one signed in to earlier: %s", me2.Tenant.Name)
	}
}
