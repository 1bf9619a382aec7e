package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

// productContent is what makes one version of a product another than the next.
const productContent = `sku, sku_key, name, price, currency, stock, link, image, attributes, other_names, phrasings`

const productVersions = `
	SELECT id AS revision, product_id AS id, written_by, written_at, written_at AS updated_at, ` + productContent + `
	FROM product_revision WHERE tenant_id = $1 AND product_id = $2`

const (
	// Of a change that writes a product twice, what it was before the first time.
	sqlKeepProducts = `
		INSERT INTO product_revision (tenant_id, id, product_id, change_id, written_by, written_at, ` + productContent + `)
		SELECT $1, gen_random_uuid(), p.id, $2, p.change_id, p.updated_at, ` + productContent + `
		FROM unnest($3::uuid[]) AS w(id)
		CROSS JOIN LATERAL (SELECT * FROM product WHERE tenant_id = $1 AND id = w.id OFFSET 0) p
		WHERE p.deleted_at IS NULL
		ON CONFLICT (tenant_id, change_id, product_id) DO NOTHING`

	sqlListProductRevisions = `
		SELECT revision, deletion, ` + productColumns + `, ` + writer + ` FROM (SELECT * FROM (
			SELECT NULL::uuid AS revision, id, change_id AS written_by, updated_at AS written_at, updated_at, ` + productContent + `, false AS deletion
			FROM product WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL
			UNION ALL SELECT v.*, false FROM (` + productVersions + `) v
			UNION ALL SELECT r.id, product_id, d.id, d.created_at, d.created_at, ` + productContent + `, true
			FROM product_revision r JOIN entry_change d ON d.tenant_id = $1 AND d.id = r.change_id
			WHERE r.tenant_id = $1 AND product_id = $2 AND d.kind = 'delete') every` + latest + `) p` + byWriter

	sqlGetProductRevision = `SELECT ` + productColumns + ` FROM (` + productVersions + ` AND id = $3) p`
)

// keepProducts stores what products are before a change overwrites or deletes them;
// those that are deleted already were kept then.
func keepProducts(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, products []uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlKeepProducts, planned, id.UUID, change, products); err != nil {
		return fmt.Errorf("keep the products before: %w", err)
	}
	return nil
}

// ListProductRevisions returns a page of the versions and deletions of a product that stands, as
// ListRevisions does those of an entry. Error: rag.ErrNotFound.
func (k *Knowledge) ListProductRevisions(ctx context.Context, id tenant.ID, sold uuid.UUID, after rag.RevisionPlace) (list []rag.Revision[product.Product], more bool, err error) {
	var p product.Product
	list, more, err = revisions(ctx, k.DB, id, sqlListProductRevisions, sold, after, productInto(&p), func() product.Product {
		out := p
		p = product.Product{} // the next row gets slices of its own
		return out
	})
	if err != nil {
		return nil, false, fmt.Errorf("list revisions of product %s: %w", sold, err)
	}
	return list, more, nil
}

// RestoreProductRevision makes an earlier version of a product its present one, as a
// change of its own, which is uuid.Nil when it is that already. by is the account, onto as
// of SaveProduct. Errors: rag.ErrNotFound; *rag.MeanwhileError; product.ErrSKUTaken.
func (k *Knowledge) RestoreProductRevision(ctx context.Context, id tenant.ID, by, sold, revision uuid.UUID, onto string) (p product.Product, change uuid.UUID, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlGetProductRevision, id.UUID, sold, revision).Scan(productInto(&p)...)
	})
	if err != nil {
		return p, uuid.Nil, lookup(err, "revision %s of product %s", revision, sold)
	}
	return k.saveProduct(ctx, id, newAct(rag.Restoring, by), onto, p)
}
