package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"storebot/console"
	"storebot/migrations"
	"storebot/migrations/localpg"
	"storebot/tenant/tenantpg"
)

type doctorCmd struct {
	databaseFlags
	modelFlags
	JSON bool `name:"json" help:"Print one JSON array."`
}

// finding is one thing that was looked at.
type finding struct {
	What  string `json:"what"`
	State string `json:"state"` // ok, weak or broken
	Found string `json:"found"`
	Cure  string `json:"cure,omitempty"`
}

const (
	stateOK     = "ok"
	stateWeak   = "weak"
	stateBroken = "broken"
)

// Run looks, prints, and returns errSaid if something is broken.
func (c *doctorCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	var all []finding
	all = append(all, c.assets())
	all = append(all, c.database(ctx)...)
	all = append(all, c.models(ctx, log)...)
	if c.JSON {
		if err := json.NewEncoder(out).Encode(all); err != nil {
			return err
		}
	}
	broken := false
	for _, f := range all {
		broken = broken || f.State == stateBroken
		if c.JSON {
			continue
		}
		fmt.Fprintf(out, "%-7s %s: %s\n", f.State, f.What, f.Found)
		if f.Cure != "" {
			fmt.Fprintf(out, "        cure: %s\n", f.Cure)
		}
	}
	if broken {
		return errSaid
	}
	return nil
}

func (c *doctorCmd) assets() finding {
	if console.Built() {
		return finding{"console and widget", stateOK, "are in this binary", ""}
	}
	return finding{"console and widget", stateBroken, "are not in this binary", "make build"}
}

func (c *doctorCmd) database(ctx context.Context) []finding {
	if c.DatabaseURL != "" {
		return c.schema(ctx, c.DatabaseURL, "DATABASE_URL")
	}
	programs, err := localpg.Find(0)
	if err != nil {
		return []finding{{"Postgres with pgvector", stateBroken, err.Error(), "make deps"}}
	}
	out := []finding{{"Postgres with pgvector", stateOK, fmt.Sprintf("version %d in %s", programs.Major, programs.Folder), ""}}
	running, err := localpg.Join(c.Data)
	if err != nil {
		where, _ := filepath.Abs(c.Data)
		return append(out, finding{"private Postgres", stateOK, "is not running under " + where + "; storebot demo starts it", ""})
	}
	return append(out, c.schema(ctx, running.AppURL, "private Postgres")...)
}

// schema looks at a running database as the runtime role sees it.
func (c *doctorCmd) schema(ctx context.Context, url, name string) []finding {
	db, err := tenantpg.Open(ctx, url, tenantpg.Config{MaxConns: 1, Log: slog.New(slog.DiscardHandler)})
	switch {
	case errors.Is(err, tenantpg.ErrUnsafeRole):
		return []finding{{name, stateBroken, err.Error(), "log in as storebot_app, or a role that may SET ROLE to it"}}
	case errors.Is(err, migrations.ErrServerTooOld):
		return []finding{{name, stateBroken, err.Error(), "upgrade Postgres to the newest minor version"}}
	case err != nil:
		return []finding{{name, stateBroken, err.Error(), "check that the server runs, and storebot migrate"}}
	}
	defer db.Close()
	list, err := newTenants(db, slog.New(slog.DiscardHandler)).List(ctx)
	if err != nil {
		return []finding{{name, stateBroken, err.Error(), "storebot migrate"}}
	}
	found := []finding{{name, stateOK, fmt.Sprintf("answers, role %s, %d shops", tenantpg.Role, len(list)), ""}}
	if reads, err := db.BackupReadsAll(ctx); err != nil {
		found = append(found, finding{"backup", stateBroken, err.Error(), "storebot migrate"})
	} else if !reads {
		found = append(found, finding{"backup", stateWeak, "storebot_backup may not read past the policies: its pg_dump fails", "ALTER ROLE storebot_backup BYPASSRLS, as a superuser"})
	}
	return found
}

func (c *doctorCmd) models(ctx context.Context, log *slog.Logger) []finding {
	m, err := openModels(c.modelFlags, log)
	if err != nil {
		return []finding{{"Ollama", stateBroken, err.Error(), "set OLLAMA_HOST"}}
	}
	defer m.close()
	if m.server == nil {
		return []finding{{"Ollama", stateOK, "is not configured: the built-in engine serves, and replies are the merchants' own words",
			"for replies in a model's words: start Ollama, ollama pull a chat model, set OLLAMA_HOST and STOREBOT_CHAT_MODEL"}}
	}
	status := m.server.Status(ctx)
	if len(status.Problems) == 0 {
		return []finding{{"Ollama", stateOK, "version " + status.Version + " at " + status.Host, ""}}
	}
	var out []finding
	for _, p := range status.Problems {
		state := stateWeak
		if p.Broken {
			state = stateBroken
		}
		out = append(out, finding{"Ollama", state, p.What, p.Cure})
	}
	return out
}
