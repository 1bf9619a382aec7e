package ragpg

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const (
	sqlProductsBySKU = `
		SELECT ` + productColumns + `
		FROM unnest($2::text[]) AS q(key)
		CROSS JOIN LATERAL (SELECT * FROM product WHERE tenant_id = $1 AND sku_key = q.key AND deleted_at IS NULL OFFSET 0) p`

	// The version of the dry run stays: the rows after these were not compared again.
	sqlTurned = `UPDATE import SET info = $3 WHERE tenant_id = $1 AND id = $2`
)

// ofProducts is the subject of an import of products.
type ofProducts struct {
	k       *Knowledge
	tenant  tenant.ID
	m       rag.Import
	columns *sheet.ProductColumns
}

func (k *Knowledge) ofProducts(id tenant.ID, m rag.Import) (ofProducts, error) {
	s := ofProducts{k: k, tenant: id, m: m, columns: new(sheet.ProductColumns)}
	if len(m.Columns) == 0 {
		return s, nil // of the time before rows were kept: it has none
	}
	var err error
	if s.columns, err = sheet.NewProductColumns(m.Columns, m.Currency); err != nil {
		return s, fmt.Errorf("columns of import %s: %w", m.ID, err)
	}
	return s, nil
}

// No two products have one SKU, so that a row cannot become one beside it.
func (s ofProducts) ways() []rag.OnChange { return []rag.OnChange{rag.Overwrite, rag.Skip} }

func (s ofProducts) judge(tx pgx.Tx) judge { return &productJudge{ofProducts: s, tx: tx} }

// A productJudge is the judge of products.
type productJudge struct {
	ofProducts
	tx      pgx.Tx
	planner sheet.ProductPlanner
	there   map[string]*product.Product // all that the shop has, by SKU
}

func (j *productJudge) part(ctx context.Context, rows []readRow) error {
	if j.there == nil {
		list, err := allProducts(ctx, j.tx, j.tenant)
		if err != nil {
			return err
		}
		j.there = keyed(list)
	}
	for i := range rows {
		r := &rows[i]
		read := j.columns.Row(r.Number, r.Cells)
		r.Status = j.planner.Plan(&read, j.there[product.Key(read.Product.SKU)])
		r.Problems = rowProblems(read.Problems)
	}
	return nil
}

func (j *productJudge) end(context.Context, func(rag.RowProblem, int)) error { return nil }

func (s ofProducts) write(r *rag.StagedRow, edit rag.RowEdit) error {
	if edit.Cells == nil {
		return otherSubject()
	}
	r.Cells = s.columns.Mend(r.Cells, edit.Cells)
	return nil
}

func (s ofProducts) beside(ctx context.Context, tx pgx.Tx, rows []*rag.StagedRow) error {
	read := make([]sheet.ProductRow, len(rows))
	keys := make([]string, len(rows))
	for i, r := range rows {
		read[i] = s.columns.Row(r.Number, r.Cells)
		keys[i] = product.Key(read[i].Product.SKU)
	}
	there, err := bySKU(ctx, tx, s.tenant, keys)
	if err != nil {
		return err
	}
	for i, r := range rows {
		was := there[keys[i]]
		read[i].Over(was)
		r.Product, r.Named = &read[i].Product, s.columns.Named(r.Cells)
		if r.Status == rag.RowChanged {
			r.Was = was
		}
	}
	return nil
}

// plan asks for the products of all rows but those that cannot be taken in, and those
// that exist if holds. What a row has no column for stays as it is now.
func (s ofProducts) plan(ctx context.Context, tx pgx.Tx, rows []rag.StagedRow, holds bool) (plan, error) {
	read := make([]*sheet.ProductRow, len(rows))
	var keys []string
	for i, r := range rows {
		if r.Status == rag.RowInvalid || r.Status == rag.RowRepeated || r.Status == rag.RowExists && holds {
			continue
		}
		one := s.columns.Row(r.Number, r.Cells)
		read[i], keys = &one, append(keys, product.Key(one.Product.SKU))
	}
	there, err := bySKU(ctx, tx, s.tenant, keys)
	if err != nil {
		return nil, err
	}
	p := &productPlan{ofProducts: s, rows: rows}
	for i, one := range read {
		if one == nil {
			continue
		}
		was := there[product.Key(one.Product.SKU)]
		one.Over(was)
		switch {
		case !sheet.Valid(one.Problems):
			p.turn(&rows[i], one.Problems)
		case was == nil:
			one.Product.ID = uuid.Must(uuid.NewV7())
			p.created = append(p.created, one.Product)
		case !was.Same(one.Product) && cmp.Or(rows[i].Choice, s.m.OnChange) == rag.Overwrite:
			p.updated = append(p.updated, one.Product)
		}
	}
	return p, nil
}

// A productPlan is the plan of rows of products.
type productPlan struct {
	ofProducts
	rows             []rag.StagedRow
	turned           bool // rows cannot be taken in that could at the dry run
	created, updated []product.Product
}

// turn makes a row invalid that was not at the dry run: the product that it would have
// changed is gone, and the row alone is too little for a new one.
func (p *productPlan) turn(r *rag.StagedRow, problems []sheet.Problem) {
	p.m.Found.Move(r.Status, rag.RowInvalid)
	r.Status, r.Problems, p.turned = rag.RowInvalid, rowProblems(problems), true
	for _, one := range r.Problems {
		if !one.Warning {
			p.m.Problems = counted(p.m.Problems, one, 1)
		}
	}
}

func (p *productPlan) size() (created, updated int) { return len(p.created), len(p.updated) }

func (p *productPlan) foresee(to *rag.Foreseen) {
	to.Products = append(append(to.Products, p.updated...), p.created...)
}

func (p *productPlan) store(ctx context.Context, tx pgx.Tx, _ string) error {
	if p.turned {
		rows := make([]readRow, len(p.rows))
		for i, r := range p.rows {
			rows[i] = readRow{StagedRow: r}
		}
		if err := replacePart(ctx, tx, p.tenant, p.m.ID, rows); err != nil {
			return err
		}
		info, err := infoOf(p.m)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlTurned, p.tenant.UUID, p.m.ID, info); err != nil {
			return fmt.Errorf("update import: %w", err)
		}
	}
	if len(p.created)+len(p.updated) == 0 {
		return nil
	}
	var rows pgx.Batch
	replaced := make([]uuid.UUID, len(p.updated))
	for i, one := range p.updated {
		replaced[i] = one.ID
		rows.Queue(sqlUpdateProduct, productArgs(p.tenant, p.m.ID, one)...)
	}
	for _, one := range p.created {
		rows.Queue(sqlInsertProduct, productArgs(p.tenant, p.m.ID, one)...)
	}
	if err := keepProducts(ctx, tx, p.tenant, p.m.ID, replaced); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, &rows).Close(); err != nil {
		return fmt.Errorf("store products: %w", err)
	}
	return nil
}

func (s ofProducts) undo(ctx context.Context, tx pgx.Tx, _ string, as uuid.UUID) (rag.Undone, error) {
	return s.k.undoProducts(ctx, tx, s.tenant, s.m.ID, as)
}

func (s ofProducts) reject(w io.Writer, _ *time.Location, rows iter.Seq2[rag.StagedRow, error], words map[string]string) error {
	return sheet.WriteRejectedProducts(w, s.m.Columns, func(yield func(sheet.RejectedProduct, error) bool) {
		for r, err := range rows {
			if !yield(sheet.RejectedProduct{Cells: r.Cells, Problems: inWords(&r, words)}, err) {
				return
			}
		}
	})
}

// bySKU returns the products that have the keys of SKUs.
func bySKU(ctx context.Context, tx pgx.Tx, id tenant.ID, keys []string) (map[string]*product.Product, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	rows, err := tx.Query(ctx, sqlProductsBySKU, planned, id.UUID, keys)
	if err != nil {
		return nil, fmt.Errorf("find products: %w", err)
	}
	list, err := productsOf(rows)
	if err != nil {
		return nil, fmt.Errorf("find products: %w", err)
	}
	return keyed(list), nil
}

func keyed(list []product.Product) map[string]*product.Product {
	by := make(map[string]*product.Product, len(list))
	for i := range list {
		by[product.Key(list[i].SKU)] = &list[i]
	}
	return by
}
