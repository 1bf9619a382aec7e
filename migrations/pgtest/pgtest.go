// Package pgtest gives each test a migrated database of its own on a real
// Postgres, and the address to reach it as the runtime role. It never skips a
// test: without a Postgres to run, the test fails and says what to install.
//
// The server is the one that STOREBOT_TEST_PG names (the superuser's URL of a
// throwaway cluster; `go run ./migrations/pgtest/cmd/testpg COMMAND` starts one
// for a whole run), else a private one of this process, which ends with it.
package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/migrations"
)

// Zone is the time zone of every test database. It is 5:45 ahead of UTC, so
// that code which takes the server's zone for UTC fails in every field.
const Zone = "Asia/Kathmandu"

// DB is a database of one test: the newest schema and no rows.
type DB struct {
	Name     string
	AdminURL string // logs in as the cluster's superuser
	AppURL   string // logs in as storebot_app, without any right beyond the migrations' grants
}

// New makes a database for t, a clone of a template that is migrated once per
// cluster. It is dropped when t ends; if t failed it is kept, and its address is
// in the log.
func New(t testing.TB) *DB {
	t.Helper()
	server := cluster(t)
	template, err := prepared(context.Background(), server)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return create(t, server, ` TEMPLATE `+template+` STRATEGY FILE_COPY`)
}

// Empty is New without the schema: for tests of the migrations themselves.
func Empty(t testing.TB) *DB {
	t.Helper()
	return create(t, cluster(t), ``)
}

func create(t testing.TB, server *url.URL, from string) *DB {
	t.Helper()
	ctx := context.Background()
	db := &DB{Name: "storebot_test_" + strings.ToLower(rand.Text()[:12])}
	db.AdminURL = at(server, server.User, db.Name)
	db.AppURL = at(server, url.UserPassword("storebot_app", appPassword(server)), db.Name)
	err := run(ctx, server,
		`CREATE DATABASE `+db.Name+from,
		`ALTER DATABASE `+db.Name+` SET timezone TO '`+Zone+`'`, // not copied with a template
	)
	if err != nil {
		t.Fatalf("pgtest: make a database: %v", err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the database of this failed test is kept: %s\n"+
				"(as long as its server runs: testpg -keep starts one that outlives a failure)", db.AdminURL)
			return
		}
		if err := run(ctx, server, `DROP DATABASE IF EXISTS `+db.Name+` WITH (FORCE)`); err != nil {
			t.Errorf("pgtest: drop the database: %v", err)
		}
	})
	return db
}

// Admin connects to the database as superuser, until t ends.
func (db *DB) Admin(t testing.TB) *pgx.Conn { t.Helper(); return connect(t, db.AdminURL) }

// App connects to the database as the runtime role, until t ends: for tests of
// what that role may do. Code of the product uses tenantpg.
func (db *DB) App(t testing.TB) *pgx.Conn { t.Helper(); return connect(t, db.AppURL) }

func connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// cluster returns the superuser's URL of the server, which is found or started
// once per process.
func cluster(t testing.TB) *url.URL {
	t.Helper()
	s, err := started()
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Scheme == "" || u.User == nil {
		t.Fatalf("pgtest: %s must be a URL like postgres://superuser:password@host:port/postgres", Variable)
	}
	return u
}

// started is never stopped: the server ends with this process.
var started = sync.OnceValues(Start)

func at(server *url.URL, user *url.Userinfo, name string) string {
	u := *server
	u.User, u.Path = user, "/"+name
	return u.String()
}

// appPassword follows from the superuser's, so that every process of a run
// knows it without being told.
func appPassword(server *url.URL) string {
	password, _ := server.User.Password()
	sum := sha256.Sum256([]byte("storebot_app:" + password))
	return hex.EncodeToString(sum[:16])
}

var prepare sync.Mutex
var template string // once it is known to be there

// prepared returns the name of the template database, which the first process
// of the cluster makes while the others wait.
func prepared(ctx context.Context, server *url.URL) (string, error) {
	prepare.Lock()
	defer prepare.Unlock()
	if template != "" {
		return template, nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	name := "storebot_template_" + migrations.Hash()[:16]
	admin, err := pgx.Connect(ctx, at(server, server.User, "postgres"))
	if err != nil {
		return "", fmt.Errorf("connect to the server of %s: %w", Variable, err)
	}
	defer admin.Close(context.WithoutCancel(ctx)) // gives the lock back too
	if _, err := admin.Exec(ctx, `SELECT pg_advisory_lock(hashtext('storebot pgtest'))`); err != nil {
		return "", fmt.Errorf("lock: %w", err)
	}
	var ready bool
	const look = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)`
	if err := admin.QueryRow(ctx, look, name).Scan(&ready); err != nil {
		return "", err
	}
	if !ready {
		if err := build(ctx, server, name); err != nil {
			return "", fmt.Errorf("make the template: %w", err)
		}
	}
	template = name
	return name, nil
}

// build makes the template. It is marked as one last: what a killed process
// left half made is dropped.
func build(ctx context.Context, server *url.URL, name string) error {
	if err := run(ctx, server, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`, `CREATE DATABASE `+name); err != nil {
		return err
	}
	if err := migrations.Up(ctx, at(server, server.User, name)); err != nil {
		return err
	}
	return run(ctx, server,
		`ALTER ROLE storebot_app LOGIN PASSWORD '`+appPassword(server)+`'`,
		`ALTER DATABASE `+name+` WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
}

// run sends statements to the server, none of which may be in a transaction.
func run(ctx context.Context, server *url.URL, statements ...string) error {
	admin, err := pgx.Connect(ctx, at(server, server.User, "postgres"))
	if err != nil {
		return err
	}
	defer admin.Close(ctx)
	for _, sql := range statements {
		if _, err := admin.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}
