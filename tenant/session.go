package tenant

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
)

const (
	// SessionLife is how long a session lasts after it was last seen.
	SessionLife = 30 * 24 * time.Hour
	// SeenEvery is how often, at most, a session is noted as seen.
	SeenEvery = time.Minute
)

// CallerBySession returns the Member that a session's secret proves; Address is
// left to the gateway. It asks the store each time, so what was revoked or
// suspended is refused at once. Errors: ErrUnauthenticated; ErrSuspended.
func (s *Service) CallerBySession(ctx context.Context, token string) (Caller, error) {
	hash, ok := HashSessionToken(token)
	if !ok {
		return s.callerByVisit(ctx, token)
	}
	in, err := s.sessions.SessionByHash(ctx, hash, SeenEvery)
	switch {
	case errors.Is(err, ErrNotFound):
		return Caller{}, ErrUnauthenticated
	case err != nil:
		return Caller{}, err
	case in.Status != Active:
		return Caller{}, ErrSuspended
	}
	if in.Stale {
		// A store that takes no writes, on a full disk, must not lock people out.
		if err := s.sessions.TouchSession(ctx, hash, SessionLife); err != nil {
			s.log.WarnContext(ctx, "session not noted as seen", "tenant", in.Tenant.String(), "error", err)
		}
	}
	return Caller{Kind: Member, Tenant: in.Tenant, Account: in.Account, Role: in.Role, Session: hash[:]}, nil
}

// callerByVisit is CallerBySession for a platform admin who looks at a shop: an
// owner without an account, who sees all that there is and whom the gateway lets read
// and nothing else. A suspended shop can be looked at.
func (s *Service) callerByVisit(ctx context.Context, token string) (Caller, error) {
	hash, ok := hashSecret(token, visitPrefix)
	if !ok {
		return Caller{}, ErrUnauthenticated
	}
	id, visit, err := s.sessions.VisitByHash(ctx, hash)
	if errors.Is(err, ErrNotFound) {
		return Caller{}, ErrUnauthenticated
	}
	if err != nil {
		return Caller{}, err
	}
	return Caller{Kind: Member, Tenant: id, Role: Owner, Session: hash[:], Visit: &visit}, nil
}

// LeaveVisit ends a platform admin's look at a shop.
func (s *Service) LeaveVisit(ctx context.Context, hash []byte) error {
	if len(hash) != len(Hash{}) {
		return ErrUnauthenticated
	}
	return s.sessions.EndVisit(ctx, Hash(hash))
}

// LogOut ends a session of the account. One that has ended already is no error.
func (s *Service) LogOut(ctx context.Context, account uuid.UUID, hash []byte) error {
	if len(hash) != len(Hash{}) {
		return ErrUnauthenticated
	}
	if err := s.sessions.RemoveSession(ctx, account, Hash(hash)); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

// ListSessions returns the account's sessions that have not ended, the last seen first.
func (s *Service) ListSessions(ctx context.Context, account uuid.UUID) ([]Session, error) {
	return s.sessions.SessionsOf(ctx, account)
}

// RevokeSession ends the account's session of that id (Session.ID) at once.
// Errors: ErrNotFound, the same for another account's and for none.
func (s *Service) RevokeSession(ctx context.Context, account uuid.UUID, id string) error {
	hash, ok := hashOfSession(id)
	if !ok {
		return ErrNotFound
	}
	return s.sessions.RemoveSession(ctx, account, hash)
}

// Workplaces returns the shops that the account works in, the one joined first first.
func (s *Service) Workplaces(ctx context.Context, account uuid.UUID) ([]Membership, error) {
	return s.accounts.Memberships(ctx, account)
}

// EnterShop starts a session in another shop that the caller works in, in the
// place of his session; token is its secret, "" when he is there already. Errors:
// ErrNotFound, the same for a shop of others and for none; ErrSuspended.
func (s *Service) EnterShop(ctx context.Context, caller Caller, id ID, userAgent string) (me Me, token string, err error) {
	memberships, err := s.accounts.Memberships(ctx, caller.Account)
	if err != nil {
		return Me{}, "", err
	}
	at := slices.IndexFunc(memberships, func(m Membership) bool { return m.Tenant == id })
	if at < 0 {
		return Me{}, "", ErrNotFound
	}
	if memberships[at].Status != Active {
		return Me{}, "", ErrSuspended
	}
	if me, err = s.accounts.Me(ctx, id, caller.Account); err != nil || id == caller.Tenant {
		return me, "", err
	}
	if token, err = s.startSession(ctx, caller.Account, id, userAgent); err != nil {
		return Me{}, "", err
	}
	return me, token, s.LogOut(ctx, caller.Account, caller.Session)
}

// Me returns who the account is in the shop. Errors: ErrNotFound.
func (s *Service) Me(ctx context.Context, id ID, account uuid.UUID) (Me, error) {
	return s.accounts.Me(ctx, id, account)
}
