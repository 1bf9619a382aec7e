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

	sqlDeleteProducts = `UPDATE product SET deleted_at = $3, change_id = $4 WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL`

	sqlPurgeProducts = `DELETE FROM product WHERE tenant_id = $1 AND deleted_at < $2`
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

// GetProduct returns a product that stands, and the names of attributes that the shop
// uses. Error: rag.ErrNotFound.
func (k *Knowledge) GetProduct(ctx context.Context, id tenant.ID, sold uuid.UUID) (p product.Product, attributeNames []string, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, sqlGetProduct, id.UUID, sold).Scan(productInto(&p)...); err != nil {
			return lookup(err, "product %s", sold)
		}
		rows, err := tx.Query(ctx, sqlAttributeNames, id.UUID)
		if err != nil {
			return err
		}
		attributeNames, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return p, attributeNames, err
}

// SaveProduct stores a product, a new one if it has no id; one that is so already stays
// as it is. by is the account; uuid.Nil: the program. onto is the ETag of what the product
// was written onto; "": whatever stands there. Errors: rag.ErrNotFound;
// *rag.MeanwhileError when something else stands there;
// *tenant.FieldError for what cannot be stored, product.ErrSKUTaken among them.
func (k *Knowledge) SaveProduct(ctx context.Context, id tenant.ID, by uuid.UUID, onto string, p product.Product) (product.Product, error) {
	saved, _, err := k.saveProduct(ctx, id, newAct(rag.Editing, by), onto, p)
	return saved, err
}

// saveProduct stores a product as an act; change is uuid.Nil when it was so already.
func (k *Knowledge) saveProduct(ctx context.Context, id tenant.ID, as act, onto string, p product.Product) (saved product.Product, change uuid.UUID, err error) {
	p = p.Clean()
	if err := p.Check(); err != nil {
		return p, uuid.Nil, err
	}
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		changed, err := k.putProduct(ctx, tx, id, as, onto, &p)
		if changed {
			change = as.change
		}
		return changed, err
	})
	if err != nil {
		return product.Product{}, uuid.Nil, fmt.Errorf("save product: %w", err)
	}
	return p, change, nil
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
func (k *Knowledge) putProduct(ctx context.Context, tx pgx.Tx, id tenant.ID, as act, onto string, p *product.Product) (bool, error) {
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
		if onto != "" && was.ETag() != onto {
			return false, meanwhile(ctx, tx, id, sqlProductWriter, p.ID)
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

// DeleteProducts deletes those that are there and says how many these were. For thirty
// days Undo brings them back. by is the account; uuid.Nil: the program.
func (k *Knowledge) DeleteProducts(ctx context.Context, id tenant.ID, by uuid.UUID, ids []uuid.UUID) (rag.Changed, error) {
	as := newAct(rag.Deleting, by)
	done := rag.Changed{Change: as.change}
	err := k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		err := begin(ctx, tx, id, as.change, as.kind, by)
		if err != nil {
			return false, err
		}
		if done.Count, err = k.removeProducts(ctx, tx, id, as.change, ids); err != nil {
			return false, err
		}
		if done.Count == 0 {
			done.Change = uuid.Nil
			return false, errNothing
		}
		_, err = tx.Exec(ctx, sqlPurgeProducts, id.UUID, k.now().Add(-productKept))
		return true, err
	})
	if err = something(err); err != nil {
		return rag.Changed{}, fmt.Errorf("delete products: %w", err)
	}
	return done, nil
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
