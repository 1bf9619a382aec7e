package tenant

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// MaxOrigins bounds the list of a shop's allowed origins.
const MaxOrigins = 50

// ParseOrigin returns the form in which browsers send a page's origin
// (RFC 6454, section 6.2): scheme and host in lower case, the port only when it
// is not the scheme's own. A closing slash, as address bars copy it, is cut.
// The error names the value and the cure.
//
// http is taken for this machine alone (localhost and loopback addresses), for
// trying out: on any other plain page whoever sits on the way could put words
// into the widget. A host in other scripts must come as punycode, the form in
// which browsers send it.
func ParseOrigin(s string) (string, error) {
	value := strings.TrimSpace(s)
	refuse := func(format string, args ...any) (string, error) {
		return "", fmt.Errorf("%q is not a page's origin: %s", s, fmt.Sprintf(format, args...))
	}
	switch {
	case value == "":
		return refuse("it is empty; write scheme and host, for example https://shop.example")
	case value == "null":
		return refuse("null stands for pages without an origin, which any page can be made to be; list the shop's own address")
	case strings.Contains(value, "*"):
		return refuse("a wildcard would let foreign pages in; list each host, for example https://shop.example and https://www.shop.example")
	case !strings.Contains(value, "://"):
		return refuse("the scheme is missing; write https://%s", strings.TrimLeft(value, "/"))
	}
	u, err := url.Parse(value)
	if err != nil {
		return refuse("it can not be read as an address; write scheme and host, for example https://shop.example")
	}
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	switch {
	case scheme != "https" && scheme != "http":
		return refuse("the scheme %q is not a page's; write https://%s", u.Scheme, u.Host)
	case u.User != nil:
		return refuse("it holds a user name; leave it out: %s://%s", scheme, u.Host)
	case host == "":
		return refuse("the host is missing; write it like https://shop.example")
	case u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(value, "#"):
		return refuse("an origin has no path; write %s://%s", scheme, u.Host)
	}
	// The host as given, not its lower case: that of the Kelvin sign is a plain k.
	if !isASCII(u.Hostname()) {
		return refuse("the host %q must be in punycode (xn--…), the form that browsers send; copy it from there", u.Hostname())
	}
	loopback, ok := hostKind(host)
	if !ok {
		return refuse("the host %q is not a host name; write it like https://shop.example", host)
	}
	if scheme == "http" && !loopback {
		return refuse("http is taken for localhost only; serve the page over https and write https://%s", host)
	}
	if strings.HasSuffix(u.Host, ":") {
		return refuse("the port after the colon is missing; leave the colon out or write the port")
	}
	if port != "" {
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return refuse("%q is not a port; use 1 to 65535 or leave it out", port)
		}
		port = ":" + strconv.Itoa(n)
		if scheme == "https" && n == 443 || scheme == "http" && n == 80 {
			port = ""
		}
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return scheme + "://" + host + port, nil
}

// ParseOrigins is ParseOrigin over a shop's list: each origin once, in the
// order given. Every bad one is told as a FieldError with path
// "allowed_origins[i]".
func ParseOrigins(list []string) ([]string, error) {
	if len(list) > MaxOrigins {
		return nil, &FieldError{Path: "allowed_origins", Rule: "repeated.max_items",
			Message: fmt.Sprintf("%d origins are given; a shop has at most %d", len(list), MaxOrigins)}
	}
	out := make([]string, 0, len(list))
	var bad []error
	for i, s := range list {
		origin, err := ParseOrigin(s)
		if err != nil {
			bad = append(bad, &FieldError{Path: fmt.Sprintf("allowed_origins[%d]", i), Rule: "origin", Message: err.Error()})
			continue
		}
		if !slices.Contains(out, origin) {
			out = append(out, origin)
		}
	}
	if len(bad) > 0 {
		return nil, errors.Join(bad...)
	}
	return out, nil
}

// hostKind reports whether host is this machine, and whether it is a host at all.
func hostKind(host string) (loopback, ok bool) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsLoopback(), addr.Zone() == ""
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost"), validHost(host)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
