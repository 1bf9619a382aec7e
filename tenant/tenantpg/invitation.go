package tenantpg

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlInvitations = `
	SELECT id, email, role, invited_by, created_at, expires_at
	FROM identity.invitation
	WHERE tenant_id = $1 AND accepted_at IS NULL AND expires_at > now()
	ORDER BY created_at, id`

// Invitations returns those that can be accepted, the oldest first.
func (s *Store) Invitations(ctx context.Context, id tenant.ID) (out []tenant.Invitation, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlInvitations, id)
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[tenant.Invitation])
		return err
	})
	return out, err
}

const sqlIsMember = `
	SELECT EXISTS (SELECT FROM identity.member m JOIN identity.account a ON a.id = m.account_id
		WHERE m.tenant_id = $1 AND lower(a.email) = lower($2))`

const sqlReplaceInvitation = `
	INSERT INTO identity.invitation (id, token_hash, tenant_id, email, role, invited_by, expires_at)
	VALUES ($2, $3, $1, $4, $5, $6, now() + $7::interval)
	ON CONFLICT (tenant_id, lower(email)) WHERE accepted_at IS NULL DO UPDATE
	SET id = excluded.id, token_hash = excluded.token_hash, role = excluded.role, invited_by = excluded.invited_by,
	    created_at = now(), expires_at = excluded.expires_at
	RETURNING created_at, expires_at`

// AddInvitation stores an invitation in place of an open one to the same address.
func (s *Store) AddInvitation(ctx context.Context, id tenant.ID, i tenant.Invitation, hash tenant.Hash, life time.Duration) (tenant.Invitation, error) {
	err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		var member bool
		if err := tx.QueryRow(ctx, sqlIsMember, id, i.Email).Scan(&member); err != nil {
			return err
		}
		if member {
			return tenant.ErrAlreadyMember
		}
		return tx.QueryRow(ctx, sqlReplaceInvitation, id, i.ID, hash[:], i.Email, i.Role, i.InvitedBy, life).Scan(&i.CreatedAt, &i.ExpiresAt)
	})
	return i, err
}

const sqlRemoveInvitation = `
	DELETE FROM identity.invitation WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL`

// RemoveInvitation makes an open invitation's link worthless.
func (s *Store) RemoveInvitation(ctx context.Context, id tenant.ID, invitation uuid.UUID) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlRemoveInvitation, id, invitation))
	})
}

// Outside any tenant: the secret says which shop is meant.
const sqlInvitationByHash = `
	SELECT i.id, i.email, i.role, i.invited_by, i.created_at, i.expires_at, i.tenant_id, t.name, t.status
	FROM identity.invitation i JOIN identity.tenant t ON t.id = i.tenant_id
	WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.expires_at > now()`

// InvitationByHash returns an open invitation.
func (s *Store) InvitationByHash(ctx context.Context, hash tenant.Hash) (i tenant.Invited, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlInvitationByHash, hash[:]).Scan(&i.ID, &i.Email, &i.Role, &i.InvitedBy, &i.CreatedAt, &i.ExpiresAt,
			&i.Tenant, &i.ShopName, &i.Status)
	})
	return i, link(err)
}

const sqlUseInvitation = `
	UPDATE identity.invitation SET accepted_at = now()
	WHERE token_hash = $1 AND accepted_at IS NULL AND expires_at > now()
	RETURNING role`

// Accept uses an open invitation up and lets the account in.
func (s *Store) Accept(ctx context.Context, hash tenant.Hash, account tenant.Account, fresh bool, session tenant.Session, life time.Duration) error {
	err := s.db.InTenant(ctx, session.Tenant, func(tx pgx.Tx) error {
		var role tenant.Role
		if err := tx.QueryRow(ctx, sqlUseInvitation, hash[:]).Scan(&role); err != nil {
			return err
		}
		if fresh {
			if _, err := tx.Exec(ctx, sqlAddAccount, account.ID, account.Email, account.PasswordHash); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, sqlAddMember, session.Tenant, account.ID, role); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlAddSession, session.Hash[:], account.ID, session.Tenant, session.UserAgent, life)
		return err
	})
	switch taken(err) {
	case "account_email":
		return tenant.ErrEmailTaken
	case "member_pkey":
		return tenant.ErrAlreadyMember
	}
	return link(err)
}

// link is found for what a one-time link leads to.
func link(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return tenant.ErrLinkInvalid
	}
	return err
}
