package ragpg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

// productKept is how long a deleted product can be brought back.
const productKept = 30 * 24 * time.Hour

const productColumns = `p.id, p.sku, p.name, coalesce(p.price::text, ''), p.currency, p.stock, p.link, p.image, p.attributes, p.other_names, p.phrasings, p.updated_at`

// $2 a LIKE pattern, $3 a stock filter; each filters nothing when empty.
const fitsProducts = ` WHERE p.tenant_id = $1 AND p.deleted_at IS NULL
	AND ($2 = '' OR p.sku ILIKE $2 OR p.name ILIKE $2 OR EXISTS (SELECT FROM unnest(p.other_names) n WHERE n ILIKE $2)
	     OR EXISTS (SELECT FROM jsonb_array_elements(p.attributes) a WHERE a ->> 'value' ILIKE $2))
	AND CASE $3 WHEN 'in' THEN p.stock > 0 WHEN 'out' THEN p.stock = 0 WHEN 'none' THEN p.stock IS NULL ELSE true END`

const (
	sqlListProducts = `SELECT ` + productColumns + `, p.position FROM product p` + fitsProducts + ` AND p.position > $4 ORDER BY p.position LIMIT $5`

	sqlCountProducts = `SELECT count(*) FROM product p` + fitsProducts

	sqlAttributeNames = `
		SELECT DISTINCT a ->> 'name' FROM product p, jsonb_array_elements(p.attributes) a
		WHERE p.tenant_id = $1 AND p.deleted_at IS NULL AND a ->> 'name' <> '' ORDER BY 1 LIMIT 200`

	sqlAllProducts = `SELECT ` + productColumns + ` FROM product p WHERE p.tenant_id = $1 AND p.deleted_at IS NULL ORDER BY p.position`

	sqlGetProduct = `SELECT ` + productColumns + ` FROM product p WHERE p.tenant_id = $1 AND p.id = $2 AND coalesce(p.deleted_at, 'infinity') = 'infinity'`

	sqlInsertProduct = `
		INSERT INTO product (tenant_id, id, sku, sku_key, name, price, currency, stock, link, image, attributes, other_names, phrasings, change_id)
		VALUES ($1, $2, $3, $4, $5, nullif($6, '')::numeric, $7, $8, $9, $10, $11, $12, $13, $14)`

	// Written so that only the primary key serves: before the table was first
	// analysed the planner took the index of what is not deleted, by the shop alone,
	// and 20,000 updates took longer than a minute and a half, not seconds.
	sqlUpdateProduct = `
		UPDATE product
		SET sku = $3, sku_key = $4, name = $5, price = nullif($6, '')::numeric, currency = $7, stock = $8, link = $9, image = $10,
		    attributes = $11, other_names = $12, phrasings = $13, change_id = $14, updated_at = now()
		WHERE tenant_id = $1 AND id = $2 AND coalesce(deleted_at, 'infinity') = 'infinity'`

	// Of a table that was never analysed the planner takes every condition to leave one
	// row, and joins by asking the whole shop for each row of the other side. Statements that
	// join many products come after this, in the same transaction: they then read each
	// side once.
	sqlJoinOnce = `SELECT set_config('enable_nestloop', 'off', true)`

	sqlDeleteProducts = `UPDATE product SET deleted_at = $3, change_id = $4 WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL`

	sqlPurgeProducts = `DELETE FROM product WHERE tenant_id = $1 AND deleted_at < $2`

	// Of two deleted products with one SKU the one deleted last comes back.
	sqlRestoreProducts = `
		UPDATE product p SET deleted_at = NULL, change_id = $3, updated_at = now()
		FROM (SELECT DISTINCT ON (sku_key) id FROM product
		      WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NOT NULL
		        AND NOT EXISTS (SELECT FROM product o WHERE o.tenant_id = $1 AND o.sku_key = product.sku_key AND o.deleted_at IS NULL)
		      ORDER BY sku_key, deleted_at DESC, position) back
		WHERE p.tenant_id = $1 AND p.id = back.id`

	sqlDeletedProducts = `SELECT count(*) FROM product WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NOT NULL`
)

func productInto(p *product.Product) []any {
	return []any{&p.ID, &p.SKU, &p.Name, &p.Price, &p.Currency, &p.Stock, &p.Link, &p.Image, &p.Attributes, &p.OtherNames, &p.Phrasings, &p.UpdatedAt}
}

// productsOf reads rows of productColumns and of what stands in more beside them.
func productsOf(rows pgx.Rows, more ...any) (list []product.Product, err error) {
	var p product.Product
	_, err = pgx.ForEachRow(rows, append(productInto(&p), more...), func() error {
		list = append(list, p)
		p = product.Product{}
		return nil
	})
	return list, err
}

// ListProducts returns one page of a shop's products.
func (k *Knowledge) ListProducts(ctx context.Context, id tenant.ID, f product.Filter) (product.Page, error) {
	pattern := ""
	if search := strings.TrimSpace(f.Search); search != "" {
		pattern = "%" + likeEscape.Replace(search) + "%"
	}
	var page product.Page
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListProducts, planned, id.UUID, pattern, string(f.Stock), f.After, f.Limit+1)
		if err != nil {
			return err
		}
		var p product.Product
		var position, last int64
		if _, err := pgx.ForEachRow(rows, append(productInto(&p), &position), func() error {
			if len(page.Products) == f.Limit {
				page.Next = last
				return nil
			}
			page.Products, last = append(page.Products, p), position
			p = product.Product{}
			return nil
		}); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sqlCountProducts, planned, id.UUID, pattern, string(f.Stock)).Scan(&page.Total); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, sqlAttributeNames, id.UUID)
		if err != nil {
			return err
		}
		page.AttributeNames, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return product.Page{}, fmt.Errorf("list products: %w", err)
	}
	return page, nil
}

// Products returns all of a shop's products, in the order in which they came.
func (k *Knowledge) Products(ctx context.Context, id tenant.ID) (list []product.Product, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		list, err = allProducts(ctx, tx, id)
		return err
	})
	return list, err
}

func allProducts(ctx context.Context, tx pgx.Tx, id tenant.ID) ([]product.Product, error) {
	rows, err := tx.Query(ctx, sqlAllProducts, id.UUID)
	if err != nil {
		return nil, err
	}
	list, err := productsOf(rows)
	if err != nil {
		return nil, fmt.Errorf("read products: %w", err)
	}
	return list, nil
}

// SaveProduct stores a product, a new one if it has no id; one that is so already stays
// as it is. by is the account; uuid.Nil: the program. Errors: rag.ErrNotFound;
// *tenant.FieldError for what cannot be stored, product.ErrSKUTaken among them.
func (k *Knowledge) SaveProduct(ctx context.Context, id tenant.ID, by uuid.UUID, p product.Product) (product.Product, error) {
	return k.saveProduct(ctx, id, newAct(rag.Editing, by), p)
}

func (k *Knowledge) saveProduct(ctx context.Context, id tenant.ID, as act, p product.Product) (product.Product, error) {
	p = p.Clean()
	if err := p.Check(); err != nil {
		return p, err
	}
	err := k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		return k.putProduct(ctx, tx, id, as, &p)
	})
	if err != nil {
		return product.Product{}, fmt.Errorf("save product: %w", err)
	}
	return p, nil
}

// An act is one change, to be written down with the first thing that it changes.
type act struct {
	change uuid.UUID
	kind   rag.ChangeKind
	by     uuid.UUID
}

func newAct(kind rag.ChangeKind, by uuid.UUID) act { return act{uuid.Must(uuid.NewV7()), kind, by} }

// putProduct stores a product as part of an act, a new one if it has no id, keeping
// what it was, and reads it again. It reports whether anything changed.
func (k *Knowledge) putProduct(ctx context.Context, tx pgx.Tx, id tenant.ID, as act, p *product.Product) (bool, error) {
	sql := sqlUpdateProduct
	if p.ID == uuid.Nil {
		sql, p.ID, as.kind = sqlInsertProduct, uuid.Must(uuid.NewV7()), rag.Creating
	} else {
		var was product.Product
		if err := tx.QueryRow(ctx, sqlGetProduct, id.UUID, p.ID).Scan(productInto(&was)...); err != nil {
			return false, lookup(err, "product %s", p.ID)
		}
		if was.Same(*p) && slices.Equal(was.Attributes, p.Attributes) {
			*p = was
			return false, nil
		}
	}
	if err := begin(ctx, tx, id, as.change, as.kind, as.by); err != nil {
		return false, err
	}
	if err := keepProducts(ctx, tx, id, as.change, []uuid.UUID{p.ID}); err != nil {
		return false, err
	}
	if _, err := tx.Exec(ctx, sql, productArgs(id, as.change, *p)...); err != nil {
		return false, skuTaken(err)
	}
	return true, tx.QueryRow(ctx, sqlGetProduct, id.UUID, p.ID).Scan(productInto(p)...)
}

// productArgs are $1 to $14 of what stores a product.
func productArgs(id tenant.ID, change uuid.UUID, p product.Product) []any {
	attributes, names, phrasings := p.Attributes, p.OtherNames, p.Phrasings
	if attributes == nil {
		attributes = []product.Attribute{}
	}
	if names == nil {
		names = []string{}
	}
	if phrasings == nil {
		phrasings = []string{}
	}
	return []any{id.UUID, p.ID, p.SKU, product.Key(p.SKU), p.Name, string(p.Price), p.Currency, p.Stock, p.Link, p.Image, attributes, names, phrasings, change}
}

func skuTaken(err error) error {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.ConstraintName == "product_sku" {
		return product.ErrSKUTaken
	}
	return err
}

// DeleteProducts deletes those that are there and says how many these were. by is the
// account; uuid.Nil: the program.
func (k *Knowledge) DeleteProducts(ctx context.Context, id tenant.ID, by uuid.UUID, ids []uuid.UUID) (n int, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		as := newAct(rag.Deleting, by)
		if err := begin(ctx, tx, id, as.change, as.kind, by); err != nil {
			return false, err
		}
		if n, err = k.removeProducts(ctx, tx, id, as.change, ids); err != nil {
			return false, err
		}
		if n == 0 {
			return false, errNothing
		}
		_, err = tx.Exec(ctx, sqlPurgeProducts, id.UUID, k.now().Add(-productKept))
		return true, err
	})
	if err = something(err); err != nil {
		return 0, fmt.Errorf("delete products: %w", err)
	}
	return n, nil
}

// removeProducts deletes those of the products that are there as part of a change, and
// keeps what they were.
func (k *Knowledge) removeProducts(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, ids []uuid.UUID) (int, error) {
	if err := keepProducts(ctx, tx, id, change, ids); err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, sqlDeleteProducts, id.UUID, ids, k.now(), change)
	return int(tag.RowsAffected()), err
}

// RestoreProducts brings deleted products back, as a change of its own; kept counts
// those whose SKU is another product's now.
func (k *Knowledge) RestoreProducts(ctx context.Context, id tenant.ID, by uuid.UUID, ids []uuid.UUID) (restored, kept int, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		if _, err := tx.Exec(ctx, sqlJoinOnce); err != nil {
			return false, err
		}
		as := newAct(rag.TakingBack, by)
		tag, err := tx.Exec(ctx, sqlRestoreProducts, planned, id.UUID, ids, as.change)
		if err != nil {
			return false, err
		}
		if restored = int(tag.RowsAffected()); restored > 0 {
			if err := begin(ctx, tx, id, as.change, as.kind, by); err != nil {
				return false, err
			}
		}
		return restored > 0, tx.QueryRow(ctx, sqlDeletedProducts, id.UUID, ids).Scan(&kept)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("restore products: %w", err)
	}
	return restored, kept, nil
}
