package tenant

import (
	"context"
	"time"
)

// Visit is a platform admin's look at a shop, for a reason and a time. The
// shop's members see it.
type Visit struct {
	AdminEmail string
	Reason     string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	EndedAt    time.Time // zero: it was not ended before it expired
}

// maxVisits is how many visits a shop is shown, the last ones.
const maxVisits = 100

// Visits returns who of the platform's people looked at the shop, the last first.
func (s *Service) Visits(ctx context.Context, id ID) ([]Visit, error) {
	return s.people.Visits(ctx, id, maxVisits)
}
