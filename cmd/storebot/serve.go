package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"storebot/cmd/storebot/internal/gateway"
	"storebot/console"
	"storebot/console/insight/insightrpc"
	"storebot/console/onboarding/onboardingrpc"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag/ragjob"
	"storebot/rag/ragrpc"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
	"storebot/tenant/tenantrpc"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// serveFlags are what serve and demo have in common.
type serveFlags struct {
	modelFlags
	mailFlags
	Addr           string         `default:"127.0.0.1:8080" env:"ADDR" placeholder:"HOST:PORT" help:"Where to listen."`
	MetricsAddr    string         `env:"STOREBOT_METRICS_ADDR" placeholder:"HOST:PORT" help:"Where to serve Prometheus metrics, at /metrics, and profiles, at /debug/pprof/. Keep it inside; not served without it."`
	SecureCookies  bool           `env:"STOREBOT_SECURE_COOKIES" help:"People reach the console by https (TLS stands in front): send the session cookie over nothing else."`
	TrustedProxies []netip.Prefix `env:"STOREBOT_TRUSTED_PROXIES" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."`
	IndexMemory    int64          `default:"512" env:"STOREBOT_INDEX_MEMORY_MB" placeholder:"MB" help:"Memory for the knowledge of the shops that are being asked."`
	Limits         gateway.Limits `embed:"" prefix:"limit-"`
}

type serveCmd struct {
	databaseFlags
	serveFlags
	PlatformURL string `name:"database-platform-url" env:"DATABASE_PLATFORM_URL" placeholder:"URL" help:"A login that is storebot_platform, for the pages of those who run the installation. Without it they are on only if DATABASE_URL's login may become that role."`
	Role        string `enum:"all,gateway,worker" default:"all" env:"STOREBOT_ROLE" help:"What this process does: all, gateway or worker."`
}

// stopTimeout is how long running jobs may take to end, and drainTimeout how long
// running requests: longer than a model may write a reply (8 s), shorter than what
// those who stop programs wait by default before they kill (10 s).
const (
	stopTimeout  = 10 * time.Second
	drainTimeout = 9 * time.Second
)

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	local, err := c.where(ctx, log)
	if err != nil {
		return err
	}
	defer local.stop()
	url := local.appURL
	db, err := tenantpg.Open(ctx, url, withLog(poolConfig(), log))
	if err != nil {
		return err
	}
	defer db.Close()
	var jobs *pgxpool.Pool
	if c.Role != "gateway" {
		if jobs, err = jobsPool(ctx, url); err != nil {
			return err
		}
		defer jobs.Close()
	}
	if c.Role == "worker" {
		c.Addr = ""
	}
	platformURL, named := c.PlatformURL, c.PlatformURL != ""
	if !named {
		platformURL = local.platformURL
	}
	platform, closePlatform, err := openPlatform(ctx, platformURL, named, log)
	if err != nil {
		return err
	}
	defer closePlatform()
	return c.serve(ctx, db, jobs, platform, log, nil, func(base string) {
		fmt.Fprintf(out, "Storebot is ready: %s\nConsole: %s/console/\n", base, base)
	})
}

// poolConfig is the pool of a serving process. The product's few statements are
// always keyed, so one generic plan serves them all, and planning anew each time
// costs half the speed (measured: 1,850 answers a second, 3,900 with it).
func poolConfig() tenantpg.Config {
	return tenantpg.Config{
		MaxConns: int32(max(16, 4*runtime.NumCPU())),
		Settings: map[string]string{"plan_cache_mode": "force_generic_plan"},
	}
}

// serve runs the installation and, if there is an address, the gateway. jobs is
// the pool for background jobs, nil when they are another process's. ready is
// called with the base address once requests are taken.
func (f *serveFlags) serve(ctx context.Context, db *tenantpg.DB, jobs *pgxpool.Pool, platform *tenant.Platform, log *slog.Logger, pages map[string]http.Handler, ready func(base string)) error {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	in, err := install(db, installationConfig{
		models: f.modelFlags, mail: f.mailFlags, indexBytes: f.IndexMemory << 20, jobs: jobs, count: countReplies(registry),
	}, log)
	if err != nil {
		return err
	}
	registerState(registry, in)
	if in.mailer != nil {
		countMails(registry, in.mailer)
	}
	if err := in.start(ctx); err != nil {
		return err
	}
	defer func() {
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		in.stop(stop)
	}()

	var servers []*http.Server
	failed := make(chan error, 2)
	if f.MetricsAddr != "" {
		mux := http.NewServeMux()
		mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		s, _, err := listen(ctx, "--metrics-addr", f.MetricsAddr, mux, failed)
		if err != nil {
			return err
		}
		servers = append(servers, s)
	}
	if f.Addr == "" {
		log.Info("worker is ready")
	} else {
		handler, err := f.handler(ctx, in, platform, registry, pages)
		if err != nil {
			return err
		}
		s, base, err := listen(ctx, "--addr", f.Addr, handler, failed)
		if err != nil {
			return err
		}
		servers = append(servers, s)
		ready(base)
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	in.hub.Close() // who watches goes on at another process, or at this one's successor
	drain(servers)
	return err
}

// handler is the gateway with all its methods and pages.
func (f *serveFlags) handler(ctx context.Context, in *installation, platform *tenant.Platform, reg prometheus.Registerer, pages map[string]http.Handler) (http.Handler, error) {
	cfg := gateway.Config{
		Log: in.log, Sessions: in.tenants, Admins: platform, Keys: in.tenants, Quotas: in.tenants,
		Ready: func() error {
			ping, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			return in.db.Ping(ping)
		},
		TrustedProxies: f.TrustedProxies, SecureCookies: f.SecureCookies, Limits: f.Limits, Metrics: gateway.NewMetrics(reg),
	}
	board, err := ragjob.NewBoard(in.db)
	if err != nil {
		return nil, err
	}
	shops := thrifty{in.shops, in.tenants}
	server := gateway.NewServer(cfg)
	storebotv1connect.RegisterShopperServiceHandler(server, &ragrpc.Shopper{
		Answerer: in.answerer, Conversations: in.conversations, People: in.handovers, Hub: in.hub,
		Shops: shops, Visits: in.conversations, Identities: in.widgets, Seen: in.tenants.MarkSeen, Log: in.log, Now: time.Now,
	})
	storebotv1connect.RegisterInboxServiceHandler(server, &ragrpc.Inbox{
		Talks: in.handovers, Deeds: in.handovers, Asked: in.handovers, Opening: in.handovers, Mail: in.handovers,
		Answerer: in.answerer, Shops: in.shops, Hub: in.hub, Now: time.Now,
	})
	storebotv1connect.RegisterKnowledgeServiceHandler(server, &ragrpc.Knowledge{
		Entries: in.knowledge, Revisions: in.knowledge, Hits: in.knowledge, Imports: in.knowledge, Exporter: in.knowledge, Answerer: in.answerer, Shops: in.shops, Engine: in,
		Tried: in.onboarding.MarkTried, Now: time.Now,
	})
	storebotv1connect.RegisterProductServiceHandler(server, &ragrpc.Products{Rows: in.knowledge, Grow: in.tenants.AllowGrowth})
	storebotv1connect.RegisterLearningServiceHandler(server, &ragrpc.Learning{
		Gaps: in.learning, Sorter: in.learning, Learner: in.learning, Checks: in.checks, Foreseer: in.knowledge, Answerer: in.answerer, Shops: in.shops, Now: time.Now,
	})
	storebotv1connect.RegisterAnsweringServiceHandler(server, &ragrpc.Answering{Settings: in.answering, Model: in.models.generator != nil})
	storebotv1connect.RegisterAccountServiceHandler(server, tenantrpc.NewAccounts(in.tenants, tenantrpc.Config{Secure: f.SecureCookies}))
	storebotv1connect.RegisterTenantServiceHandler(server, tenantrpc.NewShops(in.tenants))
	storebotv1connect.RegisterWidgetServiceHandler(server, tenantrpc.NewWidgets(in.widgets))
	storebotv1connect.RegisterPlatformServiceHandler(server, tenantrpc.NewPlatform(platform, report{in, board, time.Now()}, tenantrpc.Config{Secure: f.SecureCookies}))
	storebotv1connect.RegisterInsightServiceHandler(server, insightrpc.New(in.insight, time.Now))
	storebotv1connect.RegisterOnboardingServiceHandler(server, onboardingrpc.New(in.onboarding, in.knowledge))

	widget := console.WidgetHandler(console.Config{})
	all := map[string]http.Handler{
		"GET /{$}":       http.RedirectHandler("/console/", http.StatusSeeOther),
		"/console/":      console.Handler(console.Config{}),
		"GET /widget.js": widget,
		"GET /widget/":   widget,
		"GET /c/{slug}":  console.HostedHandler(in.hosted),
	}
	for pattern, page := range pages {
		all[pattern] = page
	}
	return gateway.Handler(cfg, server, all)
}

// listen serves handler on addr, which flag sets, and returns the address it got.
func listen(ctx context.Context, flag, addr string, handler http.Handler, failed chan<- error) (*http.Server, string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, "", fmt.Errorf("listen on %s: %w (another program has it? choose another with %s)", addr, err, flag)
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	s := &http.Server{
		Handler: handler, Protocols: protocols,
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	go func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	return s, "http://" + l.Addr().String(), nil
}

// drain lets running requests end. Shutdown alone would wait for as long as a
// watch stream stays open.
func drain(servers []*http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	var wait sync.WaitGroup
	for _, s := range servers {
		wait.Go(func() {
			if s.Shutdown(ctx) != nil {
				s.Close()
			}
		})
	}
	wait.Wait()
}
