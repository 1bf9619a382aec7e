package main

import (
	"cmp"
	"context"
	"log/slog"

	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// platformFlags are those of a command that acts as one who runs the installation.
type platformFlags struct {
	databaseFlags
	PlatformURL string `name:"database-platform-url" env:"DATABASE_PLATFORM_URL" placeholder:"URL" help:"A login that is storebot_platform, which writes the audit; the private Postgres needs none."`
}

func (f platformFlags) platform(ctx context.Context, where localDatabase, log *slog.Logger) (*tenant.Platform, func(), error) {
	return openPlatform(ctx, cmp.Or(f.PlatformURL, where.platformURL), true, log)
}

// actFlags are those of a command that does something to a shop.
type actFlags struct {
	platformFlags
	Slug   string `arg:"" help:"The shop's slug."`
	Reason string `help:"Why, for the audit." placeholder:"TEXT"`
}

// An acting command: the shop it names, and what it needs to act on it.
type acting struct {
	tenants  *tenant.Service
	shop     tenant.Tenant
	platform *tenant.Platform
	reason   string
	close    func()
}

// begin finds the shop. Close what it returns.
func (f actFlags) begin(ctx context.Context, log *slog.Logger) (_ *acting, err error) {
	where, err := f.where(ctx, log)
	if err != nil {
		return nil, err
	}
	closes := []func(){where.stop}
	closeAll := func() {
		for i := len(closes) - 1; i >= 0; i-- {
			closes[i]()
		}
	}
	defer func() {
		if err != nil {
			closeAll()
		}
	}()
	platform, closePlatform, err := f.platform(ctx, where, log)
	if err != nil {
		return nil, err
	}
	closes = append(closes, closePlatform)
	db, err := tenantpg.Open(ctx, where.appURL, tenantpg.Config{MaxConns: 2, Log: log})
	if err != nil {
		return nil, err
	}
	closes = append(closes, db.Close)
	tenants := newTenants(db, log)
	shop, err := findTenant(ctx, tenants, f.Slug)
	if err != nil {
		return nil, err
	}
	return &acting{tenants, shop, platform, f.Reason, closeAll}, nil
}

// note writes the act into the audit; it is done after that.
func (a *acting) note(ctx context.Context, act string) error {
	return a.platform.Note(ctx, tenant.Act{Admin: tenant.CommandLine, Act: act, Tenant: a.shop.ID, Reason: a.reason})
}
