package tenant

import (
	"crypto/sha256"
	"encoding/base64"
	"math/bits"
	"strings"
	"testing"
)

func TestSecrets(t *testing.T) {
	key, token := NewKey(), NewSessionToken()
	if h, ok := HashKey(key); !ok || h != sha256.Sum256([]byte(key)) {
		t.Errorf("HashKey(NewKey()) = %x, %v", h, ok)
	}
	if _, ok := HashSessionToken(token); !ok {
		t.Error("HashSessionToken refuses a new token")
	}
	if _, ok := HashSessionToken(key); ok {
		t.Error("a publishable key passes for a session")
	}
	if _, ok := HashKey(token); ok {
		t.Error("a session passes for a publishable key")
	}
	for _, bad := range []string{
		"", "pk_", key[:len(key)-1], key + "A", key + " ", " " + key, strings.ToUpper(key), "pk_" + strings.Repeat("!", 43),
		// The last character holds two bits that must be zero: no second spelling.
		"pk_" + strings.Repeat("A", 42) + "B",
		"pk_" + strings.Repeat("A", 42) + "\n",
	} {
		if _, ok := HashKey(bad); ok {
			t.Errorf("HashKey(%q) is taken", bad)
		}
	}
}

// No bit of the keys is fixed or leans to one side, and none repeats: what is
// public of one shop tells nothing of another.
func TestSecretsAreRandom(t *testing.T) {
	const n = 20_000
	var ones [secretBytes * 8]int
	seen := make(map[string]bool, n)
	for range n {
		key := NewKey()
		if seen[key] {
			t.Fatal("a key came twice")
		}
		seen[key] = true
		b, err := base64.RawURLEncoding.DecodeString(key[len(keyPrefix):])
		if err != nil || len(b) != secretBytes {
			t.Fatalf("%q holds %d bytes: %v", key, len(b), err)
		}
		for i, x := range b {
			for bit := range 8 {
				ones[i*8+bit] += bits.OnesCount8(x & (1 << bit))
			}
		}
	}
	for i, got := range ones {
		// Six standard deviations: by chance once in two million runs.
		if off := got - n/2; off < -424 || off > 424 {
			t.Errorf("bit %d is set in %d of %d keys", i, got, n)
		}
	}
}

func TestSessionID(t *testing.T) {
	hash, _ := HashSessionToken(NewSessionToken())
	if got, ok := hashOfSession(Session{Hash: hash}.ID()); !ok || got != hash {
		t.Errorf("the id of a session leads to %x, %v", got, ok)
	}
	for _, bad := range []string{"", "x", strings.Repeat("A", 44), strings.Repeat("!", 43)} {
		if _, ok := hashOfSession(bad); ok {
			t.Errorf("hashOfSession(%q) is taken", bad)
		}
	}
}
