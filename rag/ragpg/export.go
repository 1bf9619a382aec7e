package ragpg

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const sqlExport = `SELECT ` + entryColumns + ` FROM entry e WHERE e.tenant_id = $1 ORDER BY e.position`

// inZone shows the dates as the merchant means them.
func inZone(t rag.Terms, zone *time.Location) rag.Terms {
	for _, at := range []*time.Time{&t.From, &t.Until} {
		if !at.IsZero() {
			*at = at.In(zone)
		}
	}
	return t
}

// Export writes all of a shop's entries in the merchant's order, as they come
// from the database: importing the result changes nothing.
func (k *Knowledge) Export(ctx context.Context, id tenant.ID, format sheet.Format, w io.Writer) error {
	write := sheet.WriteCSV
	if format == sheet.XLSX {
		write = sheet.WriteXLSX
	}
	zone, _, err := k.reads(ctx, id)
	if err != nil {
		return err
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlExport, id.UUID)
		if err != nil {
			return err
		}
		defer rows.Close()
		return write(w, func(yield func(sheet.Row, error) bool) {
			for n := 1; rows.Next(); n++ {
				var read entryRow
				err := rows.Scan(read.columns()...)
				e := read.entry()
				row := sheet.Row{Number: n, Question: e.Question, Answer: e.Answer, Category: e.Category, Language: e.Language, Phrasings: e.Phrasings,
					Terms: inZone(e.Terms, zone)}
				if !yield(row, err) {
					return
				}
			}
			if err := rows.Err(); err != nil {
				yield(sheet.Row{}, err)
			}
		})
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// ExportProducts writes what a shop sells as a sheet, so that Stage reads the same.
func (k *Knowledge) ExportProducts(ctx context.Context, id tenant.ID, format sheet.Format, w io.Writer) error {
	list, err := k.Products(ctx, id)
	if err != nil {
		return err
	}
	return sheet.WriteProducts(w, format, list)
}
