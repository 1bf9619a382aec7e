package tenant

import (
	"context"
	"time"
)

// Shop returns one shop with its settings. Errors: ErrNotFound.
func (s *Service) Shop(ctx context.Context, id ID) (Shop, error) {
	return s.shops.Shop(ctx, id)
}

// UpdateShop replaces a shop's settings and returns it as stored. Errors: the
// FieldErrors of Settings.Clean; ErrNotFound.
func (s *Service) UpdateShop(ctx context.Context, id ID, settings Settings) (Shop, error) {
	settings, err := settings.Clean()
	if err != nil {
		return Shop{}, err
	}
	if err := s.shops.UpdateShop(ctx, id, settings); err != nil {
		return Shop{}, err
	}
	return s.shops.Shop(ctx, id)
}

// SetAllowedOrigins replaces the list of pages on which the shop's widget may
// talk, at once here and within a second on other servers. Errors: FieldErrors
// with the path allowed_origins[i]; ErrNotFound.
func (s *Service) SetAllowedOrigins(ctx context.Context, id ID, origins []string) (Shop, error) {
	origins, err := ParseOrigins(origins)
	if err != nil {
		return Shop{}, err
	}
	if err := s.shops.SetAllowedOrigins(ctx, id, origins); err != nil {
		return Shop{}, err
	}
	s.keys.forget(id)
	return s.shops.Shop(ctx, id)
}

// RotateKey gives the shop a new publishable key with the same origins. The old
// one stops working at once here and within a second on other servers. Errors:
// ErrNotFound.
func (s *Service) RotateKey(ctx context.Context, id ID) (Shop, error) {
	key := NewKey()
	hash, _ := HashKey(key)
	if err := s.shops.ReplaceKey(ctx, id, key, hash); err != nil {
		return Shop{}, err
	}
	s.keys.forget(id)
	return s.shops.Shop(ctx, id)
}

// MarkSeen notes that the widget was opened on an allowed page of the shop,
// true to a minute.
func (s *Service) MarkSeen(ctx context.Context, id ID) error {
	return s.shops.MarkSeen(ctx, id, time.Minute)
}
