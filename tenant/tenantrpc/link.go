package tenantrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
)

// ChangePassword changes the person's own password.
func (a *Accounts) ChangePassword(ctx context.Context, req *storebotv1.ChangePasswordRequest) (*storebotv1.ChangePasswordResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.tenants.ChangePassword(ctx, caller.Account, caller.Session, req.GetCurrent(), req.GetPassword()); err != nil {
		return nil, err
	}
	return &storebotv1.ChangePasswordResponse{}, nil
}

// RequestPasswordReset answers the same for every address.
func (a *Accounts) RequestPasswordReset(ctx context.Context, req *storebotv1.RequestPasswordResetRequest) (*storebotv1.RequestPasswordResetResponse, error) {
	return &storebotv1.RequestPasswordResetResponse{Mails: a.tenants.RequestPasswordReset(ctx, req.GetEmail())}, nil
}

// ResetPassword uses a link up.
func (a *Accounts) ResetPassword(ctx context.Context, req *storebotv1.ResetPasswordRequest) (*storebotv1.ResetPasswordResponse, error) {
	if err := a.tenants.ResetPassword(ctx, req.GetToken(), req.GetPassword()); err != nil {
		return nil, err
	}
	return &storebotv1.ResetPasswordResponse{}, nil
}

// GetInvitation says what a link invites to.
func (a *Accounts) GetInvitation(ctx context.Context, req *storebotv1.GetInvitationRequest) (*storebotv1.GetInvitationResponse, error) {
	i, err := a.tenants.Invitation(ctx, req.GetToken())
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetInvitationResponse{
		ShopName: i.ShopName, Email: i.Email, Role: string(i.Role), InvitedBy: i.InvitedBy, ExpiresAt: timestamp(i.ExpiresAt),
	}, nil
}

// AcceptInvitation uses a link up and signs in.
func (a *Accounts) AcceptInvitation(ctx context.Context, req *storebotv1.AcceptInvitationRequest) (*storebotv1.AcceptInvitationResponse, error) {
	me, token, err := a.tenants.AcceptInvitation(ctx, req.GetToken(), req.GetPassword(), userAgent(ctx))
	if err != nil {
		return nil, err
	}
	if err := setCookie(ctx, token, a.cfg.Secure); err != nil {
		return nil, err
	}
	return &storebotv1.AcceptInvitationResponse{Me: meToProto(me)}, nil
}
