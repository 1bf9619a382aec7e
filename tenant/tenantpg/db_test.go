package tenantpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/migrations/pgtest"
	"storebot/tenant"
)

// opened returns a database open for the runtime role, and n tenants in it.
func opened(t testing.TB, n int, config Config) (*DB, *pgtest.DB, []tenant.ID) {
	t.Helper()
	test := pgtest.New(t)
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	db, err := Open(context.Background(), test.AppURL, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	ids := make([]tenant.ID, n)
	for i := range ids {
		ids[i] = tenant.NewID()
		err := db.Identity(context.Background(), func(tx pgx.Tx) error {
			_, err := tx.Exec(context.Background(), `INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop')`, ids[i], fmt.Sprintf("shop-%d", i))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return db, test, ids
}

const insertImport = `INSERT INTO import (tenant_id, id, file_name) VALUES ($1, gen_random_uuid(), $2)`

// names returns the file names of all imports that the tenant sees, in order.
func names(t testing.TB, db *DB, id tenant.ID) string {
	t.Helper()
	var all []string
	err := db.InTenant(context.Background(), id, func(tx pgx.Tx) error {
		rows, _ := tx.Query(context.Background(), `SELECT file_name FROM import ORDER BY file_name`)
		var err error
		all, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func TestInTenantSeesItsOwnRowsAlone(t *testing.T) {
	db, _, ids := opened(t, 2, Config{})
	ctx := context.Background()
	for i, id := range ids {
		err := db.InTenant(ctx, id, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, insertImport, id, fmt.Sprintf("file-%d", i))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if a, b := names(t, db, ids[0]), names(t, db, ids[1]); a != "file-0" || b != "file-1" {
		t.Errorf("tenants see %q and %q", a, b)
	}
	err := db.InTenant(ctx, ids[0], func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, insertImport, ids[1], "smuggled")
		return err
	})
	if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != "42501" {
		t.Errorf("a row of another tenant was written: %v", err)
	}
	err = db.Identity(ctx, func(tx pgx.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM import`).Scan(&n); err != nil {
			return err
		}
		if n != 0 {
			t.Errorf("without a tenant %d rows are seen", n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestInTenantRollsBack(t *testing.T) {
	db, _, ids := opened(t, 1, Config{MaxConns: 1})
	ctx := context.Background()
	id := ids[0]
	fault := errors.New("fault")
	insert := func(tx pgx.Tx) {
		if _, err := tx.Exec(ctx, insertImport, id, "lost"); err != nil {
			t.Error(err)
		}
	}
	if err := db.InTenant(ctx, id, func(tx pgx.Tx) error { insert(tx); return fault }); !errors.Is(err, fault) {
		t.Errorf("error of fn: got %v", err)
	}
	func() {
		defer func() {
			if r := recover(); r != fault {
				t.Errorf("the panic did not go on: %v", r)
			}
		}()
		_ = db.InTenant(ctx, id, func(tx pgx.Tx) error { insert(tx); panic(fault) })
	}()
	err := db.InTenant(ctx, id, func(tx pgx.Tx) error {
		insert(tx)
		_, _ = tx.Exec(ctx, `SELECT 1/0`)
		return nil
	})
	if !errors.Is(err, pgx.ErrTxCommitRollback) {
		t.Errorf("a swallowed failure was committed: %v", err)
	}
	ended, cancel := context.WithCancel(ctx)
	err = db.InTenant(ended, id, func(tx pgx.Tx) error { insert(tx); cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the commit: %v", err)
	}
	if got := names(t, db, id); got != "" {
		t.Errorf("stored in spite of it: %s", got)
	}
}

func TestBatch(t *testing.T) {
	db, _, ids := opened(t, 2, Config{MaxConns: 1})
	ctx := context.Background()
	a, b := ids[0], ids[1]
	count := `SELECT count(*) FROM import`
	var seen [4]int
	scan := func(i int) func(row pgx.Row) error { return func(row pgx.Row) error { return row.Scan(&seen[i]) } }
	// Twice: the first run prepares the statements, the second finds them.
	for range 2 {
		err := db.Batch(ctx, func(batch *Batch) {
			batch.In(a, insertImport, a, "one")
			batch.In(a, count).QueryRow(scan(0))
			batch.In(b, count).QueryRow(scan(1))
			batch.In(b, insertImport, b, "two")
			batch.In(b, count).QueryRow(scan(2))
			batch.In(a, count).QueryRow(scan(3))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if want := [4]int{2, 1, 2, 2}; seen != want {
		t.Errorf("counts in the second batch: %v, want %v", seen, want)
	}
	if err := db.Batch(ctx, func(*Batch) {}); err != nil {
		t.Errorf("empty batch: %v", err)
	}
	before := names(t, db, a)
	faults := []struct {
		name string
		code string // of the server, "" if the error is made here
		fill func(batch *Batch)
	}{
		{"a statement fails", "22012", func(batch *Batch) { batch.In(b, `SELECT 1/$1::int`, 0) }},
		{"a result that is read fails", "22012", func(batch *Batch) { batch.In(b, `SELECT 1/$1::int`, 0).QueryRow(scan(0)) }},
		{"rows break off and the reader does not look", "22012", func(batch *Batch) {
			batch.In(b, `SELECT 1/(3-g) FROM generate_series(1,$1::int) g`, 9).Query(func(rows pgx.Rows) error {
				for rows.Next() {
				}
				return nil
			})
		}},
		{"another tenant's row", "42501", func(batch *Batch) { batch.In(b, insertImport, a, "smuggled") }},
		{"not SQL", "42601", func(batch *Batch) { batch.In(b, `SELEC`) }},
		{"an argument that does not fit", "", func(batch *Batch) { batch.In(b, `SELECT $1::int`, "not a number") }},
		{"too few arguments", "", func(batch *Batch) { batch.In(b, `SELECT $1::int`) }},
	}
	for _, f := range faults {
		err := db.Batch(ctx, func(batch *Batch) {
			batch.In(a, insertImport, a, "lost")
			f.fill(batch)
			batch.In(a, insertImport, a, "lost")
		})
		pg, _ := errors.AsType[*pgconn.PgError](err)
		if err == nil || f.code != "" && (pg == nil || pg.Code != f.code) {
			t.Errorf("%s: got %v, want code %s", f.name, err, f.code)
		}
		if errors.Is(err, ErrReading) {
			t.Errorf("%s: is called committed: %v", f.name, err)
		}
		if now := names(t, db, a); now != before {
			t.Errorf("%s: not rolled back: %s", f.name, now)
		}
	}
	fault := errors.New("fault")
	err := db.Batch(ctx, func(batch *Batch) {
		batch.In(a, count).QueryRow(func(pgx.Row) error { return fault })
		batch.In(a, insertImport, a, "zzz")
	})
	if !errors.Is(err, ErrReading) || !errors.Is(err, fault) {
		t.Errorf("a reader's error: %v", err)
	}
	if now := names(t, db, a); now != before+" zzz" {
		t.Errorf("a reader's error undid the batch: %s", now)
	}
}

func TestASessionWideTenantClosesTheConnection(t *testing.T) {
	db, _, ids := opened(t, 1, Config{MaxConns: 1})
	ctx := context.Background()
	pid := func() (n uint32) {
		if err := db.Identity(ctx, func(tx pgx.Tx) error { n = tx.Conn().PgConn().PID(); return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := pid()
	if again := pid(); again != before {
		t.Fatalf("a clean connection was not used again")
	}
	err := db.InTenant(ctx, ids[0], func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SET app.tenant_id = '`+ids[0].String()+`'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := pid(); after == before {
		t.Error("a connection with a tenant left on it went back into the pool")
	}
	before = pid()
	err = db.Batch(ctx, func(b *Batch) { b.In(ids[0], `SET app.tenant_id = '`+ids[0].String()+`'`) })
	if err != nil {
		t.Fatal(err)
	}
	if after := pid(); after == before {
		t.Error("after a batch: a connection with a tenant left on it went back into the pool")
	}
}

func TestOpenRefusesRoles(t *testing.T) {
	ctx := context.Background()
	test := pgtest.New(t)
	admin := test.Admin(t)
	if db, err := Open(ctx, test.AdminURL, Config{}); err != nil {
		t.Errorf("a login that may SET ROLE: %v", err)
	} else {
		defer db.Close()
		err := db.Identity(ctx, func(tx pgx.Tx) error {
			var role string
			if err := tx.QueryRow(ctx, `SELECT current_user`).Scan(&role); err != nil || role != Role {
				t.Errorf("the superuser's login runs queries as %s: %v", role, err)
			}
			_, err := tx.Exec(ctx, `RESET ROLE`)
			if err != nil {
				return err
			}
			if err := tx.QueryRow(ctx, `SELECT current_user`).Scan(&role); err != nil || role != Role {
				t.Errorf("RESET ROLE leads to %s: %v", role, err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	// Roles are the whole cluster's: made under the database's name, and dropped.
	faults := []struct{ name, sql string }{
		{"superuser", `ALTER ROLE %s SUPERUSER`},
		{"bypass", `ALTER ROLE %s BYPASSRLS`},
		{"member", `GRANT storebot_owner TO %s`},
		{"owner", `CREATE TABLE owned (); ALTER TABLE owned OWNER TO %s`},
	}
	for _, f := range faults {
		role := test.Name + "_" + f.name
		if _, err := admin.Exec(ctx, `CREATE ROLE `+role); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := admin.Exec(ctx, `DROP OWNED BY `+role+`; DROP ROLE `+role); err != nil {
				t.Error(err)
			}
		})
		db, err := open(ctx, test.AdminURL, role, Config{})
		if err != nil {
			t.Fatalf("a plain role: %v", err)
		}
		db.Close()
		if _, err := admin.Exec(ctx, fmt.Sprintf(f.sql, role)); err != nil {
			t.Fatal(err)
		}
		if db, err := open(ctx, test.AdminURL, role, Config{}); !errors.Is(err, ErrUnsafeRole) {
			t.Errorf("%s: got %v", f.name, err)
			if err == nil {
				db.Close()
			}
		}
	}
}

func TestOpenTellsNoPassword(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	test := pgtest.New(t)
	u, err := url.Parse(test.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	const password = "a-secret-word"
	u.User = url.UserPassword(u.User.Username(), password)
	if _, err := Open(ctx, u.String(), Config{}); err == nil || strings.Contains(err.Error(), password) {
		t.Errorf("wrong password: %v", err)
	}
	if _, err := Open(ctx, u.String()+"&connect_timeout=soon", Config{}); err == nil || strings.Contains(err.Error(), password) {
		t.Errorf("malformed address: %v", err)
	}
	if _, err := Open(ctx, test.AppURL+"&default_query_exec_mode=simple_protocol", Config{}); err == nil {
		t.Error("the simple protocol was accepted")
	}
}
