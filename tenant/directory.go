package tenant

import (
	"context"
	"time"
)

// Listing is what the directory holds of a shop. Its settings are its own:
// nothing reads them across shops.
type Listing struct {
	ID        ID
	Slug      string
	Name      string
	Status    Status
	CreatedAt time.Time
}

// List returns every shop, the oldest first.
func (s *Service) List(ctx context.Context) ([]Listing, error) {
	return s.directory.Tenants(ctx)
}

// BySlug returns the shop that is called slug. Errors: ErrNotFound.
func (s *Service) BySlug(ctx context.Context, slug string) (Tenant, error) {
	return s.directory.TenantBySlug(ctx, slug)
}
