package ragpg_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag/ragpg"
	"storebot/tenant/tenantpg"
)

// Right after a table was filled, before it was ever analysed, no statement that names
// products by their ids or SKUs reads the whole shop for each of them: the plan has no
// loop that compares all rows with all, and one product is found by its id, some by SKUs.
func TestProductsAreFoundByIDBeforeStatisticsExist(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.importProducts(t, "sku,name\nA,Tea\nB,Cup\n")
	id, ids, at := uuid.New(), []uuid.UUID{uuid.New(), uuid.New()}, time.Now()
	args := map[string][]any{
		"get": {id}, "delete": {ids, at, id}, "keep": {id, ids}, "wrote": {id}, "undo": {id, id, ids}, "by SKU": {[]string{"a", "b"}},
	}
	for name, sql := range ragpg.ByProduct {
		err := b.db.InTenant(ctx, b.shop, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, tenantpg.NoLoops); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, "EXPLAIN "+sql, append([]any{pgx.QueryExecModeDescribeExec, b.shop.UUID}, args[name]...)...)
			if err != nil {
				return err
			}
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			plan := strings.Join(lines, "\n") + "\n"
			if comparesAll(lines) || name == "get" && !strings.Contains(plan, "(id = ") || name == "by SKU" && !strings.Contains(plan, "(sku_key = ") {
				t.Errorf("%s reads the whole shop for each product:\n%s", name, plan)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// comparesAll tells whether a plan joins by holding each row of one side against all of the other.
func comparesAll(plan []string) bool {
	join := ""
	for _, line := range plan {
		switch {
		case strings.Contains(line, "Nested Loop"), strings.Contains(line, "Merge Join"), strings.Contains(line, "Hash Join"):
			join = line
		case strings.Contains(line, "Join Filter") && strings.Contains(join, "Nested Loop"):
			return true
		}
	}
	return false
}
