package migrations_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"storebot/migrations"
	"storebot/migrations/lint"
	"storebot/migrations/pgtest"
)

func TestUpByManyAtOnce(t *testing.T) {
	ctx := context.Background()
	db := pgtest.Empty(t)
	const processes = 4
	done := make(chan error, processes)
	for range processes {
		go func() { done <- migrations.Up(ctx, db.AdminURL) }()
	}
	for range processes {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	found, err := lint.Check(ctx, db.Admin(t))
	if err != nil || len(found) != 0 {
		t.Errorf("the migrated database: %v %v", found, err)
	}
}

func TestUpWaitsNoLongerThanItsContext(t *testing.T) {
	db := pgtest.Empty(t)
	admin := db.Admin(t)
	// The very lock, as another process holds it.
	if _, err := admin.Exec(context.Background(), `SELECT pg_advisory_lock($1)`, int64(0x53746f7265626f74)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	err := migrations.Up(ctx, db.AdminURL)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "another process is migrating") {
		t.Errorf("got %v", err)
	}
}

func TestStatus(t *testing.T) {
	ctx := context.Background()
	db := pgtest.Empty(t)
	count := func() (applied, all int) {
		t.Helper()
		versions, err := migrations.Status(ctx, db.AdminURL)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			if v.Applied {
				applied++
			}
		}
		return applied, len(versions)
	}
	if applied, all := count(); applied != 0 || all < 10 {
		t.Errorf("before: %d of %d applied", applied, all)
	}
	if err := migrations.Up(ctx, db.AdminURL); err != nil {
		t.Fatal(err)
	}
	if applied, all := count(); applied != all {
		t.Errorf("after: %d of %d applied", applied, all)
	}
}

func TestHashNamesTheSchema(t *testing.T) {
	if h := migrations.Hash(); len(h) != 64 || h != migrations.Hash() {
		t.Errorf("hash %q", h)
	}
}

// The runtime role must be able to work jobs and nothing more in their schema.
func TestTheRuntimeRoleWorksJobs(t *testing.T) {
	ctx := context.Background()
	app := pgtest.New(t).App(t)
	for _, sql := range []string{
		`INSERT INTO jobs.river_job (kind, args, max_attempts) VALUES ('import', '{}', 3)`,
		`UPDATE jobs.river_job SET queue = 'other'`,
		`SELECT * FROM jobs.river_job FOR UPDATE SKIP LOCKED`,
		`DELETE FROM jobs.river_job`,
		`SELECT * FROM jobs.river_migration`,
	} {
		if _, err := app.Exec(ctx, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, sql := range []string{
		`TRUNCATE jobs.river_job`,
		`CREATE TABLE jobs.mine ()`,
		`DELETE FROM jobs.river_migration`,
		`SELECT * FROM goose_db_version`,
		`DELETE FROM identity.tenant`,
	} {
		if _, err := app.Exec(ctx, sql); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: got %v, want permission denied", sql, err)
		}
	}
}
