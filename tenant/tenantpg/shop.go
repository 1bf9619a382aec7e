package tenantpg

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlShop = `
	SELECT t.id, t.slug, t.name, s.language, s.time_zone, t.status, t.created_at,
	       s.publishable_key, k.allowed_origins, s.seen_on_site_at, s.retention_days, t.delete_at
	FROM identity.tenant t
	JOIN shop s ON s.tenant_id = t.id
	JOIN identity.key k ON k.tenant_id = t.id AND k.revoked_at IS NULL
	WHERE t.id = $1`

// Shop returns one shop with its settings.
func (s *Store) Shop(ctx context.Context, id tenant.ID) (shop tenant.Shop, err error) {
	var seen, gone *time.Time
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		t := &shop.Tenant
		return tx.QueryRow(ctx, sqlShop, id).Scan(&t.ID, &t.Slug, &t.Name, &t.Language, &t.TimeZone, &t.Status, &t.CreatedAt,
			&shop.Key, &shop.AllowedOrigins, &seen, &shop.RetentionDays, &gone)
	})
	if seen != nil {
		shop.SeenOnSiteAt = *seen
	}
	if gone != nil {
		shop.DeleteAt = *gone
	}
	return shop, found(err)
}

const sqlRenameTenant = `
	UPDATE identity.tenant SET name = $2 WHERE id = $1`

const sqlUpdateShop = `
	UPDATE shop SET language = $2, time_zone = $3, updated_at = now() WHERE tenant_id = $1`

// UpdateShop replaces the shop's settings.
func (s *Store) UpdateShop(ctx context.Context, id tenant.ID, x tenant.Settings) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := changed(tx.Exec(ctx, sqlUpdateShop, id, x.Language, x.TimeZone)); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, sqlRenameTenant, id, x.Name))
	})
}

// Every change of a shop's key begins with its row in shop, which makes them
// wait for one another: origins set while the key is replaced are not lost.
const sqlLockShop = `
	UPDATE shop SET updated_at = now() WHERE tenant_id = $1`

const sqlSetAllowedOrigins = `
	UPDATE identity.key SET allowed_origins = $2 WHERE tenant_id = $1 AND revoked_at IS NULL`

// SetAllowedOrigins replaces the list of the shop's key.
func (s *Store) SetAllowedOrigins(ctx context.Context, id tenant.ID, origins []string) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := changed(tx.Exec(ctx, sqlLockShop, id)); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, sqlSetAllowedOrigins, id, origins))
	})
}

const sqlRevokeKey = `
	UPDATE identity.key SET revoked_at = now() WHERE tenant_id = $1 AND revoked_at IS NULL
	RETURNING allowed_origins`

const sqlShowKey = `
	UPDATE shop SET publishable_key = $2 WHERE tenant_id = $1`

// ReplaceKey revokes the shop's key and puts another in its place.
func (s *Store) ReplaceKey(ctx context.Context, id tenant.ID, key string, hash tenant.Hash) error {
	err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := changed(tx.Exec(ctx, sqlLockShop, id)); err != nil {
			return err
		}
		var origins []string
		if err := tx.QueryRow(ctx, sqlRevokeKey, id).Scan(&origins); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlAddKey, hash[:], id, origins); err != nil {
			return err
		}
		return changed(tx.Exec(ctx, sqlShowKey, id, key))
	})
	return found(err)
}

const sqlMarkSeen = `
	UPDATE shop SET seen_on_site_at = now()
	WHERE tenant_id = $1 AND (seen_on_site_at IS NULL OR seen_on_site_at <= now() - $2::interval)`

// MarkSeen notes that the widget was opened on the shop's page.
func (s *Store) MarkSeen(ctx context.Context, id tenant.ID, every time.Duration) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlMarkSeen, id, every)
		return err
	})
}

const sqlSetRetention = `
	UPDATE shop SET retention_days = $2, updated_at = now() WHERE tenant_id = $1`

// SetRetention sets after how many days conversations go.
func (s *Store) SetRetention(ctx context.Context, id tenant.ID, days int) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlSetRetention, id, days))
	})
}

const sqlSetDeletion = `
	UPDATE identity.tenant SET delete_at = CASE WHEN $2::interval > '0' THEN now() + $2::interval END
	WHERE id = $1 AND status <> 'deleted'`

// SetDeletion has the shop deleted after so long; 0: not at all.
func (s *Store) SetDeletion(ctx context.Context, id tenant.ID, after time.Duration) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlSetDeletion, id, after))
	})
}
