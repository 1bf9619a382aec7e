package ragpg_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag/ragpg"
)

// Right after a table was filled, before it was ever analysed, no statement that names
// products by their ids reads the whole shop for each of them: the plan has no join that
// compares all rows with all ("Join Filter"), and one product is found by its id.
func TestProductsAreFoundByIDBeforeStatisticsExist(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	b.importProducts(t, "sku,name\nA,Tea\nB,Cup\n")
	id, ids, at := uuid.New(), []uuid.UUID{uuid.New(), uuid.New()}, time.Now()
	args := map[string][]any{
		"get": {id}, "delete": {ids, at, id}, "restore": {ids, id}, "deleted": {ids}, "keep": {id, ids}, "wrote": {id}, "undo": {id, id, ids},
	}
	for name, sql := range ragpg.ByProduct {
		err := b.db.InTenant(ctx, b.shop, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, ragpg.JoinOnce); err != nil {
				return err
			}
			rows, err := tx.Query(ctx, "EXPLAIN "+sql, append([]any{pgx.QueryExecModeDescribeExec, b.shop.UUID}, args[name]...)...)
			if err != nil {
				return err
			}
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			plan := strings.Join(lines, "\n") + "\n"
			if strings.Contains(plan, "Join Filter") || name == "get" && !strings.Contains(plan, "(id = ") {
				t.Errorf("%s reads the whole shop for each product:\n%s", name, plan)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
