package migrations_test

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// holes are faults that the probe must find by what they let through, each with
// a part of the finding. Like the lint's list it only grows.
var holes = []struct{ name, finding, sql string }{
	{"row-level security off", "public.entry: select touches", `ALTER TABLE entry DISABLE ROW LEVEL SECURITY`},
	{"a second policy", "public.message: delete touches", `CREATE POLICY support ON message TO storebot_app USING (true)`},
	{"everyone may read", "public.contact: select touches", `CREATE POLICY reading ON contact FOR SELECT USING (true)`},
	{"anyone may write", "public.gap: insert is not denied", `ALTER POLICY tenant ON gap WITH CHECK (true)`},
	{"rows may be moved", "public.gap: move is not denied", `CREATE POLICY moving ON gap FOR UPDATE TO storebot_app USING (false) WITH CHECK (true)`},
	{"rows may be added", "public.import: insert is not denied", `CREATE POLICY adding ON import FOR INSERT TO storebot_app WITH CHECK (true)`},
	{"no tenant sees all", "public.phrasing: select without a tenant touches",
		`ALTER POLICY tenant ON phrasing USING (coalesce(current_setting('app.tenant_id', true), '') = '' OR tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)`},
	{"an emptied setting fails", "public.embedding: select without a tenant fails",
		`ALTER POLICY tenant ON embedding USING (tenant_id = current_setting('app.tenant_id', true)::uuid)`},
	{"a hole for some rows", "public.conversation: select touches",
		`ALTER POLICY tenant ON conversation USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid OR origin = '')`},
	{"a view", "public.recent: select touches", `CREATE VIEW recent AS SELECT * FROM entry; GRANT SELECT ON recent TO storebot_app`},
	{"a materialised view", "public.recent: select touches", `CREATE MATERIALIZED VIEW recent AS SELECT * FROM entry; GRANT SELECT ON recent TO storebot_app`},
	{"a partition asked by its own name", "public.parted_0: select touches", `
		CREATE TABLE parted (tenant_id uuid NOT NULL, PRIMARY KEY (tenant_id)) PARTITION BY HASH (tenant_id);
		ALTER TABLE parted ENABLE ROW LEVEL SECURITY; ALTER TABLE parted FORCE ROW LEVEL SECURITY;
		CREATE POLICY tenant ON parted TO storebot_app ` + canonical + `;
		CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (modulus 1, remainder 0);
		INSERT INTO parted SELECT id FROM identity.tenant;
		GRANT SELECT, INSERT, UPDATE, DELETE ON parted, parted_0 TO storebot_app`},
	{"truncate", "public.contact: truncate is not denied", `GRANT TRUNCATE ON contact TO storebot_app`},
	{"the role bypasses", "public.shop: delete touches", `ALTER ROLE storebot_app BYPASSRLS`},
	{"a table that nobody thought of", "public.note: no factory", `CREATE TABLE note (tenant_id uuid NOT NULL); GRANT SELECT ON note TO storebot_app`},
	{"own rows not seen", "public.baseline: own rows seen: 0", `ALTER POLICY tenant ON baseline USING (false)`},
	{"own rows not granted", "public.entry: own rows updated: 0", `REVOKE UPDATE ON entry FROM storebot_app`},
}

func TestProbeFindsEveryHole(t *testing.T) {
	ctx := context.Background()
	p := seeded(t)
	admin := p.db.Admin(t)
	caught := 0
	for _, hole := range holes {
		tx, err := admin.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		// All in one transaction, that is never committed: roles belong to the
		// whole cluster, where other tests run.
		if _, err := tx.Exec(ctx, hole.sql); err != nil {
			t.Fatalf("%s: %v", hole.name, err)
		}
		relations, err := p.relations(ctx, tx)
		if err != nil {
			t.Fatalf("%s: %v", hole.name, err)
		}
		// The relation that the hole is in is enough here.
		where, _, _ := strings.Cut(hole.finding, ":")
		relations = slices.DeleteFunc(relations, func(r relation) bool { return r.Name != where })
		if _, err := tx.Exec(ctx, `SET LOCAL ROLE storebot_app`); err != nil {
			t.Fatal(err)
		}
		findings, _ := p.probe(ctx, tx, relations)
		if all := strings.Join(findings, "\n"); strings.Contains(all, hole.finding) {
			caught++
		} else {
			t.Errorf("%s: %q is not among the findings:\n%s", hole.name, hole.finding, all)
		}
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d seeded holes caught", caught, len(holes))
}
