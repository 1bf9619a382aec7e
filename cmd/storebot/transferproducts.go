package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// importProducts stores a file of products, or says what would happen; exit
// status 1 if a row could not be.
func (in *installation) importProducts(ctx context.Context, out io.Writer, id tenant.ID, file *os.File, c *importCmd) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if c.OnChange == rag.Add {
		return errors.New("--on-change add is for entries alone: no two products have the same SKU; use overwrite or skip")
	}
	opts := sheet.ProductOptions{Encoding: sheet.Encoding(c.Encoding), Currency: c.Currency, OnChange: c.OnChange}
	var plan sheet.ProductPlan
	if c.DryRun {
		there, err := in.knowledge.Products(ctx, id)
		if err != nil {
			return err
		}
		plan, err = sheet.PlanProducts(file, info.Size(), opts, there)
		if err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
	} else if plan, _, err = in.knowledge.ImportProducts(ctx, id, uuid.Nil, filepath.Base(file.Name()), file, info.Size(), opts); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	n := plan.Found
	fmt.Fprintf(out, "%s: %d products: %d new, %d changed, %d there already, %d repeated, %d not valid\n",
		plan.Info, len(plan.Rows), n.Ready, n.Changed, n.Exists, n.Repeated, n.Invalid)
	if plan.Skipped > 0 {
		fmt.Fprintf(out, "%d of the changed are skipped: their products stay as they are (--on-change skip).\n", plan.Skipped)
	}
	for _, row := range plan.Rows {
		if row.Status != rag.RowInvalid {
			continue
		}
		for _, p := range row.Problems {
			fmt.Fprintln(out, p)
		}
	}
	if c.DryRun {
		fmt.Fprintln(out, "Nothing was stored (--dry-run).")
	}
	if n.Invalid > 0 {
		return errSaid
	}
	return nil
}

// exportProducts writes what a shop sells, so that importProducts takes it back.
func (in *installation) exportProducts(ctx context.Context, id tenant.ID, format sheet.Format, w io.Writer) error {
	list, err := in.knowledge.Products(ctx, id)
	if err != nil {
		return err
	}
	return sheet.WriteProducts(w, format, list)
}
