package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// importReport is what import prints.
type importReport struct {
	Import   rag.Import
	Problems []rowReport
	DryRun   bool
}

type rowReport struct {
	Row      int              `json:"row"`
	Status   rag.RowStatus    `json:"status"`
	Question string           `json:"question,omitempty"`
	SKU      string           `json:"sku,omitempty"` // in the place of a question, of products
	Problems []rag.RowProblem `json:"problems"`
}

// problems returns the rows of a staged import that somebody should look at.
func (in *installation) problems(ctx context.Context, id tenant.ID, m rag.Import) ([]rowReport, error) {
	const page = 1000
	out := []rowReport{}
	for after := 0; ; {
		rows, err := in.knowledge.ListImportRows(ctx, id, m.ID, rag.RowFilter{}, after, page)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if len(r.Problems) > 0 || r.Status == rag.RowRepeated {
				row := rowReport{Row: r.Number, Status: r.Status, Question: r.Content.Question, Problems: r.Problems}
				if r.Product != nil {
					row.SKU = r.Product.SKU
				}
				out = append(out, row)
			}
			after = r.Position
		}
		if len(rows) < page {
			return out, nil
		}
	}
}

func (r importReport) print(out io.Writer, asJSON bool) error {
	m := r.Import
	if asJSON {
		return json.NewEncoder(out).Encode(struct {
			ID       uuid.UUID   `json:"id"`
			DryRun   bool        `json:"dry_run"`
			Format   string      `json:"format"`
			Rows     int         `json:"rows"`
			Found    rag.Counts  `json:"found"`
			Created  int         `json:"created"`
			Updated  int         `json:"updated"`
			Skipped  int         `json:"skipped"`
			Kept     []string    `json:"kept"`
			Problems []rowReport `json:"problems"`
		}{m.ID, r.DryRun, m.Format, m.Total, m.Found, m.Created, m.Updated, m.Skipped, m.Unsaid.Names(), r.Problems})
	}
	for _, row := range r.Problems {
		if row.Status == rag.RowRepeated {
			fmt.Fprintf(out, "row %d: repeats an earlier row of the file and is skipped\n", row.Row)
		}
		for _, p := range row.Problems {
			kind := "error"
			if p.Warning {
				kind = "warning"
			}
			column := ""
			if p.Column != "" {
				column = ", column " + p.Column
			}
			fmt.Fprintf(out, "row %d%s: %s: %s; %s\n", row.Row, column, kind, p.Message, p.Cure)
		}
	}
	fmt.Fprintf(out, "%s: %d rows: %d ready, %d already there, %d changed, %d repeated, %d invalid\n",
		m.Format, m.Total, m.Found.Ready, m.Found.Exists, m.Found.Changed, m.Found.Repeated, m.Found.Invalid)
	if kept := m.Unsaid.Names(); len(kept) > 0 && m.Found.Changed > 0 {
		fmt.Fprintf(out, "The file has no column for %s: entries that it overwrites keep theirs.\n", strings.Join(kept, ", "))
	}
	if r.DryRun {
		_, err := fmt.Fprintln(out, "Nothing was stored (dry run).")
		return err
	}
	_, err := fmt.Fprintf(out, "%d created, %d updated, %d skipped\n", m.Created, m.Updated, m.Skipped)
	return err
}
