package gateway

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"storebot/tenant"
)

// edgeInfo is what only the HTTP request itself tells, parsed once.
type edgeInfo struct {
	address string // what limits count: an IPv4 address or an IPv6 /64
	origin  string // the page's origin in canonical form; "" when there is none
	own     bool   // the page came from this server: the console, or a shop's chat page
}

type edgeKey struct{}

func fromEdge(ctx context.Context) edgeInfo {
	e, _ := ctx.Value(edgeKey{}).(edgeInfo)
	return e
}

// edge parses the caller's address, origin and key, each at one place only, so
// that no second reading of them can differ, and bounds how slowly a body may come.
func edge(trusted []netip.Prefix, p pace, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del(keyHeader)
		if strings.HasPrefix(r.URL.Path, shopperPath) {
			if key := r.URL.Query().Get("key"); key != "" {
				r.Header.Set(keyHeader, key)
			}
		}
		e := edgeInfo{address: clientAddress(r, trusted), origin: pageOrigin(r, trusted)}
		e.own = e.origin != "" && e.origin == serverOrigin(r, trusted)
		next.ServeHTTP(w, paced(p, w, r.WithContext(context.WithValue(r.Context(), edgeKey{}, e))))
	})
}

// pageOrigin is the page that made the request. A browser sends no Origin with
// a GET to the page's own server, but says that it is one.
func pageOrigin(r *http.Request, trusted []netip.Prefix) string {
	origin := r.Header.Get("Origin")
	if origin == "" && r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		origin = serverOrigin(r, trusted)
	}
	canonical, err := tenant.ParseOrigin(origin)
	if err != nil {
		return ""
	}
	return canonical
}

// serverOrigin is where the caller reached this server.
func serverOrigin(r *http.Request, trusted []netip.Prefix) string {
	if r.TLS != nil || contains(trusted, remote(r)) && r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// clientAddress is the nearest address that is not a trusted proxy's. Each
// proxy adds the address that it was called from at the end, in the same
// header line or in a new one; what stands before the first that is not
// trusted was written by the caller and proves nothing.
func clientAddress(r *http.Request, trusted []netip.Prefix) string {
	addr := remote(r)
	if !addr.IsValid() {
		return ""
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, text := range slices.Backward(hops) {
		if !contains(trusted, addr) {
			break
		}
		hop, ok := parseHop(strings.TrimSpace(text))
		if !ok {
			break
		}
		addr = hop
	}
	if addr.Is6() {
		p, _ := addr.Prefix(64)
		return p.Addr().String() + "/64"
	}
	return addr.String()
}

// parseHop reads an address with or without a port, as proxies write them.
func parseHop(s string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return plain(addr), true
	}
	ap, err := netip.ParseAddrPort(s)
	return plain(ap.Addr()), err == nil
}

func remote(r *http.Request) netip.Addr {
	ap, _ := netip.ParseAddrPort(r.RemoteAddr)
	return plain(ap.Addr())
}

// plain is the one form of an address: an IPv4 one is not written as IPv6, and
// no zone is kept.
func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

func contains(prefixes []netip.Prefix, a netip.Addr) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(a) })
}
