package tenantpg

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlMembers = `
	SELECT m.account_id, a.email, m.role, m.created_at, coalesce(max(s.last_seen_at), '0001-01-01 00:00:00Z')
	FROM identity.member m
	JOIN identity.account a ON a.id = m.account_id
	LEFT JOIN identity.session s ON s.account_id = m.account_id AND s.tenant_id = m.tenant_id AND s.expires_at > now()
	WHERE m.tenant_id = $1
	GROUP BY m.account_id, a.email, m.role, m.created_at
	ORDER BY m.created_at, m.account_id`

// Members returns the shop's members, the oldest first.
func (s *Store) Members(ctx context.Context, id tenant.ID) (out []tenant.Person, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlMembers, id)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[tenant.Person])
		return err
	})
	return out, err
}

// Every change of who owns a shop begins here: changes wait for one another, so
// that two owners cannot take each other out at the same moment.
const sqlLockOwners = `
	SELECT account_id FROM identity.member WHERE tenant_id = $1 AND role = 'owner' ORDER BY account_id FOR UPDATE`

// owned fails if nobody but account owns the shop.
func owned(ctx context.Context, tx pgx.Tx, id tenant.ID, account uuid.UUID) error {
	rows, _ := tx.Query(ctx, sqlLockOwners, id)
	owners, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err == nil && len(owners) == 1 && owners[0] == account {
		return tenant.ErrLastOwner
	}
	return err
}

const sqlSetRole = `
	UPDATE identity.member SET role = $3 WHERE tenant_id = $1 AND account_id = $2`

// SetRole changes a member's role.
func (s *Store) SetRole(ctx context.Context, id tenant.ID, account uuid.UUID, role tenant.Role) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if role != tenant.Owner {
			if err := owned(ctx, tx, id, account); err != nil {
				return err
			}
		}
		return changed(tx.Exec(ctx, sqlSetRole, id, account, role))
	})
}

const sqlRemoveMember = `
	DELETE FROM identity.member WHERE tenant_id = $1 AND account_id = $2`

const sqlRemoveMemberSessions = `
	DELETE FROM identity.session WHERE tenant_id = $1 AND account_id = $2`

// RemoveMember takes a member out of the shop, with his sessions there.
func (s *Store) RemoveMember(ctx context.Context, id tenant.ID, account uuid.UUID) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := owned(ctx, tx, id, account); err != nil {
			return err
		}
		if err := changed(tx.Exec(ctx, sqlRemoveMember, id, account)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlRemoveMemberSessions, id, account)
		return err
	})
}

const sqlVisits = `
	SELECT admin_email, reason, created_at, expires_at, coalesce(ended_at, '0001-01-01 00:00:00Z')
	FROM identity.visit WHERE tenant_id = $1
	ORDER BY created_at DESC, id LIMIT $2`

// Visits returns the last visits to the shop, the last first.
func (s *Store) Visits(ctx context.Context, id tenant.ID, limit int) (out []tenant.Visit, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlVisits, id, limit)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[tenant.Visit])
		return err
	})
	return out, err
}
