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

// SessionToken returns the session's secret from the value of a request's
// Cookie header, or "" when it holds none.
func SessionToken(cookieHeader string, secure bool) string {
	name := SessionCookieName(secure)
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
	info, ok := connect.CallInfoForServerContext(ctx)
	if !ok {
		return errors.New("tenantrpc: the call came without call info, so that no cookie can be set")
	}
	age := cookieLife
	if token == "" {
		age = "0"
	}
	// SameSite=Lax and not Strict: a link in a mail must find its reader signed in.
	cookie := SessionCookieName(secure) + "=" + token + "; Path=/; Max-Age=" + age + "; HttpOnly; SameSite=Lax"
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
