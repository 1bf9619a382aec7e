package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"storebot/migrations"
)

type migrateCmd struct {
	Up     migrateUpCmd     `cmd:"" default:"withargs" help:"Apply what is missing. Several processes may do so at once."`
	Status migrateStatusCmd `cmd:"" help:"List the versions and which of them the database has; exit 1 if one is missing."`
}

type adminFlags struct {
	URL string `name:"database-url" env:"DATABASE_ADMIN_URL,DATABASE_URL" required:"" placeholder:"URL" help:"The Postgres to migrate, as a login that may create roles and extensions."`
}

type migrateUpCmd struct{ adminFlags }

// Run applies what is missing.
func (c *migrateUpCmd) Run(ctx context.Context, out io.Writer) error {
	if err := migrations.Up(ctx, c.URL); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, "The database has this version's schema.")
	return err
}

type migrateStatusCmd struct {
	adminFlags
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run lists the versions.
func (c *migrateStatusCmd) Run(ctx context.Context, out io.Writer) error {
	versions, err := migrations.Status(ctx, c.URL)
	if err != nil {
		return err
	}
	missing := 0
	for _, v := range versions {
		if !v.Applied {
			missing++
		}
	}
	if c.JSON {
		if err := json.NewEncoder(out).Encode(migrationReport(versions, missing)); err != nil {
			return err
		}
	} else {
		for _, v := range versions {
			state := "missing"
			if v.Applied {
				state = "applied"
			}
			if !v.AppliedAt.IsZero() {
				state += " " + v.AppliedAt.Format(time.RFC3339)
			}
			fmt.Fprintf(out, "%-40s %s\n", v.Name, state)
		}
	}
	if missing > 0 {
		return fmt.Errorf("%d versions are missing: run storebot migrate", missing)
	}
	return nil
}

type migrationsJSON struct {
	Missing  int             `json:"missing"`
	Versions []migrationJSON `json:"versions"`
}

type migrationJSON struct {
	Name      string    `json:"name"`
	Applied   bool      `json:"applied"`
	AppliedAt time.Time `json:"applied_at,omitzero"`
}

func migrationReport(versions []migrations.Version, missing int) migrationsJSON {
	out := migrationsJSON{Missing: missing}
	for _, v := range versions {
		out.Versions = append(out.Versions, migrationJSON(v))
	}
	return out
}
