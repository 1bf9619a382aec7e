package tenantrpc

import (
	"context"
	"errors"
	"strings"

	"connectrpc.com/connect/v2"
)

// SessionCookieName returns the name of the cookie that holds a session's
// secret. Under the prefix __Host- browsers take it only over https, for this
// host alone and for all paths, so that no neighbouring host can plant one
// (RFC 6265bis, section 4.1.3.2). Without https they refuse that name.
func SessionCookieName(secure bool) string {
	if secure {
		return "__Host-storebot"
	}
	return "storebot"
}

// AdminCookieName is SessionCookieName for platform admins: one browser may hold
// an admin's session beside the shop that he looks at.
func AdminCookieName(secure bool) string { return SessionCookieName(secure) + "-admin" }

// SessionToken returns the session's secret from the value of a request's
// Cookie header, or "" when it holds none.
func SessionToken(cookieHeader string, secure bool) string {
	return cookieValue(cookieHeader, SessionCookieName(secure))
}

// AdminToken is SessionToken for platform admins.
func AdminToken(cookieHeader string, secure bool) string {
	return cookieValue(cookieHeader, AdminCookieName(secure))
}

func cookieValue(cookieHeader, name string) string {
	for pair := range strings.SplitSeq(cookieHeader, ";") {
		if key, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok && key == name {
			return value
		}
	}
	return ""
}

// cookieLife is the longest that browsers keep a cookie, 400 days in seconds:
// when a session ends is decided here, by its row, not by the browser.
const cookieLife = "34560000"

// setCookie gives the browser a session's secret; "" takes it away.
func setCookie(ctx context.Context, token string, secure bool) error {
	// SameSite=Lax and not Strict: a link in a mail must find its reader signed in.
	return giveCookie(ctx, SessionCookieName(secure), token, "Lax", secure)
}

// setAdminCookie is setCookie for platform admins; no other site leads to them.
func setAdminCookie(ctx context.Context, token string, secure bool) error {
	return giveCookie(ctx, AdminCookieName(secure), token, "Strict", secure)
}

func giveCookie(ctx context.Context, name, token, sameSite string, secure bool) error {
	info, ok := connect.CallInfoForServerContext(ctx)
	if !ok {
		return errors.New("tenantrpc: the call came without call info, so that no cookie can be set")
	}
	age := cookieLife
	if token == "" {
		age = "0"
	}
	cookie := name + "=" + token + "; Path=/; Max-Age=" + age + "; HttpOnly; SameSite=" + sameSite
	if secure {
		cookie += "; Secure"
	}
	info.ResponseHeader().Add("Set-Cookie", cookie)
	// What carries a secret is kept by no cache on the way.
	info.ResponseHeader().Set("Cache-Control", "no-store")
	return nil
}

func userAgent(ctx context.Context) string {
	info, ok := connect.CallInfoForServerContext(ctx)
	if !ok {
		return ""
	}
	return info.RequestHeader().Get("User-Agent")
}
