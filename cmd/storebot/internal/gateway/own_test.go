package gateway

import (
	"net/http"
	"strings"
	"testing"

	"storebot/tenant"
)

// A page that this server sent itself, as a shop's chat page, need not be on
// the shop's list; it does not count as one of the shop's own pages either.
func TestOwnPagesNeedNoListing(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, nil)
	s := w.newShop(t)
	call := site.URL + widgetPath + "?key=" + s.key
	for _, c := range []struct {
		origin string
		ok     bool
	}{
		{site.URL, true},
		{strings.Replace(site.URL, "http:", "https:", 1), false},
		{site.URL + "1", false},
		{"http://localhost:1", false},
		{"https://evil.example", false},
		{"null", false},
		{"", false},
	} {
		headers := []string{}
		if c.origin != "" {
			headers = []string{"Origin", c.origin}
		}
		a := send(t, http.MethodPost, call, "{}", headers...)
		if (a.status == http.StatusOK) != c.ok {
			t.Errorf("%q: %d %s", c.origin, a.status, a.body)
		}
	}
	if a := send(t, http.MethodPost, site.URL+widgetPath+"?key="+tenant.NewKey(), "{}", "Origin", site.URL); a.status != http.StatusUnauthorized {
		t.Errorf("a made-up key on an own page: %d", a.status)
	}
	shop, err := w.tenants.Shop(t.Context(), s.id)
	if err != nil || !shop.SeenOnSiteAt.IsZero() {
		t.Errorf("an own page counts as the shop's: %v, %v", shop.SeenOnSiteAt, err)
	}
	// The console may stand on an address of the shop's list too, as the demo shop's does.
	if a := send(t, http.MethodPost, call, `{"preview":true}`, "Origin", s.origin); a.status != http.StatusOK {
		t.Fatalf("the console's preview: %d %s", a.status, a.body)
	}
	if shop, err = w.tenants.Shop(t.Context(), s.id); err != nil || !shop.SeenOnSiteAt.IsZero() {
		t.Errorf("the console's preview counts as the shop's page: %v, %v", shop.SeenOnSiteAt, err)
	}
	if a := send(t, http.MethodPost, call, "{}", "Origin", s.origin); a.status != http.StatusOK {
		t.Fatalf("the shop's page: %d %s", a.status, a.body)
	}
	if shop, err = w.tenants.Shop(t.Context(), s.id); err != nil || shop.SeenOnSiteAt.IsZero() {
		t.Errorf("the shop's page is not noted: %v", err)
	}
}
