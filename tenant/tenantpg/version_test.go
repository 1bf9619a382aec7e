package tenantpg_test

import (
	"testing"

	"storebot/tenant"
)

// Versions of entries and products go a year after they were replaced, with the change that did it
// unless something still says what it wrote; what is younger, or another shop's, stays.
func TestOldVersionsGo(t *testing.T) {
	b := setUp(t)
	_, _, owner := b.signUp(t, teaShop())
	other := teaShop()
	other.Email = "other@shop.example"
	_, _, neighbour := b.signUp(t, other)
	for _, shop := range []tenant.ID{owner.Tenant, neighbour.Tenant} {
		b.exec(t, `
			WITH c AS (
				INSERT INTO entry_change (tenant_id, id, kind, created_at)
				SELECT $1, gen_random_uuid(), 'edit', now() - make_interval(days => d) FROM unnest(ARRAY[366, 366, 364]) AS d
				RETURNING id, created_at), standing AS (
				INSERT INTO entry (tenant_id, id, question, answer, content_hash, question_hash, change_id)
				SELECT $1, gen_random_uuid(), 'q', 'a', 'x', 'y', id FROM c ORDER BY created_at, id LIMIT 1)
			INSERT INTO entry_revision (tenant_id, id, entry_id, change_id, written_at, created_at, position, question, answer, category, language, phrasings, state)
			SELECT $1, gen_random_uuid(), gen_random_uuid(), id, created_at, created_at, 1, 'q', 'a', '', '', '{}', 'published' FROM c`, shop.UUID)
		b.exec(t, `
			WITH p AS (
				INSERT INTO product (tenant_id, id, sku, sku_key, name, change_id)
				SELECT tenant_id, gen_random_uuid(), 's', 's', 'n', id FROM entry_change
				WHERE tenant_id = $1 AND created_at < now() - interval '365 days' AND id NOT IN (SELECT change_id FROM entry WHERE tenant_id = $1)
				RETURNING id)
			INSERT INTO product_revision (tenant_id, id, product_id, change_id, written_at, sku, sku_key, name, currency, link, image, attributes, other_names, phrasings)
			SELECT $1, gen_random_uuid(), p.id, c.id, created_at, 's', 's', 'n', '', '', '', '[]', '{}', '{}' FROM p, entry_change c WHERE c.tenant_id = $1`, shop.UUID)
	}
	for _, want := range []bool{true, false} { // two are as many as one call takes
		if more, err := b.store().DropExpired(t.Context(), owner.Tenant, 2); err != nil || more != want {
			t.Fatalf("more is left: %v, %v; want %v", more, err, want)
		}
	}
	mine, theirs := b.rows(t, owner.Tenant), b.rows(t, neighbour.Tenant)
	for table, want := range map[string][2]int64{"public.entry_revision": {1, 3}, "public.product_revision": {1, 3}, "public.entry_change": {3, 3}} {
		if got := [2]int64{mine[table], theirs[table]}; got != want {
			t.Errorf("%s: %d rows are left of the shop and of another, want %d", table, got, want)
		}
	}
}
