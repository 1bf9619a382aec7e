package tenantrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Shops is TenantService: each method works on the caller's own shop. Use NewShops.
type Shops struct {
	tenants *tenant.Service
}

var _ storebotv1connect.TenantServiceHandler = (*Shops)(nil)

// NewShops returns the handler of TenantService.
func NewShops(tenants *tenant.Service) *Shops { return &Shops{tenants} }

// GetTenant returns the shop's settings.
func (s *Shops) GetTenant(ctx context.Context, _ *storebotv1.GetTenantRequest) (*storebotv1.GetTenantResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.Shop(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetTenantResponse{Tenant: shopToProto(shop)}, nil
}

// UpdateTenant replaces the shop's settings.
func (s *Shops) UpdateTenant(ctx context.Context, req *storebotv1.UpdateTenantRequest) (*storebotv1.UpdateTenantResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.UpdateShop(ctx, caller.Tenant, tenant.Settings{
		Name: req.GetName(), Language: req.GetLanguage(), TimeZone: req.GetTimeZone(),
	})
	if err != nil {
		return nil, err
	}
	return &storebotv1.UpdateTenantResponse{Tenant: shopToProto(shop)}, nil
}

// SetAllowedOrigins replaces the pages from which the widget may talk.
func (s *Shops) SetAllowedOrigins(ctx context.Context, req *storebotv1.SetAllowedOriginsRequest) (*storebotv1.SetAllowedOriginsResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.SetAllowedOrigins(ctx, caller.Tenant, req.GetAllowedOrigins())
	if err != nil {
		return nil, err
	}
	return &storebotv1.SetAllowedOriginsResponse{Tenant: shopToProto(shop)}, nil
}

// RotateKey makes a new publishable key.
func (s *Shops) RotateKey(ctx context.Context, _ *storebotv1.RotateKeyRequest) (*storebotv1.RotateKeyResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	shop, err := s.tenants.RotateKey(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.RotateKeyResponse{Tenant: shopToProto(shop)}, nil
}
