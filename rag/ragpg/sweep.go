package ragpg

import (
	"context"
	"errors"
	"fmt"

	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// eachTenant calls fn with all tenants, some hundred at a time.
func eachTenant(ctx context.Context, db Database, fn func(ids []tenant.ID) error) error {
	const page = 500
	var failed []error
	after := uuid.Nil
	for {
		var ids []tenant.ID
		err := db.Identity(ctx, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlTenants, after, page)
			if err != nil {
				return err
			}
			ids, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (id tenant.ID, err error) { return id, row.Scan(&id.UUID) })
			return err
		})
		if err != nil {
			return errors.Join(append(failed, fmt.Errorf("list tenants: %w", err))...)
		}
		if err := fn(ids); err != nil {
			failed = append(failed, err)
		}
		if len(ids) < page || ctx.Err() != nil {
			return errors.Join(append(failed, ctx.Err())...)
		}
		after = ids[len(ids)-1].UUID
	}
}

// each calls fn for each of the tenants. One with which that fails keeps no other
// from it; the error names each. Once ctx has ended the rest is left.
func each(ctx context.Context, ids []tenant.ID, fn func(id tenant.ID) error) error {
	var failed []error
	for _, id := range ids {
		if ctx.Err() != nil {
			return errors.Join(append(failed, ctx.Err())...)
		}
		if err := fn(id); err != nil {
			failed = append(failed, fmt.Errorf("tenant %s: %w", id, err))
		}
	}
	return errors.Join(failed...)
}

// holding returns those of the tenants of which a statement says true, each asked
// inside itself, all in one round trip. Its parameters are the tenant and args.
func holding(ctx context.Context, db Database, ids []tenant.ID, sql string, args ...any) (out []tenant.ID, err error) {
	err = db.Batch(ctx, func(b *tenantpg.Batch) {
		for _, id := range ids {
			b.In(id, sql, append([]any{id.UUID}, args...)...).Query(func(rows pgx.Rows) error {
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
