package tenantpg

import (
	"context"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// Outside any tenant: the key is what says which shop is meant.
const sqlKeyByHash = `
	SELECT k.tenant_id, k.allowed_origins, CASE WHEN t.delete_at IS NULL THEN t.status ELSE 'suspended' END
	FROM identity.key k JOIN identity.tenant t ON t.id = k.tenant_id
	WHERE k.key_hash = $1 AND k.revoked_at IS NULL`

// KeyByHash returns what a key that is not revoked opens, in one round trip.
func (s *Store) KeyByHash(ctx context.Context, hash tenant.Hash) (k tenant.KeyInfo, err error) {
	err = s.db.Batch(ctx, func(b *Batch) {
		b.Identity(sqlKeyByHash, hash[:]).QueryRow(func(row pgx.Row) error {
			return row.Scan(&k.Tenant, &k.AllowedOrigins, &k.Status)
		})
	})
	return k, found(err)
}

// Outside any tenant: commands name a shop by its slug.
const sqlTenantIDBySlug = `
	SELECT id FROM identity.tenant WHERE slug = $1`

const sqlTenant = `
	SELECT t.id, t.slug, t.name, s.language, s.time_zone, t.status, t.created_at
	FROM identity.tenant t JOIN shop s ON s.tenant_id = t.id
	WHERE t.id = $1`

// TenantBySlug returns the shop that is called slug.
func (s *Store) TenantBySlug(ctx context.Context, slug string) (t tenant.Tenant, err error) {
	var id tenant.ID
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlTenantIDBySlug, slug).Scan(&id)
	})
	if err != nil {
		return tenant.Tenant{}, found(err)
	}
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlTenant, id).
			Scan(&t.ID, &t.Slug, &t.Name, &t.Language, &t.TimeZone, &t.Status, &t.CreatedAt)
	})
	return t, found(err)
}

// Outside any tenant: the list of tenants, for those who run the installation.
const sqlTenants = `
	SELECT id, slug, name, status, created_at FROM identity.tenant ORDER BY created_at, id`

// Tenants returns every shop, the oldest first.
func (s *Store) Tenants(ctx context.Context) (out []tenant.Listing, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlTenants)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[tenant.Listing])
		return err
	})
	return out, err
}
