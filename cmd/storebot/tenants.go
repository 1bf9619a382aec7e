package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"storebot/tenant"
	"storebot/tenant/password"
	"storebot/tenant/tenantpg"
)

type tenantCmd struct {
	Create  tenantCreateCmd  `cmd:"" help:"Create a shop and print its slug and publishable key."`
	List    tenantListCmd    `cmd:"" help:"List the shops."`
	Suspend tenantSuspendCmd `cmd:"" help:"Refuse every credential of a shop, within a second."`
	Resume  tenantResumeCmd  `cmd:"" help:"Let a suspended shop work again."`
	Export  tenantExportCmd  `cmd:"" help:"Write everything that is stored of a shop into a ZIP file."`
	Delete  tenantDeleteCmd  `cmd:"" help:"Take a shop off and delete everything of it, later or now."`
}

// newTenants returns the tenant service over db.
func newTenants(db *tenantpg.DB, log *slog.Logger) *tenant.Service {
	return tenant.New(tenantConfig(db, log))
}

func tenantConfig(db *tenantpg.DB, log *slog.Logger) tenant.Config {
	store := tenantpg.NewStore(db)
	return tenant.Config{
		Accounts: store, Sessions: store, Shops: store, Directory: store, People: store, Usages: store, Hasher: password.New(), Log: log,
	}
}

// findTenant returns the shop that a command's --tenant names.
func findTenant(ctx context.Context, tenants *tenant.Service, slug string) (tenant.Tenant, error) {
	t, err := tenants.BySlug(ctx, slug)
	if errors.Is(err, tenant.ErrNotFound) {
		return tenant.Tenant{}, fmt.Errorf("there is no shop %q: storebot tenant list names them", slug)
	}
	return t, err
}

type tenantCreateCmd struct {
	databaseFlags
	Name     string   `arg:"" help:"The shop's name, as shoppers see it."`
	Slug     string   `help:"Short name for commands; made from the name if not given."`
	Language string   `enum:"en,zh-Hant,zh-Hans" default:"en" help:"Language of fixed texts: en, zh-Hant or zh-Hans."`
	TimeZone string   `default:"UTC" placeholder:"ZONE" help:"IANA name, for example Asia/Taipei."`
	Origin   []string `placeholder:"URL" help:"Origin of a page on which the widget may talk; may be repeated."`
	JSON     bool     `name:"json" help:"Print one JSON object."`
}

// Run creates the shop.
func (c *tenantCreateCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 2})
	if err != nil {
		return err
	}
	defer closeDB()
	shop, err := newTenants(db, log).Create(ctx, tenant.Founding{
		ShopName: c.Name, Slug: c.Slug, Language: c.Language, TimeZone: c.TimeZone, AllowedOrigins: c.Origin,
	})
	if errors.Is(err, tenant.ErrSlugTaken) {
		return fmt.Errorf("there is a shop %q already: choose another slug with --slug", c.Slug)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(out).Encode(map[string]any{
			"id": shop.ID.String(), "slug": shop.Slug, "publishable_key": shop.Key, "allowed_origins": shop.AllowedOrigins,
		})
	}
	_, err = fmt.Fprintf(out, "%s\t%s\t%s\n", shop.Slug, shop.ID, shop.Key)
	return err
}

type tenantListCmd struct {
	databaseFlags
	JSON bool `name:"json" help:"Print one JSON array."`
}

// Run lists the shops.
func (c *tenantListCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 2})
	if err != nil {
		return err
	}
	defer closeDB()
	list, err := newTenants(db, log).List(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		type row struct {
			ID        string        `json:"id"`
			Slug      string        `json:"slug"`
			Name      string        `json:"name"`
			Status    tenant.Status `json:"status"`
			CreatedAt time.Time     `json:"created_at"`
		}
		rows := []row{}
		for _, t := range list {
			rows = append(rows, row{t.ID.String(), t.Slug, t.Name, t.Status, t.CreatedAt})
		}
		return json.NewEncoder(out).Encode(rows)
	}
	for _, t := range list {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", t.Slug, t.Status, t.CreatedAt.Format(time.DateOnly), t.ID, t.Name)
	}
	return nil
}

type tenantSuspendCmd struct{ actFlags }

// Run suspends the shop.
func (c *tenantSuspendCmd) Run(ctx context.Context, log *slog.Logger) error {
	a, err := c.begin(ctx, log)
	if err != nil {
		return err
	}
	defer a.close()
	return a.platform.Suspend(ctx, tenant.CommandLine, a.shop.ID, a.reason)
}

type tenantResumeCmd struct{ actFlags }

// Run resumes the shop.
func (c *tenantResumeCmd) Run(ctx context.Context, log *slog.Logger) error {
	a, err := c.begin(ctx, log)
	if err != nil {
		return err
	}
	defer a.close()
	return a.platform.Resume(ctx, tenant.CommandLine, a.shop.ID, a.reason)
}
