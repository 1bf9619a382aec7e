// Package tenant is who: the shops of an installation, the people who run
// them, and how each proves who they are. It holds the nouns, the rules and the
// errors; it does no I/O. SQL is in tenantpg, the RPC handlers are in tenantrpc.
package tenant

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// ID names one tenant. It is a type of its own, so that no other id can be
// passed where the tenant is meant, and it always comes right after ctx.
type ID struct{ uuid.UUID }

// NewID returns a random tenant id (UUID version 4: it tells nothing).
func NewID() ID { return ID{uuid.New()} }

// ParseID reads a tenant id in its usual text form.
func ParseID(s string) (ID, error) {
	u, err := uuid.Parse(s)
	return ID{u}, err
}

// A Status says whether a tenant's credentials work.
type Status string

// The statuses of a tenant, as stored.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
	Deleted   Status = "deleted" // nothing is left but its name in the directory
)

// Tenant is one shop of the installation.
type Tenant struct {
	ID        ID
	Slug      string // short name in commands and addresses: lower-case letters, digits, hyphens
	Name      string // the shop's name, as shoppers see it
	Language  string // BCP 47: en, zh-Hant or zh-Hans; the language of fixed texts
	TimeZone  string // IANA name
	Status    Status
	CreatedAt time.Time
}

// Errors of this domain. The gateway's one table turns them into codes and
// public texts.
var (
	ErrNotFound         = errors.New("tenant: not found")
	ErrSuspended        = errors.New("tenant: suspended")
	ErrEmailTaken       = errors.New("tenant: e-mail already registered")
	ErrSlugTaken        = errors.New("tenant: slug already in use")
	ErrBadCredentials   = errors.New("tenant: wrong e-mail or password")
	ErrUnauthenticated  = errors.New("tenant: no valid session or key")
	ErrPermissionDenied = errors.New("tenant: not allowed")
	ErrOriginForbidden  = errors.New("tenant: origin is not on the shop's list")
	ErrRateLimited      = errors.New("tenant: too many requests")
	ErrLastOwner        = errors.New("tenant: the shop's last owner")
	ErrAlreadyMember    = errors.New("tenant: already works in the shop")
	ErrLinkInvalid      = errors.New("tenant: link unknown, used or expired")
	ErrWorksElsewhere   = errors.New("tenant: works in other shops too")
	ErrNameMismatch     = errors.New("tenant: the typed name is not the shop's")
	ErrVisitReadOnly    = errors.New("tenant: a visit only reads")
	ErrPlatformOff      = errors.New("tenant: no database login for platform admins")
)
