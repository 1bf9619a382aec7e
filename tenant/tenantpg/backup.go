package tenantpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

const sqlReadsAll = `SELECT coalesce(bool_or(rolbypassrls), false) FROM pg_roles WHERE rolname = 'storebot_backup'`

// BackupReadsAll reports whether the role that makes backups reads past the
// policies. One that does not fails at the first table of the shops.
func (db *DB) BackupReadsAll(ctx context.Context) (reads bool, err error) {
	err = db.Identity(ctx, func(tx pgx.Tx) error { return tx.QueryRow(ctx, sqlReadsAll).Scan(&reads) })
	if err != nil {
		return false, fmt.Errorf("look at the backup's role: %w", err)
	}
	return reads, nil
}
