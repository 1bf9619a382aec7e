// Command storebot is the whole product in one binary: the gateway with the
// console and the widget, the background workers, and the commands that manage,
// measure and mend an installation. This folder wires the rooms together; the rules of the
// product are theirs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"syscall"
	_ "time/tzdata" // time zones on machines without their files

	"github.com/alecthomas/kong"
	"github.com/jackc/pgx/v5/pgconn"
)

// version is set by the build.
var version = "unversioned"

type cli struct {
	LogLevel slog.Level       `default:"info" env:"STOREBOT_LOG_LEVEL" placeholder:"LEVEL" help:"How much is logged to standard error: debug, info, warn or error."`
	Version  kong.VersionFlag `help:"Print the version and exit."`

	Demo    demoCmd    `cmd:"" help:"Run everything on this machine, with a demo shop: a private Postgres, the gateway, the console, the workers."`
	Serve   serveCmd   `cmd:"" help:"Run the gateway, the console and the workers on a database of yours."`
	Migrate migrateCmd `cmd:"" help:"Bring a database to this version's schema, or say where it stands."`
	Tenant  tenantCmd  `cmd:"" help:"Create, list, suspend, resume, export and delete shops."`
	Admin   adminCmd   `cmd:"" help:"Make platform admins."`
	Import  importCmd  `cmd:"" help:"Store a sheet of questions and answers in a shop."`
	Export  exportCmd  `cmd:"" help:"Write a shop's questions and answers as a sheet that import takes back."`
	Ask     askCmd     `cmd:"" help:"Ask a shop a question, as a shopper would; nothing is stored or counted."`
	Eval    evalCmd    `cmd:"" help:"Measure how well questions find their entries, on a labelled set. Needs no server and no database."`
	Bench   benchCmd   `cmd:"" help:"Measure a running server under load; prints one JSON object."`
	Doctor  doctorCmd  `cmd:"" help:"Say what is missing or weak here, and the cure."`
}

// errSaid is returned by a command that has said itself what is wrong.
var errSaid = errors.New("said")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process: it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("storebot"),
		kong.Description("A tireless assistant on a small shop's page: FAQs in, answers out, day and night."),
		kong.Vars{"version": version},
		kong.Writers(stdout, stderr),
		kong.UsageOnError(),
	)
	if err != nil {
		fmt.Fprintln(stderr, "storebot:", err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		parser.FatalIfErrorf(err) // prints the usage and ends the process with status 80
		return 2
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: c.LogLevel}))
	parsed.BindTo(ctx, (*context.Context)(nil))
	parsed.BindTo(stdout, (*io.Writer)(nil))
	parsed.Bind(log)
	err = parsed.Run()
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSaid):
		return 1
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "storebot: stopped")
		return 130
	}
	fmt.Fprintln(stderr, "storebot:", err)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && slices.Contains(unknownToSchema, pg.Code) {
		fmt.Fprintln(stderr, "The database does not have this version's schema: run storebot migrate.")
	}
	return 1
}

// unknownToSchema are Postgres's codes for a table, schema, column or function
// that does not exist.
var unknownToSchema = []string{"42P01", "3F000", "42703", "42883"}
