package gateway

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storebot/console/insight/insightpg"
	"storebot/console/insight/insightrpc"
	"storebot/console/onboarding/onboardingpg"
	"storebot/console/onboarding/onboardingrpc"
	"storebot/migrations/pgtest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/index"
	"storebot/rag/lexical"
	"storebot/rag/live"
	"storebot/rag/product"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/rag/ragrpc"
	"storebot/rag/sheet"
	"storebot/tenant"
	"storebot/tenant/password"
	"storebot/tenant/platformpg"
	"storebot/tenant/tenantpg"
	"storebot/tenant/tenantrpc"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"
	"connectrpc.com/connect/v2/connectproto"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A world is an installation as the program wires it, over a database of its
// own, with every service behind the real chain.
type world struct {
	cfg           Config
	db            *tenantpg.DB
	admin         *pgx.Conn
	tenants       *tenant.Service
	widgets       *tenant.Widgets
	platform      *tenant.Platform
	knowledge     *ragpg.Knowledge
	learning      *ragpg.Learning
	conversations *ragpg.Conversations
	writer        *ragpg.Writer
	people        *ragpg.Handovers
	jobs          *ragjob.Queue
	server        *connect.Server
	client        *connect.Client
	transport     connect.Transport // of client
	loginEmail    string
	adminToken    string
	clock         atomic.Int64 // nanoseconds that the gateway's clock is ahead
}

var hasher = password.New()

func newWorld(t testing.TB, limits Limits, log *slog.Logger) *world {
	t.Helper()
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	queue, err := ragjob.NewQueue()
	if err != nil {
		t.Fatal(err)
	}
	store := tenantpg.NewStore(db)
	detect := lexical.Language
	w := &world{db: db, admin: pg.Admin(t), writer: ragpg.NewWriter(db), jobs: queue}
	w.widgets = &tenant.Widgets{Store: store, Now: time.Now}
	w.tenants = tenant.New(tenant.Config{Accounts: store, Sessions: store, Shops: store, Directory: store, People: store, Usages: store, Hasher: hasher, Log: log,
		Now: func() time.Time { return time.Now().Add(time.Duration(w.clock.Load())) }})
	platformDB, err := tenantpg.OpenPlatform(t.Context(), pg.AdminURL, tenantpg.Config{MaxConns: 2, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(platformDB.Close)
	w.platform = tenant.NewPlatform(platformpg.NewStore(platformDB), hasher, log)
	w.knowledge = &ragpg.Knowledge{
		DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: func() string { return lexical.Model }, Detect: detect,
	}
	w.learning = &ragpg.Learning{Knowledge: w.knowledge, Calibrations: queue, Now: time.Now}
	w.conversations = ragpg.NewConversations(db, w.writer)
	w.conversations.Calibrations = queue
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); w.writer.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })

	start := time.Now()
	w.cfg = Config{Log: log, Sessions: w.tenants, Admins: w.platform, Keys: w.tenants, Quotas: w.tenants, Ready: func() error { return nil }, Limits: limits,
		Now: func() time.Time { return start.Add(time.Duration(w.clock.Load())) }}
	w.server = NewServer(w.cfg)
	w.register(w.server, detect)
	listening, ended := make(chan struct{}), make(chan struct{})
	var connected sync.Once
	go func() {
		defer close(ended)
		_ = db.Listen(ctx, ragpg.TalkChannel, func(payload string) {
			if err := w.people.Hear(payload); err != nil {
				t.Error(err)
			}
			connected.Do(func() { close(listening) })
		})
	}()
	t.Cleanup(func() { stop(); <-ended })
	<-listening
	w.transport = connectinprocess.New(w.server)
	w.client = connect.NewClient(w.transport)
	return w
}

func (w *world) register(server *connect.Server, detect func(string) string) {
	shops := ragpg.NewShops(w.db, time.Now)
	hub := live.NewHub()
	people := &ragpg.Handovers{DB: w.db, Hub: hub, Shops: shops}
	w.writer.Handovers, w.people = people, people
	cache := index.NewCache(w.knowledge, func(string) rag.Embedder { return nil }, 64<<20, time.Now)
	answerer := &rag.Answerer{Retriever: cache, Writer: w.writer, Replies: w.writer, Detect: detect, Direct: .9, Unsure: .3}
	storebotv1connect.RegisterShopperServiceHandler(server, &ragrpc.Shopper{
		Answerer: answerer, Conversations: w.conversations, People: people, Hub: hub,
		Shops: shops, Visits: w.conversations, Identities: w.widgets, Seen: w.tenants.MarkSeen, Log: w.cfg.Log, Now: time.Now,
	})
	storebotv1connect.RegisterInboxServiceHandler(server, &ragrpc.Inbox{
		Talks: people, Deeds: people, Asked: people, Opening: people, Mail: people, Answerer: answerer, Shops: shops, Hub: hub, Now: time.Now,
	})
	storebotv1connect.RegisterKnowledgeServiceHandler(server, &ragrpc.Knowledge{
		Entries: w.knowledge, Revisions: w.knowledge, Hits: w.knowledge, Imports: w.knowledge, Exporter: w.knowledge,
		Answerer: answerer, Shops: shops, Engine: engine{w.knowledge}, Now: time.Now,
	})
	storebotv1connect.RegisterLearningServiceHandler(server, &ragrpc.Learning{
		Gaps: w.learning, Sorter: w.learning, Learner: w.learning, Foreseer: w.knowledge, Answerer: answerer, Shops: shops, Now: time.Now,
		Checks: &check.Runner{
			Loader: w.knowledge, Store: w.learning, Shops: shops, Answerer: answerer,
			Embedder: func(string) rag.Embedder { return nil }, Now: time.Now,
		},
	})
	storebotv1connect.RegisterProductServiceHandler(server, &ragrpc.Products{Rows: w.knowledge, Grow: w.tenants.AllowGrowth})
	storebotv1connect.RegisterAnsweringServiceHandler(server, &ragrpc.Answering{
		Settings: &ragpg.Answering{DB: w.db, Jobs: w.jobs, Forget: shops.Forget},
	})
	storebotv1connect.RegisterAccountServiceHandler(server, tenantrpc.NewAccounts(w.tenants, tenantrpc.Config{Secure: w.cfg.SecureCookies}))
	storebotv1connect.RegisterTenantServiceHandler(server, tenantrpc.NewShops(w.tenants))
	storebotv1connect.RegisterWidgetServiceHandler(server, tenantrpc.NewWidgets(w.widgets))
	storebotv1connect.RegisterOnboardingServiceHandler(server, onboardingrpc.New(onboardingpg.NewStore(w.db), w.knowledge))
	storebotv1connect.RegisterPlatformServiceHandler(server, tenantrpc.NewPlatform(w.platform, bare{w.db}, tenantrpc.Config{Secure: w.cfg.SecureCookies}))
	storebotv1connect.RegisterInsightServiceHandler(server, insightrpc.New(insightpg.NewStore(w.db), time.Now))
}

// bare is an installation of which nothing but the database is asked.
type bare struct{ db *tenantpg.DB }

func (b bare) State(ctx context.Context) (*storebotv1.GetStateResponse, error) {
	return &storebotv1.GetStateResponse{}, b.db.Ping(ctx)
}

func (b bare) RetryJob(ctx context.Context, _ int64) error { return b.db.Ping(ctx) }

// engine is the built-in one.
type engine struct{ knowledge *ragpg.Knowledge }

func (e engine) State(ctx context.Context, id tenant.ID) (ragrpc.EngineState, error) {
	size, err := e.knowledge.Size(ctx, id)
	return ragrpc.EngineState{Embedder: size.Model, Model: "off", Entries: size.Entries, Phrasings: size.Phrasings}, err
}

func (w *world) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := w.admin.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// A shop is a tenant with one of everything; every text in it holds canary.
type shop struct {
	id              tenant.ID
	canary          string
	key, origin     string
	session         map[tenant.Role]string // the token of a member of each role
	spare           map[tenant.Role]string // ids of another session of each
	entry           uuid.UUID
	revision        uuid.UUID // of entry
	change          uuid.UUID // that made it
	imported        uuid.UUID
	conversation    rag.ConversationToken
	reply           uuid.UUID
	gap             uuid.UUID
	identitySecret  string
	account         map[tenant.Role]uuid.UUID
	invitation      uuid.UUID
	gapQuestion     uuid.UUID
	check           uuid.UUID
	product         uuid.UUID
	productRevision uuid.UUID
	sold            uuid.UUID // a staged import of products
}

func (w *world) newShop(t testing.TB) *shop {
	t.Helper()
	ctx := t.Context()
	n := strings.ReplaceAll(uuid.NewString(), "-", "")[:12]
	s := &shop{canary: "canary" + n, account: map[tenant.Role]uuid.UUID{}, session: map[tenant.Role]string{}, spare: map[tenant.Role]string{}}
	s.origin = "https://" + s.canary + ".example"
	made, err := w.tenants.Create(ctx, tenant.Founding{ShopName: "Shop " + s.canary, Language: "en", TimeZone: "UTC", AllowedOrigins: []string{s.origin}})
	if err != nil {
		t.Fatal(err)
	}
	s.id, s.key = made.ID, made.Key
	for _, role := range []tenant.Role{tenant.Owner, tenant.Manager, tenant.Agent} {
		account := uuid.New()
		s.account[role] = account
		w.exec(t, `INSERT INTO identity.account (id, email, password_hash) VALUES ($1, $2, $3)`, account, string(role)+"@"+s.canary+".example", loginHash())
		w.exec(t, `INSERT INTO identity.member (tenant_id, account_id, role) VALUES ($1, $2, $3)`, s.id.UUID, account, role)
		s.session[role], _ = w.newSession(t, s.id, account, s.canary)
		_, s.spare[role] = w.newSession(t, s.id, account, s.canary)
	}
	entry, err := w.knowledge.CreateEntry(ctx, s.id, rag.Content{
		Question: "How long is the delivery of " + s.canary + "?", Answer: "Three days, says " + s.canary + ".", Language: "en", Category: s.canary,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.entry = entry.ID
	if _, err := w.knowledge.UpdateEntry(ctx, s.id, s.entry, "", rag.Content{
		Question: entry.Question, Answer: "Two days, says " + s.canary + ".", Language: "en", Category: s.canary,
	}); err != nil {
		t.Fatal(err)
	}
	if err := w.admin.QueryRow(ctx, `SELECT id, change_id FROM entry_revision WHERE tenant_id = $1`, s.id.UUID).Scan(&s.revision, &s.change); err != nil {
		t.Fatal(err)
	}
	csv := "question,answer\nWhat is " + s.canary + "?,It is " + s.canary + "\n"
	staged, err := w.knowledge.Stage(ctx, s.id, s.canary+".csv", strings.NewReader(csv), int64(len(csv)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.imported = staged.ID
	if s.conversation, err = w.conversations.Start(ctx, s.id, rag.Conversation{Language: "en", Origin: s.origin}); err != nil {
		t.Fatal(err)
	}
	conversation, _, err := s.conversation.Parse()
	if err != nil {
		t.Fatal(err)
	}
	s.reply = uuid.Must(uuid.NewV7())
	_, _, err = w.writer.WriteTurn(ctx, s.id, rag.Turn{
		Conversation: conversation, ClientKey: uuid.New(), QuestionID: uuid.Must(uuid.NewV7()), Question: "Who is " + s.canary + "?", AskedAt: time.Now(),
		Reply: rag.Reply{ID: s.reply, Text: "Nobody knows " + s.canary, Language: "en", Decision: rag.Abstain, Reason: rag.ReasonNoMatch},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.learning.Group(ctx, s.id); err != nil {
		t.Fatal(err)
	}
	gaps, _, err := w.learning.ListGaps(ctx, s.id, rag.OpenGaps, 1)
	if err != nil || len(gaps) != 1 {
		t.Fatalf("gaps of a new shop: %v, %v", gaps, err)
	}
	s.gap = gaps[0].ID
	if s.identitySecret, err = w.widgets.RotateIdentitySecret(ctx, s.id); err != nil {
		t.Fatal(err)
	}
	if _, err := w.widgets.SetLook(ctx, s.id, tenant.Look{Label: s.canary}); err != nil {
		t.Fatal(err)
	}
	invitation, _, _, err := w.tenants.Invite(ctx, s.id, s.account[tenant.Owner], "invited@"+s.canary+".example", tenant.Agent)
	if err != nil {
		t.Fatal(err)
	}
	s.invitation = invitation.ID
	_, questions, err := w.learning.GetGap(ctx, s.id, s.gap)
	if err != nil {
		t.Fatal(err)
	}
	s.gapQuestion = questions[0].ID
	saved, err := w.learning.CreateCheck(ctx, s.id, rag.Check{Question: "When does " + s.canary + " arrive?", Entry: s.entry})
	if err != nil {
		t.Fatal(err)
	}
	s.check = saved.ID
	sold, err := w.knowledge.SaveProduct(ctx, s.id, s.account[tenant.Owner], "", product.Product{
		SKU: s.canary, Name: "Tea " + s.canary, Price: "12", Currency: "EUR", OtherNames: []string{"leaf " + s.canary},
		Attributes: []product.Attribute{{Name: "Of", Value: s.canary}}, Link: s.origin + "/tea",
	})
	if err != nil {
		t.Fatal(err)
	}
	s.product = sold.ID
	sold.Price = "13"
	if _, err := w.knowledge.SaveProduct(ctx, s.id, s.account[tenant.Manager], "", sold); err != nil {
		t.Fatal(err)
	}
	if err := w.admin.QueryRow(ctx, `SELECT id FROM product_revision WHERE tenant_id = $1`, s.id.UUID).Scan(&s.productRevision); err != nil {
		t.Fatal(err)
	}
	goods := []byte("sku,stock\n" + s.canary + ",7\n")
	restocked, err := w.knowledge.Stage(ctx, s.id, "products.csv", bytes.NewReader(goods), int64(len(goods)), sheet.Options{Subject: rag.OfProducts})
	if err != nil {
		t.Fatal(err)
	}
	s.sold = restocked.ID
	w.exec(t, `INSERT INTO baseline (tenant_id, minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency)
		VALUES ($1, 60, 5, 20000, 'TWD')`, s.id.UUID)
	return s
}

// conversationID is how staff name the shop's conversation.
func (s *shop) conversationID() string {
	id, _, err := s.conversation.Parse()
	if err != nil {
		panic(err) // a token of newShop's
	}
	return id.String()
}

func (w *world) newSession(t testing.TB, id tenant.ID, account uuid.UUID, agent string) (token, name string) {
	t.Helper()
	token = tenant.NewSessionToken()
	hash, _ := tenant.HashSessionToken(token)
	w.exec(t, `INSERT INTO identity.session (token_hash, account_id, tenant_id, user_agent, expires_at) VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
		hash[:], account, id.UUID, agent)
	return token, tenant.Session{Hash: hash}.ID()
}

// A caller is what a request brings along.
type caller struct {
	key, origin string // of a page
	session     string // in the cookie
	admin       string // in the platform's cookie
	address     string
}

func (s *shop) shopper() caller { return caller{key: s.key, origin: s.origin} }

func (s *shop) member(role tenant.Role) caller { return caller{session: s.session[role]} }

// loginHash is what is stored of loginPassword, made once.
var loginHash = sync.OnceValue(func() string {
	hash, err := hasher.Hash(context.Background(), loginPassword)
	if err != nil {
		panic(err) // only a context that ended
	}
	return hash
})

// operator is a platform admin who is signed in; one who logged out comes back.
func (w *world) operator(t testing.TB) caller {
	t.Helper()
	if _, err := w.platform.CallerByAdminSession(t.Context(), w.adminToken); err != nil {
		link, err := w.platform.CreateAdmin(t.Context(), tenant.CommandLine, "admin@storebot.example")
		if err != nil {
			t.Fatal(err)
		}
		if _, w.adminToken, err = w.platform.OpenLink(t.Context(), link, loginPassword, ""); err != nil {
			t.Fatal(err)
		}
	}
	return caller{admin: w.adminToken}
}

// visitor is a platform admin who looks at the shop.
func (w *world) visitor(t testing.TB, s *shop) caller {
	t.Helper()
	token, _, err := w.platform.Enter(t.Context(), "admin@storebot.example", s.id, "to help", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return caller{session: token}
}

// right is a caller of a shop who may call the method: its owner, its shopper
// or the platform's admin.
func (w *world) right(t testing.TB, procedure string, s *shop) caller {
	t.Helper()
	switch policy[procedure].kind {
	case tenant.Shopper:
		return s.shopper()
	case tenant.PlatformAdmin:
		return w.operator(t)
	}
	return s.member(tenant.Owner)
}

// context returns a context for one call in process, and what comes back beside the message.
func (c caller) context(ctx context.Context) (context.Context, *connect.CallInfo) {
	ctx, info := connect.NewClientContext(context.WithValue(ctx, edgeKey{}, edgeInfo{address: c.address, origin: c.origin}))
	if c.key != "" {
		info.RequestHeader().Set(keyHeader, c.key)
	}
	if c.session != "" {
		info.RequestHeader().Add("Cookie", tenantrpc.SessionCookieName(false)+"="+c.session)
	}
	if c.admin != "" {
		info.RequestHeader().Add("Cookie", tenantrpc.AdminCookieName(false)+"="+c.admin)
	}
	return ctx, info
}

// problemOf returns an error's detail; the empty one when it has none.
func problemOf(t testing.TB, err error) *storebotv1.Problem {
	t.Helper()
	ce, ok := errors.AsType[*connect.Error](err)
	if !ok || len(ce.Details()) != 1 {
		t.Errorf("the error %v has no detail", err)
		return &storebotv1.Problem{}
	}
	m, err := connectproto.UnmarshalErrorDetail(ce.Details()[0])
	if err != nil {
		t.Fatal(err)
	}
	return m.(*storebotv1.Problem)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
