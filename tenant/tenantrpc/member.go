package tenantrpc

import (
	"context"
	"time"

	"github.com/google/uuid"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

// ListMembers returns who works in the shop.
func (s *Shops) ListMembers(ctx context.Context, _ *storebotv1.ListMembersRequest) (*storebotv1.ListMembersResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.tenants.Members(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListMembersResponse{}
	for _, p := range people {
		out.Members = append(out.Members, &storebotv1.Member{
			Id: p.Account.String(), Email: p.Email, Role: string(p.Role),
			Since: timestamp(p.Since), LastSeenAt: timestamp(p.LastSeenAt), Current: p.Account == caller.Account,
		})
	}
	return out, nil
}

// named is the member who calls, and what the request names. Errors:
// tenant.ErrNotFound for what cannot be a name.
func named(ctx context.Context, id string) (tenant.Caller, uuid.UUID, error) {
	caller, err := member(ctx)
	if err != nil {
		return tenant.Caller{}, uuid.Nil, err
	}
	u, err := uuid.Parse(id)
	if err != nil {
		return tenant.Caller{}, uuid.Nil, tenant.ErrNotFound
	}
	return caller, u, nil
}

// SetMemberRole changes what a member may do.
func (s *Shops) SetMemberRole(ctx context.Context, req *storebotv1.SetMemberRoleRequest) (*storebotv1.SetMemberRoleResponse, error) {
	caller, account, err := named(ctx, req.GetId())
	if err != nil {
		return nil, err
	}
	if err := s.tenants.SetRole(ctx, caller.Tenant, account, tenant.Role(req.GetRole())); err != nil {
		return nil, err
	}
	return &storebotv1.SetMemberRoleResponse{}, nil
}

// RemoveMember takes a member out of the shop.
func (s *Shops) RemoveMember(ctx context.Context, req *storebotv1.RemoveMemberRequest) (*storebotv1.RemoveMemberResponse, error) {
	caller, account, err := named(ctx, req.GetId())
	if err != nil {
		return nil, err
	}
	if err := s.tenants.RemoveMember(ctx, caller.Tenant, account); err != nil {
		return nil, err
	}
	return &storebotv1.RemoveMemberResponse{}, nil
}

// MakeResetLink makes a link to a new password for a member.
func (s *Shops) MakeResetLink(ctx context.Context, req *storebotv1.MakeResetLinkRequest) (*storebotv1.MakeResetLinkResponse, error) {
	caller, account, err := named(ctx, req.GetId())
	if err != nil {
		return nil, err
	}
	token, err := s.tenants.MakeResetLink(ctx, caller.Tenant, account)
	if err != nil {
		return nil, err
	}
	return &storebotv1.MakeResetLinkResponse{Token: token, ExpiresAt: timestamp(time.Now().Add(tenant.ResetLife))}, nil
}

// ListInvitations returns the open ones.
func (s *Shops) ListInvitations(ctx context.Context, _ *storebotv1.ListInvitationsRequest) (*storebotv1.ListInvitationsResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.tenants.Invitations(ctx, caller.Tenant)
	if err != nil {
		return nil, err
	}
	out := &storebotv1.ListInvitationsResponse{}
	for _, i := range list {
		out.Invitations = append(out.Invitations, invitationToProto(i))
	}
	return out, nil
}

// Invite makes an invitation.
func (s *Shops) Invite(ctx context.Context, req *storebotv1.InviteRequest) (*storebotv1.InviteResponse, error) {
	caller, err := member(ctx)
	if err != nil {
		return nil, err
	}
	i, token, mailed, err := s.tenants.Invite(ctx, caller.Tenant, caller.Account, req.GetEmail(), tenant.Role(req.GetRole()))
	if err != nil {
		return nil, err
	}
	return &storebotv1.InviteResponse{Invitation: invitationToProto(i), Token: token, Mailed: mailed}, nil
}

// RevokeInvitation makes an invitation's link worthless.
func (s *Shops) RevokeInvitation(ctx context.Context, req *storebotv1.RevokeInvitationRequest) (*storebotv1.RevokeInvitationResponse, error) {
	caller, id, err := named(ctx, req.GetId())
	if err != nil {
		return nil, err
	}
	if err := s.tenants.RevokeInvitation(ctx, caller.Tenant, id); err != nil {
		return nil, err
	}
	return &storebotv1.RevokeInvitationResponse{}, nil
}
