package tenantrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Widgets answers WidgetService.
type Widgets struct{ widgets *tenant.Widgets }

var _ storebotv1connect.WidgetServiceHandler = (*Widgets)(nil)

// NewWidgets returns the handler of WidgetService.
func NewWidgets(widgets *tenant.Widgets) *Widgets { return &Widgets{widgets} }

// GetLook returns how the shop's widget looks.
func (w *Widgets) GetLook(ctx context.Context, _ *storebotv1.GetLookRequest) (*storebotv1.GetLookResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	look, err := w.widgets.Look(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	since, err := w.widgets.IdentitySecretSince(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetLookResponse{Look: lookToProto(look), Hosted: look.Hosted}
	if !since.IsZero() {
		res.IdentitySecretSince = since.Unix()
	}
	return res, nil
}

// SetLook replaces how the shop's widget looks.
func (w *Widgets) SetLook(ctx context.Context, req *storebotv1.SetLookRequest) (*storebotv1.SetLookResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	l := req.GetLook()
	look, err := w.widgets.SetLook(ctx, caller.Tenant, tenant.Look{Color: l.GetColor(), Side: l.GetSide(), Label: l.GetLabel(), Hosted: req.GetHosted()})
	if err != nil {
		return nil, err
	}
	return &storebotv1.SetLookResponse{Look: lookToProto(look), Hosted: look.Hosted}, nil
}

// RotateIdentitySecret makes a new identity secret and shows it this once.
func (w *Widgets) RotateIdentitySecret(ctx context.Context, _ *storebotv1.RotateIdentitySecretRequest) (*storebotv1.RotateIdentitySecretResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := w.widgets.RotateIdentitySecret(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.RotateIdentitySecretResponse{Secret: secret}, nil
}

func lookToProto(l tenant.Look) *storebotv1.Look {
	return &storebotv1.Look{Color: l.Color, Side: l.Side, Label: l.Label}
}
