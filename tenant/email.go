package tenant

import (
	"fmt"
	"strings"
)

// MaxEmail is the longest address that mail can carry, in bytes (RFC 5321,
// section 4.5.3.1.3, less the angle brackets).
const MaxEmail = 254

// NormalizeEmail returns the one form under which an address is stored and
// looked up: surrounding space cut, lower case. An address that can not be one
// gives a FieldError with path "email".
//
// Only ASCII is taken: addresses beyond it invite look-alikes of a registered
// one, and their upper and lower case differ between Go and the database.
func NormalizeEmail(s string) (string, error) {
	email := strings.ToLower(strings.TrimSpace(s))
	refuse := func(why string) (string, error) {
		return "", &FieldError{Path: "email", Rule: "email",
			Message: fmt.Sprintf("%q is not an e-mail address: %s; write it like name@shop.example", s, why)}
	}
	local, domain, ok := strings.Cut(email, "@")
	switch {
	case !isASCII(s): // before the lower case is looked at: that of the Kelvin sign is a plain k
		return refuse("it holds characters beyond ASCII")
	case !ok:
		return refuse("it has no @")
	case len(email) > MaxEmail:
		return refuse(fmt.Sprintf("it is longer than %d characters", MaxEmail))
	case local == "":
		return refuse("nothing stands before the @")
	case len(local) > 64:
		return refuse("more than 64 characters stand before the @")
	case strings.Contains(domain, "@"):
		return refuse("it has more than one @")
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return refuse("a dot is out of place before the @")
	case !validHost(domain) || !strings.Contains(domain, "."):
		return refuse(fmt.Sprintf("%q is not a mail domain", domain))
	}
	for _, r := range local {
		if !isAlnum(r) && !strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", r) {
			return refuse(fmt.Sprintf("the character %q can not stand before the @", r))
		}
	}
	return email, nil
}

// validHost reports whether s, in lower case, is a host name as DNS has it:
// labels of letters, digits and inner hyphens. Underscores are let through:
// some hosts have them.
func validHost(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if !isAlnum(r) && r != '-' && r != '_' {
				return false
			}
		}
	}
	return true
}

// isAlnum reports whether r is a lower-case ASCII letter or a digit.
func isAlnum(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }
