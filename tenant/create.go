package tenant

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Founding is what a new shop starts with.
type Founding struct {
	ShopName       string
	Slug           string   // empty: made from ShopName; another is tried when that one is taken
	Language       string   // en, zh-Hant or zh-Hans
	TimeZone       string   // IANA name
	AllowedOrigins []string // may be empty: then no page's widget may talk yet
	Email          string   // the owner's; empty together with Password: a shop without an owner
	Password       string
}

// Founded is a new shop as it is stored: all of it, or nothing.
type Founded struct {
	Shop    Shop
	KeyHash Hash
	Owner   *Account // nil: none
	Session *Session // the owner's first; nil: none. It ends Life from now.
	Life    time.Duration
}

// Create makes a shop, and its owner when Email is given. Errors: FieldErrors
// with the paths shop_name, slug, language, time_zone, allowed_origins[i],
// email and password; ErrEmailTaken; ErrSlugTaken when a slug was asked for.
func (s *Service) Create(ctx context.Context, f Founding) (Shop, error) {
	founded, err := s.found(ctx, f, nil)
	if err != nil {
		return Shop{}, err
	}
	return s.shops.Shop(ctx, founded.Shop.ID)
}

// found checks, hashes and stores. session, when given, becomes the owner's.
func (s *Service) found(ctx context.Context, f Founding, session *Session) (Founded, error) {
	founded, err := prepare(f)
	if err != nil {
		return Founded{}, err
	}
	if founded.Owner != nil {
		if founded.Owner.PasswordHash, err = s.hasher.Hash(ctx, f.Password); err != nil {
			return Founded{}, err
		}
		if session != nil {
			session.Account, session.Tenant = founded.Owner.ID, founded.Shop.ID
			founded.Session, founded.Life = session, SessionLife
		}
	}
	slug := founded.Shop.Slug
	// A made slug that is taken five times over, with four random characters
	// at its end, is no chance: something else is wrong.
	for try := 0; ; try++ {
		err = s.shops.Found(ctx, founded)
		if !errors.Is(err, ErrSlugTaken) || f.Slug != "" || try == 5 {
			return founded, err
		}
		founded.Shop.Slug = another(slug)
	}
}

// prepare applies the rules and gives everything its id and key.
func prepare(f Founding) (Founded, error) {
	var fields []error
	settings, err := Settings{Name: f.ShopName, Language: f.Language, TimeZone: f.TimeZone}.Clean()
	for _, e := range Fields(err) {
		if e.Path == "name" {
			e.Path = "shop_name"
		}
		fields = append(fields, e)
	}
	origins, err := ParseOrigins(f.AllowedOrigins)
	fields = append(fields, err)
	if f.Slug != "" {
		fields = append(fields, CheckSlug(f.Slug))
	}
	var owner *Account
	if f.Email != "" || f.Password != "" {
		email, err := NormalizeEmail(f.Email)
		fields = append(fields, err, CheckPassword(f.Password, email))
		owner = &Account{ID: uuid.New(), Email: email}
	}
	if err := errors.Join(fields...); err != nil {
		return Founded{}, err
	}
	slug := f.Slug
	if slug == "" {
		slug = SlugFor(settings.Name)
	}
	key := NewKey()
	hash, _ := HashKey(key)
	return Founded{
		Shop: Shop{
			Tenant: Tenant{ID: NewID(), Slug: slug, Name: settings.Name, Language: settings.Language,
				TimeZone: settings.TimeZone, Status: Active},
			Key: key, AllowedOrigins: origins,
		},
		KeyHash: hash,
		Owner:   owner,
	}, nil
}
