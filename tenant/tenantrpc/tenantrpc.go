// Package tenantrpc answers AccountService, TenantService and PlatformService of the contract.
// It translates between the contract's messages and the verbs of package
// tenant, and sets the session's cookie. It decides nothing: who may call a
// method was decided by the gateway, and the errors it returns are those of
// package tenant, for the gateway to turn into codes and texts.
package tenantrpc

import (
	"context"

	"storebot/tenant"
)

// Config is what the handlers need to know of the installation.
type Config struct {
	// Secure says that people reach the console over https: the cookie is then
	// sent over nothing else.
	Secure bool
}

// member returns the caller of a method that only a member may call. The
// gateway lets nobody else through; this keeps a gap there from becoming one here.
func member(ctx context.Context) (tenant.Caller, error) {
	caller := tenant.CallerFrom(ctx)
	if caller.Kind != tenant.Member {
		return tenant.Caller{}, tenant.ErrUnauthenticated
	}
	return caller, nil
}

// admin is member for those who run the installation.
func admin(ctx context.Context) (tenant.Caller, error) {
	caller := tenant.CallerFrom(ctx)
	if caller.Kind != tenant.PlatformAdmin {
		return tenant.Caller{}, tenant.ErrUnauthenticated
	}
	return caller, nil
}
