package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// The change that wrote what stands, as the lists of versions tell it.
const (
	sqlEntryWriter = `
		SELECT ` + writer + ` FROM (
			SELECT NULL::uuid AS revision, change_id AS written_by, updated_at AS written_at FROM entry WHERE tenant_id = $1 AND id = $2) v` + byWriter

	sqlProductWriter = `
		SELECT ` + writer + ` FROM (
			SELECT NULL::uuid AS revision, change_id AS written_by, updated_at AS written_at FROM product WHERE tenant_id = $1 AND id = $2) v` + byWriter
)

// meanwhile returns the *rag.MeanwhileError for one thing that stands; sql says how it
// came to be.
func meanwhile(ctx context.Context, tx pgx.Tx, id tenant.ID, sql string, of uuid.UUID) error {
	var e rag.MeanwhileError
	if err := tx.QueryRow(ctx, sql, id.UUID, of).Scan(&e.At, &e.Kind, &e.By, &e.File); err != nil {
		return fmt.Errorf("who changed %s: %w", of, err)
	}
	return &e
}
