package tenantpg

import (
	"context"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// Outside any tenant: it is asked for all of them at once.
const sqlChangesSince = `
	SELECT r.n, coalesce(array_agg(c.tenant_id) FILTER (WHERE c.n IS NOT NULL), '{}')
	FROM identity.revision r LEFT JOIN identity.change c ON c.n > $1 AND c.n <= r.n
	GROUP BY r.n`

// ChangesSince returns what changed after a revision, in one round trip.
func (s *Store) ChangesSince(ctx context.Context, revision int64) (c tenant.Changes, err error) {
	err = s.db.Batch(ctx, func(b *Batch) {
		b.Identity(sqlChangesSince, revision).QueryRow(func(row pgx.Row) error {
			return row.Scan(&c.Revision, &c.Tenants)
		})
	})
	// Numbers have no gaps: a missing one was a change that is no longer listed.
	c.Complete = revision >= 0 && c.Revision-revision == int64(len(c.Tenants))
	return c, err
}
