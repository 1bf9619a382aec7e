package migrations_test

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/migrations/lint"
	"storebot/migrations/localpg"
	"storebot/migrations/pgtest"
)

// A dump made as storebot_backup holds every tenant's rows, and what is restored
// from it has as many rows in each table and keeps tenants apart as before.
func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	p := seeded(t)
	admin := p.db.Admin(t)
	for _, sql := range []string{
		`INSERT INTO platform.admin (id, email) VALUES (gen_random_uuid(), 'a@b.example')`,
		`INSERT INTO platform.audit (admin_email, act) VALUES ('a@b.example', 'suspend')`,
		`INSERT INTO jobs.river_job (kind, args, max_attempts) VALUES ('import', '{}', 3)`,
	} {
		if _, err := admin.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	programs, err := localpg.Find(0)
	if err != nil {
		t.Fatal(err)
	}
	run := func(program string, args ...string) {
		t.Helper()
		if out, err := exec.CommandContext(ctx, filepath.Join(programs.Folder, program), args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", program, err, out)
		}
	}
	file := filepath.Join(t.TempDir(), "storebot.dump")
	run("pg_dump", "--format=custom", "--role=storebot_backup", "--file="+file, "--dbname="+p.db.AdminURL)
	restored := pgtest.Empty(t)
	run("pg_restore", "--exit-on-error", "--dbname="+restored.AdminURL, file)

	before, after := counts(t, admin), counts(t, restored.Admin(t))
	if len(before) < 20 || before["public.entry"] != 2 {
		t.Fatalf("what was dumped: %v", before)
	}
	for table, n := range before {
		if after[table] != n {
			t.Errorf("%s: %d rows, %d were restored", table, n, after[table])
		}
	}
	found, err := lint.Check(ctx, restored.Admin(t))
	if err != nil || len(found) != 0 {
		t.Errorf("the restored database: %v %v", found, err)
	}
}

// The role that reads past the policies can write nothing.
func TestTheBackupRoleOnlyReads(t *testing.T) {
	var can []string
	err := pgtest.New(t).Admin(t).QueryRow(context.Background(), `
		SELECT coalesce(array_agg(format('%s on %I.%I', acl.privilege_type, n.nspname, c.relname)), '{}')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL aclexplode(c.relacl) AS acl
		WHERE acl.grantee = 'storebot_backup'::regrole AND acl.privilege_type <> 'SELECT'`).Scan(&can)
	if err != nil || len(can) != 0 {
		t.Errorf("storebot_backup can %v: %v", can, err)
	}
}

// No role of the program can change the audit, nor reach it from the shops' side.
func TestTheAuditIsOnlyAddedTo(t *testing.T) {
	ctx := context.Background()
	admin := pgtest.New(t).Admin(t)
	for role, statements := range map[string][]string{
		"storebot_platform": {`UPDATE platform.audit SET reason = ''`, `DELETE FROM platform.audit`, `TRUNCATE platform.audit`,
			`SELECT FROM entry`, `SELECT FROM message`, `SELECT password_hash FROM identity.account`, `UPDATE identity.member SET role = 'owner'`},
		"storebot_app": {`SELECT FROM platform.audit`, `INSERT INTO platform.audit (admin_email, act) VALUES ('', '')`,
			`SELECT FROM platform.admin`, `INSERT INTO identity.visit (id) VALUES (gen_random_uuid())`, `UPDATE identity.quota SET entries = NULL`},
	} {
		for _, sql := range statements {
			err := pgx.BeginFunc(ctx, admin, func(tx pgx.Tx) error {
				if _, err := tx.Exec(ctx, `SET LOCAL ROLE `+role); err != nil {
					t.Fatal(err)
				}
				_, err := tx.Exec(ctx, sql)
				return err
			})
			if err == nil || !denied(err) {
				t.Errorf("%s as %s: %v, want permission denied", sql, role, err)
			}
		}
	}
}

func denied(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "42501"
}

func counts(t *testing.T, conn *pgx.Conn) map[string]int64 {
	t.Helper()
	rows, _ := conn.Query(context.Background(), `
		SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'identity', 'platform', 'jobs')`)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for _, table := range tables {
		var n int64
		if err := conn.QueryRow(context.Background(), fmt.Sprintf(`SELECT count(*) FROM %s`, table)).Scan(&n); err != nil {
			t.Fatal(err)
		}
		out[table] = n
	}
	return out
}
