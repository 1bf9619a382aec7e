package tenant

import (
	"encoding/base64"
	"time"

	"github.com/google/uuid"
)

// Account is a person who may sign in. One account may work in several shops.
type Account struct {
	ID           uuid.UUID
	Email        string // normalised (NormalizeEmail)
	PasswordHash string // as a Hasher made it
}

// Membership says what an account may do in one shop.
type Membership struct {
	Tenant ID
	Name   string // the shop's
	Status Status
	Role   Role
	Last   bool // the account worked here last
}

// Me is a person at work: who, as what, in which shop.
type Me struct {
	Email  string
	Role   Role
	Tenant Tenant
}

// Session is one sign-in of an account to a shop.
type Session struct {
	Hash       Hash
	Account    uuid.UUID
	Tenant     ID
	UserAgent  string // as the browser named itself, for people to tell sessions apart
	CreatedAt  time.Time
	LastSeenAt time.Time // true to a minute
}

// ID names the session for RevokeSession. It is the hash of the secret, so it
// opens nothing.
func (s Session) ID() string { return base64.RawURLEncoding.EncodeToString(s.Hash[:]) }

// hashOfSession reads what Session.ID returns.
func hashOfSession(id string) (Hash, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil || len(b) != len(Hash{}) {
		return Hash{}, false
	}
	return Hash(b), true
}

// SignedIn is what a session's secret proves.
type SignedIn struct {
	Account uuid.UUID
	Role    Role
	Tenant  ID
	Status  Status
	Stale   bool // not noted as seen for SeenEvery
}
