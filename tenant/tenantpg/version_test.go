package tenantpg_test

import (
	"testing"

	"storebot/tenant"
)

// Versions of entries go a year after they were replaced, with the change that did it
// unless an entry still says what it wrote; what is younger, or another shop's, stays.
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
	}
	n, err := b.store().DropExpired(t.Context(), owner.Tenant)
	if err != nil || n != 2 {
		t.Fatalf("%d versions went, %v; want 2", n, err)
	}
	mine, theirs := b.rows(t, owner.Tenant), b.rows(t, neighbour.Tenant)
	if mine["public.entry_revision"] != 1 || mine["public.entry_change"] != 2 {
		t.Errorf("%d versions and %d changes are left, want 1 and 2", mine["public.entry_revision"], mine["public.entry_change"])
	}
	if theirs["public.entry_revision"] != 3 || theirs["public.entry_change"] != 3 {
		t.Errorf("of the other shop %d versions and %d changes are left", theirs["public.entry_revision"], theirs["public.entry_change"])
	}
}
