package tenantpg

import (
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/tenant"
)

// Store keeps the tenant nouns: it is tenant's Accounts, Sessions, Shops,
// Directory, People and Usages.
type Store struct{ db *DB }

// NewStore returns a Store on db.
func NewStore(db *DB) *Store { return &Store{db} }

// found turns "no row" into the domain's word for it.
func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return tenant.ErrNotFound
	}
	return err
}

// changed is found for statements that return no row.
func changed(tag pgconn.CommandTag, err error) error {
	if err == nil && tag.RowsAffected() == 0 {
		return tenant.ErrNotFound
	}
	return err
}

// taken names the unique constraint that err broke; "" when it is another error.
func taken(err error) string {
	const uniqueViolation = "23505"
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == uniqueViolation {
		return pg.ConstraintName
	}
	return ""
}
