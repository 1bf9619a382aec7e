// Package gateway is the one way in over HTTP: it finds out who calls, whether
// they may and how often, turns errors into codes and texts, and hands the call
// to a handler. It holds no rule of the product itself: what a method needs
// stands in one table (policy.go), what an error becomes in another (errors.go).
package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
)

// Config is what a gateway needs from outside.
type Config struct {
	Log            *slog.Logger
	Sessions       Sessions
	Admins         Admins
	Quotas         Quotas
	Keys           Keys
	Ready          func() error   // nil error: this process can serve; asked by /readyz
	TrustedProxies []netip.Prefix // whose X-Forwarded-For and X-Forwarded-Proto are believed
	SecureCookies  bool           // the console is reached by https
	Limits         Limits
	Metrics        *Metrics
	Now            func() time.Time

	pace pace // of requests' bodies; zero: bodyPace
}

// maxBody bounds every request; staging a sheet may send more.
const maxBody = 1 << 20

// compressMin is the size from which a message is worth compressing: an
// answer's events are smaller, and gzip took a sixth of the server's time on them.
const compressMin = 1400

// NewServer returns an RPC server with the whole chain of interceptors and no
// methods yet. The chain, outermost first: name the call, log it, survive a
// panic, translate errors, bound its time, find the caller, check the message
// when it is read, and hold the caller to the limits: those that count by what
// the message says see only valid ones. The shop's quota comes last.
func NewServer(cfg Config) *connect.Server {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return connect.NewServer(
		logCalls(cfg.Log, cfg.Metrics, cfg.Now),
		recoverPanics(cfg.Log),
		translateErrors(cfg.Log),
		limitTime,
		authorize(cfg.Sessions, cfg.Admins, cfg.Keys, cfg.SecureCookies),
		validate,
		limitRate(newLimiter(cfg.Limits, cfg.Now)),
		limitQuota(cfg.Quotas),
	)
}

// Handler mounts server's methods, which must all be registered by now, and
// health beside them. pages are the other routes: the console, the widget, the demo.
// Error: a method that the policy table does not name, or the other way round.
func Handler(cfg Config, server *connect.Server, pages map[string]http.Handler) (http.Handler, error) {
	if err := checkPolicy(server); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	connecthttp.Mount(mux, server, connecthttp.WithCompressMinBytes(compressMin), connecthttp.WithConditionalOptions(func(spec connect.Spec) []connecthttp.Option {
		if n := policy[spec.Procedure].maxBody; n > 0 {
			return []connecthttp.Option{connecthttp.WithReadMaxBytes(n)}
		}
		return []connecthttp.Option{connecthttp.WithReadMaxBytes(maxBody)}
	}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := cfg.Ready(); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		w.WriteHeader(http.StatusOK)
	})
	for pattern, page := range pages {
		mux.Handle(pattern, page)
	}
	crossOrigin := http.NewCrossOriginProtection()
	crossOrigin.AddInsecureBypassPattern(shopperPath) // called from other sites by design, and reads no cookie
	return edge(cfg.TrustedProxies, cfg.pace, shopperCORS(cfg.Keys, crossOrigin.Handler(mux))), nil
}

// A Sessions finds the member behind a session token.
// Errors: tenant.ErrUnauthenticated, tenant.ErrSuspended.
type Sessions interface {
	CallerBySession(ctx context.Context, token string) (tenant.Caller, error)
}

// A Keys finds the shop behind a publishable key.
// Errors: tenant.ErrUnauthenticated, tenant.ErrSuspended.
type Keys interface {
	ShopByKey(ctx context.Context, key string) (tenant.KeyInfo, error)
}

// An Admins finds the platform admin behind a session token.
// Errors: tenant.ErrUnauthenticated.
type Admins interface {
	CallerByAdminSession(ctx context.Context, token string) (tenant.Caller, error)
}
