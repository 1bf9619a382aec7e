package tenant

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Admin is one of those who run the installation. Admins are no members of any
// shop, and have no way into a shop's tables.
type Admin struct {
	ID           uuid.UUID
	Email        string // normalised
	PasswordHash string // empty: none was chosen yet
}

const (
	// AdminSessionLife is how long an admin's session lasts after it was last seen.
	AdminSessionLife = 12 * time.Hour
	// LinkLife is how long an admin's one-time link works.
	LinkLife = 24 * time.Hour
)

// An Act is one line of the audit: who did what to which shop, when and why.
type Act struct {
	At     time.Time // the store's
	Admin  string    // the admin's e-mail, or the command line
	Act    string    // a fixed word
	Tenant ID        // zero: none
	Slug   string    // of Tenant
	Reason string    // in the admin's words; empty where none is asked for
	Detail string    // what changed, as "messages_month 100 -> 200"
}

// A Row is what the platform sees of a shop: no content.
type Row struct {
	Listing
	DeleteAt     time.Time // zero: it stays
	Deleted      Receipt   // of a deleted shop
	Usage        Usage
	Quota        Quota
	Members      int
	MemberSeenAt time.Time // zero: nobody is signed in
	AskedAt      time.Time // zero: not in this month or the last
}

// RowQuery chooses shops. Status is a Status, "deleting" or empty for all.
type RowQuery struct {
	Search string // part of the name or the slug
	Status string
	After  string // where to go on: the slug before the first one wanted
	Limit  int
}

// AuditQuery chooses lines of the audit, the last first.
type AuditQuery struct {
	Slug, Admin string // empty: all; Admin is part of the address
	Before      int64  // where to go on: the number after the first one wanted; 0: at the end
	Limit       int
}

// A Line is an Act with its number, for paging.
type Line struct {
	Number int64
	Act
}

// Admins keeps admins, what they may do, and the audit. Each method that takes
// an Act does what it says and stores the act in one transaction, or neither.
type Admins interface {
	// AddLink makes an admin if there is none with that address, and gives him a
	// link that ends life from now in place of the ones he has.
	AddLink(ctx context.Context, email string, hash Hash, life time.Duration, a Act) error
	// AdminByLink returns whose link this is. Errors: ErrLinkInvalid.
	AdminByLink(ctx context.Context, hash Hash) (Admin, error)
	// OpenLink uses the link up, sets the password, ends the admin's sessions
	// and starts one. Errors: ErrLinkInvalid.
	OpenLink(ctx context.Context, link Hash, passwordHash string, s Session, life time.Duration, a Act) error
	// AdminByEmail returns an admin who is not disabled. Errors: ErrNotFound.
	AdminByEmail(ctx context.Context, email string) (Admin, error)
	// AddAdminSession starts a session.
	AddAdminSession(ctx context.Context, s Session, life time.Duration, a Act) error
	// AdminBySession returns whose session this is and lets it end life from
	// now. Errors: ErrNotFound.
	AdminBySession(ctx context.Context, hash Hash, life time.Duration) (Admin, error)
	// RemoveAdminSession ends a session; one that has ended is no error.
	RemoveAdminSession(ctx context.Context, hash Hash) error

	// Rows returns shops by slug, and how many there are in all.
	Rows(ctx context.Context, q RowQuery) ([]Row, int64, error)
	// SetStatusAs suspends or resumes a shop. Errors: ErrNotFound, also for a
	// deleted one.
	SetStatusAs(ctx context.Context, status Status, a Act) error
	// SetQuotaAs replaces a shop's quota. Errors: ErrNotFound.
	SetQuotaAs(ctx context.Context, q Quota, a Act) error
	// AddVisit opens a shop to its holder. Errors: ErrNotFound.
	AddVisit(ctx context.Context, hash Hash, life time.Duration, a Act) (expires time.Time, err error)
	// AddResetAs makes a link to a new password for the account with that
	// address. Errors: ErrNotFound.
	AddResetAs(ctx context.Context, email string, hash Hash, life time.Duration, a Act) error
	// Note stores an act that is done elsewhere.
	Note(ctx context.Context, a Act) error
	// Audit returns lines, the last first.
	Audit(ctx context.Context, q AuditQuery) ([]Line, error)
}

// Platform holds the verbs of those who run the installation. Use NewPlatform.
type Platform struct {
	admins Admins
	hasher Hasher
	log    *slog.Logger
}

// NewPlatform returns a Platform over admins; nil: this installation has no
// database login for them, and every verb fails with ErrPlatformOff.
func NewPlatform(admins Admins, hasher Hasher, log *slog.Logger) *Platform {
	if log == nil {
		log = slog.Default()
	}
	return &Platform{admins, hasher, log}
}

func (p *Platform) on() error {
	if p.admins == nil {
		return ErrPlatformOff
	}
	return nil
}

// CommandLine is who acts when a command does.
const CommandLine = "command line"

// CreateAdmin makes an admin, or lets an existing one choose a new password, and
// returns the secret of a one-time link; there is no default password. Errors:
// a FieldError with the path email.
func (p *Platform) CreateAdmin(ctx context.Context, by, email string) (token string, err error) {
	if err := p.on(); err != nil {
		return "", err
	}
	if email, err = NormalizeEmail(email); err != nil {
		return "", err
	}
	token, hash := newToken(linkPrefix)
	return token, p.admins.AddLink(ctx, email, hash, LinkLife, Act{Admin: by, Act: "create_admin", Detail: email})
}

// OpenLink takes a link's secret once, sets the password and signs in. Errors:
// ErrLinkInvalid; FieldErrors with the path password, after which it still works.
func (p *Platform) OpenLink(ctx context.Context, token, password, userAgent string) (Admin, string, error) {
	if err := p.on(); err != nil {
		return Admin{}, "", err
	}
	hash, ok := hashSecret(token, linkPrefix)
	if !ok {
		return Admin{}, "", ErrLinkInvalid
	}
	admin, err := p.admins.AdminByLink(ctx, hash)
	if err != nil {
		return Admin{}, "", err
	}
	if err := CheckPassword(password, admin.Email); err != nil {
		return Admin{}, "", err
	}
	stored, err := p.hasher.Hash(ctx, password)
	if err != nil {
		return Admin{}, "", err
	}
	secret, session := newAdminSession(admin, userAgent)
	return admin, secret, p.admins.OpenLink(ctx, hash, stored, session, AdminSessionLife, Act{Admin: admin.Email, Act: "open_link"})
}

func newAdminSession(admin Admin, userAgent string) (string, Session) {
	secret, hash := newToken(adminPrefix)
	_, shown := newSession(userAgent)
	return secret, Session{Hash: hash, Account: admin.ID, UserAgent: shown.UserAgent}
}

// LogIn starts an admin's session. Errors: ErrBadCredentials, the same and as
// late for an address that no admin has; ErrRateLimited.
func (p *Platform) LogIn(ctx context.Context, email, password, userAgent string) (Admin, string, error) {
	if err := p.on(); err != nil {
		return Admin{}, "", err
	}
	normal, err := NormalizeEmail(email)
	if err != nil {
		normal = ""
	}
	admin, err := p.admins.AdminByEmail(ctx, normal)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Admin{}, "", err
	}
	right, err := p.hasher.Verify(ctx, password, admin.PasswordHash)
	switch {
	case err != nil:
		return Admin{}, "", err
	case !right:
		return Admin{}, "", ErrBadCredentials
	}
	secret, session := newAdminSession(admin, userAgent)
	return admin, secret, p.admins.AddAdminSession(ctx, session, AdminSessionLife, Act{Admin: admin.Email, Act: "log_in"})
}

// CallerByAdminSession returns the Platform caller that a session's secret
// proves. Errors: ErrUnauthenticated.
func (p *Platform) CallerByAdminSession(ctx context.Context, token string) (Caller, error) {
	hash, ok := hashSecret(token, adminPrefix)
	if !ok || p.admins == nil {
		return Caller{}, ErrUnauthenticated
	}
	admin, err := p.admins.AdminBySession(ctx, hash, AdminSessionLife)
	if errors.Is(err, ErrNotFound) {
		return Caller{}, ErrUnauthenticated
	}
	if err != nil {
		return Caller{}, err
	}
	return Caller{Kind: PlatformAdmin, Account: admin.ID, Email: admin.Email, Session: hash[:]}, nil
}

// LogOut ends an admin's session.
func (p *Platform) LogOut(ctx context.Context, session []byte) error {
	if len(session) != len(Hash{}) {
		return ErrUnauthenticated
	}
	return p.admins.RemoveAdminSession(ctx, Hash(session))
}

// Rows returns a page of shops by slug, and how many there are in all.
func (p *Platform) Rows(ctx context.Context, q RowQuery) ([]Row, int64, error) {
	return p.admins.Rows(ctx, q)
}

// Suspend makes every credential of the shop fail within a second. Errors: ErrNotFound.
func (p *Platform) Suspend(ctx context.Context, by string, id ID, reason string) error {
	return p.admins.SetStatusAs(ctx, Suspended, Act{Admin: by, Act: "suspend", Tenant: id, Reason: reason})
}

// Resume undoes Suspend. Errors: ErrNotFound.
func (p *Platform) Resume(ctx context.Context, by string, id ID, reason string) error {
	return p.admins.SetStatusAs(ctx, Active, Act{Admin: by, Act: "resume", Tenant: id, Reason: reason})
}

// SetQuota replaces what the shop may use, in effect within seconds. Errors: ErrNotFound.
func (p *Platform) SetQuota(ctx context.Context, by string, id ID, q Quota, reason string) error {
	return p.admins.SetQuotaAs(ctx, q, Act{Admin: by, Act: "set_quota", Tenant: id, Reason: reason})
}

// Enter opens the shop's console to read, for some time; the shop sees who and
// why. token is the session's secret. Errors: ErrNotFound.
func (p *Platform) Enter(ctx context.Context, by string, id ID, reason string, life time.Duration) (token string, expires time.Time, err error) {
	token, hash := newToken(visitPrefix)
	expires, err = p.admins.AddVisit(ctx, hash, life, Act{Admin: by, Act: "enter", Tenant: id, Reason: reason, Detail: strconv.Itoa(int(life.Minutes())) + " min"})
	return token, expires, err
}

// MakeResetLink returns the secret of a link to a new password for the account
// with that address. Errors: ErrNotFound.
func (p *Platform) MakeResetLink(ctx context.Context, by, email, reason string) (string, error) {
	normal, err := NormalizeEmail(email)
	if err != nil {
		return "", err
	}
	token, hash := newToken(resetPrefix)
	return token, p.admins.AddResetAs(ctx, normal, hash, ResetLife, Act{Admin: by, Act: "reset_link", Reason: reason, Detail: normal})
}

// Note stores an act that is done elsewhere, before it is done.
func (p *Platform) Note(ctx context.Context, a Act) error { return p.admins.Note(ctx, a) }

// Audit returns lines of the audit, the last first.
func (p *Platform) Audit(ctx context.Context, q AuditQuery) ([]Line, error) {
	return p.admins.Audit(ctx, q)
}
