package main

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"storebot/console/insight/insightpg"
	"storebot/console/onboarding/onboardingpg"
	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/confidence"
	"storebot/rag/index"
	"storebot/rag/lexical"
	"storebot/rag/live"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/tenant"
	"storebot/tenant/mail"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5/pgxpool"
)

// installation is everything that works behind the gateway, wired.
type installation struct {
	log           *slog.Logger
	db            *tenantpg.DB
	tenants       *tenant.Service
	widgets       *tenant.Widgets
	models        *models
	cache         *index.Cache
	writer        *ragpg.Writer
	conversations *ragpg.Conversations
	hub           *live.Hub
	mailer        *mail.Sender // nil: no mail is sent
	handovers     *ragpg.Handovers
	shops         *ragpg.Shops
	answering     *ragpg.Answering
	knowledge     *ragpg.Knowledge
	learning      *ragpg.Learning
	checks        *check.Runner
	runner        *ragjob.Runner // nil: background jobs are another process's
	insight       *insightpg.Store
	onboarding    *onboardingpg.Store
	answerer      *rag.Answerer

	wait       sync.WaitGroup
	stopLoops  context.CancelFunc
	stopWriter context.CancelFunc
}

// installationConfig tunes an installation.
type installationConfig struct {
	models     modelFlags
	indexBytes int64 // memory for the shops that are being asked
	mail       mailFlags
	jobs       *pgxpool.Pool              // for background jobs in this process; nil: none are worked here
	count      func(rag.Decision, string) // called once a stored reply; nil: not counted
}

// install wires an installation over db; nothing runs before start.
func install(db *tenantpg.DB, cfg installationConfig, log *slog.Logger) (*installation, error) {
	m, err := openModels(cfg.models, log)
	if err != nil {
		return nil, err
	}
	mails, err := cfg.mail.open()
	if err != nil {
		return nil, err
	}
	people := tenantConfig(db, log)
	if mails != nil {
		people.Mailer, people.PublicURL = letters{mails}, cfg.mail.base()
	}
	in := &installation{
		log: log, db: db, models: m, mailer: mails, tenants: tenant.New(people),
		widgets: &tenant.Widgets{Store: tenantpg.NewStore(db), Now: time.Now},
		insight: insightpg.NewStore(db), onboarding: onboardingpg.NewStore(db),
	}
	queue, err := ragjob.NewQueue()
	if err != nil {
		return nil, fmt.Errorf("background jobs: %w", err)
	}
	in.knowledge = &ragpg.Knowledge{DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: m.target, Detect: lexical.Language}
	in.writer = ragpg.NewWriter(db)
	in.shops = ragpg.NewShops(db, time.Now)
	in.answering = &ragpg.Answering{DB: db, Jobs: queue, Forget: in.shops.Forget}
	in.hub = live.NewHub()
	in.handovers = &ragpg.Handovers{DB: db, Hub: in.hub, Shops: in.shops}
	in.writer.Handovers = in.handovers
	var mailer ragjob.Mailer // nil, not a nil sender
	if in.mailer != nil {
		mailer, in.handovers.Notify = in.mailer, queue.Notice
	}
	if cfg.jobs != nil {
		in.runner, err = ragjob.New(cfg.jobs, ragjob.Config{
			Imports: in.knowledge, Vectors: in.knowledge, Upkeep: in.knowledge, Tidy: in.tenants, Embedder: m.wanted, Thresholds: in.answering,
			Notices: in.handovers, Mailer: mailer, Console: cfg.mail.base(), Log: slog.New(quiet{log.Handler()}),
		})
		if err != nil {
			return nil, fmt.Errorf("background jobs: %w", err)
		}
	}
	in.cache = index.NewCache(in.knowledge, m.named, cfg.indexBytes, time.Now)
	in.conversations = ragpg.NewConversations(db, in.writer)
	in.conversations.Calibrations = queue
	in.answerer = &rag.Answerer{
		Retriever: in.cache, Writer: metered{in.writer, in.tenants}, Replies: in.writer, Holds: in.hub, Generator: m.generator, Room: m.room, Fold: lexical.Fold,
		Detect: lexical.Language, Direct: confidence.Threshold, Unsure: confidence.Unsure,
		Count: cfg.count,
	}
	in.learning = &ragpg.Learning{Knowledge: in.knowledge, Calibrations: queue, Now: time.Now}
	in.checks = &check.Runner{
		Loader: in.knowledge, Store: in.learning, Shops: in.shops, Answerer: in.answerer, Embedder: m.named, Now: time.Now,
	}
	in.answering.Checks = in.checks
	return in, nil
}

// start runs the background loops until stop.
func (in *installation) start(ctx context.Context) error {
	base := context.WithoutCancel(ctx)
	loops, stopLoops := context.WithCancel(base)
	writer, stopWriter := context.WithCancel(base)
	in.stopLoops, in.stopWriter = stopLoops, stopWriter
	if in.runner != nil {
		if err := in.runner.Start(base); err != nil {
			stopLoops()
			stopWriter()
			return fmt.Errorf("start background jobs: %w", err)
		}
		in.wait.Go(func() { in.rollUp(loops) })
	}
	in.wait.Go(func() { in.writer.Run(writer) })
	in.wait.Go(func() { in.tenants.RunMeter(writer) })
	in.wait.Go(func() { _ = in.cache.Run(loops) })
	in.wait.Go(func() { _ = in.tenants.WatchKeys(loops) })
	in.wait.Go(func() { _ = in.db.Listen(loops, "knowledge", in.published) })
	in.wait.Go(func() { in.handovers.Run(loops, in.log) })
	in.wait.Go(func() { _ = in.db.Listen(loops, ragpg.TalkChannel, in.talked) })
	in.wait.Go(func() {
		in.models.run(loops, func() {
			if err := in.knowledge.EnqueueUnsettled(loops, in.models.target()); err != nil {
				in.log.Error("embed all shops with the new model", "err", err)
			}
		})
	})
	return nil
}

// stop ends the loops, the writer last: what was asked is still stored, and mails on
// their way are sent.
func (in *installation) stop(ctx context.Context) {
	if in.runner != nil {
		if err := in.runner.Stop(ctx); err != nil {
			in.log.Warn("background jobs were stopped before they were done; they resume at the next start", "err", err)
		}
	}
	if err := in.tenants.FinishMails(ctx); err != nil {
		in.log.Warn("mails with links were given up; whoever asked for one asks again", "err", err)
	}
	in.stopLoops()
	in.stopWriter()
	in.wait.Wait()
	in.models.close()
}

// published takes a notification "tenant version"; "" says that some may have
// been lost, which the cache's own check of versions makes good within a second.
func (in *installation) published(payload string) {
	name, number, ok := strings.Cut(payload, " ")
	if !ok {
		return
	}
	id, err := tenant.ParseID(name)
	version, err2 := strconv.ParseInt(number, 10, 64)
	if err != nil || err2 != nil {
		in.log.Error("a notification that cannot be read", "payload", payload)
		return
	}
	in.cache.Invalidate(id, version)
}

// talked takes a notification of what happened in a conversation.
func (in *installation) talked(payload string) {
	if err := in.handovers.Hear(payload); err != nil {
		in.log.Error("a notification that cannot be read", "err", err)
	}
}

// quiet passes warnings and errors: the job library tells every few seconds that
// all is well.
type quiet struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && q.Handler.Enabled(ctx, l)
}
