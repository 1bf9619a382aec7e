package ragpg

import (
	"context"
	"fmt"

	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// eachTenant calls fn with all tenants, some hundred at a time.
func eachTenant(ctx context.Context, db Database, fn func(ids []uuid.UUID) error) error {
	const page = 500
	after := uuid.Nil
	for {
		var ids []uuid.UUID
		err := db.Identity(ctx, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlTenants, after, page)
			if err != nil {
				return err
			}
			ids, err = pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
			return err
		})
		if err != nil {
			return fmt.Errorf("list tenants: %w", err)
		}
		if err := fn(ids); err != nil || len(ids) < page {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// holding returns those of the tenants of which a statement says true, each asked
// inside itself, all in one round trip. Its parameters are the tenant and args.
func holding(ctx context.Context, db Database, ids []uuid.UUID, sql string, args ...any) (out []tenant.ID, err error) {
	err = db.Batch(ctx, func(b *tenantpg.Batch) {
		for _, u := range ids {
			id := tenant.ID{UUID: u}
			b.In(id, sql, append([]any{u}, args...)...).Query(func(rows pgx.Rows) error {
				found, err := pgx.CollectRows(rows, pgx.RowTo[bool])
				if len(found) == 1 && found[0] {
					out = append(out, id)
				}
				return err
			})
		}
	})
	return out, err
}
