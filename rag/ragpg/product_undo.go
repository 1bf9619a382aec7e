package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

const (
	// What a change wrote or deleted, and what has become of it. A product stands as the
	// change wrote it also where it says the same again: a later change was taken back.
	sqlProductsOf = `
		WITH wrote AS (
			SELECT id FROM product WHERE tenant_id = $1 AND change_id = $2
			UNION SELECT product_id FROM product_revision WHERE tenant_id = $1 AND change_id = $2
			UNION SELECT product_id FROM product_revision WHERE tenant_id = $1 AND written_by = $2)
		SELECT p.id, r.id IS NOT NULL, p.deleted_at IS NOT NULL,
		       coalesce(p.change_id = $2, false) OR EXISTS (
		           SELECT FROM product_revision v
		           WHERE v.tenant_id = $1 AND v.product_id = p.id AND v.written_by = $2 AND p.deleted_at IS NULL
		             AND (v.sku, v.name, v.price, v.currency, v.stock, v.link, v.image, v.attributes, v.other_names, v.phrasings)
		                 IS NOT DISTINCT FROM (p.sku, p.name, p.price, p.currency, p.stock, p.link, p.image, p.attributes, p.other_names, p.phrasings)),
		       NOT EXISTS (
		           SELECT FROM product o
		           WHERE o.tenant_id = $1 AND o.sku_key = r.sku_key AND o.deleted_at IS NULL AND o.id <> p.id)
		FROM wrote w
		JOIN product p ON p.tenant_id = $1 AND p.id = w.id
		LEFT JOIN product_revision r ON r.tenant_id = $1 AND r.change_id = $2 AND r.product_id = w.id
		ORDER BY p.position`

	sqlPutProductsBack = `
		UPDATE product p
		SET sku = r.sku, sku_key = r.sku_key, name = r.name, price = r.price, currency = r.currency, stock = r.stock, link = r.link,
		    image = r.image, attributes = r.attributes, other_names = r.other_names, phrasings = r.phrasings,
		    deleted_at = NULL, change_id = $3, updated_at = now()
		FROM product_revision r
		WHERE r.tenant_id = $1 AND r.change_id = $2 AND p.tenant_id = $1 AND p.id = r.product_id AND p.id = ANY ($4::uuid[])`
)

// undoProducts takes what a change did to products back, as part of another that has begun: what it
// added is deleted, what it overwrote or deleted is what it was. What was changed since
// stays and is counted, as is what would have another product's SKU.
func (k *Knowledge) undoProducts(ctx context.Context, tx pgx.Tx, id tenant.ID, change, as uuid.UUID) (undone rag.Undone, err error) {
	if _, err := tx.Exec(ctx, tenantpg.NoLoops); err != nil {
		return undone, err
	}
	rows, err := tx.Query(ctx, sqlProductsOf, planned, id.UUID, change)
	if err != nil {
		return undone, fmt.Errorf("find what the change did to products: %w", err)
	}
	var sold uuid.UUID
	var there, deleted, stands, free bool // there: was so before the change
	var created, changed []uuid.UUID
	if _, err := pgx.ForEachRow(rows, []any{&sold, &there, &deleted, &stands, &free}, func() error {
		switch {
		case deleted && !stands: // somebody deleted it since
		case stands && there && free:
			changed = append(changed, sold)
		case stands && !there && !deleted:
			created = append(created, sold)
		default:
			undone.Kept++
		}
		return nil
	}); err != nil {
		return undone, fmt.Errorf("find what the change did to products: %w", err)
	}
	undone.Removed, undone.Restored = len(created), len(changed)
	if len(created)+len(changed) == 0 {
		return undone, nil
	}
	if _, err := k.removeProducts(ctx, tx, id, as, created); err != nil {
		return undone, fmt.Errorf("remove what the change added: %w", err)
	}
	if err := keepProducts(ctx, tx, id, as, changed); err != nil {
		return undone, err
	}
	if _, err := tx.Exec(ctx, sqlPutProductsBack, planned, id.UUID, change, as, changed); err != nil {
		return undone, fmt.Errorf("put back what the change replaced: %w", err)
	}
	return undone, nil
}
