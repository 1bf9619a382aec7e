package tenant

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// An Identity is who a shop's own server says that a shopper is.
type Identity struct {
	User      string    // the shop's own id of the shopper
	Expires   time.Time // to the second
	Signature string    // of Sign, in hex
}

// MaxIdentityAge is how far ahead an identity may expire: a page that leaks one
// names its shopper for no longer.
const MaxIdentityAge = 7 * 24 * time.Hour

// Sign returns the signature of a shopper's identity: HMAC-SHA256 with the
// shop's identity secret, in hex, of the tenant's id, the shop's own id of the
// shopper and the expiry in seconds since 1970, a line feed between them. The
// tenant's id in it keeps one shop's signature from counting in another.
func Sign(secret string, id ID, user string, expires time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(id.String() + "\n" + user + "\n" + strconv.FormatInt(expires.Unix(), 10)))
	return hex.EncodeToString(mac.Sum(nil))
}

// A shop's identity secret is kept as it is, behind the row-level security of its table.
// It cannot be a hash: both sides of an HMAC hold it. It is not encrypted either: an
// installation has no key outside its database to encrypt it with, and one that is made
// and stored beside it would open for whoever reads the table. What the secret opens is
// little: it puts a name beside a conversation, and opens none. Whoever fears for a
// backup gives the shop a new secret; the console does so with one click.

// Verify checks a shopper's identity against the shop's secret, in constant
// time. Errors: FieldErrors with the paths identity.expires, identity.user and
// identity.signature, which say the cure to the shop's developer.
func (w *Widgets) Verify(ctx context.Context, id ID, who Identity) error {
	if err := checkText("identity.user", who.User, ""); err != nil {
		return err
	}
	now := w.Now()
	switch {
	case !who.Expires.After(now):
		return &FieldError{"identity.expires", "identity.expired", "lies in the past; sign anew when the page is made"}
	case who.Expires.After(now.Add(MaxIdentityAge)):
		return &FieldError{"identity.expires", "identity.too_late", fmt.Sprintf("lies more than %d days ahead; sign for a shorter time", MaxIdentityAge/(24*time.Hour))}
	}
	secret, _, err := w.Store.IdentitySecret(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err != nil {
		secret = newSecret(identityPrefix) // nobody's: no signature fits, and it takes as long to find out
	}
	if !hmac.Equal([]byte(Sign(secret, id, who.User, who.Expires)), []byte(who.Signature)) {
		return &FieldError{"identity.signature", "identity.signature", "does not fit; sign the shop's id, the shopper's id and the expiry with the identity secret from the console"}
	}
	return nil
}

// RotateIdentitySecret gives the shop a new secret and returns it, this once.
func (w *Widgets) RotateIdentitySecret(ctx context.Context, id ID) (string, error) {
	secret := newSecret(identityPrefix)
	return secret, w.Store.SetIdentitySecret(ctx, id, secret)
}

// IdentitySecretSince returns when the shop's secret was made; zero: it has none.
func (w *Widgets) IdentitySecretSince(ctx context.Context, id ID) (time.Time, error) {
	_, since, err := w.Store.IdentitySecret(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	return since, err
}
