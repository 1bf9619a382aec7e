package tenantpg

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// These statements run outside any tenant: an account and its password belong
// to a person, who may work in several shops.

const sqlForgetResets = `
	DELETE FROM identity.reset WHERE account_id = $1 AND expires_at <= now()`

const sqlAddReset = `
	INSERT INTO identity.reset (token_hash, account_id, expires_at) VALUES ($1, $2, now() + $3::interval)`

// AddReset stores a link to a new password, and forgets the account's ended ones.
func (s *Store) AddReset(ctx context.Context, account uuid.UUID, hash tenant.Hash, life time.Duration) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(sqlForgetResets, account)
		batch.Queue(sqlAddReset, hash[:], account, life)
		return tx.SendBatch(ctx, &batch).Close()
	})
}

const sqlAccountByReset = `
	SELECT a.id, a.email, a.password_hash
	FROM identity.reset r JOIN identity.account a ON a.id = r.account_id
	WHERE r.token_hash = $1 AND r.used_at IS NULL AND r.expires_at > now()`

// AccountByReset returns whose password an open link changes.
func (s *Store) AccountByReset(ctx context.Context, hash tenant.Hash) (a tenant.Account, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAccountByReset, hash[:]).Scan(&a.ID, &a.Email, &a.PasswordHash)
	})
	return a, link(err)
}

const sqlUseReset = `
	UPDATE identity.reset SET used_at = now()
	WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
	RETURNING account_id`

const sqlSetPassword = `
	UPDATE identity.account SET password_hash = $2 WHERE id = $1`

const sqlEndResets = `
	UPDATE identity.reset SET used_at = now() WHERE account_id = $1 AND used_at IS NULL`

const sqlEndSessions = `
	DELETE FROM identity.session WHERE account_id = $1 AND token_hash <> $2`

// password changes an account's password; its open links and its sessions but
// keep end in the same transaction.
func password(ctx context.Context, tx pgx.Tx, account uuid.UUID, hash string, keep []byte) error {
	if err := changed(tx.Exec(ctx, sqlSetPassword, account, hash)); err != nil {
		return err
	}
	var batch pgx.Batch
	batch.Queue(sqlEndResets, account)
	batch.Queue(sqlEndSessions, account, keep)
	return tx.SendBatch(ctx, &batch).Close()
}

// Reset uses an open link up.
func (s *Store) Reset(ctx context.Context, hash tenant.Hash, passwordHash string) error {
	return link(s.db.Identity(ctx, func(tx pgx.Tx) error {
		var account uuid.UUID
		if err := tx.QueryRow(ctx, sqlUseReset, hash[:]).Scan(&account); err != nil {
			return err
		}
		return password(ctx, tx, account, passwordHash, []byte{})
	}))
}

const sqlAccount = `
	SELECT id, email, password_hash FROM identity.account WHERE id = $1`

// Account returns an account.
func (s *Store) Account(ctx context.Context, account uuid.UUID) (a tenant.Account, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAccount, account).Scan(&a.ID, &a.Email, &a.PasswordHash)
	})
	return a, found(err)
}

// SetPassword changes an account's password.
func (s *Store) SetPassword(ctx context.Context, account uuid.UUID, passwordHash string, keep tenant.Hash) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		return password(ctx, tx, account, passwordHash, keep[:])
	})
}
