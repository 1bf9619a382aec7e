package tenant

import (
	"context"
	"strings"
	"testing"
	"time"
)

// secrets keeps identity secrets by tenant.
type secrets map[ID]string

func (s secrets) Look(context.Context, ID) (Look, error)  { return Look{Hosted: true}, nil }
func (s secrets) SetLook(context.Context, ID, Look) error { return nil }
func (s secrets) IdentitySecret(_ context.Context, id ID) (string, time.Time, error) {
	if s[id] == "" {
		return "", time.Time{}, ErrNotFound
	}
	return s[id], time.Unix(1, 0), nil
}
func (s secrets) SetIdentitySecret(_ context.Context, id ID, secret string) error {
	s[id] = secret
	return nil
}

func TestSignIsPlainHMAC(t *testing.T) {
	id, _ := ParseID("11111111-2222-3333-4444-555555555555")
	// printf '11111111-2222-3333-4444-555555555555\\n42\\n1700000000' | openssl dgst -sha256 -hmac is_secret
	const want = "821211374a6e16d392b01ee6a12943ef7e6b42b01be36372cf4a1a15b2d83a2e"
	if got := Sign("is_secret", id, "42", time.Unix(1_700_000_000, 0)); got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
}

func TestAnIdentityCountsOnlyWithItsSignature(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	mine, other, bare := NewID(), NewID(), NewID()
	w := &Widgets{Store: secrets{}, Now: func() time.Time { return now }}
	secret, _ := w.RotateIdentitySecret(t.Context(), mine)
	theirs, _ := w.RotateIdentitySecret(t.Context(), other)
	exp := now.Add(time.Hour)
	good := Identity{"42", exp, Sign(secret, mine, "42", exp)}
	if err := w.Verify(t.Context(), mine, good); err != nil {
		t.Fatalf("a good signature: %v", err)
	}
	late := now.Add(8 * 24 * time.Hour)
	for name, c := range map[string]struct {
		id  ID
		who Identity
		at  string
	}{
		"no signature":            {mine, Identity{"42", exp, ""}, "identity.signature"},
		"another user":            {mine, Identity{"43", exp, good.Signature}, "identity.signature"},
		"no user":                 {mine, Identity{"", exp, good.Signature}, "identity.signature"},
		"another expiry":          {mine, Identity{"42", exp.Add(time.Second), good.Signature}, "identity.signature"},
		"another shop":            {other, good, "identity.signature"},
		"another shop's secret":   {mine, Identity{"42", exp, Sign(theirs, mine, "42", exp)}, "identity.signature"},
		"signed for another shop": {mine, Identity{"42", exp, Sign(secret, other, "42", exp)}, "identity.signature"},
		"a shop without a secret": {bare, Identity{"42", exp, Sign("", bare, "42", exp)}, "identity.signature"},
		"upper case":              {mine, Identity{"42", exp, strings.ToUpper(good.Signature)}, "identity.signature"},
		"expired":                 {mine, Identity{"42", now, Sign(secret, mine, "42", now)}, "identity.expires"},
		"for too long":            {mine, Identity{"42", late, Sign(secret, mine, "42", late)}, "identity.expires"},
		"a line feed in the user": {mine, Identity{"4\n2", exp, Sign(secret, mine, "4\n2", exp)}, "identity.user"},
	} {
		fields := Fields(w.Verify(t.Context(), c.id, c.who))
		if len(fields) != 1 || fields[0].Path != c.at {
			t.Errorf("%s: %v, want a refusal of %s", name, fields, c.at)
		}
	}
	if _, err := w.RotateIdentitySecret(t.Context(), mine); err != nil || w.Verify(t.Context(), mine, good) == nil {
		t.Error("a signature of the old secret still counts")
	}
}

func TestALookIsCleanedAndRefused(t *testing.T) {
	got, err := Look{Color: " #A1B2C3 ", Side: "left", Label: " Ask "}.Clean()
	if err != nil || got != (Look{Color: "#a1b2c3", Side: "left", Label: "Ask"}) {
		t.Errorf("%+v, %v", got, err)
	}
	fields := Fields(func() error {
		_, err := Look{Color: "red", Side: "top", Label: strings.Repeat("x", 41)}.Clean()
		return err
	}())
	if len(fields) != 3 {
		t.Errorf("%v", fields)
	}
	for _, color := range []string{"#12345", "#1234567", "#12345g", "url(x)", "#123456;x:y"} {
		if _, err := (Look{Color: color}).Clean(); err == nil {
			t.Errorf("%q is taken for a colour", color)
		}
	}
}
