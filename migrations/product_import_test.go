package migrations_test

import (
	"context"
	"testing"

	"storebot/migrations/pgtest"
)

// Imports of products of the time when these were kept apart are imports like others
// afterwards, with what was undone of them; whoever owns the tables can make them so, and back.
func TestEarlierImportsOfProductsBecomeImports(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	up, down := sections(t, "00019_product_import.sql")
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := admin.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	var owner string
	if err := admin.QueryRow(ctx, `SELECT tableowner FROM pg_tables WHERE tablename = 'import'`).Scan(&owner); err != nil {
		t.Fatal(err)
	}
	as := func(sql string) {
		t.Helper()
		exec(`SET ROLE ` + owner)
		exec(sql)
		exec(`RESET ROLE`)
	}
	const shop, first, second = "00000000-0000-0000-0000-000000000001", "00000000-0000-7000-0000-000000000002", "00000000-0000-7000-0000-000000000003"
	as(down)
	exec(`INSERT INTO identity.tenant (id, slug, name) VALUES ($1, 'shop', 'Shop')`, shop)
	exec(`INSERT INTO product_import (tenant_id, id, file_name, created_rows, updated_rows, created_at) VALUES ($1, $2, 'a.csv', 3, 2, '2026-11-01')`, shop, first)
	exec(`INSERT INTO product_import (tenant_id, id, file_name, created_rows, updated_rows, created_at, undone_at, removed_rows, restored_rows, kept_rows)
		VALUES ($1, $2, 'b.csv', 4, 0, '2026-11-02', '2026-11-03', 3, 0, 1)`, shop, second)
	imports := func() (list string) {
		t.Helper()
		err := admin.QueryRow(ctx, `
			SELECT coalesce(string_agg(concat_ws(' ', file_name, subject, state, total_rows, done_rows, created_rows, updated_rows, finished_at::date, undone_at::date,
			                                     removed_rows, restored_rows, kept_rows), ', ' ORDER BY id), '')
			FROM import WHERE tenant_id = $1`, shop).Scan(&list)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	const want = "a.csv products done 5 5 3 2 2026-11-01 0 0 0, b.csv products done 4 4 4 0 2026-11-02 2026-11-03 3 0 1"
	for range 2 { // the way back loses nothing either
		as(up)
		if got := imports(); got != want {
			t.Errorf("imports are %s, want %s", got, want)
		}
		exec(`INSERT INTO import (tenant_id, id, file_name) VALUES ($1, gen_random_uuid(), 'faq.csv')`, shop)
		as(down)
		var entries, products int
		if err := admin.QueryRow(ctx, `SELECT (SELECT count(*) FROM import), (SELECT count(*) FROM product_import)`).Scan(&entries, &products); err != nil || entries != 1 || products != 2 {
			t.Errorf("on the way back %d imports of entries and %d of products, %v", entries, products, err)
		}
		exec(`DELETE FROM import`)
	}
}
