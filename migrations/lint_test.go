package migrations_test

import (
	"context"
	"strings"
	"testing"

	"storebot/migrations/lint"
	"storebot/migrations/pgtest"
)

func TestLintFindsNothing(t *testing.T) {
	found, err := lint.Check(context.Background(), pgtest.New(t).Admin(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}

func TestLintRunsAsTheRuntimeRole(t *testing.T) {
	found, err := lint.Check(context.Background(), pgtest.New(t).App(t))
	if err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}

const canonical = `USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)`

// proper is a table as it should be, for faults that need one to spoil.
const proper = `CREATE TABLE extra (tenant_id uuid NOT NULL, id uuid NOT NULL, other uuid, PRIMARY KEY (tenant_id, id));
	ALTER TABLE extra ENABLE ROW LEVEL SECURITY; ALTER TABLE extra FORCE ROW LEVEL SECURITY;
	CREATE POLICY tenant ON extra TO storebot_app ` + canonical + `;`

// faults is every way that we know to lose the wall between tenants, each with
// the rule that must find it. The list only grows.
var faults = []struct{ name, rule, sql string }{
	{"row-level security off", "row-level security", `ALTER TABLE entry DISABLE ROW LEVEL SECURITY`},
	{"not forced", "row-level security", `ALTER TABLE entry NO FORCE ROW LEVEL SECURITY`},
	{"a foreign table", "row-level security", `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE far (tenant_id uuid NOT NULL) SERVER s`},
	{"policy dropped", "policy", `DROP POLICY tenant ON entry`},
	{"a second policy", "policy", `CREATE POLICY support ON entry TO storebot_app USING (true)`},
	{"policy true", "policy", `ALTER POLICY tenant ON entry USING (true)`},
	{"policy with a hole", "policy", `ALTER POLICY tenant ON entry USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid OR category = 'public')`},
	{"policy without nullif", "policy", `ALTER POLICY tenant ON entry USING (tenant_id = current_setting('app.tenant_id', true)::uuid)`},
	{"policy by another setting", "policy", `ALTER POLICY tenant ON entry USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)`},
	{"policy that writes anywhere", "policy", `ALTER POLICY tenant ON entry WITH CHECK (true)`},
	{"policy for everyone", "policy", `ALTER POLICY tenant ON entry TO public`},
	{"policy for reading only", "policy", `DROP POLICY tenant ON entry; CREATE POLICY tenant ON entry FOR SELECT TO storebot_app ` + canonical},
	{"policy restrictive", "policy", `DROP POLICY tenant ON entry; CREATE POLICY tenant ON entry AS RESTRICTIVE TO storebot_app ` + canonical},
	{"policy by a function that only looks like Postgres'", "policy",
		`CREATE FUNCTION public.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT pg_catalog.current_setting('app.any', true) $$;
		ALTER POLICY tenant ON entry USING (tenant_id = nullif(public.current_setting('app.tenant_id', true), '')::uuid)`},
	{"a partition without policy", "row-level security",
		`CREATE TABLE parted (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id)) PARTITION BY HASH (tenant_id);
		ALTER TABLE parted ENABLE ROW LEVEL SECURITY; ALTER TABLE parted FORCE ROW LEVEL SECURITY;
		CREATE POLICY tenant ON parted TO storebot_app ` + canonical + `;
		CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (modulus 1, remainder 0)`},
	{"an inheriting table", "row-level security", `CREATE TABLE entry_old () INHERITS (entry)`},
	{"a table without tenants", "tenant column", `CREATE TABLE note (id uuid PRIMARY KEY)`},
	{"such a table in another schema", "tenant column", `CREATE SCHEMA report; CREATE TABLE report.note (id uuid PRIMARY KEY)`},
	{"a table among the identities", "tenant column", `CREATE TABLE identity.secret (id uuid PRIMARY KEY)`},
	{"a table among the jobs", "tenant column", `CREATE TABLE jobs.answer (id uuid PRIMARY KEY, text text)`},
	{"a tenant that may be missing", "tenant column", `ALTER TABLE entry DROP CONSTRAINT entry_pkey CASCADE; ALTER TABLE entry ALTER COLUMN tenant_id DROP NOT NULL`},
	{"a tenant as text", "tenant column", `CREATE TABLE note (tenant_id text NOT NULL, id uuid, PRIMARY KEY (tenant_id, id))`},
	{"a tenant by default", "tenant column", `ALTER TABLE entry ALTER COLUMN tenant_id SET DEFAULT gen_random_uuid()`},
	{"primary key without tenant", "key", `CREATE TABLE note (tenant_id uuid NOT NULL, id uuid PRIMARY KEY)`},
	{"unique over all tenants", "key", `CREATE UNIQUE INDEX ON entry (question_hash)`},
	{"unique with the tenant last", "key", `ALTER TABLE entry ADD UNIQUE (question_hash, tenant_id)`},
	{"unique over an expression", "key", `CREATE UNIQUE INDEX ON entry (lower(question), tenant_id)`},
	{"exclusion over all tenants", "key", `ALTER TABLE entry ADD EXCLUDE USING hash (question WITH =)`},
	{"no primary key", "key", `ALTER TABLE contact DROP CONSTRAINT contact_pkey`},
	{"foreign key without tenant", "foreign key", proper + `ALTER TABLE entry ADD UNIQUE (id); ALTER TABLE extra ADD FOREIGN KEY (other) REFERENCES entry (id)`},
	{"foreign key with the columns crossed", "foreign key", proper + `ALTER TABLE extra ADD FOREIGN KEY (other, tenant_id) REFERENCES entry (tenant_id, id)`},
	{"foreign key to a person", "foreign key", proper + `ALTER TABLE extra ADD FOREIGN KEY (other) REFERENCES identity.account (id)`},
	{"foreign key to a tenant by another column", "foreign key", proper + `ALTER TABLE extra ADD FOREIGN KEY (other) REFERENCES identity.tenant (id)`},
	{"foreign key from an identity", "foreign key", `ALTER TABLE identity.member ADD COLUMN entry uuid, ADD FOREIGN KEY (tenant_id, entry) REFERENCES entry (tenant_id, id)`},
	{"a view", "view", `CREATE VIEW recent AS SELECT * FROM entry`},
	{"a view that says no", "view", `CREATE VIEW recent WITH (security_invoker=false) AS SELECT * FROM entry`},
	{"a materialised view", "view", `CREATE MATERIALIZED VIEW recent AS SELECT * FROM entry`},
	{"a rewrite rule", "view", `CREATE RULE copy AS ON INSERT TO gap DO ALSO NOTHING`},
	{"security definer", "function", `CREATE FUNCTION everything() RETURNS SETOF entry LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM entry'`},
	{"leakproof", "function", `CREATE FUNCTION same(text) RETURNS text LANGUAGE sql LEAKPROOF AS 'SELECT $1'`},
	{"a cast under the policy", "function", `CREATE FUNCTION any_tenant(text) RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'; CREATE CAST (text AS uuid) WITH FUNCTION any_tenant(text)`},
	{"superuser", "runtime role", `ALTER ROLE storebot_app SUPERUSER`},
	{"bypass", "runtime role", `ALTER ROLE storebot_app BYPASSRLS`},
	{"platform admins bypass", "runtime role", `ALTER ROLE storebot_platform BYPASSRLS`},
	{"may create roles", "runtime role", `ALTER ROLE storebot_app CREATEROLE`},
	{"reads everything", "runtime role", `GRANT pg_read_all_data TO storebot_app`},
	{"is also the owner", "runtime role", `GRANT storebot_owner TO storebot_app`},
	{"owns a table", "runtime role", `ALTER TABLE entry OWNER TO storebot_app`},
	{"owns a schema", "runtime role", `CREATE SCHEMA own AUTHORIZATION storebot_app`},
	{"truncate", "privilege", `GRANT TRUNCATE ON entry TO storebot_app`},
	{"references", "privilege", `GRANT REFERENCES ON entry TO storebot_app`},
	{"trigger", "privilege", `GRANT TRIGGER ON identity.key TO storebot_app`},
	{"everyone reads", "privilege", `GRANT SELECT ON entry TO PUBLIC`},
	{"creates in a schema", "privilege", `GRANT CREATE ON SCHEMA public TO storebot_app`},
	{"everyone creates in a schema", "privilege", `GRANT CREATE ON SCHEMA public TO PUBLIC`},
	{"creates schemas", "privilege", `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO storebot_app', current_database()); END $$`},
	{"future tables for everyone", "privilege", `ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC`},
	{"future truncate", "privilege", `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT TRUNCATE ON TABLES TO storebot_app`},
	{"a tenant set for the role", "setting", `ALTER ROLE storebot_app SET app.tenant_id = '00000000-0000-0000-0000-000000000001'`},
	{"a tenant set for the database", "setting", `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET app.tenant_id = ''x''', current_database()); END $$`},
}

func TestLintFindsEveryFault(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	caught := 0
	for _, fault := range faults {
		tx, err := admin.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, fault.sql); err != nil {
			t.Fatalf("%s: %v", fault.name, err)
		}
		found, err := lint.Check(ctx, tx)
		if err != nil {
			t.Fatalf("%s: %v", fault.name, err)
		}
		var said []string
		hit := false
		for _, f := range found {
			hit = hit || f.Rule == fault.rule
			said = append(said, f.String())
		}
		if hit {
			caught++
		} else {
			t.Errorf("%s: rule %q does not find it; findings: %s", fault.name, fault.rule, strings.Join(said, "; "))
		}
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d seeded faults caught", caught, len(faults))
}

// A view that reads with the reader's rights, and a table of the proper shape,
// are no faults.
func TestLintAcceptsWhatIsProper(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	if _, err := admin.Exec(ctx, proper+`CREATE VIEW recent WITH (security_invoker=true) AS SELECT * FROM entry; ALTER TABLE extra ADD FOREIGN KEY (tenant_id, other) REFERENCES entry (tenant_id, id)`); err != nil {
		t.Fatal(err)
	}
	found, err := lint.Check(ctx, admin)
	if err != nil || len(found) != 0 {
		t.Errorf("%v %v", found, err)
	}
}
