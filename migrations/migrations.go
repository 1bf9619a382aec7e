// Package migrations is the schema: every change of it as a numbered SQL file
// in sql/, and what brings a database up to it. It holds no query of the
// product and starts no server; that is localpg.
package migrations

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed sql/*.sql
var embedded embed.FS

// Jobs is the schema that River's tables stand in.
const Jobs = "jobs"

// lock is the advisory lock that a migrating process holds. Any number does
// that nothing else in the database uses.
const lock = 0x53746f7265626f74

// Up brings the database at url to the newest schema: this folder's files, then
// River's own. The login must be allowed to create roles and extensions.
// Several processes may call it at once: they queue, and the later ones find
// nothing to do. A failed file is rolled back whole; those before it stay.
func Up(ctx context.Context, url string) error {
	pool, err := open(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate: connect: %w", err)
	}
	defer conn.Release()
	if err := CheckServer(ctx, conn.Conn()); err != nil {
		return err
	}
	unlock, err := acquire(ctx, conn.Conn())
	if err != nil {
		return err
	}
	defer unlock()
	if err := up(ctx, pool); err != nil {
		return err
	}
	return jobs(ctx, pool)
}

func open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("migrate: database address: %w", err)
	}
	config.MaxConns = 3 // the lock, and one each for what works under it
	return pgxpool.NewWithConfig(ctx, config)
}

// acquire takes the advisory lock by asking again and again. A waiting
// pg_advisory_lock would keep a snapshot open, and a CREATE INDEX CONCURRENTLY
// of the holder would wait for that snapshot: a deadlock.
func acquire(ctx context.Context, conn *pgx.Conn) (unlock func(), err error) {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	held := false // by another process
	for {
		var got bool
		err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, int64(lock)).Scan(&got)
		if err == nil && got {
			break
		}
		if err == nil {
			held = true
			select {
			case <-ctx.Done():
				err = ctx.Err()
			case <-tick.C:
				continue
			}
		}
		if held && ctx.Err() != nil {
			return nil, fmt.Errorf("migrate: another process is migrating this database: %w", err)
		}
		return nil, fmt.Errorf("migrate: lock: %w", err)
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock($1)`, int64(lock)); err != nil {
			_ = conn.Close(ctx) // ends the session and the lock with it
		}
	}, nil
}

func provider(pool *pgxpool.Pool) (*goose.Provider, func(), error) {
	files, err := fs.Sub(embedded, "sql")
	if err != nil {
		return nil, nil, err
	}
	db := stdlib.OpenDBFromPool(pool)
	// The provider's Close closes db, and db leaves the pool alone.
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		_ = db.Close()
		return nil, nil, fmt.Errorf("migrate: read the files: %w", err)
	}
	return p, func() { _ = p.Close() }, nil
}

func up(ctx context.Context, pool *pgxpool.Pool) error {
	p, done, err := provider(pool)
	if err != nil {
		return err
	}
	defer done()
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// grants lets the runtime role work jobs, those of later River versions
// included: default privileges hold for what the migrating login creates.
// River's record of its own migrations is only read. The backup role reads all
// that there is, what no migration of ours made included.
const grants = `
GRANT USAGE ON SCHEMA jobs TO storebot_app, storebot_backup;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO storebot_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA jobs TO storebot_app;
GRANT SELECT ON ALL TABLES IN SCHEMA jobs TO storebot_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA jobs GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO storebot_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA jobs GRANT USAGE, SELECT ON SEQUENCES TO storebot_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA jobs GRANT SELECT ON TABLES TO storebot_backup;
REVOKE INSERT, UPDATE, DELETE ON jobs.river_migration FROM storebot_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public, identity, platform, jobs TO storebot_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public, identity, platform, jobs TO storebot_backup;`

func jobs(ctx context.Context, pool *pgxpool.Pool) error {
	if _, err := pool.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS jobs`); err != nil {
		return fmt.Errorf("migrate: schema %s: %w", Jobs, err)
	}
	m, err := river(pool)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate: River: %w", err)
	}
	if _, err := pool.Exec(ctx, grants); err != nil {
		return fmt.Errorf("migrate: grant on schema %s: %w", Jobs, err)
	}
	return nil
}

func river(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: Jobs, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("migrate: River: %w", err)
	}
	return m, nil
}

// Hash names the schema: it is the same in two programs exactly if Up makes the
// same of an empty database in both. 64 hex digits.
func Hash() string {
	sum := sha256.New()
	names, err := fs.Glob(embedded, "sql/*.sql")
	if err != nil {
		panic(err) // only a malformed pattern fails
	}
	slices.Sort(names)
	for _, name := range names {
		text, err := embedded.ReadFile(name)
		if err != nil {
			panic(err) // the file is part of the program
		}
		fmt.Fprintf(sum, "%s\n%d\n%s", name, len(text), text)
	}
	m, err := river(nil)
	if err != nil {
		panic(err) // the configuration is a constant
	}
	for _, v := range m.AllVersions() {
		fmt.Fprintf(sum, "river %d\n%d\n%s", v.Version, len(v.SQLUp), v.SQLUp)
	}
	fmt.Fprint(sum, grants)
	return hex.EncodeToString(sum.Sum(nil))
}
