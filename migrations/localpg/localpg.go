// Package localpg runs a private Postgres: a cluster in a folder of its own, on
// a free port of this machine alone, started and stopped by the program that
// uses it. It installs nothing, migrates nothing and never touches a cluster
// that it did not make.
package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// Errors that Start returns, wrapped with what was found and how to mend it.
var (
	// ErrNoServer: no Postgres server with pgvector is installed.
	ErrNoServer = errors.New("no Postgres server with pgvector on this machine")
	// ErrInUse: another running program holds the folder.
	ErrInUse = errors.New("the folder of the private Postgres is in use")
)

const (
	database  = "storebot"
	adminRole = "storebot_admin" // the cluster's superuser
	appRole   = "storebot_app"   // the runtime role; its rights come from the migrations
)

// Config says where a private Postgres lives. Only Dir is needed.
type Config struct {
	Dir      string            // made if missing; holds the data, the passwords, the log
	Volatile bool              // no fsync: fast, and lost at a power cut; for tests alone
	Settings map[string]string // server settings beside or instead of those chosen here
	Log      *slog.Logger      // nil: slog.Default()
}

// Cluster is a running private Postgres that this process answers for.
type Cluster struct {
	config  Config
	data    string
	socket  string // "": none
	port    int
	admin   string // passwords
	app     string
	process *postmaster
	release func() // gives the folder's lock back
}

// Start runs the Postgres of config.Dir and returns when it takes connections.
// The first start makes the cluster, its database and the login of the runtime
// role; a later one finds all that again. A postmaster that a killed program
// left running is adopted, its leftovers after a crash are dealt with.
// ErrInUse if another program holds the folder, ErrNoServer if there is nothing
// to run.
func Start(ctx context.Context, config Config) (*Cluster, error) {
	if config.Log == nil {
		config.Log = slog.Default()
	}
	dir, err := filepath.Abs(config.Dir)
	if err != nil {
		return nil, err
	}
	config.Dir = dir
	// Passable, so that the account which runs Postgres reaches the data; the
	// passwords are files that only we read.
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return nil, fmt.Errorf("private Postgres: %w", err)
	}
	release, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	c := &Cluster{config: config, release: release}
	if err := c.start(ctx); err != nil {
		release()
		return nil, fmt.Errorf("private Postgres in %s: %w", dir, err)
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context) (err error) {
	run, err := runner()
	if err != nil {
		return err
	}
	if c.data, err = place(c.config.Dir, run, c.config.Log); err != nil {
		return err
	}
	if c.admin, err = secret(filepath.Join(c.config.Dir, "admin.secret")); err != nil {
		return err
	}
	if c.app, err = secret(filepath.Join(c.config.Dir, "app.secret")); err != nil {
		return err
	}
	programs, err := Find(made(c.data))
	if err != nil {
		return err
	}
	if made(c.data) == 0 {
		if err := initdb(ctx, programs, run, c.data, c.admin, c.config.Volatile); err != nil {
			return err
		}
	}
	if err := c.serve(ctx, programs, run); err != nil {
		return err
	}
	if err := c.prepare(ctx); err != nil {
		_ = c.end(context.WithoutCancel(ctx))
		return err
	}
	return nil
}

// prepare makes the database and lets the runtime role log in. The role's
// rights are the migrations' affair.
func (c *Cluster) prepare(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url(adminRole, c.admin, "postgres"))
	if err != nil {
		return fmt.Errorf("log in: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var there, role bool
	const look = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1), EXISTS (SELECT FROM pg_roles WHERE rolname = $2)`
	if err := conn.QueryRow(ctx, look, database, appRole).Scan(&there, &role); err != nil {
		return err
	}
	if !there {
		if _, err := conn.Exec(ctx, `CREATE DATABASE `+database); err != nil {
			return fmt.Errorf("create the database: %w", err)
		}
	}
	if !role {
		if _, err := conn.Exec(ctx, `CREATE ROLE `+appRole+` NOINHERIT`); err != nil {
			return fmt.Errorf("create the runtime role: %w", err)
		}
	}
	// The password is hexadecimal: nothing in it needs quoting.
	if _, err := conn.Exec(ctx, `ALTER ROLE `+appRole+` LOGIN PASSWORD '`+c.app+`'`); err != nil {
		return fmt.Errorf("let the runtime role log in: %w", err)
	}
	return nil
}

// AdminURL logs in to the cluster's database as its superuser: for migrations.
func (c *Cluster) AdminURL() string { return c.url(adminRole, c.admin, database) }

// AppURL logs in to the cluster's database as the runtime role storebot_app.
func (c *Cluster) AppURL() string { return c.url(appRole, c.app, database) }

func (c *Cluster) url(user, password, name string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(user, password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)),
		Path:     name,
		RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Data is the folder that the cluster's files are in.
func (c *Cluster) Data() string { return c.data }

// PID is the process id of the running postmaster.
func (c *Cluster) PID() int { return c.process.pid }

// Stop shuts the server down, ending open transactions, and gives the folder
// free. When ctx ends first the server is stopped at once, and recovers at its
// next start.
func (c *Cluster) Stop(ctx context.Context) error {
	defer c.release()
	return c.end(ctx)
}

// end stops the server and removes the folder of its socket, which may still
// hold one if the server was killed before.
func (c *Cluster) end(ctx context.Context) error {
	err := c.process.stop(ctx)
	if err == nil && c.socket != "" {
		_ = os.RemoveAll(c.socket) // the next start makes it again
	}
	return err
}
