package sheet

import (
	"storebot/rag"
	"storebot/rag/product"
)

// MaxProducts is how many rows one file of products may have.
const MaxProducts = 20_000

// A ProductPlanner says what taking in the rows of one file would do, in the file's
// order. Its zero value is ready.
type ProductPlanner struct {
	seen map[string]bool // SKUs of rows that can be taken in
}

// Plan completes a row with what the shop has under its SKU, nil for nothing, and
// returns its status.
func (p *ProductPlanner) Plan(row *ProductRow, there *product.Product) rag.RowStatus {
	row.Over(there)
	key := product.Key(row.Product.SKU)
	switch {
	case !Valid(row.Problems):
		return rag.RowInvalid
	case p.seen[key]:
		return rag.RowRepeated
	}
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	p.seen[key] = true
	switch {
	case there == nil:
		return rag.RowReady
	case there.Same(row.Product):
		return rag.RowExists
	}
	return rag.RowChanged
}
