package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	sqlListGaps = `SELECT id, question, language, created_at FROM gap
		WHERE tenant_id = $1 AND state = 'open' ORDER BY created_at DESC, id DESC LIMIT $2`

	sqlCountGaps = `SELECT count(*) FROM gap WHERE tenant_id = $1 AND state = 'open'`

	sqlDismissGap = `UPDATE gap SET state = 'dismissed' WHERE tenant_id = $1 AND id = $2`
)

// ListGaps returns the newest open questions, at most limit, and how many there
// are.
func (k *Knowledge) ListGaps(ctx context.Context, id tenant.ID, limit int) (gaps []rag.Gap, total int, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListGaps, id.UUID, limit)
		if err != nil {
			return err
		}
		if gaps, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Gap]); err != nil {
			return err
		}
		return tx.QueryRow(ctx, sqlCountGaps, id.UUID).Scan(&total)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list gaps: %w", err)
	}
	return gaps, total, nil
}

// DismissGap takes a question off the list. Error: rag.ErrNotFound.
func (k *Knowledge) DismissGap(ctx context.Context, id tenant.ID, gap uuid.UUID) error {
	return k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlDismissGap, id.UUID, gap)
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		if err != nil {
			return lookup(err, "gap %s", gap)
		}
		return nil
	})
}
