package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/tenant"
	"storebot/tenant/password"
	"storebot/tenant/platformpg"
	"storebot/tenant/tenantpg"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// openPlatform connects as the role of those who run the installation. named
// says that the address was given for this: then it must serve. Otherwise a
// login that may not become that role leaves the platform pages off.
func openPlatform(ctx context.Context, url string, named bool, log *slog.Logger) (*tenant.Platform, func(), error) {
	db, err := tenantpg.OpenPlatform(ctx, url, tenantpg.Config{MaxConns: 4, Log: log})
	switch {
	case err == nil:
		return tenant.NewPlatform(platformpg.NewStore(db), password.New(), log), db.Close, nil
	case named:
		return nil, nil, fmt.Errorf("DATABASE_PLATFORM_URL: %w", err)
	}
	log.Info("the platform pages are off: set DATABASE_PLATFORM_URL to a login that is " + tenantpg.PlatformRole)
	return tenant.NewPlatform(nil, nil, log), func() {}, nil
}

// metered counts the turns that are stored, and the model's time on them.
type metered struct {
	rag.TurnWriter
	tenants *tenant.Service
}

// WriteTurn counts a turn when it is durable; a repeated one was counted before.
func (m metered) WriteTurn(ctx context.Context, id tenant.ID, t rag.Turn) (rag.Reply, bool, error) {
	reply, replayed, err := m.TurnWriter.WriteTurn(ctx, id, t)
	if err == nil && !replayed {
		m.tenants.CountAnswer(id, modelTime(t.Reply))
	}
	return reply, replayed, err
}

// modelTime is how long the model was waited for: all that came after the search.
func modelTime(r rag.Reply) time.Duration {
	asked := r.Decision == rag.Composed || r.Interrupted || r.Reason == rag.ReasonModelSlow || r.Reason == rag.ReasonUnsupported
	if !asked {
		return 0
	}
	return max(0, r.Timings.Total-r.Timings.Retrieve)
}

// thrifty leaves the model out for shops that used up their time of it: the
// merchant's own words are given, as without a model.
type thrifty struct {
	*ragpg.Shops
	tenants *tenant.Service
}

// Shop returns the shop, without a budget for the model if none is left.
func (t thrifty) Shop(ctx context.Context, id tenant.ID) (rag.Shop, error) {
	shop, err := t.Shops.Shop(ctx, id)
	if err == nil && !t.tenants.AllowModel(id) {
		shop.Budget = 0
	}
	return shop, err
}

// report is tenantrpc's Installation.
type report struct {
	*installation
	board *ragjob.Board
	since time.Time
}

const shownFailures = 50

// State says how the installation is.
func (r report) State(ctx context.Context) (*storebotv1.GetStateResponse, error) {
	began := time.Now()
	if err := r.db.Ping(ctx); err != nil {
		return nil, err
	}
	pool, writer, cache := r.db.Stat(), r.writer.Stats(), r.cache.Stats()
	out := &storebotv1.GetStateResponse{
		Version: version, StartedAt: timestamppb.New(r.since),
		Database: &storebotv1.Database{
			Ping: durationpb.New(time.Since(began)), ConnectionsInUse: pool.AcquiredConns(), ConnectionsMax: pool.MaxConns(),
			TurnsStored: writer.Turns, Commits: writer.Commits, WritesWaiting: int32(writer.Waiting),
			ShopsInMemory: int32(cache.Shops), IndexBytes: cache.Bytes, OldSettings: int64(r.shops.Old()),
		},
		Engine: r.engine(),
	}
	counts, err := r.board.Counts(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		out.Jobs = append(out.Jobs, &storebotv1.JobCount{Queue: c.Queue, State: c.State, Count: c.N, OldestAt: timestamppb.New(c.Oldest)})
	}
	failed, err := r.board.Failed(ctx, shownFailures)
	for _, f := range failed {
		out.FailedJobs = append(out.FailedJobs, &storebotv1.FailedJob{
			Id: f.ID, Kind: f.Kind, State: f.State, Attempt: int32(f.Attempt), MaxAttempts: int32(f.MaxAttempts),
			Error: f.Error, NextAt: timestamppb.New(f.NextAt),
		})
	}
	return out, err
}

func (r report) engine() *storebotv1.Engine {
	m := r.models
	e := &storebotv1.Engine{State: "off", EmbedModel: m.flags.EmbedModel, ChatModel: m.flags.ChatModel}
	if m.server == nil {
		return e
	}
	e.State = "ok"
	if status := m.status.Load(); status != nil {
		for _, p := range status.Problems {
			e.State = "degraded"
			e.Problems = append(e.Problems, p.What+"; "+p.Cure)
		}
	}
	s := m.server.Stats()
	e.Requests, e.Failed, e.Rejected = int64(s.Requests), int64(s.Failed), int64(s.Rejected)
	e.Waiting, e.BreakerTrips = int64(s.ChatWaiting+s.EmbedWaiting), int64(s.BreakerTrips)
	return e
}

// RetryJob has a job tried again.
func (r report) RetryJob(ctx context.Context, id int64) error {
	err := r.board.Retry(ctx, id)
	if errors.Is(err, ragjob.ErrNoJob) {
		return tenant.ErrNotFound
	}
	return err
}

type adminCmd struct {
	Create adminCreateCmd `cmd:"" help:"Make a platform admin, or let one choose a new password; prints a one-time link."`
}

type adminCreateCmd struct {
	platformFlags
	Email   string `arg:"" help:"The admin's e-mail address."`
	Console string `default:"http://127.0.0.1:8080" env:"STOREBOT_PUBLIC_URL" placeholder:"URL" help:"Where the console is reached, for the link."`
}

// Run prints the link. There is no default password, and no default admin.
func (c *adminCreateCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	where, err := c.where(ctx, log)
	if err != nil {
		return err
	}
	defer where.stop()
	platform, closeDB, err := c.platform(ctx, where, log)
	if err != nil {
		return err
	}
	defer closeDB()
	token, err := platform.CreateAdmin(ctx, tenant.CommandLine, c.Email)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s/console/platform/link#%s\nOpen it within %d hours to choose a password. It works once.\n", strings.TrimRight(c.Console, "/"), token, int(tenant.LinkLife.Hours()))
	return err
}
