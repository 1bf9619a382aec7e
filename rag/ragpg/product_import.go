package ragpg

import (
	"context"
	"fmt"
	"io"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// ImportProducts stores a file's products in one transaction, by SKU, and
// returns what it did. Rows that are not valid, or repeat one, are left out. Errors: as
// of sheet.PlanProducts; rag.ErrNotFound when there is no such shop.
func (k *Knowledge) ImportProducts(ctx context.Context, id tenant.ID, file io.ReaderAt, size int64, opts sheet.ProductOptions) (plan sheet.ProductPlan, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		there, err := allProducts(ctx, tx, id)
		if err != nil {
			return false, err
		}
		if plan, err = sheet.PlanProducts(file, size, opts, there); err != nil {
			return false, err
		}
		var b pgx.Batch
		for _, row := range plan.Rows {
			p := row.Product
			switch row.Status {
			case rag.RowReady:
				p.ID = uuid.Must(uuid.NewV7())
				b.Queue(sqlInsertProduct, productArgs(id, p)...)
			case rag.RowChanged:
				b.Queue(sqlUpdateProduct, productArgs(id, p)...)
			}
		}
		if b.Len() == 0 {
			return false, nil
		}
		if err := tx.SendBatch(ctx, &b).Close(); err != nil {
			return false, fmt.Errorf("store products: %w", err)
		}
		return true, nil
	})
	if err != nil {
		return sheet.ProductPlan{}, fmt.Errorf("import products: %w", err)
	}
	return plan, nil
}
