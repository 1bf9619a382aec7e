// Package tenantpg is the database as the rest of the program may use it: the
// only holder of the connection pool, the one way to work inside a tenant, and
// the SQL of the tenant nouns. It never hands out a bare connection, so that no
// statement runs outside a transaction whose tenant was set.
package tenantpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"storebot/migrations"
	"storebot/tenant"
)

// ErrUnsafeRole is returned by Open when row-level security would not hold for
// the role that queries run as.
var ErrUnsafeRole = errors.New("the database role is not fit to serve tenants")

// Role is what every connection runs as, whoever it logged in as.
const Role = "storebot_app"

// PlatformRole is what the connections of OpenPlatform run as.
const PlatformRole = "storebot_platform"

// Config tunes the pool. Its zero value serves.
type Config struct {
	MaxConns int32             // 0: four a processor, at least 8
	MinConns int32             // kept open while idle
	Settings map[string]string // run-time settings of each connection, as plan_cache_mode
	Log      *slog.Logger      // nil: slog.Default()
}

// DB is the database, open for the runtime role. All its methods may be called
// at once from many goroutines.
type DB struct {
	pool *pgxpool.Pool
	log  *slog.Logger
	// quiet is how long a listening connection may say nothing before it is
	// asked whether it is still there: a server that vanished without a word is
	// noticed within it.
	quiet time.Duration
}

// Open connects to the database at url (a URL or key=value words). The login
// may be storebot_app itself or any role that may SET ROLE to it. It returns
// ErrUnsafeRole if that role could see past row-level security, and
// migrations.ErrServerTooOld for a server that could; the error names no password.
func Open(ctx context.Context, url string, config Config) (*DB, error) {
	return open(ctx, url, Role, config)
}

// OpenPlatform is Open for the role of those who run the installation: no
// policy admits it to any tenant's table. The login must be storebot_platform or
// may SET ROLE to it; storebot_app's may not.
func OpenPlatform(ctx context.Context, url string, config Config) (*DB, error) {
	return open(ctx, url, PlatformRole, config)
}

func open(ctx context.Context, url, role string, config Config) (*DB, error) {
	c, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	switch c.ConnConfig.DefaultQueryExecMode {
	case pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec:
	default:
		// The simple protocol puts values into the statement's text.
		return nil, errors.New("database address: default_query_exec_mode=simple_protocol is not allowed: remove it")
	}
	db := &DB{log: config.Log, quiet: 15 * time.Second}
	if db.log == nil {
		db.log = slog.Default()
	}
	for k, v := range config.Settings {
		c.ConnConfig.RuntimeParams[k] = v
	}
	c.ConnConfig.RuntimeParams["role"] = role
	if c.ConnConfig.RuntimeParams["application_name"] == "" {
		c.ConnConfig.RuntimeParams["application_name"] = "storebot"
	}
	c.MaxConns = config.MaxConns
	if c.MaxConns == 0 {
		c.MaxConns = int32(max(8, 4*runtime.NumCPU()))
	}
	c.MinConns = min(config.MinConns, c.MaxConns)
	c.AfterRelease = db.clean
	c.PingTimeout = 5 * time.Second
	if db.pool, err = pgxpool.NewWithConfig(ctx, c); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := db.check(ctx, role); err != nil {
		db.pool.Close()
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// check refuses a role that bypasses row-level security, now or by one command.
func (db *DB) check(ctx context.Context, want string) error {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if err := migrations.CheckServer(ctx, conn.Conn()); err != nil {
		return err
	}
	const query = `
		SELECT current_user::text, r.rolsuper, r.rolbypassrls,
		       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
		       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
		FROM pg_roles r WHERE r.rolname = current_user`
	var role string
	var super, bypass, member, owner bool
	if err := conn.QueryRow(ctx, query).Scan(&role, &super, &bypass, &member, &owner); err != nil {
		return fmt.Errorf("look at the runtime role: %w", err)
	}
	what := ""
	switch {
	case role != want:
		what = "is not " + want
	case super:
		what = "is a superuser: ALTER ROLE ... NOSUPERUSER"
	case bypass:
		what = "bypasses row-level security: ALTER ROLE ... NOBYPASSRLS"
	case member:
		what = "is a member of another role and can become it: REVOKE that"
	case owner:
		what = "owns tables and could lift their policies: ALTER TABLE ... OWNER TO storebot_owner"
	default:
		return nil
	}
	return fmt.Errorf("%w: %s %s", ErrUnsafeRole, role, what)
}

// checked marks, in a connection's custom data, that the last round trip itself
// found the tenant's setting empty.
const checked = "storebot.checked"

// clean says whether a connection may go back into the pool: only if no tenant
// is left set on it. set_config(…, true) ends with the transaction, so a setting
// found here was made by a session-wide SET, which is a fault of the program.
func (db *DB) clean(conn *pgx.Conn) bool {
	data := conn.PgConn().CustomData()
	if done, _ := data[checked].(bool); done {
		delete(data, checked)
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	var left string
	if err := conn.QueryRow(ctx, readTenant).Scan(&left); err != nil {
		return false
	}
	if left != "" {
		db.log.Error("a connection came back with a tenant set for its whole session; it is closed", "tenant", left)
		return false
	}
	return true
}

const (
	setTenant  = `SELECT set_config('app.tenant_id', $1, true)`
	readTenant = `SELECT coalesce(current_setting('app.tenant_id', true), '')`
)

// InTenant runs fn in one transaction that sees and writes the rows of this
// tenant alone. It is committed if fn returns nil, and rolled back on any error
// and on a panic, which goes on after it. A statement that failed fails the
// transaction even if fn swallows the error (pgx.ErrTxCommitRollback). fn must
// neither commit nor keep tx.
func (db *DB) InTenant(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error {
	begin := &pgx.Batch{}
	begin.BeginTx(pgx.TxOptions{})
	begin.Queue(setTenant, id.String())
	return db.transact(ctx, begin, fn)
}

// Snapshot is InTenant for reading much: fn sees the tenant as of one moment,
// and can write nothing.
func (db *DB) Snapshot(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error {
	begin := &pgx.Batch{}
	begin.BeginTx(pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	begin.Queue(setTenant, id.String())
	return db.transact(ctx, begin, fn)
}

// Identity runs fn in one transaction without a tenant: for the tables of the
// schema identity, which are read before the tenant is known. Every tenant's
// table is empty to it.
func (db *DB) Identity(ctx context.Context, fn func(tx pgx.Tx) error) error {
	begin := &pgx.Batch{}
	begin.BeginTx(pgx.TxOptions{})
	return db.transact(ctx, begin, fn)
}

// transact sends begin, which takes one round trip whatever it holds, runs fn,
// and ends the transaction.
func (db *DB) transact(ctx context.Context, begin *pgx.Batch, fn func(tx pgx.Tx) error) (err error) {
	conn, err := db.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer conn.Release()
	results := conn.SendBatch(ctx, begin)
	tx := results.Tx()
	committed := false
	defer func() {
		if committed || tx == nil {
			return
		}
		// The caller's context may be what ended; the rollback has its own. If
		// it fails the connection is closed, which rolls back as well.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = tx.Rollback(ctx)
	}()
	if err := results.Close(); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	committed = true
	return nil
}

// Ping returns nil if the database answers.
func (db *DB) Ping(ctx context.Context) error { return db.pool.Ping(ctx) }

// Stat is the state of the pool, for metrics.
func (db *DB) Stat() *pgxpool.Stat { return db.pool.Stat() }

// Jobs is the driver through which River works its tables (schema
// migrations.Jobs) on the same pool, without a tenant.
func (db *DB) Jobs() *riverpgxv5.Driver { return riverpgxv5.New(db.pool) }

// Close waits until every connection is back and closes them all.
func (db *DB) Close() { db.pool.Close() }
