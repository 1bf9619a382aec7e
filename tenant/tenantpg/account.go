package tenantpg

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// Outside any tenant: who signs in has named an e-mail, no shop.
const sqlAccountByEmail = `
	SELECT id, email, password_hash FROM identity.account WHERE lower(email) = lower($1)`

// AccountByEmail returns the account of a normalised address.
func (s *Store) AccountByEmail(ctx context.Context, email string) (a tenant.Account, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAccountByEmail, email).Scan(&a.ID, &a.Email, &a.PasswordHash)
	})
	return a, found(err)
}

// Outside any tenant: it is what the tenant is chosen from.
const sqlMemberships = `
	SELECT m.tenant_id, t.name, t.status, m.role, a.last_tenant_id IS NOT DISTINCT FROM m.tenant_id
	FROM identity.member m
	JOIN identity.tenant t ON t.id = m.tenant_id
	JOIN identity.account a ON a.id = m.account_id
	WHERE m.account_id = $1
	ORDER BY m.created_at, m.tenant_id`

// Memberships returns the shops an account works in, the oldest first.
func (s *Store) Memberships(ctx context.Context, account uuid.UUID) (out []tenant.Membership, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlMemberships, account)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[tenant.Membership])
		return err
	})
	return out, err
}

const sqlMe = `
	SELECT a.email, m.role, t.id, t.slug, t.name, s.language, s.time_zone, t.status, t.created_at
	FROM identity.member m
	JOIN identity.account a ON a.id = m.account_id
	JOIN identity.tenant t ON t.id = m.tenant_id
	JOIN shop s ON s.tenant_id = m.tenant_id
	WHERE m.tenant_id = $1 AND m.account_id = $2`

// Me returns a member of the shop by name.
func (s *Store) Me(ctx context.Context, id tenant.ID, account uuid.UUID) (me tenant.Me, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		t := &me.Tenant
		return tx.QueryRow(ctx, sqlMe, id, account).
			Scan(&me.Email, &me.Role, &t.ID, &t.Slug, &t.Name, &t.Language, &t.TimeZone, &t.Status, &t.CreatedAt)
	})
	return me, found(err)
}
