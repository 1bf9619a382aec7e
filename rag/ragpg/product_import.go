package ragpg

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const (
	sqlInsertProductImport = `
		INSERT INTO product_import (tenant_id, id, file_name, created_rows, updated_rows, created_at) VALUES ($1, $2, $3, $4, $5, now())`

	productImportColumns = `id, file_name, created_at, created_rows, updated_rows, undone_at, removed_rows, restored_rows, kept_rows`

	sqlListProductImports = `SELECT ` + productImportColumns + ` FROM product_import WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2`
)

// ImportProducts stores a file's products in one transaction, by SKU, and
// returns what it did, and the import by which it can be taken back: uuid.Nil when it
// changed nothing. Rows that are not valid, repeat one or are to be skipped are left out. by is
// the account; uuid.Nil: the program. Errors: as of sheet.PlanProducts; rag.ErrNotFound when
// there is no such shop.
func (k *Knowledge) ImportProducts(ctx context.Context, id tenant.ID, by uuid.UUID, name string, file io.ReaderAt, size int64, opts sheet.ProductOptions) (plan sheet.ProductPlan, importID uuid.UUID, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		there, err := allProducts(ctx, tx, id)
		if err != nil {
			return false, err
		}
		if plan, err = sheet.PlanProducts(file, size, opts, there); err != nil {
			return false, err
		}
		if plan.Found.Ready+plan.Updates() == 0 {
			return false, nil
		}
		importID = uuid.Must(uuid.NewV7())
		var rows pgx.Batch
		rows.Queue(sqlInsertProductImport, id.UUID, importID, name, plan.Found.Ready, plan.Updates())
		var replaced []uuid.UUID
		for _, row := range plan.Rows {
			if !row.Stores() {
				continue
			}
			p, sql := row.Product, sqlUpdateProduct
			if row.Status == rag.RowReady {
				p.ID, sql = uuid.Must(uuid.NewV7()), sqlInsertProduct
			} else {
				replaced = append(replaced, p.ID)
			}
			rows.Queue(sql, productArgs(id, importID, p)...)
		}
		if err := begin(ctx, tx, id, importID, rag.Importing, by); err != nil {
			return false, err
		}
		if err := keepProducts(ctx, tx, id, importID, replaced); err != nil {
			return false, err
		}
		if err := tx.SendBatch(ctx, &rows).Close(); err != nil {
			return false, fmt.Errorf("store products: %w", err)
		}
		return true, nil
	})
	if err != nil {
		return sheet.ProductPlan{}, uuid.Nil, fmt.Errorf("import products: %w", err)
	}
	return plan, importID, nil
}

// ProductImports returns a shop's latest imports of products that changed something, the newest first.
func (k *Knowledge) ProductImports(ctx context.Context, id tenant.ID, limit int) (list []product.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListProductImports, id.UUID, limit)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[product.Import])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list imports of products: %w", err)
	}
	return list, nil
}

const (
	sqlLockProductImport = `SELECT created_at, undone_at FROM product_import WHERE tenant_id = $1 AND id = $2 FOR UPDATE`

	sqlProductImportUndone = `
		UPDATE product_import SET undone_at = now(), removed_rows = $3, restored_rows = $4, kept_rows = $5
		WHERE tenant_id = $1 AND id = $2 RETURNING ` + productImportColumns
)

// UndoProductImport takes an import back: what it added is deleted, what it replaced
// becomes what it was. What was changed since stays, and is counted. by is the account. Errors:
// rag.ErrNotFound; *rag.InputError when it was taken back already or is older than
// rag.UndoPeriod.
func (k *Knowledge) UndoProductImport(ctx context.Context, id tenant.ID, by, importID uuid.UUID) (m product.Import, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		var at time.Time
		var undoneAt *time.Time
		if err := tx.QueryRow(ctx, sqlLockProductImport, id.UUID, importID).Scan(&at, &undoneAt); err != nil {
			return false, lookup(err, "import of products %s", importID)
		}
		if undoneAt != nil {
			return false, &rag.InputError{Code: "already_undone", Message: "this was taken back already", Cure: "reload the page"}
		}
		if k.now().Sub(at) > rag.UndoPeriod {
			return false, &rag.InputError{Code: "undo_too_late", Message: "the import is older than thirty days", Cure: "change the products by hand"}
		}
		undone, err := k.undoProducts(ctx, tx, id, importID, newAct(rag.TakingBack, by))
		if err != nil {
			return false, err
		}
		rows, err := tx.Query(ctx, sqlProductImportUndone, id.UUID, importID, undone.Removed, undone.Restored, undone.Kept)
		if err == nil {
			m, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[product.Import])
		}
		return true, err
	})
	if err != nil {
		return m, fmt.Errorf("take back an import of products: %w", err)
	}
	return m, nil
}
