package tenantpg

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlLook = `
	SELECT color, side, label, hosted FROM widget_look WHERE tenant_id = $1`

// Look returns the shop's look.
func (s *Store) Look(ctx context.Context, id tenant.ID) (tenant.Look, error) {
	l := tenant.Look{Hosted: true}
	err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlLook, id).Scan(&l.Color, &l.Side, &l.Label, &l.Hosted)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return l, nil
	}
	return l, err
}

const sqlSetLook = `
	INSERT INTO widget_look (tenant_id, color, side, label, hosted) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (tenant_id) DO UPDATE SET color = $2, side = $3, label = $4, hosted = $5, updated_at = now()`

// SetLook replaces the shop's look.
func (s *Store) SetLook(ctx context.Context, id tenant.ID, l tenant.Look) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSetLook, id, l.Color, l.Side, l.Label, l.Hosted)
		return err
	})
}

const sqlIdentitySecret = `
	SELECT secret, created_at FROM identity_secret WHERE tenant_id = $1`

// IdentitySecret returns the secret with which the shop signs who a shopper is.
func (s *Store) IdentitySecret(ctx context.Context, id tenant.ID) (secret string, since time.Time, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlIdentitySecret, id).Scan(&secret, &since)
	})
	return secret, since, found(err)
}

const sqlSetIdentitySecret = `
	INSERT INTO identity_secret (tenant_id, secret) VALUES ($1, $2)
	ON CONFLICT (tenant_id) DO UPDATE SET secret = $2, created_at = now()`

// SetIdentitySecret puts a secret in the place of the last one.
func (s *Store) SetIdentitySecret(ctx context.Context, id tenant.ID, secret string) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSetIdentitySecret, id, secret)
		return err
	})
}
