package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/prometheus/client_golang/prometheus"
)

// A diary keeps what is logged.
type diary struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.String()
}

func (d *diary) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(d, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// nobody knows neither session nor key.
type nobody struct{}

func (nobody) CallerBySession(context.Context, string) (tenant.Caller, error) {
	return tenant.Caller{}, tenant.ErrUnauthenticated
}

func (nobody) ShopByKey(context.Context, string) (tenant.KeyInfo, error) {
	return tenant.KeyInfo{}, tenant.ErrUnauthenticated
}

// through calls handler, as LogIn, through the chain.
func through(t testing.TB, cfg Config, handler func(ctx context.Context) error) (*connect.CallInfo, error) {
	t.Helper()
	cfg.Sessions, cfg.Keys = nobody{}, nobody{}
	server := NewServer(cfg)
	spec := connect.Spec{Procedure: logInPath}
	server.Register(connect.Method{Spec: spec, Handler: func(ctx context.Context, _ connect.Spec, stream connect.ServerStream) error {
		if err := stream.Receive(&storebotv1.LogInRequest{}); err != nil {
			return err
		}
		if err := handler(ctx); err != nil {
			return err
		}
		return stream.Send(&storebotv1.LogInResponse{})
	}})
	ctx, info := caller{}.context(t.Context())
	client := connect.NewClient(connectinprocess.New(server))
	err := client.CallUnary(ctx, spec, &storebotv1.LogInRequest{Email: "a@shop.example", Password: "hidden words"}, &storebotv1.LogInResponse{})
	return info, err
}

// Every error leaves with a code, a fixed reason and a text of ours; nothing
// that a lower layer wrote goes with it.
func TestErrorsAreTranslated(t *testing.T) {
	const inner = "pq secret detail of table message"
	type wanted struct {
		code   connect.Code
		reason string
		retry  bool
		logged bool
	}
	cases := map[string]struct {
		err  error
		want wanted
	}{
		"unknown":             {errors.New(inner), wanted{connect.CodeInternal, "internal", false, true}},
		"a server's refusal":  {&pgconn.PgError{Code: "23505", Message: inner, Detail: inner}, wanted{connect.CodeInternal, "internal", false, true}},
		"a database away":     {&pgconn.PgError{Code: "57P01", Message: inner}, wanted{connect.CodeUnavailable, "storage_unavailable", true, true}},
		"a full disk":         {&pgconn.PgError{Code: "53100", Message: inner}, wanted{connect.CodeUnavailable, "storage_unavailable", true, true}},
		"a remote's error":    {connect.NewError(connect.CodeNotFound, inner).WithRemote(), wanted{connect.CodeInternal, "internal", false, true}},
		"a limiter's":         {&rateError{1500 * time.Millisecond}, wanted{connect.CodeResourceExhausted, "rate_limited", true, false}},
		"passwords in a line": {tenant.ErrRateLimited, wanted{connect.CodeResourceExhausted, "rate_limited", true, false}},
		"a caller who left":   {context.Canceled, wanted{connect.CodeCanceled, "canceled", false, false}},
		"storage":             {rag.ErrStorage, wanted{connect.CodeUnavailable, "storage_unavailable", true, false}},
	}
	for _, row := range errorTable {
		if _, ok := cases[row.err.Error()]; !ok {
			cases[row.err.Error()] = struct {
				err  error
				want wanted
			}{row.err, wanted{row.code, row.reason, row.code == connect.CodeUnavailable || row.code == connect.CodeResourceExhausted, false}}
		}
	}
	for name, c := range cases {
		var d diary
		_, err := through(t, Config{Log: d.log()}, func(context.Context) error { return fmt.Errorf(inner+": %w", c.err) })
		p := problemOf(t, err)
		if connect.CodeOf(err) != c.want.code || p.GetReason() != c.want.reason || (p.GetRetryAfter() != nil) != c.want.retry {
			t.Errorf("%s: %v, %v", name, err, p)
		}
		if strings.Contains(answer(nil, err), inner) || strings.Contains(answer(nil, err), "secret") {
			t.Errorf("%s: the inner text leaves: %s", name, answer(nil, err))
		}
		if logged := strings.Contains(d.String(), inner); logged != c.want.logged {
			t.Errorf("%s: logged %v, want %v:\n%s", name, logged, c.want.logged, d.String())
		}
	}
}

func TestFieldErrorsOfTheDomainAreNamed(t *testing.T) {
	_, err := through(t, Config{Log: quiet()}, func(context.Context) error {
		return fmt.Errorf("sign up: %w", errors.Join(
			&tenant.FieldError{Path: "email", Rule: "email", Message: "is no address"}, &tenant.FieldError{Path: "password", Rule: "password.common", Message: "is too common"}))
	})
	p := problemOf(t, err)
	if connect.CodeOf(err) != connect.CodeInvalidArgument || p.GetReason() != "invalid_fields" || len(p.GetFields()) != 2 ||
		p.GetFields()[1].GetPath() != "password" || p.GetFields()[1].GetRule() != "password.common" ||
		!strings.Contains(err.Error(), "email is no address; password is too common") {
		t.Errorf("%v %v", err, p)
	}
	_, err = through(t, Config{Log: quiet()}, func(context.Context) error {
		return &rag.InputError{Code: "missing_answer", Message: "The answer is missing.", Cure: "Write one."}
	})
	if connect.CodeOf(err) != connect.CodeInvalidArgument || problemOf(t, err).GetReason() != "missing_answer" || !strings.Contains(err.Error(), "Write one.") {
		t.Errorf("an input error: %v", err)
	}
}

// A broken handler breaks its own call only, and tells nobody how.
func TestAPanicEndsOneCall(t *testing.T) {
	var d diary
	info, err := through(t, Config{Log: d.log()}, func(context.Context) error { panic("secret state") })
	if connect.CodeOf(err) != connect.CodeInternal || problemOf(t, err).GetReason() != "internal" || strings.Contains(answer(nil, err), "secret") {
		t.Errorf("a panic: %v", err)
	}
	id := info.ResponseHeader().Get("Storebot-Request")
	if id == "" || strings.Count(d.String(), "request="+id) != 2 || !strings.Contains(d.String(), "secret state") || !strings.Contains(d.String(), "chain_test.go") {
		t.Errorf("request %q; the log is\n%s", id, d.String())
	}
}

// One line a call says which, how it went and whose; nothing of what was said.
func TestCallsAreLoggedWithoutTheirWords(t *testing.T) {
	var d diary
	w := newWorld(t, Limits{}, d.log())
	s := w.newShop(t)
	for _, procedure := range []string{"ShopperService/Ask", "ShopperService/LeaveContact", "KnowledgeService/CreateEntry", "AccountService/LogIn"} {
		c := s.shopper()
		if strings.HasPrefix(procedure, "Knowledge") {
			c = s.member(tenant.Owner)
		}
		procedure = "/storebot.v1." + procedure
		if _, err := w.call(t, c, procedure, w.request(t, procedure, s)); err != nil {
			t.Fatal(err)
		}
		if strings.Count(d.String(), "procedure="+procedure) != 1 {
			t.Errorf("%s: the log is\n%s", procedure, d.String())
		}
	}
	text := d.String()
	if strings.Count(text, "tenant="+s.id.String()) != 3 || strings.Count(text, "code=ok") != 4 {
		t.Errorf("the log is\n%s", text)
	}
	for _, secret := range []string{s.canary, s.key, s.session[tenant.Owner], string(s.conversation), loginPassword, w.login(t)} {
		if strings.Contains(text, secret) {
			t.Errorf("the log holds %q:\n%s", secret, text)
		}
	}
}

func TestCallsAreCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	cfg := Config{Log: quiet(), Metrics: NewMetrics(registry)}
	_, _ = through(t, cfg, func(context.Context) error { return nil })
	_, _ = through(t, cfg, func(context.Context) error { return tenant.ErrBadCredentials })
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "code" {
					counts[l.GetValue()] += m.GetCounter().GetValue()
				}
			}
		}
	}
	if counts["ok"] != 1 || counts["unauthenticated"] != 1 {
		t.Errorf("counted %v", counts)
	}
}

// A call ends though what it waits for says nothing.
func TestNoCallHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := through(t, Config{Log: quiet()}, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		if connect.CodeOf(err) != connect.CodeDeadlineExceeded || problemOf(t, err).GetReason() != "deadline_exceeded" || time.Since(start) != callTime {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
	})
	for procedure, r := range policy {
		if r.time == endless && !strings.Contains(procedure, "/Watch") {
			t.Errorf("%s may take for ever and does not watch", procedure)
		}
	}
}
