package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"github.com/google/uuid"
)

// site is a world over real HTTP.
func (w *world) site(t testing.TB, change func(*Config)) *httptest.Server {
	t.Helper()
	cfg := w.cfg
	if change != nil {
		change(&cfg)
	}
	server := NewServer(cfg)
	w.register(server, func(string) string { return "en" })
	handler, err := Handler(cfg, server, map[string]http.Handler{
		"GET /page": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a page") }),
	})
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewUnstartedServer(handler)
	site.Config.Protocols = new(http.Protocols)
	site.Config.Protocols.SetHTTP1(true)
	site.Config.Protocols.SetUnencryptedHTTP2(true)
	site.Start()
	t.Cleanup(site.Close)
	return site
}

// An answer over HTTP; Problem is the detail's reason.
type httpAnswer struct {
	status  int
	header  http.Header
	body    string
	code    string
	reason  string
	message string
	fields  []string
}

// send sends a JSON request; headers are name, value, name, value.
func send(t testing.TB, method, url, body string, headers ...string) httpAnswer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := httpAnswer{status: res.StatusCode, header: res.Header, body: string(raw)}
	var parsed struct {
		Code    string
		Message string
		Details []struct {
			Debug struct {
				Reason string
				Fields []struct{ Path, Message string }
			}
			Value string
		}
	}
	if res.StatusCode != http.StatusOK && json.Unmarshal(raw, &parsed) == nil {
		a.code, a.message = parsed.Code, parsed.Message
		for _, d := range parsed.Details {
			a.reason = d.Debug.Reason
			for _, f := range d.Debug.Fields {
				a.fields = append(a.fields, f.Path)
			}
			if _, err := base64.RawStdEncoding.DecodeString(d.Value); err != nil {
				t.Errorf("a detail that cannot be read: %q", d.Value)
			}
		}
	}
	return a
}

const (
	widgetPath  = storebotv1connect.ShopperServiceGetWidgetProcedure
	startPath   = storebotv1connect.ShopperServiceStartConversationProcedure
	whoPath     = storebotv1connect.AccountServiceWhoAmIProcedure
	logInPath   = storebotv1connect.AccountServiceLogInProcedure
	signUpPath  = storebotv1connect.AccountServiceSignUpProcedure
	logOutPath  = storebotv1connect.AccountServiceLogOutProcedure
	originsPath = storebotv1connect.TenantServiceSetAllowedOriginsProcedure
)

func TestPagesOfTheShopAloneMayCall(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s, other := w.newShop(t), w.newShop(t)
	mine := site.URL + startPath + "?key=" + s.key
	for _, c := range []struct {
		name, url, origin string
		ok                bool
	}{
		{"its page", mine, s.origin, true},
		{"its page, another method", site.URL + widgetPath + "?key=" + s.key, s.origin, true},
		{"another shop's page", mine, other.origin, false},
		{"any page", mine, "https://evil.example", false},
		{"a page below it", mine, "https://x." + strings.TrimPrefix(s.origin, "https://"), false},
		{"a page with its name in front", mine, s.origin + ".evil.example", false},
		{"its page by http", mine, strings.Replace(s.origin, "https", "http", 1), false},
		{"its page on another port", mine, s.origin + ":8443", false},
		{"a sandboxed page", mine, "null", false},
		{"no key", site.URL + startPath, s.origin, false},
		{"another's key", site.URL + startPath + "?key=" + other.key, s.origin, false},
		{"a made-up key", site.URL + startPath + "?key=" + tenant.NewKey(), s.origin, false},
	} {
		pre := send(t, http.MethodOptions, c.url, "", "Origin", c.origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
		post := send(t, http.MethodPost, c.url, "{}", "Origin", c.origin, "Sec-Fetch-Site", "cross-site")
		want, allow := http.StatusForbidden, ""
		if c.ok {
			want, allow = http.StatusNoContent, c.origin
		}
		if pre.status != want || pre.header.Get("Access-Control-Allow-Origin") != allow {
			t.Errorf("%s: preflight %d, allowed %q", c.name, pre.status, pre.header.Get("Access-Control-Allow-Origin"))
		}
		if (post.status == http.StatusOK) != c.ok || post.header.Get("Access-Control-Allow-Origin") != allow {
			t.Errorf("%s: call %d %s, allowed %q", c.name, post.status, post.body, post.header.Get("Access-Control-Allow-Origin"))
		}
		for _, h := range []http.Header{pre.header, post.header} {
			if h.Get("Vary") != "Origin" || h.Get("Access-Control-Allow-Credentials") != "" || h.Get("Access-Control-Allow-Origin") == "*" {
				t.Errorf("%s: headers %v", c.name, h)
			}
		}
	}
	if a := send(t, http.MethodPost, mine, "{}"); a.status != http.StatusForbidden || a.reason != "origin_forbidden" {
		t.Errorf("no origin: %d %s", a.status, a.body)
	}
	if a := send(t, http.MethodOptions, mine, ""); a.status != http.StatusForbidden {
		t.Errorf("a preflight without an origin: %d", a.status)
	}
	// A member's service answers no preflight.
	pre := send(t, http.MethodOptions, site.URL+whoPath+"?key="+s.key, "", "Origin", s.origin, "Access-Control-Request-Method", "POST")
	if pre.header.Get("Access-Control-Allow-Origin") != "" || pre.status < 400 {
		t.Errorf("a preflight of the console: %d %v", pre.status, pre.header)
	}
}

func TestTheKeyComesInTheAddressAlone(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s, other := w.newShop(t), w.newShop(t)
	for _, name := range []string{keyHeader, "storebot-key", "STOREBOT-KEY"} {
		if a := send(t, http.MethodPost, site.URL+startPath, "{}", "Origin", s.origin, name, s.key); a.reason != "unauthenticated" {
			t.Errorf("key in the header %s: %d %s", name, a.status, a.body)
		}
		if a := send(t, http.MethodPost, site.URL+startPath+"?key="+s.key, "{}", "Origin", s.origin, name, other.key); a.status != http.StatusOK {
			t.Errorf("another key in the header %s: %d %s", name, a.status, a.body)
		}
	}
	// A GET to the page's own server has no Origin, but says where it comes from.
	a := send(t, http.MethodGet, site.URL+widgetPath+"?connect=v1&encoding=json&message=%7B%7D&key="+s.key, "", "Origin", s.origin)
	if a.status != http.StatusOK || !strings.Contains(a.body, s.canary) || a.header.Get("Cache-Control") != "private, max-age=60" {
		t.Errorf("GET: %d %s %v", a.status, a.body, a.header)
	}
	// Nothing that changes something answers a GET.
	for procedure := range policy {
		if procedure == widgetPath {
			continue
		}
		a := send(t, http.MethodGet, site.URL+procedure+"?connect=v1&encoding=json&message=%7B%7D&key="+s.key, "", "Origin", s.origin)
		if a.status != http.StatusMethodNotAllowed {
			t.Errorf("GET %s: %d", procedure, a.status)
		}
	}
}

// A page of another site may not use the console's cookie, however it asks.
func TestOtherSitesMayNotUseTheSession(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s := w.newShop(t)
	cookie := "storebot=" + s.session[tenant.Owner]
	body := `{"allowedOrigins":["https://evil.example"]}`
	for name, headers := range map[string][]string{
		"cross-site":           {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
		"same-site neighbour":  {"Sec-Fetch-Site", "same-site", "Origin", "https://x.shop.example"},
		"old browser":          {"Origin", "https://evil.example"},
		"sandboxed page":       {"Origin", "null"},
		"the shop's own page":  {"Origin", s.origin},
		"a form":               {"Sec-Fetch-Site", "cross-site", "Content-Type", "text/plain"},
		"a key in the address": {"Sec-Fetch-Site", "cross-site", "Origin", s.origin},
	} {
		for _, path := range []string{originsPath, originsPath + "?key=" + s.key, shopperPath + "..%2f" + originsPath[1:], shopperPath + ".." + originsPath, "/" + originsPath} {
			a := send(t, http.MethodPost, site.URL+path, body, append(headers, "Cookie", cookie)...)
			if a.status == http.StatusOK {
				t.Errorf("%s, %s: %d %s", name, path, a.status, a.body)
			}
		}
	}
	shop, err := w.tenants.Shop(t.Context(), s.id)
	if err != nil || len(shop.AllowedOrigins) != 1 || shop.AllowedOrigins[0] != s.origin {
		t.Errorf("the list is now %v, %v", shop.AllowedOrigins, err)
	}
	for name, headers := range map[string][]string{
		"the console": {"Sec-Fetch-Site", "same-origin", "Origin", site.URL}, "an old browser": {"Origin", site.URL}, "a program": {},
	} {
		if a := send(t, http.MethodPost, site.URL+whoPath, "{}", append(headers, "Cookie", cookie)...); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestAStaleCookieKeepsNobodyOut(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s := w.newShop(t)
	email := w.login(t)
	w.exec(t, `UPDATE identity.session SET expires_at = now() - interval '1 second' WHERE tenant_id = $1`, s.id.UUID)
	for name, cookie := range map[string]string{
		"ended": s.session[tenant.Owner], "made up": tenant.NewSessionToken(), "rubbish": "x", "empty": "",
	} {
		a := send(t, http.MethodPost, site.URL+logInPath, `{"email":"`+email+`","password":"`+loginPassword+`"}`, "Cookie", "storebot="+cookie)
		if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Set-Cookie"), "storebot=ss_") || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: log-in gives %d %s", name, a.status, a.body)
		}
		fresh, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
		if a := send(t, http.MethodPost, site.URL+whoPath, "{}", "Cookie", fresh); a.status != http.StatusOK || !strings.Contains(a.body, email) {
			t.Errorf("%s: the new cookie gives %d %s", name, a.status, a.body)
		}
		body := `{"shopName":"New","email":"` + strings.ReplaceAll(name, " ", "") + `@new.example","password":"` + loginPassword + `","language":"en","timeZone":"UTC"}`
		if a := send(t, http.MethodPost, site.URL+signUpPath, body, "Cookie", "storebot="+cookie); a.status != http.StatusOK {
			t.Errorf("%s: sign-up gives %d %s", name, a.status, a.body)
		}
		if a := send(t, http.MethodPost, site.URL+logOutPath, "{}", "Cookie", fresh); a.status != http.StatusOK || !strings.Contains(a.header.Get("Set-Cookie"), "Max-Age=0") {
			t.Errorf("%s: log-out gives %d %s", name, a.status, a.body)
		}
		if a := send(t, http.MethodPost, site.URL+whoPath, "{}", "Cookie", fresh); a.status != http.StatusUnauthorized {
			t.Errorf("%s: after log-out %d", name, a.status)
		}
	}
	secure := w.site(t, func(c *Config) { c.SecureCookies = true })
	if a := send(t, http.MethodPost, secure.URL+whoPath, "{}", "Cookie", "storebot="+s.session[tenant.Owner]); a.reason != "unauthenticated" {
		t.Errorf("a cookie that http could have planted: %d %s", a.status, a.body)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s := w.newShop(t)
	cookie := "storebot=" + s.session[tenant.Owner] + "; storebot-admin=" + w.operator(t).admin
	big := `{"name":"` + strings.Repeat("x", maxBody) + `"}`
	for procedure, r := range policy {
		body, limit := big, maxBody
		if r.maxBody > 0 {
			limit = r.maxBody
			body = `{"fileName":"` + strings.Repeat("x", limit) + `"}`
		}
		if contract(t)[procedure].IsStreamingServer() {
			continue // a stream's envelope: below
		}
		a := send(t, http.MethodPost, site.URL+procedure+"?key="+s.key, body, "Cookie", cookie, "Origin", s.origin, "Sec-Fetch-Site", "same-origin")
		if a.status == http.StatusOK || a.reason == "internal" || a.code != "resource_exhausted" || a.reason != "too_large" {
			t.Errorf("%s takes more than %d bytes: %d %.200s", procedure, limit, a.status, a.body)
		}
	}
	envelope := append([]byte{0, 0, 0x20, 0, 0}, bytes.Repeat([]byte(" "), 2<<20)...)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+storebotv1connect.ShopperServiceAskProcedure+"?key="+s.key, bytes.NewReader(envelope))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/connect+json")
	req.Header.Set("Origin", s.origin)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if raw, _ := io.ReadAll(res.Body); !strings.Contains(string(raw), "resource_exhausted") {
		t.Errorf("a stream takes 2 MiB: %s", raw)
	}
}

func TestFieldsAreNamed(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s := w.newShop(t)
	cookie := "storebot=" + s.session[tenant.Owner]
	a := send(t, http.MethodPost, site.URL+storebotv1connect.KnowledgeServiceCreateEntryProcedure,
		`{"content":{"question":"","answer":"x","language":"xx","phrasings":["ok",""]}}`, "Cookie", cookie)
	want := "content.question content.language content.phrasings[1]"
	if a.status != http.StatusBadRequest || a.reason != "invalid_fields" || strings.Join(a.fields, " ") != want || !strings.Contains(a.message, "content.question ") {
		t.Errorf("rules of the contract: %d %s, fields %q", a.status, a.body, a.fields)
	}
	for path, body := range map[string]string{
		"content.phrasings[1]": `{"content":{"question":"q","answer":"a","phrasings":["ok","b\u0000"]}}`,
		"content.answer":       `{"content":{"question":"q","answer":"\u0000"}}`,
	} { // valid UTF-8 that no database stores
		a := send(t, http.MethodPost, site.URL+storebotv1connect.KnowledgeServiceCreateEntryProcedure, body, "Cookie", cookie)
		if a.status != http.StatusBadRequest || a.reason != "invalid_fields" || strings.Join(a.fields, " ") != path {
			t.Errorf("a zero byte: %d %s, fields %q, want %s", a.status, a.body, a.fields, path)
		}
	}
	a = send(t, http.MethodPost, site.URL+storebotv1connect.KnowledgeServiceExportInvalidRowsProcedure,
		`{"importId":"`+uuid.NewString()+`","words":{"a":"b\u0000"}}`, "Cookie", cookie)
	if a.reason != "invalid_fields" || strings.Join(a.fields, " ") != `words["a"]` {
		t.Errorf("a zero byte in a map: %d %s, fields %q", a.status, a.body, a.fields)
	}
	a = send(t, http.MethodPost, site.URL+originsPath, `{"allowedOrigins":["https://a.example","shop.example"]}`, "Cookie", cookie)
	if a.reason != "invalid_fields" || strings.Join(a.fields, " ") != "allowed_origins[1]" || !strings.Contains(a.message, "allowed_origins[1] ") {
		t.Errorf("rules of the domain: %d %s, fields %q", a.status, a.body, a.fields)
	}
	for _, body := range []string{`{`, `[]`, `{"unknown":1}`, `{"email":1}`, "\xff"} {
		a := send(t, http.MethodPost, site.URL+logInPath, body)
		if a.status != http.StatusBadRequest || a.code != "invalid_argument" || a.reason == "" {
			t.Errorf("%q: %d %s", body, a.status, a.body)
		}
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	ready := errors.New("postgres://user:secret@db is away")
	site := w.site(t, func(c *Config) { c.Ready = func() error { return ready } })
	if a := send(t, http.MethodGet, site.URL+"/healthz", ""); a.status != http.StatusOK {
		t.Errorf("healthz %d", a.status)
	}
	if a := send(t, http.MethodGet, site.URL+"/readyz", ""); a.status != http.StatusServiceUnavailable || strings.Contains(a.body, "secret") {
		t.Errorf("readyz %d %s", a.status, a.body)
	}
	ready = nil
	if a := send(t, http.MethodGet, site.URL+"/readyz", ""); a.status != http.StatusOK {
		t.Errorf("readyz %d", a.status)
	}
	if a := send(t, http.MethodGet, site.URL+"/page", ""); a.body != "a page" {
		t.Errorf("a page: %d %s", a.status, a.body)
	}
	if a := send(t, http.MethodPost, site.URL+"/storebot.v1.AccountService/Nothing", "{}"); a.status != http.StatusNotImplemented || a.code != "unimplemented" {
		t.Errorf("no such method: %d %s", a.status, a.body)
	}
}

// The address that limits count is the nearest one that no trusted proxy has.
func TestClientAddress(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, remote string
		forwarded    []string
		want         string
	}{
		{"direct", "203.0.113.5:1000", nil, "203.0.113.5"},
		{"direct, claims another", "203.0.113.5:1000", []string{"198.51.100.1"}, "203.0.113.5"},
		{"direct, claims a proxy", "203.0.113.5:1000", []string{"198.51.100.1, 10.0.0.1"}, "203.0.113.5"},
		{"by a proxy", "10.0.0.1:1000", []string{"203.0.113.5"}, "203.0.113.5"},
		{"by a proxy, claims another", "10.0.0.1:1000", []string{"198.51.100.1, 203.0.113.5"}, "203.0.113.5"},
		{"by a proxy that adds a line, claims another", "10.0.0.1:1000", []string{"198.51.100.1", "203.0.113.5"}, "203.0.113.5"},
		{"by two proxies", "10.0.0.1:1000", []string{"198.51.100.1, 203.0.113.5, 10.2.3.4"}, "203.0.113.5"},
		{"by a proxy that writes ports", "10.0.0.1:1000", []string{"203.0.113.5:44321"}, "203.0.113.5"},
		{"by a proxy, claims rubbish", "10.0.0.1:1000", []string{"rubbish, 203.0.113.5"}, "203.0.113.5"},
		{"by a proxy that writes rubbish", "10.0.0.1:1000", []string{"203.0.113.5, rubbish"}, "10.0.0.1"},
		{"by a proxy, nothing said", "10.0.0.1:1000", nil, "10.0.0.1"},
		{"proxies all the way", "10.0.0.1:1000", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		{"IPv6", "[2001:db8:1:2:3:4:5:6]:1000", nil, "2001:db8:1:2::/64"},
		{"IPv6, another suffix", "[2001:db8:1:2:ffff::9]:1000", nil, "2001:db8:1:2::/64"},
		{"IPv6 with a zone", "[fe80::1%eth0]:1000", nil, "fe80::/64"},
		{"IPv4 written as IPv6", "[::ffff:203.0.113.5]:1000", nil, "203.0.113.5"},
		{"IPv4 written as IPv6 by a proxy", "[::ffff:10.0.0.1]:1000", []string{"::ffff:203.0.113.5"}, "203.0.113.5"},
		{"IPv6 in brackets with a port", "[fd00::1]:1000", []string{"[2001:db8:1:2::9]:4711"}, "2001:db8:1:2::/64"},
		{"IPv6 in brackets", "[fd00::1]:1000", []string{"[2001:db8:1:2::9]"}, "2001:db8:1:2::/64"},
		{"no address", "@", nil, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		r.Header["X-Forwarded-For"] = c.forwarded
		if got := clientAddress(r, trusted); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPageOrigin(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ remote, origin, site, proto, want string }{
		{"203.0.113.5:1", "https://Shop.example:443", "", "", "https://shop.example"},
		{"203.0.113.5:1", "null", "same-origin", "", ""},
		{"203.0.113.5:1", "", "", "", ""},
		{"203.0.113.5:1", "", "cross-site", "", ""},
		{"203.0.113.5:1", "", "none", "", ""},
		{"203.0.113.5:1", "", "same-origin", "https", ""}, // http on another host than this machine is no page's origin here
		{"10.0.0.1:1", "", "same-origin", "https", "https://host.example"},
		{"10.0.0.1:1", "https://evil.example", "same-origin", "https", "https://evil.example"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host, r.RemoteAddr = "host.example", c.remote
		for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site, "X-Forwarded-Proto": c.proto} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		if got := pageOrigin(r, trusted); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// What comes over HTTP as spoofed reaches the limiter as it is.
func TestASpoofedAddressIsCounted(t *testing.T) {
	w := newWorld(t, Limits{LogInPerAddress: 3}, quiet())
	site := w.site(t, nil)
	for i := range 4 {
		a := send(t, http.MethodPost, site.URL+logInPath, `{"email":"a@shop.example","password":"x"}`,
			"X-Forwarded-For", netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}).String(), "Forwarded", "for=198.51.100.9", "X-Real-Ip", "198.51.100.8")
		if (a.reason == "rate_limited") != (i == 3) {
			t.Errorf("call %d: %d %s", i+1, a.status, a.body)
		}
	}
}
