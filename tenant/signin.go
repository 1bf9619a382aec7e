package tenant

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// SignUp makes a shop with its owner and signs the owner in; Email and Password
// must be given. token is the session's secret: it is not kept, only its hash.
// Errors: those of Create. ErrEmailTaken tells that an address is registered,
// which a sign-up that works at once can not hide; the caller limits its rate.
func (s *Service) SignUp(ctx context.Context, f Founding, userAgent string) (me Me, token string, err error) {
	if f.Email == "" {
		return Me{}, "", &FieldError{"email", "string.min_len", "is empty; write the address to sign in with"}
	}
	token, session := newSession(userAgent)
	founded, err := s.found(ctx, f, session)
	if err != nil {
		return Me{}, "", err
	}
	me, err = s.accounts.Me(ctx, founded.Shop.ID, founded.Owner.ID)
	return me, token, err
}

// LogIn starts a session in the shop that the account worked in last, else in the
// first that it works in and that is not suspended. An address nobody registered takes as long as a wrong
// password. Errors: ErrBadCredentials for either; ErrSuspended when the
// password is right and no shop is left; ErrRateLimited.
func (s *Service) LogIn(ctx context.Context, email, password, userAgent string) (me Me, token string, err error) {
	account, err := s.account(ctx, email)
	if err != nil {
		return Me{}, "", err
	}
	ok, err := s.hasher.Verify(ctx, password, account.PasswordHash)
	if err != nil {
		return Me{}, "", err
	}
	if !ok {
		return Me{}, "", ErrBadCredentials
	}
	id, err := s.workplace(ctx, account.ID)
	if err != nil {
		return Me{}, "", err
	}
	if me, err = s.accounts.Me(ctx, id, account.ID); err != nil {
		return Me{}, "", err
	}
	token, err = s.startSession(ctx, account.ID, id, userAgent)
	return me, token, err
}

// startSession signs an account in to a shop.
func (s *Service) startSession(ctx context.Context, account uuid.UUID, id ID, userAgent string) (token string, err error) {
	token, session := newSession(userAgent)
	session.Account, session.Tenant = account, id
	if err := s.sessions.AddSession(ctx, *session, SessionLife); err != nil {
		return "", err
	}
	return token, nil
}

// account returns the zero Account, whose hash is nobody's, for an unknown address.
func (s *Service) account(ctx context.Context, email string) (Account, error) {
	// What NormalizeEmail refuses is asked for all the same: a shorter way
	// would tell by its time.
	normal, err := NormalizeEmail(email)
	if err != nil {
		normal = ""
	}
	account, err := s.accounts.AccountByEmail(ctx, normal)
	if errors.Is(err, ErrNotFound) {
		return Account{}, nil
	}
	return account, err
}

func (s *Service) workplace(ctx context.Context, account uuid.UUID) (ID, error) {
	memberships, err := s.accounts.Memberships(ctx, account)
	if err != nil {
		return ID{}, err
	}
	// The one worked in last, before the others.
	slices.SortStableFunc(memberships, func(a, b Membership) int {
		switch {
		case a.Last == b.Last:
			return 0
		case a.Last:
			return -1
		}
		return 1
	})
	for _, m := range memberships {
		if m.Status == Active {
			return m.Tenant, nil
		}
	}
	if len(memberships) == 0 {
		return ID{}, ErrBadCredentials // removed from the last shop: nothing is left to sign in to
	}
	return ID{}, ErrSuspended
}

// maxUserAgent bounds what is kept of a browser's name for itself, in runes.
// It is only shown to its owner; what is longer loses its end.
const maxUserAgent = 300

func newSession(userAgent string) (token string, s *Session) {
	token = NewSessionToken()
	hash, _ := HashSessionToken(token)
	shown := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(userAgent, ""))
	if runes := []rune(shown); len(runes) > maxUserAgent {
		shown = string(runes[:maxUserAgent])
	}
	return token, &Session{Hash: hash, UserAgent: shown}
}
