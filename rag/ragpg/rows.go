package ragpg

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// ListImportRows returns at most limit rows past the position after, in the
// file's order: those of the statuses, or all when there is none, and with the
// problem, unless that is "". Changed rows come with the entry that they would
// change; rows of products with what they come to. Error: rag.ErrNotFound.
func (k *Knowledge) ListImportRows(ctx context.Context, id tenant.ID, importID uuid.UUID, f rag.RowFilter, after, limit int) ([]rag.StagedRow, error) {
	which := pattern(f.Statuses)
	var list []rag.StagedRow
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, about, err := k.subjectOf(ctx, tx, sqlGetImport, id, importID)
		if err != nil {
			return err
		}
		for len(list) < limit {
			part, err := nextPart(ctx, tx, id, importID, after, which)
			if err != nil {
				return err
			}
			if len(part) == 0 {
				break
			}
			for _, r := range part {
				wanted := (which == "" || strings.IndexByte(which, statusLetters[r.Status]) > 0) && (f.Problem == "" || r.Has(f.Problem))
				if r.Position > after && wanted && len(list) < limit {
					list = append(list, r)
				}
			}
			after = part[len(part)-1].Position
		}
		rows := make([]*rag.StagedRow, len(list))
		for i := range list {
			rows[i] = &list[i]
		}
		return about.beside(ctx, tx, rows)
	})
	if err != nil {
		return nil, fmt.Errorf("list import rows: %w", err)
	}
	return list, nil
}
