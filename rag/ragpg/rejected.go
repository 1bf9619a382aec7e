package ragpg

import (
	"cmp"
	"context"
	"fmt"
	"io"

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
	zone, err := k.zone(ctx, id)
	if err != nil {
		return err
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := importIn(ctx, tx, sqlGetImport, id, importID); err != nil {
			return err
		}
		return sheet.WriteRejected(w, func(yield func(sheet.Rejected, error) bool) {
			for after := 0; ; {
				part, err := nextPart(ctx, tx, id, importID, after, pattern([]rag.RowStatus{rag.RowInvalid}))
				if err != nil {
					yield(sheet.Rejected{}, err)
					return
				}
				if len(part) == 0 {
					return
				}
				for _, r := range part {
					if r.Status == rag.RowInvalid && !yield(rejected(&r, inZone(r.Content.Terms, zone), words), nil) {
						return
					}
				}
				after = part[len(part)-1].Position
			}
		})
	})
	if err != nil {
		return fmt.Errorf("write the rejected rows of import %s: %w", importID, err)
	}
	return nil
}

func rejected(r *rag.StagedRow, terms rag.Terms, words map[string]string) sheet.Rejected {
	c := r.Content
	out := sheet.Rejected{Row: sheet.Row{Number: r.Number, Question: c.Question, Answer: c.Answer, Category: c.Category,
		Language: c.Language, Phrasings: c.Phrasings, Terms: terms}}
	for _, p := range r.Problems {
		said := sheet.Problem{Row: r.Number, Column: p.Column, Code: sheet.Code(p.Code), Message: cmp.Or(words[p.Code], p.Message)}
		if words[p.Code] == "" {
			said.Cure = p.Cure
		}
		out.Problems = append(out.Problems, said)
	}
	return out
}
