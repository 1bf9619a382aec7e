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

// Suspend makes every credential of the shop fail with ErrSuspended: its
// sessions at once, its key at once here and within a second on other servers.
// Nothing is deleted. Errors: ErrNotFound.
func (s *Service) Suspend(ctx context.Context, id ID) error { return s.setStatus(ctx, id, Suspended) }

// Resume undoes Suspend. Errors: ErrNotFound.
func (s *Service) Resume(ctx context.Context, id ID) error { return s.setStatus(ctx, id, Active) }

func (s *Service) setStatus(ctx context.Context, id ID, status Status) error {
	if err := s.directory.SetStatus(ctx, id, status); err != nil {
		return err
	}
	s.keys.forget(id)
	return nil
}
