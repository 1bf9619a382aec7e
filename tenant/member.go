package tenant

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Person is a person who works in a shop.
type Person struct {
	Account    uuid.UUID
	Email      string
	Role       Role
	Since      time.Time
	LastSeenAt time.Time // zero: not signed in to this shop now
}

// Invitation asks a person to work in a shop. Its link's secret is not kept.
type Invitation struct {
	ID        uuid.UUID
	Email     string // normalised
	Role      Role
	InvitedBy string // the e-mail of who made it
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Invited is what an invitation's secret tells its holder.
type Invited struct {
	Invitation
	Tenant   ID
	ShopName string
	Status   Status
}

// InvitationLife is how long an invitation can be accepted.
const InvitationLife = 7 * 24 * time.Hour

// People keeps who works where, and the one-time links by which people come in.
// Its own clock decides when a link has ended.
type People interface {
	// Members returns the shop's members, the oldest first.
	Members(ctx context.Context, id ID) ([]Person, error)
	// SetRole changes a member's role. Errors: ErrNotFound; ErrLastOwner when
	// nobody would own the shop.
	SetRole(ctx context.Context, id ID, account uuid.UUID, role Role) error
	// RemoveMember takes a member out of the shop, with his sessions there.
	// Errors: as of SetRole.
	RemoveMember(ctx context.Context, id ID, account uuid.UUID) error
	// Invitations returns those that can be accepted, the oldest first.
	Invitations(ctx context.Context, id ID) ([]Invitation, error)
	// AddInvitation stores an invitation that ends life from now, in place of
	// an open one to the same address. Errors: ErrAlreadyMember.
	AddInvitation(ctx context.Context, id ID, i Invitation, hash Hash, life time.Duration) (Invitation, error)
	// RemoveInvitation makes an open invitation's link worthless. Errors: ErrNotFound.
	RemoveInvitation(ctx context.Context, id ID, invitation uuid.UUID) error
	// InvitationByHash returns an open invitation. Errors: ErrLinkInvalid.
	InvitationByHash(ctx context.Context, hash Hash) (Invited, error)
	// Accept uses an open invitation up: account, which is made if fresh, works
	// in the shop from now on and has session. Errors: ErrLinkInvalid;
	// ErrEmailTaken when a fresh account's address was taken meanwhile.
	Accept(ctx context.Context, hash Hash, account Account, fresh bool, session Session, life time.Duration) error

	// AddReset stores a link to a new password that ends life from now.
	AddReset(ctx context.Context, account uuid.UUID, hash Hash, life time.Duration) error
	// AccountByReset returns whose password an open link changes. Errors: ErrLinkInvalid.
	AccountByReset(ctx context.Context, hash Hash) (Account, error)
	// Reset uses an open link up: the password is changed, and the account's
	// sessions and other links end. Errors: ErrLinkInvalid.
	Reset(ctx context.Context, hash Hash, passwordHash string) error
	// Account returns an account. Errors: ErrNotFound.
	Account(ctx context.Context, account uuid.UUID) (Account, error)
	// SetPassword changes an account's password; its sessions but keep, and its
	// open links, end.
	SetPassword(ctx context.Context, account uuid.UUID, passwordHash string, keep Hash) error

	// Visits returns the last visits to the shop, the last first.
	Visits(ctx context.Context, id ID, limit int) ([]Visit, error)
}

// Members returns the shop's members, the oldest first.
func (s *Service) Members(ctx context.Context, id ID) ([]Person, error) {
	return s.people.Members(ctx, id)
}

// SetRole changes what a member may do, at once. Errors: ErrNotFound, ErrLastOwner.
func (s *Service) SetRole(ctx context.Context, id ID, account uuid.UUID, role Role) error {
	return s.people.SetRole(ctx, id, account, role)
}

// RemoveMember takes a member out of the shop; his sessions there end at once.
// Errors: ErrNotFound, ErrLastOwner.
func (s *Service) RemoveMember(ctx context.Context, id ID, account uuid.UUID) error {
	return s.people.RemoveMember(ctx, id, account)
}

// Invitations returns the invitations that can still be accepted.
func (s *Service) Invitations(ctx context.Context, id ID) ([]Invitation, error) {
	return s.people.Invitations(ctx, id)
}

// Invite makes an invitation and its link's secret, which is not kept; mailed
// says that it is on its way by mail too. A second invitation of an address
// replaces the first. Errors: a FieldError with the path email; ErrAlreadyMember.
func (s *Service) Invite(ctx context.Context, id ID, by uuid.UUID, email string, role Role) (i Invitation, token string, mailed bool, err error) {
	if email, err = NormalizeEmail(email); err != nil {
		return Invitation{}, "", false, err
	}
	inviter, err := s.accounts.Me(ctx, id, by)
	if err != nil {
		return Invitation{}, "", false, err
	}
	token, hash := newToken(invitePrefix)
	i, err = s.people.AddInvitation(ctx, id, Invitation{ID: uuid.New(), Email: email, Role: role, InvitedBy: inviter.Email}, hash, InvitationLife)
	if err != nil {
		return Invitation{}, "", false, err
	}
	if s.Mails() {
		subject, text := invitationMail(inviter.Tenant, inviter.Email, s.publicURL+"/console/join#"+token)
		mailed = s.mail(ctx, func(ctx context.Context) error { return s.mailer.SendMail(ctx, email, subject, text) })
	}
	return i, token, mailed, nil
}

// RevokeInvitation makes an invitation's link worthless. Errors: ErrNotFound.
func (s *Service) RevokeInvitation(ctx context.Context, id ID, invitation uuid.UUID) error {
	return s.people.RemoveInvitation(ctx, id, invitation)
}

// Invitation returns what a link invites to. Errors: ErrLinkInvalid.
func (s *Service) Invitation(ctx context.Context, token string) (Invited, error) {
	hash, ok := hashSecret(token, invitePrefix)
	if !ok {
		return Invited{}, ErrLinkInvalid
	}
	return s.people.InvitationByHash(ctx, hash)
}

// AcceptInvitation lets the invited person in and signs them in. If there is an
// account with the invited address, password must be its own; otherwise it is
// that of a new one. Errors: ErrLinkInvalid; ErrBadCredentials; FieldErrors
// with the path password; ErrSuspended.
func (s *Service) AcceptInvitation(ctx context.Context, token, password, userAgent string) (Me, string, error) {
	hash, ok := hashSecret(token, invitePrefix)
	if !ok {
		return Me{}, "", ErrLinkInvalid
	}
	invited, err := s.people.InvitationByHash(ctx, hash)
	switch {
	case err != nil:
		return Me{}, "", err
	case invited.Status != Active:
		return Me{}, "", ErrSuspended
	}
	account, err := s.account(ctx, invited.Email)
	if err != nil {
		return Me{}, "", err
	}
	fresh := account.ID == uuid.Nil
	if fresh {
		if err := CheckPassword(password, invited.Email); err != nil {
			return Me{}, "", err
		}
		account = Account{ID: uuid.New(), Email: invited.Email}
		if account.PasswordHash, err = s.hasher.Hash(ctx, password); err != nil {
			return Me{}, "", err
		}
	} else if right, err := s.hasher.Verify(ctx, password, account.PasswordHash); err != nil {
		return Me{}, "", err
	} else if !right {
		return Me{}, "", ErrBadCredentials
	}
	secret, session := newSession(userAgent)
	session.Account, session.Tenant = account.ID, invited.Tenant
	if err := s.people.Accept(ctx, hash, account, fresh, *session, SessionLife); err != nil {
		return Me{}, "", fmt.Errorf("accept an invitation: %w", err)
	}
	me, err := s.accounts.Me(ctx, invited.Tenant, account.ID)
	return me, secret, err
}
