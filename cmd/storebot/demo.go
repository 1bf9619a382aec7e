package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"storebot/cmd/storebot/internal/demo"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

type demoCmd struct {
	serveFlags
	Data string `default:".storebot" env:"STOREBOT_DATA" placeholder:"DIR" help:"Folder of the private Postgres and the demo login; made if missing."`
}

const (
	demoSlug  = "demo"
	demoEmail = "demo@storebot.example"
)

// Run starts everything and serves until ctx ends.
func (c *demoCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	began := time.Now()
	// It stops Postgres when it ends, so it does not share another's.
	local, err := databaseFlags{Data: c.Data}.start(ctx, log)
	if err != nil {
		return err
	}
	defer local.stop()
	db, err := tenantpg.Open(ctx, local.appURL, withLog(poolConfig(), log))
	if err != nil {
		return err
	}
	defer db.Close()
	shop, login, err := c.seed(ctx, db, log)
	if err != nil {
		return fmt.Errorf("set up the demo shop: %w", err)
	}
	origins, err := pageOrigins(c.Addr)
	if err != nil {
		return err
	}
	page := demo.Page(demo.Config{Key: shop.Key, ScriptURL: "/widget.js", Pictures: origins[0]})
	jobs, err := jobsPool(ctx, local.appURL)
	if err != nil {
		return err
	}
	defer jobs.Close()
	platform, closePlatform, err := openPlatform(ctx, local.platformURL, false, log)
	if err != nil {
		return err
	}
	defer closePlatform()
	return c.serve(ctx, db, jobs, platform, log, map[string]http.Handler{"GET /demo/{$}": page, "GET /demo/shop.js": demo.Script(), "GET /demo/picture/{file}": demo.Picture()}, func(base string) {
		fmt.Fprintf(out, "Storebot is ready: %s\n\n  Console    %s/console/\n  Demo shop  %s/demo/\n  Login      %s\n  Password   %s\n\nStarted in %.1f s. Ctrl-C stops everything.\n",
			base, base, base, login.Email, login.Password, time.Since(began).Seconds())
	})
}

func withLog(c tenantpg.Config, log *slog.Logger) tenantpg.Config {
	c.Log = log
	return c
}

// jobsPool is the pool that background jobs run on, outside any tenant; one of
// its connections is held by the runner for as long as it runs.
func jobsPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	config.MaxConns = 8
	config.ConnConfig.RuntimeParams["role"] = tenantpg.Role
	config.ConnConfig.RuntimeParams["application_name"] = "storebot jobs"
	return pgxpool.NewWithConfig(ctx, config)
}

type demoLogin struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

// seed makes the demo shop at the first start, and finds it again later. The
// pages of this address may talk to it.
func (c *demoCmd) seed(ctx context.Context, db *tenantpg.DB, log *slog.Logger) (tenant.Shop, demoLogin, error) {
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return tenant.Shop{}, demoLogin{}, err
	}
	origins, err := pageOrigins(c.Addr)
	if err != nil {
		return tenant.Shop{}, demoLogin{}, err
	}
	login, err := c.login()
	if err != nil {
		return tenant.Shop{}, demoLogin{}, err
	}
	var shop tenant.Shop
	t, err := in.tenants.BySlug(ctx, demoSlug)
	switch {
	case errors.Is(err, tenant.ErrNotFound):
		shop, err = in.tenants.Create(ctx, tenant.Founding{
			ShopName: demo.Shop().Texts["en"].Name, Slug: demoSlug, Language: "en", TimeZone: "Asia/Taipei", AllowedOrigins: origins,
			Email: login.Email, Password: login.Password,
		})
	case err == nil:
		if shop, err = in.tenants.Shop(ctx, t.ID); err != nil {
			break
		}
		if added := append(slices.Clone(shop.AllowedOrigins), origins...); !subset(origins, shop.AllowedOrigins) {
			shop, err = in.tenants.SetAllowedOrigins(ctx, t.ID, added[max(0, len(added)-tenant.MaxOrigins):])
		}
	}
	if err != nil {
		return tenant.Shop{}, demoLogin{}, err
	}
	if err := in.sellDemo(ctx, shop.ID, origins[0]); err != nil {
		return tenant.Shop{}, demoLogin{}, err
	}
	size, err := in.knowledge.Size(ctx, shop.ID)
	if err != nil || size.Entries > 0 {
		return shop, login, err
	}
	// A start that was cut off here imports again; the same rows change nothing.
	_, err = in.importSheet(ctx, shop.ID, "demo.csv", demo.FAQ())
	return shop, login, err
}

// sellDemo gives the demo shop its products, unless it has some: those are led
// to the page at base, if they led to it at another address or nowhere.
func (in *installation) sellDemo(ctx context.Context, id tenant.ID, base string) error {
	there, err := in.knowledge.Products(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range there {
		elsewhere := p.Link != demo.Link(base, p.SKU) && strings.HasSuffix(p.Link, demo.Link("", p.SKU))
		if nowhere := p.Link == "" && p.Image == "" && demo.Sells(p.SKU); !elsewhere && !nowhere {
			continue
		}
		p.Link, p.Image = demo.Link(base, p.SKU), demo.Image(base, p.SKU)
		if _, err := in.knowledge.SaveProduct(ctx, id, uuid.Nil, "", p); err != nil {
			return fmt.Errorf("product %s: %w", p.SKU, err)
		}
	}
	if len(there) > 0 {
		return nil
	}
	content, err := demo.Products(base)
	if err != nil {
		return err
	}
	_, err = in.importSheet(ctx, id, "products.csv", content)
	return err
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// importSheet stores a sheet of our own making, in which no row may be wrong.
func (in *installation) importSheet(ctx context.Context, id tenant.ID, name string, content []byte) (rag.Import, error) {
	staged, err := in.knowledge.Stage(ctx, id, name, bytes.NewReader(content), int64(len(content)), sheet.Options{})
	if err != nil {
		return rag.Import{}, err
	}
	if staged.Found.Invalid > 0 {
		return rag.Import{}, fmt.Errorf("%s has %d invalid rows", name, staged.Found.Invalid)
	}
	return in.knowledge.ImportNow(ctx, id, staged.ID, rag.Overwrite, func(rag.Import) {})
}

// login returns the demo's login, with a random password made at the first start.
func (c *demoCmd) login() (demoLogin, error) {
	path := filepath.Join(c.Data, "demo-login.json")
	b, err := os.ReadFile(path)
	if err == nil {
		var l demoLogin
		if err := json.Unmarshal(b, &l); err != nil {
			return demoLogin{}, fmt.Errorf("%s cannot be read (remove %s to start afresh): %w", path, c.Data, err)
		}
		return l, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return demoLogin{}, err
	}
	l := demoLogin{Email: demoEmail, Password: rand.Text()[:16]}
	if b, err = json.Marshal(l); err != nil {
		return demoLogin{}, err
	}
	return l, os.WriteFile(path, b, 0o600)
}

// pageOrigins are the origins under which a browser on this machine reaches addr.
func pageOrigins(addr string) ([]string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("--addr %s: %w (write host:port, for example 127.0.0.1:8080)", addr, err)
	}
	hosts := []string{"127.0.0.1", "localhost"}
	if ip := net.ParseIP(host); host != "" && host != "localhost" && (ip == nil || !ip.IsUnspecified() && ip.String() != "127.0.0.1") {
		hosts = append(hosts, host)
	}
	var out []string
	for _, h := range hosts {
		origin, err := tenant.ParseOrigin("http://" + net.JoinHostPort(h, port))
		if err != nil {
			continue // a page there could not be trusted; this machine's own addresses still serve
		}
		out = append(out, origin)
	}
	return out, nil
}
