package migrations_test

import (
	"context"
	"testing"

	"storebot/migrations/pgtest"
)

// What imports of products kept of the time when nothing else did becomes versions that
// say which import wrote and which replaced them, and the imports can still be taken
// back; whoever owns the tables can make it so.
func TestWhatImportsReplacedBecomesHistory(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	up, down := sections(t, "00018_product_history.sql", "00019_product_import.sql")
	exec := func(sql string) {
		t.Helper()
		if _, err := admin.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	var owner string
	if err := admin.QueryRow(ctx, `SELECT tableowner FROM pg_tables WHERE tablename = 'product'`).Scan(&owner); err != nil {
		t.Fatal(err)
	}
	as := func(sql string) { exec(`SET ROLE ` + owner); exec(sql); exec(`RESET ROLE`) }
	as(down)
	// Import 1 replaced a product of before; import 2 that of import 1, and added another.
	exec(`
		INSERT INTO identity.tenant (id, slug, name) VALUES ('00000000-0000-0000-0000-00000000000a', 'shop', 'Shop');
		INSERT INTO product_import (tenant_id, id, file_name, created_rows, updated_rows, created_at)
		SELECT '00000000-0000-0000-0000-00000000000a', ('00000000-0000-0000-0000-00000000000' || n)::uuid, n || '.csv', n - 1, 1, ('2026-03-0' || n)::timestamptz
		FROM generate_series(1, 2) n;
		INSERT INTO product (tenant_id, id, sku, sku_key, name, price, updated_at)
		SELECT '00000000-0000-0000-0000-00000000000a', ('00000000-0000-0000-0000-0000000000b' || n)::uuid, 'S' || n, 's' || n, 'Tea', 3, '2026-03-02' FROM generate_series(1, 2) n;
		INSERT INTO product_before (tenant_id, import_id, product_id, was)
		SELECT p.tenant_id, ('00000000-0000-0000-0000-00000000000' || n)::uuid, p.id,
		       CASE WHEN p.sku = 'S1' THEN to_jsonb(p) - 'phrasings' || jsonb_build_object('price', n, 'updated_at', CASE n WHEN 1 THEN '2026-02-28' ELSE '2026-03-01' END) END
		FROM product p, generate_series(1, 2) n WHERE p.sku = 'S1' OR n = 2`)
	as(up)
	const said = `
		SELECT string_agg(concat_ws(' ', p.sku, r.price, right(r.written_by::text, 1), right(r.change_id::text, 1), right(p.change_id::text, 1)), ', ' ORDER BY p.sku, r.price)
		FROM product p LEFT JOIN product_revision r ON r.product_id = p.id`
	const want = "S1 1 1 2, S1 2 1 2 2, S2 2"
	look := func() (got string) {
		t.Helper()
		if err := admin.QueryRow(ctx, said).Scan(&got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := look(); got != want {
		t.Errorf("versions are %s, want %s", got, want)
	}
	// Back and forth nothing that imports need is lost.
	as(down)
	var kept string
	if err := admin.QueryRow(ctx, `
		SELECT string_agg(concat_ws(' ', right(b.import_id::text, 1), p.sku, b.was ->> 'price'), ', ' ORDER BY b.import_id, p.sku)
		FROM product_before b JOIN product p ON p.id = b.product_id`).Scan(&kept); err != nil || kept != "1 S1 1, 2 S1 2, 2 S2" {
		t.Errorf("going back imports keep %s, %v", kept, err)
	}
	as(up)
	if got := look(); got != want {
		t.Errorf("after going back and forth versions are %s, want %s", got, want)
	}
}
