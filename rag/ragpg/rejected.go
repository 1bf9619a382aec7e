package ragpg

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// WriteRejected writes the rows of an import that could not be taken in as a
// CSV file with what is wrong in a last column. words say it, by the code of the
// problem; what they lack is said in English. Error: rag.ErrNotFound.
func (k *Knowledge) WriteRejected(ctx context.Context, id tenant.ID, importID uuid.UUID, words map[string]string, w io.Writer) error {
	zone, _, err := k.reads(ctx, id)
	if err != nil {
		return err
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, about, err := k.subjectOf(ctx, tx, sqlGetImport, id, importID)
		if err != nil {
			return err
		}
		return about.reject(w, zone, invalid(ctx, tx, id, importID), words)
	})
	if err != nil {
		return fmt.Errorf("write the rejected rows of import %s: %w", importID, err)
	}
	return nil
}

// invalid are the rows of an import that cannot be taken in.
func invalid(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID) iter.Seq2[rag.StagedRow, error] {
	return func(yield func(rag.StagedRow, error) bool) {
		for after := 0; ; {
			part, err := nextPart(ctx, tx, id, importID, after, pattern([]rag.RowStatus{rag.RowInvalid}))
			if err != nil {
				yield(rag.StagedRow{}, err)
				return
			}
			if len(part) == 0 {
				return
			}
			for _, r := range part {
				if r.Status == rag.RowInvalid && !yield(r, nil) {
					return
				}
			}
			after = part[len(part)-1].Position
		}
	}
}

// inWords is what is wrong with a row, in the merchant's words where they say it.
func inWords(r *rag.StagedRow, words map[string]string) (said []sheet.Problem) {
	for _, p := range r.Problems {
		one := sheet.Problem{Row: r.Number, Column: p.Column, Code: sheet.Code(p.Code), Message: cmp.Or(words[p.Code], p.Message)}
		if words[p.Code] == "" {
			one.Cure = p.Cure
		}
		said = append(said, one)
	}
	return said
}
