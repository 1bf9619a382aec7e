package tenant

import (
	"context"

	"github.com/google/uuid"
)

// Role is what a member may do in a shop.
type Role string

// The roles, as stored. An owner may all that a manager may, a manager all
// that an agent may.
const (
	Owner   Role = "owner"
	Manager Role = "manager"
	Agent   Role = "agent"
)

// AtLeast reports whether r includes what min may do.
func (r Role) AtLeast(min Role) bool { return rank(r) >= rank(min) && rank(min) > 0 }

func rank(r Role) int {
	switch r {
	case Owner:
		return 3
	case Manager:
		return 2
	case Agent:
		return 1
	}
	return 0
}

// A Caller is who a request was found to come from. The gateway's interceptor
// puts it into the context once; a handler reads it at its edge and passes
// Tenant on explicitly.
type Caller struct {
	Kind    CallerKind
	Tenant  ID        // zero for Anonymous
	Account uuid.UUID // a member's account, or a platform admin
	Role    Role      // a member's role in Tenant
	Email   string    // a platform admin's
	Session []byte    // a member's or an admin's session: the token's hash
	Visit   *Visit    // a platform admin who looks at the shop as a member would, to read; nil: none
	Origin  string    // a shopper's page: scheme, host and port
	Address string    // the network address that limits count: an IPv4 address or an IPv6 /64
}

// CallerKind says what a caller proved.
type CallerKind int

// The kinds of caller. Each method of the contract accepts exactly one of them.
const (
	Anonymous     CallerKind = iota // proved nothing
	Shopper                         // holds a shop's publishable key, on an allowed origin
	Member                          // signed in to a shop
	PlatformAdmin                   // signed in as one of those who run the installation
)

type callerKey struct{}

// WithCaller returns a context that carries c.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom returns the context's caller; the zero Caller is Anonymous.
func CallerFrom(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}
