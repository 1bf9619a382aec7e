package tenantpg

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// The statements on sessions run outside any tenant: a session is found by its
// secret, and which shop it opens is what it says. now() is the database's
// clock, so that servers whose clocks differ agree on what has ended.

// However a session begins, its shop is the one worked in last.
const sqlAddSession = `
	WITH worked AS (UPDATE identity.account SET last_tenant_id = $3 WHERE id = $2)
	INSERT INTO identity.session (token_hash, account_id, tenant_id, user_agent, expires_at)
	VALUES ($1, $2, $3, $4, now() + $5::interval)`

const sqlRemoveEndedSessions = `
	DELETE FROM identity.session WHERE account_id = $1 AND expires_at <= now()`

// AddSession stores a session that ends life from now, notes where the account works
// last, and drops the account's
// ended ones: nothing else needs to sweep the table.
func (s *Store) AddSession(ctx context.Context, session tenant.Session, life time.Duration) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(sqlRemoveEndedSessions, session.Account)
		batch.Queue(sqlAddSession, session.Hash[:], session.Account, session.Tenant, session.UserAgent, life)
		return tx.SendBatch(ctx, &batch).Close()
	})
}

// The member row is joined, not trusted to outlive the session: who was
// removed from the shop is out of it with the same commit.
const sqlSessionByHash = `
	SELECT s.account_id, m.role, s.tenant_id, t.status, s.last_seen_at <= now() - $2::interval
	FROM identity.session s
	JOIN identity.member m ON m.account_id = s.account_id AND m.tenant_id = s.tenant_id
	JOIN identity.tenant t ON t.id = s.tenant_id
	WHERE s.token_hash = $1 AND s.expires_at > now()`

// SessionByHash returns whom a session that has not ended stands for.
func (s *Store) SessionByHash(ctx context.Context, hash tenant.Hash, seenEvery time.Duration) (in tenant.SignedIn, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlSessionByHash, hash[:], seenEvery).
			Scan(&in.Account, &in.Role, &in.Tenant, &in.Status, &in.Stale)
	})
	return in, found(err)
}

const sqlTouchSession = `
	WITH seen AS (
		UPDATE identity.session SET last_seen_at = now(), expires_at = now() + $2::interval
		WHERE token_hash = $1 AND expires_at > now() RETURNING account_id, tenant_id)
	UPDATE identity.account a SET last_tenant_id = s.tenant_id
	FROM seen s WHERE a.id = s.account_id AND a.last_tenant_id IS DISTINCT FROM s.tenant_id`

// TouchSession notes that the session was seen, and its shop as the one that its
// account worked in last, and lets it end life from now; one that has ended stays so.
func (s *Store) TouchSession(ctx context.Context, hash tenant.Hash, life time.Duration) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlTouchSession, hash[:], life)
		return err
	})
}

const sqlSessionsOf = `
	SELECT token_hash, account_id, tenant_id, user_agent, created_at, last_seen_at
	FROM identity.session
	WHERE account_id = $1 AND expires_at > now()
	ORDER BY last_seen_at DESC, token_hash`

// SessionsOf returns an account's sessions that have not ended, the last seen first.
func (s *Store) SessionsOf(ctx context.Context, account uuid.UUID) (out []tenant.Session, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlSessionsOf, account)
		out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (tenant.Session, error) {
			var x tenant.Session
			var hash []byte
			err := row.Scan(&hash, &x.Account, &x.Tenant, &x.UserAgent, &x.CreatedAt, &x.LastSeenAt)
			copy(x.Hash[:], hash)
			return x, err
		})
		return err
	})
	return out, err
}

const sqlRemoveSession = `
	DELETE FROM identity.session WHERE token_hash = $1 AND account_id = $2`

// RemoveSession ends a session of the account at once.
func (s *Store) RemoveSession(ctx context.Context, account uuid.UUID, hash tenant.Hash) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlRemoveSession, hash[:], account))
	})
}

const sqlVisitByHash = `
	SELECT v.tenant_id, v.admin_email, v.reason, v.created_at, v.expires_at
	FROM identity.visit v JOIN identity.tenant t ON t.id = v.tenant_id
	WHERE v.token_hash = $1 AND v.ended_at IS NULL AND v.expires_at > now() AND t.status <> 'deleted'`

// VisitByHash returns the shop that a visit looks at.
func (s *Store) VisitByHash(ctx context.Context, hash tenant.Hash) (id tenant.ID, v tenant.Visit, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlVisitByHash, hash[:]).Scan(&id, &v.AdminEmail, &v.Reason, &v.CreatedAt, &v.ExpiresAt)
	})
	return id, v, found(err)
}

const sqlEndVisit = `
	UPDATE identity.visit SET ended_at = now() WHERE token_hash = $1 AND ended_at IS NULL AND expires_at > now()`

// EndVisit ends a visit at once.
func (s *Store) EndVisit(ctx context.Context, hash tenant.Hash) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlEndVisit, hash[:])
		return err
	})
}
