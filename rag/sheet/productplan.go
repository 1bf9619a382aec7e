package sheet

import (
	"errors"
	"fmt"
	"io"

	"storebot/rag"
	"storebot/rag/product"
)

// MaxProducts is how many rows one file of products may have.
const MaxProducts = 20_000

// A PlannedRow is a product's row and what taking it in would do.
type PlannedRow struct {
	ProductRow
	Status rag.RowStatus
	There  *product.Product // of a changed row: what it takes the place of
	Skip   bool             // of a changed row: what is there stays, by choice
}

// Stores reports whether the row's product is to be stored.
func (r PlannedRow) Stores() bool {
	return r.Status == rag.RowReady || r.Status == rag.RowChanged && !r.Skip
}

// A ProductPlan is what taking a file in would do.
type ProductPlan struct {
	Info           Info
	Rows           []PlannedRow
	Found          rag.Counts
	Skipped        int // of the changed rows: those whose product stays as it is
	AttributeNames []string
}

// Updates is how many products that are there get a row's values.
func (p ProductPlan) Updates() int { return p.Found.Changed - p.Skipped }

// PlanProducts reads a file to its end and holds it against what the shop has.
// What the file has no column for stays as it is. Errors: as of OpenProducts.
func PlanProducts(src io.ReaderAt, size int64, opts ProductOptions, there []product.Product) (plan ProductPlan, err error) {
	r, err := OpenProducts(src, size, opts)
	if err != nil {
		return plan, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	plan.Info, plan.AttributeNames = r.Info(), r.AttributeNames()
	has := make(map[string]*product.Product, len(there))
	for i := range there {
		has[product.Key(there[i].SKU)] = &there[i]
	}
	seen := map[string]bool{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return plan, nil
		}
		if err != nil {
			return plan, err
		}
		if len(plan.Rows) == MaxProducts {
			return plan, &FileError{Reason: TooLarge, Message: fmt.Sprintf("the file has more than %d products", MaxProducts), Cure: "import it in parts"}
		}
		key := product.Key(row.Product.SKU)
		planned := PlannedRow{Status: rag.RowReady, There: has[key]}
		row.over(planned.There)
		planned.ProductRow = row
		switch {
		case !Valid(row.Problems):
			planned.Status = rag.RowInvalid
		case seen[key]:
			planned.Status = rag.RowRepeated
		case planned.There != nil && planned.There.Same(row.Product):
			planned.Status = rag.RowExists
		case planned.There != nil:
			planned.Status = rag.RowChanged
			if planned.Skip = opts.skips(row.Number); planned.Skip {
				plan.Skipped++
			}
		}
		if planned.Status != rag.RowInvalid {
			seen[key] = true
		}
		plan.Found.Add(planned.Status)
		plan.Rows = append(plan.Rows, planned)
	}
}
