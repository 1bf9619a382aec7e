// Package platformpg is the SQL of those who run the installation. Its
// statements run as the role storebot_platform, which no policy admits to a
// tenant's table: of a shop it sees the row in the directory and the counts.
// What changes something is stored with its line of the audit in one transaction.
package platformpg

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// Store is tenant's Admins. Use NewStore.
type Store struct{ db *tenantpg.DB }

// NewStore returns a Store on db, which tenantpg.OpenPlatform opened.
func NewStore(db *tenantpg.DB) *Store { return &Store{db} }

// The slug is the shop's at that moment: the audit outlives it.
const sqlAddAudit = `
	INSERT INTO platform.audit (admin_email, act, tenant_id, tenant_slug, reason, detail)
	VALUES ($1, $2, $3, coalesce((SELECT slug FROM identity.tenant WHERE id = $3), ''), $4, $5)`

// acted runs fn and stores the act, or neither.
func (s *Store) acted(ctx context.Context, a tenant.Act, fn func(tx pgx.Tx) error) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return note(ctx, tx, a)
	})
}

func note(ctx context.Context, tx pgx.Tx, a tenant.Act) error {
	var id *tenant.ID
	if a.Tenant != (tenant.ID{}) {
		id = &a.Tenant
	}
	_, err := tx.Exec(ctx, sqlAddAudit, a.Admin, a.Act, id, a.Reason, a.Detail)
	return err
}

// Note stores an act that is done elsewhere.
func (s *Store) Note(ctx context.Context, a tenant.Act) error {
	return s.acted(ctx, a, func(pgx.Tx) error { return nil })
}

const sqlAudit = `
	SELECT id, at, admin_email, act, tenant_slug, reason, detail
	FROM platform.audit
	WHERE ($1 = '' OR tenant_slug = $1) AND ($2 = '' OR position(lower($2) IN lower(admin_email)) > 0)
	  AND ($3::bigint = 0 OR id < $3)
	ORDER BY id DESC LIMIT $4`

// Audit returns lines, the last first.
func (s *Store) Audit(ctx context.Context, q tenant.AuditQuery) (out []tenant.Line, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlAudit, q.Slug, q.Admin, q.Before, q.Limit)
		out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (l tenant.Line, err error) {
			return l, row.Scan(&l.Number, &l.At, &l.Admin, &l.Act.Act, &l.Slug, &l.Reason, &l.Detail)
		})
		return err
	})
	return out, err
}

func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return tenant.ErrNotFound
	}
	return err
}

func changed(tag pgconn.CommandTag, err error) error {
	if err == nil && tag.RowsAffected() == 0 {
		return tenant.ErrNotFound
	}
	return err
}

func link(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return tenant.ErrLinkInvalid
	}
	return err
}

// zero is never: the zero time.
func zero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
