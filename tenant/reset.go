package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// ResetLife is how long a link to a new password works.
const ResetLife = 30 * time.Minute

// RequestPasswordReset mails a link to a new password to the address, if there
// is an account with it. Whether there is can be told neither by the answer nor
// by its time: the looking up happens after it. It reports whether this
// installation sends mail at all.
func (s *Service) RequestPasswordReset(ctx context.Context, email string) bool {
	if !s.Mails() {
		return false
	}
	s.mail(ctx, func(ctx context.Context) error {
		account, err := s.account(ctx, email)
		if err != nil || account.ID == uuid.Nil {
			return err
		}
		token, err := s.resetToken(ctx, account.ID)
		if err != nil {
			return err
		}
		language := "en"
		if memberships, err := s.accounts.Memberships(ctx, account.ID); err == nil && len(memberships) > 0 {
			if me, err := s.accounts.Me(ctx, memberships[0].Tenant, account.ID); err == nil {
				language = me.Tenant.Language
			}
		}
		subject, text := resetMail(language, s.publicURL+"/console/reset#"+token)
		return s.mailer.SendMail(ctx, account.Email, subject, text)
	})
	return true
}

func (s *Service) resetToken(ctx context.Context, account uuid.UUID) (string, error) {
	token, hash := newToken(resetPrefix)
	return token, s.people.AddReset(ctx, account, hash, ResetLife)
}

// MakeResetLink returns the secret of a link by which a member of the shop can
// choose a new password within ResetLife. It is for people who work in this
// shop alone: who owns one shop must not come into another. Errors: ErrNotFound;
// ErrWorksElsewhere.
func (s *Service) MakeResetLink(ctx context.Context, id ID, account uuid.UUID) (string, error) {
	if _, err := s.accounts.Me(ctx, id, account); err != nil {
		return "", err
	}
	memberships, err := s.accounts.Memberships(ctx, account)
	if err != nil {
		return "", err
	}
	if len(memberships) != 1 {
		return "", ErrWorksElsewhere
	}
	return s.resetToken(ctx, account)
}

// ResetPassword changes the password that a link is for and ends every session
// of its account; the link is used up. Errors: ErrLinkInvalid, the same for an
// unknown, an expired and a used link; FieldErrors with the path password,
// after which the link still works.
func (s *Service) ResetPassword(ctx context.Context, token, password string) error {
	hash, ok := hashSecret(token, resetPrefix)
	if !ok {
		return ErrLinkInvalid
	}
	account, err := s.people.AccountByReset(ctx, hash)
	if err != nil {
		return err
	}
	if err := CheckPassword(password, account.Email); err != nil {
		return err
	}
	stored, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.people.Reset(ctx, hash, stored)
}

// ChangePassword changes an account's password, for whoever knows the current
// one; all its sessions but the asking one end. Errors: ErrBadCredentials;
// FieldErrors with the path password.
func (s *Service) ChangePassword(ctx context.Context, account uuid.UUID, session []byte, current, password string) error {
	if len(session) != len(Hash{}) {
		return ErrUnauthenticated
	}
	a, err := s.people.Account(ctx, account)
	if err != nil {
		return err
	}
	right, err := s.hasher.Verify(ctx, current, a.PasswordHash)
	switch {
	case err != nil:
		return err
	case !right:
		return ErrBadCredentials
	}
	if err := CheckPassword(password, a.Email); err != nil {
		return err
	}
	stored, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.people.SetPassword(ctx, account, stored, Hash(session))
}
