package tenantrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Accounts is AccountService. Use NewAccounts.
type Accounts struct {
	tenants *tenant.Service
	cfg     Config
}

var _ storebotv1connect.AccountServiceHandler = (*Accounts)(nil)

// NewAccounts returns the handler of AccountService.
func NewAccounts(tenants *tenant.Service, cfg Config) *Accounts { return &Accounts{tenants, cfg} }

// SignUp makes a shop and its owner, and signs the owner in.
func (a *Accounts) SignUp(ctx context.Context, req *storebotv1.SignUpRequest) (*storebotv1.SignUpResponse, error) {
	me, token, err := a.tenants.SignUp(ctx, tenant.Founding{
		ShopName: req.GetShopName(), Email: req.GetEmail(), Password: req.GetPassword(),
		Language: req.GetLanguage(), TimeZone: req.GetTimeZone(),
	}, userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, token, a.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.SignUpResponse{Me: meToProto(me)}, nil
}

// LogIn starts a session.
func (a *Accounts) LogIn(ctx context.Context, req *storebotv1.LogInRequest) (*storebotv1.LogInResponse, error) {
	me, token, err := a.tenants.LogIn(ctx, req.GetEmail(), req.GetPassword(), userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, token, a.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.LogInResponse{Me: meToProto(me)}, nil
}

// LogOut ends the session that asks and takes the cookie away.
func (a *Accounts) LogOut(ctx context.Context, _ *storebotv1.LogOutRequest) (*storebotv1.LogOutResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	if caller.Visit != nil {
		err = a.tenants.LeaveVisit(ctx, caller.Session)
	} else {
		err = a.tenants.LogOut(ctx, caller.Account, caller.Session)
	}
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, "", a.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.LogOutResponse{}, nil
}

// WhoAmI returns the person signed in and the shop they are working in.
func (a *Accounts) WhoAmI(ctx context.Context, _ *storebotv1.WhoAmIRequest) (*storebotv1.WhoAmIResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	if caller.Visit != nil {
		shop, err := a.tenants.Shop(ctx, caller.Tenant)
		if err != nil {
			return nil, err
		}
		me := meToProto(tenant.Me{Email: caller.Visit.AdminEmail, Role: caller.Role, Tenant: shop.Tenant})
		me.Visit = visitToProto(*caller.Visit)
		return &storebotv1.WhoAmIResponse{Me: me}, nil
	}
	me, err := a.tenants.Me(ctx, caller.Tenant, caller.Account)
	if err != nil {
		return nil, err
	}
	return &storebotv1.WhoAmIResponse{Me: meToProto(me)}, nil
}

// ListSessions returns the person's own sessions, the last seen first.
func (a *Accounts) ListSessions(ctx context.Context, _ *storebotv1.ListSessionsRequest) (*storebotv1.ListSessionsResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	sessions, err := a.tenants.ListSessions(ctx, caller.Account)
	if err != nil {
		return nil, err
	}
	return &storebotv1.ListSessionsResponse{Sessions: sessionsToProto(sessions, caller.Session)}, nil
}

// RevokeSession ends one of the person's own sessions at once.
func (a *Accounts) RevokeSession(ctx context.Context, req *storebotv1.RevokeSessionRequest) (*storebotv1.RevokeSessionResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.tenants.RevokeSession(ctx, caller.Account, req.GetId()); err != nil {
		return nil, err
	}
	return &storebotv1.RevokeSessionResponse{}, nil
}

// ListShops returns the shops that the person works in.
func (a *Accounts) ListShops(ctx context.Context, _ *storebotv1.ListShopsRequest) (*storebotv1.ListShopsResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	places, err := a.tenants.Workplaces(ctx, caller.Account)
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListShopsResponse{}
	for _, p := range places {
		out.Shops = append(out.Shops, &storebotv1.Workplace{
			TenantId: p.Tenant.String(), Name: p.Name, Role: string(p.Role), Suspended: p.Status != tenant.Active,
		})
	}
	return out, nil
}

// EnterShop goes on in another shop.
func (a *Accounts) EnterShop(ctx context.Context, req *storebotv1.EnterShopRequest) (*storebotv1.EnterShopResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	id, err := tenant.ParseID(req.GetTenantId())
	if err != nil {
		return nil, tenant.ErrNotFound
	}
	me, token, err := a.tenants.EnterShop(ctx, caller, id, userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if token != "" {
		if err := setCookie(ctx, token, a.cfg.Secure); err != nil {
			return nil, err
		}
	}
	return &storebotv1.EnterShopResponse{Me: meToProto(me)}, nil
}
