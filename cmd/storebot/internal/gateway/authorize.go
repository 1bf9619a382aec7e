package gateway

import (
	"context"
	"errors"
	"strings"

	"storebot/tenant"
	"storebot/tenant/tenantrpc"

	"connectrpc.com/connect/v2"
)

// keyHeader carries a shop's publishable key on its way inside. Over HTTP the
// key stands in the query parameter key, at this one place, and edge moves it here.
const keyHeader = "Storebot-Key"

// authorize finds out who calls and refuses who may not. It runs before the
// request's message is read.
func authorize(sessions Sessions, admins Admins, keys Keys, secure bool) connect.ServerInterceptor {
	who := door{sessions, admins, keys, secure}
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			rule, ok := policy[spec.Procedure]
			if !ok {
				return connect.NewError(connect.CodeUnimplemented, "there is no such method")
			}
			info, ok := connect.CallInfoForServerContext(ctx)
			if !ok {
				return errors.New("gateway: the call came without call info, so that nobody can be known by it")
			}
			find := func() (tenant.Caller, error) { return who.find(ctx, spec.Procedure, rule, info.RequestHeader()) }
			caller, err := find()
			if err != nil {
				return err
			}
			if rule.time == endless {
				stream = &watched{stream, find}
			}
			caller.Address = fromEdge(ctx).address
			callFrom(ctx).tenant = caller.Tenant
			return next(tenant.WithCaller(ctx, caller), spec, stream)
		}
	}
}

// A door knows everybody who may come in.
type door struct {
	sessions Sessions
	admins   Admins
	keys     Keys
	secure   bool
}

// find finds out who calls a method, and refuses who may not.
func (d door) find(ctx context.Context, procedure string, rule rule, header *connect.Header) (tenant.Caller, error) {
	var caller tenant.Caller
	switch rule.kind {
	case tenant.Anonymous:
		// A cookie is not looked at: one that has ended keeps nobody from signing in.
	case tenant.Shopper:
		shop, err := d.keys.ShopByKey(ctx, header.Get(keyHeader))
		if err != nil {
			return caller, err
		}
		// Pages of this server's own, a shop's chat page among them, need no listing.
		page := fromEdge(ctx)
		if !shop.Allows(page.origin) && !page.own {
			return caller, tenant.ErrOriginForbidden
		}
		caller = tenant.Caller{Kind: tenant.Shopper, Tenant: shop.Tenant, Origin: page.origin}
	case tenant.Member:
		// HTTP/2 may send a cookie a line (RFC 9113, section 8.2.3).
		token := tenantrpc.SessionToken(strings.Join(header.Values("Cookie"), "; "), d.secure)
		var err error
		if caller, err = d.sessions.CallerBySession(ctx, token); err != nil {
			return caller, err
		}
		if caller.Visit != nil && !reads(procedure) {
			return caller, tenant.ErrVisitReadOnly
		}
		if !caller.Role.AtLeast(rule.role) {
			return caller, tenant.ErrPermissionDenied
		}
	case tenant.PlatformAdmin:
		token := tenantrpc.AdminToken(strings.Join(header.Values("Cookie"), "; "), d.secure)
		var err error
		if caller, err = d.admins.CallerByAdminSession(ctx, token); err != nil {
			return caller, err
		}
	}
	return caller, nil
}

// watched asks before each message of a stream without end whether its caller
// may still read it: to who was signed out, whose key was revoked or whose shop was
// suspended nothing more is said, and the stream ends at its next heartbeat.
type watched struct {
	connect.ServerStream
	find func() (tenant.Caller, error)
}

func (w *watched) Send(msg any) error {
	if _, err := w.find(); err != nil {
		return err
	}
	return w.ServerStream.Send(msg)
}

// reads reports whether a method changes nothing, by its name: all that a
// platform admin who looks at a shop may call. Leaving is the one exception.
func reads(procedure string) bool {
	name := procedure[strings.LastIndexByte(procedure, '/')+1:]
	return strings.HasPrefix(name, "Get") || strings.HasPrefix(name, "List") || name == "WhoAmI" || name == "LogOut"
}
