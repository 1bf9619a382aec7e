package tenant

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Prefixes tell the secrets apart, for people and for secret scanners. A secret
// is hashed with its prefix, so that one kind never opens what another does.
const (
	keyPrefix      = "pk_" // a shop's publishable key
	sessionPrefix  = "ss_" // a member's session
	identityPrefix = "is_" // with which a shop signs who a shopper is
	visitPrefix    = "vs_" // a platform admin's look at one shop
	invitePrefix   = "in_" // an invitation to a shop
	resetPrefix    = "rs_" // a link to a new password
	adminPrefix    = "as_" // a platform admin's session
	linkPrefix     = "al_" // a platform admin's first or next password
)

// secretBytes is the randomness of a key or a token: 256 bits, beyond guessing
// and beyond collision, so that no store needs to check for either.
const secretBytes = 32

// A Hash is SHA-256 of a key or a session token: all that is stored of it. A
// plain hash is enough, for nothing can be guessed of 256 random bits.
type Hash [sha256.Size]byte

// NewKey returns a publishable key: "pk_" and 32 random bytes in base64url.
func NewKey() string { return newSecret(keyPrefix) }

// NewSessionToken returns a session's secret: "ss_" and 32 random bytes in base64url.
func NewSessionToken() string { return newSecret(sessionPrefix) }

// HashKey returns the hash of a publishable key; false for a text that NewKey
// can not have made, which is thereby refused without asking anyone.
func HashKey(key string) (Hash, bool) { return hashSecret(key, keyPrefix) }

// HashSessionToken returns the hash of a session's secret; false for a text
// that NewSessionToken can not have made.
func HashSessionToken(token string) (Hash, bool) { return hashSecret(token, sessionPrefix) }

// newToken returns a secret with its hash.
func newToken(prefix string) (string, Hash) {
	token := newSecret(prefix)
	hash, _ := hashSecret(token, prefix)
	return token, hash
}

func newSecret(prefix string) string {
	b := make([]byte, secretBytes)
	rand.Read(b)
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

func hashSecret(s, prefix string) (Hash, bool) {
	body, ok := strings.CutPrefix(s, prefix)
	if !ok || len(body) != base64.RawURLEncoding.EncodedLen(secretBytes) {
		return Hash{}, false
	}
	var b [secretBytes]byte
	// Decode passes over line breaks, which the count tells.
	if n, err := base64.RawURLEncoding.Strict().Decode(b[:], []byte(body)); err != nil || n != secretBytes {
		return Hash{}, false
	}
	return sha256.Sum256([]byte(s)), true
}
