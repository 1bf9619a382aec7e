package tenant

import (
	"context"
	"errors"
	"slices"
)

// KeyInfo is what a publishable key opens. It is shared between requests:
// nobody changes it.
type KeyInfo struct {
	Tenant         ID
	AllowedOrigins []string // canonical (ParseOrigin)
	Status         Status
}

// Allows reports whether a page's origin, as its browser sent it, is on the list.
func (k KeyInfo) Allows(origin string) bool {
	// Browsers send the canonical form; another form is not from a browser.
	return slices.Contains(k.AllowedOrigins, origin)
}

// ShopByKey returns what a publishable key opens, from memory for up to a
// second. While the store can not be asked, a key that was good keeps working
// for some minutes, so that shoppers are answered through its restart. Errors:
// ErrUnauthenticated when it opens nothing; ErrSuspended, with the KeyInfo.
func (s *Service) ShopByKey(ctx context.Context, key string) (KeyInfo, error) {
	hash, ok := HashKey(key)
	if !ok {
		return KeyInfo{}, ErrUnauthenticated
	}
	info, err := s.keys.get(ctx, hash)
	switch {
	case errors.Is(err, ErrNotFound):
		return KeyInfo{}, ErrUnauthenticated
	case err != nil:
		return KeyInfo{}, err
	case info.Status != Active:
		return info, ErrSuspended
	}
	return info, nil
}
