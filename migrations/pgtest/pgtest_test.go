package pgtest_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/migrations/pgtest"
)

func TestADatabasePerTest(t *testing.T) {
	ctx := context.Background()
	one, two := pgtest.New(t), pgtest.New(t)
	if one.Name == two.Name {
		t.Fatalf("two calls of New gave the same database %s", one.Name)
	}
	app := one.App(t)
	var user, zone, database string
	var super, bypass bool
	const who = `SELECT current_user, current_setting('timezone'), current_database(), rolsuper, rolbypassrls
		FROM pg_roles WHERE rolname = current_user`
	if err := app.QueryRow(ctx, who).Scan(&user, &zone, &database, &super, &bypass); err != nil {
		t.Fatal(err)
	}
	if user != "storebot_app" || super || bypass || zone != pgtest.Zone || database != one.Name {
		t.Errorf("AppURL logs in as %s (superuser %v, bypass %v), zone %s, database %s", user, super, bypass, zone, database)
	}
	if _, err := app.Exec(ctx, `SELECT * FROM entry`); err != nil {
		t.Errorf("the schema is not there: %v", err)
	}
	if err := two.Admin(t).QueryRow(ctx, `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`).Scan(&super); err != nil || !super {
		t.Errorf("AdminURL does not log in as a superuser: %v", err)
	}
}

// As a second process of this program it starts a server and waits to be killed.
func TestMain(m *testing.M) {
	if os.Getenv("PGTEST_TEST_CHILD") != "" {
		server, err := pgtest.Start()
		fmt.Println(server.URL, err)
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestNothingIsLeftOfAKilledProcess(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0])
	temp := t.TempDir()
	child.Env = append(os.Environ(), "PGTEST_TEST_CHILD=1", "TMPDIR="+temp, pgtest.Variable+"=")
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var address, failed string
	if _, err := fmt.Fscan(out, &address, &failed); err != nil || failed != "<nil>" {
		t.Fatalf("the child's server: %s %s %v", address, failed, err)
	}
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	var data string
	if err := conn.QueryRow(ctx, `SHOW data_directory`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	// The connection breaks when the server ends, and its keeper removes the
	// files after that.
	if _, err := conn.WaitForNotification(ctx); ctx.Err() != nil {
		t.Fatalf("the server runs on: %v", err)
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for _, path := range []string{data, temp + "/storebot-pgtest-*"} {
		for {
			left, err := filepath.Glob(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(left) == 0 {
				break
			}
			select {
			case <-ctx.Done():
				t.Fatalf("left behind: %s", left)
			case <-tick.C:
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	pgtest.New(b)
	for b.Loop() {
		pgtest.New(b)
	}
}
