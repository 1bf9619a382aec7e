package platformpg

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlAddAdmin = `
	INSERT INTO platform.admin (id, email) VALUES ($1, $2)
	ON CONFLICT (lower(email)) DO UPDATE SET disabled_at = NULL
	RETURNING id`

const sqlEndLinks = `
	UPDATE platform.link SET used_at = now() WHERE admin_id = $1 AND used_at IS NULL`

const sqlAddLink = `
	INSERT INTO platform.link (token_hash, admin_id, expires_at) VALUES ($1, $2, now() + $3::interval)`

// AddLink makes an admin if need be, and a link in place of the open ones.
func (s *Store) AddLink(ctx context.Context, email string, hash tenant.Hash, life time.Duration, a tenant.Act) error {
	return s.acted(ctx, a, func(tx pgx.Tx) error {
		var id uuid.UUID
		if err := tx.QueryRow(ctx, sqlAddAdmin, uuid.New(), email).Scan(&id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlEndLinks, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlAddLink, hash[:], id, life)
		return err
	})
}

const sqlAdminByLink = `
	SELECT a.id, a.email, a.password_hash
	FROM platform.link l JOIN platform.admin a ON a.id = l.admin_id
	WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > now() AND a.disabled_at IS NULL`

// AdminByLink returns whose link this is.
func (s *Store) AdminByLink(ctx context.Context, hash tenant.Hash) (a tenant.Admin, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAdminByLink, hash[:]).Scan(&a.ID, &a.Email, &a.PasswordHash)
	})
	return a, link(err)
}

const sqlUseLink = `
	UPDATE platform.link SET used_at = now()
	WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
	RETURNING admin_id`

const sqlSetAdminPassword = `
	UPDATE platform.admin SET password_hash = $2 WHERE id = $1 AND disabled_at IS NULL`

const sqlEndAdminSessions = `
	DELETE FROM platform.session WHERE admin_id = $1`

const sqlAddAdminSession = `
	INSERT INTO platform.session (token_hash, admin_id, user_agent, expires_at) VALUES ($1, $2, $3, now() + $4::interval)`

// OpenLink uses the link up, sets the password and starts the only session.
func (s *Store) OpenLink(ctx context.Context, hash tenant.Hash, passwordHash string, x tenant.Session, life time.Duration, a tenant.Act) error {
	return link(s.acted(ctx, a, func(tx pgx.Tx) error {
		var id uuid.UUID
		if err := tx.QueryRow(ctx, sqlUseLink, hash[:]).Scan(&id); err != nil {
			return err
		}
		if err := changed(tx.Exec(ctx, sqlSetAdminPassword, id, passwordHash)); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlEndAdminSessions, id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlAddAdminSession, x.Hash[:], id, x.UserAgent, life)
		return err
	}))
}

const sqlAdminByEmail = `
	SELECT id, email, password_hash FROM platform.admin WHERE lower(email) = lower($1) AND disabled_at IS NULL`

// AdminByEmail returns an admin who is not disabled.
func (s *Store) AdminByEmail(ctx context.Context, email string) (a tenant.Admin, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAdminByEmail, email).Scan(&a.ID, &a.Email, &a.PasswordHash)
	})
	return a, found(err)
}

const sqlDropAdminSessions = `
	DELETE FROM platform.session WHERE admin_id = $1 AND expires_at <= now()`

// AddAdminSession starts a session, and forgets the admin's ended ones.
func (s *Store) AddAdminSession(ctx context.Context, x tenant.Session, life time.Duration, a tenant.Act) error {
	return s.acted(ctx, a, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlDropAdminSessions, x.Account); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlAddAdminSession, x.Hash[:], x.Account, x.UserAgent, life)
		return err
	})
}

const sqlAdminBySession = `
	UPDATE platform.session s SET last_seen_at = now(), expires_at = now() + $2::interval
	FROM platform.admin a
	WHERE s.token_hash = $1 AND s.expires_at > now() AND a.id = s.admin_id AND a.disabled_at IS NULL
	RETURNING a.id, a.email`

// AdminBySession returns whose session this is, and lets it go on.
func (s *Store) AdminBySession(ctx context.Context, hash tenant.Hash, life time.Duration) (a tenant.Admin, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAdminBySession, hash[:], life).Scan(&a.ID, &a.Email)
	})
	return a, found(err)
}

const sqlRemoveAdminSession = `
	DELETE FROM platform.session WHERE token_hash = $1`

// RemoveAdminSession ends a session.
func (s *Store) RemoveAdminSession(ctx context.Context, hash tenant.Hash) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlRemoveAdminSession, hash[:])
		return err
	})
}
