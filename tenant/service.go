package tenant

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Accounts keeps people and the shops they work in.
type Accounts interface {
	// AccountByEmail returns the account of a normalised address. Errors: ErrNotFound.
	AccountByEmail(ctx context.Context, email string) (Account, error)
	// Memberships returns the shops an account works in, the oldest first; it may be none.
	Memberships(ctx context.Context, account uuid.UUID) ([]Membership, error)
	// Me returns a member of a shop by name. Errors: ErrNotFound when it is not one.
	Me(ctx context.Context, id ID, account uuid.UUID) (Me, error)
}

// Sessions keeps sign-ins. Its own clock alone decides when one has ended, so
// that servers whose clocks differ agree.
type Sessions interface {
	// AddSession stores a session that ends life from now, and forgets the
	// account's ended ones.
	AddSession(ctx context.Context, s Session, life time.Duration) error
	// SessionByHash returns whom a session that has not ended stands for;
	// SignedIn.Stale says whether it was last touched more than seenEvery ago.
	// Errors: ErrNotFound, also when the account no longer works in the shop.
	SessionByHash(ctx context.Context, hash Hash, seenEvery time.Duration) (SignedIn, error)
	// TouchSession notes that the session was seen and lets it end life from now.
	TouchSession(ctx context.Context, hash Hash, life time.Duration) error
	// SessionsOf returns an account's sessions that have not ended, the last seen first.
	SessionsOf(ctx context.Context, account uuid.UUID) ([]Session, error)
	// RemoveSession ends a session of the account at once. Errors: ErrNotFound,
	// also when it is another account's.
	RemoveSession(ctx context.Context, account uuid.UUID, hash Hash) error
	// VisitByHash returns the shop that a visit looks at, while it has not
	// ended. Errors: ErrNotFound.
	VisitByHash(ctx context.Context, hash Hash) (ID, Visit, error)
	// EndVisit ends a visit at once; one that has ended is no error.
	EndVisit(ctx context.Context, hash Hash) error
}

// Shops keeps each shop's settings and publishable key.
type Shops interface {
	// Found stores a new shop and all that comes with it, or nothing. Errors:
	// ErrSlugTaken, ErrEmailTaken.
	Found(ctx context.Context, f Founded) error
	// Shop returns one shop. Errors: ErrNotFound.
	Shop(ctx context.Context, id ID) (Shop, error)
	// UpdateShop replaces a shop's settings. Errors: ErrNotFound.
	UpdateShop(ctx context.Context, id ID, s Settings) error
	// SetAllowedOrigins replaces the list of the shop's key. Errors: ErrNotFound.
	SetAllowedOrigins(ctx context.Context, id ID, origins []string) error
	// ReplaceKey revokes the shop's key and puts key in its place, with the same
	// origins. Errors: ErrNotFound.
	ReplaceKey(ctx context.Context, id ID, key string, hash Hash) error
	// MarkSeen notes that the widget was opened on the shop's page, at most once in every.
	MarkSeen(ctx context.Context, id ID, every time.Duration) error
	// SetRetention sets after how many days conversations go. Errors: ErrNotFound.
	SetRetention(ctx context.Context, id ID, days int) error
	// SetDeletion has the shop deleted after so long; 0: not at all. Errors: ErrNotFound.
	SetDeletion(ctx context.Context, id ID, after time.Duration) error
	// ExportShop writes everything of the shop as a ZIP file. Errors: ErrNotFound.
	ExportShop(ctx context.Context, id ID, to io.Writer) error
	// Erase deletes everything of the shop but its id. Errors: ErrNotFound.
	Erase(ctx context.Context, id ID) (Receipt, error)
	// DropExpired deletes conversations that are older than the shop keeps
	// them, and versions of entries and products that were replaced more than KeepVersionsDays
	// ago, at most limit of each; more says that there may be more.
	DropExpired(ctx context.Context, id ID, limit int) (more bool, err error)
}

// Directory finds shops before it is known which one is meant.
type Directory interface {
	// KeyByHash returns what a key that is not revoked opens. Errors: ErrNotFound.
	KeyByHash(ctx context.Context, hash Hash) (KeyInfo, error)
	// ChangesSince returns what changed after a revision; any revision that was
	// never returned, as -1, gives a Changes that is not complete. A change is in
	// it as soon as it is committed.
	ChangesSince(ctx context.Context, revision int64) (Changes, error)
	// TenantBySlug returns the shop that is called slug. Errors: ErrNotFound.
	TenantBySlug(ctx context.Context, slug string) (Tenant, error)
	// Overdue returns shops whose time to be deleted has come, at most limit.
	Overdue(ctx context.Context, limit int) ([]ID, error)
	// Tenants returns every shop, the oldest first.
	Tenants(ctx context.Context) ([]Listing, error)
}

// A Hasher turns passwords into what is stored of them.
type Hasher interface {
	// Hash returns the hash of a password, with a salt of its own. Errors:
	// ErrRateLimited when too many wait for a turn.
	Hash(ctx context.Context, password string) (string, error)
	// Verify reports whether password made hash. An empty hash is nobody's: it
	// must take as long as any other, and be false. Errors: as of Hash.
	Verify(ctx context.Context, password, hash string) (bool, error)
}

// A Mailer sends a mail of plain text to one address.
type Mailer interface {
	SendMail(ctx context.Context, to, subject, text string) error
}

// Config is what a Service works with. Mailer, Log and Now may be nil.
type Config struct {
	Accounts  Accounts
	Sessions  Sessions
	Shops     Shops
	Directory Directory
	People    People
	Usages    Usages
	Hasher    Hasher
	Mailer    Mailer           // nil: links are shown to whoever makes them, and not mailed
	PublicURL string           // the console's address in mails, as https://bot.example; needed with Mailer
	Log       *slog.Logger     // default: slog.Default()
	Now       func() time.Time // of what is kept in memory: keys and counts; default: time.Now
}

// Service holds the verbs of this domain. Use New. Its methods are safe for
// concurrent use.
type Service struct {
	accounts  Accounts
	sessions  Sessions
	shops     Shops
	directory Directory
	people    People
	usages    Usages
	hasher    Hasher
	mailer    Mailer
	publicURL string
	log       *slog.Logger
	keys      *keyCache
	meter     *meter
	mailing   chan struct{} // taken by each mail on its way
}

// New returns a Service. It starts nothing and needs no closing.
func New(cfg Config) *Service {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Service{
		accounts: cfg.Accounts, sessions: cfg.Sessions, shops: cfg.Shops, directory: cfg.Directory,
		people: cfg.People, usages: cfg.Usages, hasher: cfg.Hasher, mailer: cfg.Mailer, publicURL: cfg.PublicURL,
		log: cfg.Log, keys: newKeyCache(cfg.Directory.KeyByHash, cfg.Now), meter: newMeter(cfg.Now),
		mailing: make(chan struct{}, mailsAtOnce),
	}
}
