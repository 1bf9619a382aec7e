package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"storebot/migrations"
	"storebot/migrations/localpg"
	"storebot/tenant/tenantpg"
)

// databaseFlags say which database a command works on: the one named, or the
// private one of this folder.
type databaseFlags struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"The Postgres to use. Without it, the private one under --data."`
	Data        string `default:".storebot" env:"STOREBOT_DATA" placeholder:"DIR" help:"Folder of the private Postgres, used when there is no --database-url."`
}

// open connects as the runtime role. close gives back what was taken.
func (f databaseFlags) open(ctx context.Context, log *slog.Logger, config tenantpg.Config) (db *tenantpg.DB, close func(), err error) {
	url, closeURL, err := f.url(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	config.Log = log
	if db, err = tenantpg.Open(ctx, url, config); err != nil {
		closeURL()
		return nil, nil, err
	}
	return db, func() { db.Close(); closeURL() }, nil
}

// url is the database's address for the runtime role.
func (f databaseFlags) url(ctx context.Context, log *slog.Logger) (url string, close func(), err error) {
	where, err := f.where(ctx, log)
	return where.appURL, where.stop, err
}

// where is the database that was named, or the private Postgres: started for it
// if need be, or joined if a running storebot already did.
func (f databaseFlags) where(ctx context.Context, log *slog.Logger) (localDatabase, error) {
	if f.DatabaseURL != "" {
		return localDatabase{appURL: f.DatabaseURL, platformURL: f.DatabaseURL, stop: func() {}}, nil
	}
	return f.local(ctx, log)
}

// localDatabase is a database that commands work on; the private one is migrated.
type localDatabase struct {
	appURL      string
	platformURL string // may become storebot_platform
	stop        func() // stops it if this process started it
}

// local starts the private Postgres, or joins the one that another program
// runs in the folder.
func (f databaseFlags) local(ctx context.Context, log *slog.Logger) (localDatabase, error) {
	started, err := f.start(ctx, log)
	if !errors.Is(err, localpg.ErrInUse) {
		return started, err
	}
	running, err := localpg.Join(f.Data)
	if err != nil {
		return localDatabase{}, err
	}
	return localDatabase{appURL: running.AppURL, platformURL: running.AdminURL, stop: func() {}}, nil
}

// start starts the private Postgres. Error: localpg.ErrInUse.
func (f databaseFlags) start(ctx context.Context, log *slog.Logger) (localDatabase, error) {
	cluster, err := localpg.Start(ctx, localpg.Config{Dir: f.Data, Log: log})
	if err != nil {
		return localDatabase{}, err
	}
	stop := func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		if err := cluster.Stop(ctx); err != nil {
			log.Error("stop the private Postgres", "err", err)
		}
	}
	if err := migrations.Up(ctx, cluster.AdminURL()); err != nil {
		stop()
		return localDatabase{}, fmt.Errorf("migrate the private Postgres: %w", err)
	}
	return localDatabase{appURL: cluster.AppURL(), platformURL: cluster.AdminURL(), stop: stop}, nil
}
