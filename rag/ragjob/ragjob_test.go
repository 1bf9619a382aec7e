package ragjob_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.uber.org/goleak"

	"storebot/migrations/pgtest"
	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/rag/sheet"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// victim, in the environment, makes the test program a worker on that database
// until it is killed.
const victim = "STOREBOT_RAGJOB_VICTIM"

func TestMain(m *testing.M) {
	if url := os.Getenv(victim); url != "" {
		if err := work(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	goleak.VerifyTestMain(m, goleak.IgnoreCurrent())
}

func work(url string) error {
	ctx := context.Background()
	db, err := tenantpg.Open(ctx, url, tenantpg.Config{})
	if err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	k, err := knowledge(db, lexical.Model)
	if err != nil {
		return err
	}
	runner, err := ragjob.New(pool, ragjob.Config{Imports: k, Vectors: k, Upkeep: k,
		Embedder: func() rag.Embedder { return &lexical.Embedder{} }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if err := runner.Start(ctx); err != nil {
		return err
	}
	select {}
}

func knowledge(db *tenantpg.DB, target string) (*ragpg.Knowledge, error) {
	queue, err := ragjob.NewQueue()
	return &ragpg.Knowledge{
		DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: func() string { return target },
		Detect: lexical.Language,
	}, err
}

type bench struct {
	*ragpg.Knowledge
	url   string
	pool  *pgxpool.Pool
	admin *pgx.Conn
}

func newBench(t *testing.T, target string) *bench {
	t.Helper()
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	pool, err := pgxpool.New(t.Context(), pg.AppURL+"&pool_max_conns=10")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	k, err := knowledge(db, target)
	if err != nil {
		t.Fatal(err)
	}
	return &bench{Knowledge: k, url: pg.AppURL, pool: pool, admin: pg.Admin(t)}
}

func (b *bench) shop(t *testing.T) tenant.ID {
	t.Helper()
	id := tenant.NewID()
	for sql, args := range map[string][]any{
		`WITH t AS (INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop') RETURNING id)
		 INSERT INTO shop (tenant_id, publishable_key) SELECT id, 'pk' FROM t`: {id.UUID, "shop-" + id.String()[:8]},
	} {
		if _, err := b.admin.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

func (b *bench) stage(t *testing.T, id tenant.ID, rows int) rag.Import {
	t.Helper()
	var csv strings.Builder
	csv.WriteString("question,answer\n")
	for i := range rows {
		fmt.Fprintf(&csv, "What about case %d?,This is so in case %d.\n", i, i)
	}
	m, err := b.Stage(t.Context(), id, "faq.csv", strings.NewReader(csv.String()), int64(csv.Len()), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (b *bench) run(t *testing.T, engine rag.Embedder) (stop func()) {
	t.Helper()
	runner, err := ragjob.New(b.pool, ragjob.Config{Imports: b, Vectors: b, Upkeep: b,
		Embedder: func() rag.Embedder { return engine }, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		t.Fatal(err)
	}
	if err := runner.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		if err := runner.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// until waits until look returns true.
func until(t *testing.T, what string, limit time.Duration, look func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	end := time.After(limit)
	for !look() {
		select {
		case <-tick.C:
		case <-end:
			t.Fatalf("not within %s: %s", limit, what)
		}
	}
}

func (b *bench) number(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := b.admin.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (b *bench) done(t *testing.T, id tenant.ID, importID uuid.UUID) func() bool {
	return func() bool {
		m, err := b.GetImport(context.Background(), id, importID)
		if err != nil {
			t.Fatal(err)
		}
		return m.State == rag.Done
	}
}

// A sweep that finds no model to embed with ends; the next one looks again.
func TestASweepWaitsForNoModel(t *testing.T) {
	b := newBench(t, lexical.Model)
	b.run(t, nil)
	until(t, "the sweep is over", 20*time.Second, func() bool {
		return b.number(t, `SELECT count(*) FROM jobs.river_job WHERE kind = 'sweep' AND state = 'completed'`) == 1
	})
}

func TestImportInTheBackground(t *testing.T) {
	b := newBench(t, lexical.Model)
	b.run(t, &lexical.Embedder{})
	id := b.shop(t)
	m := b.stage(t, id, 1200)
	for range 2 { // the second asks for what is asked for
		if _, err := b.CommitImport(t.Context(), id, uuid.Nil, m.ID, rag.Overwrite); err != nil {
			t.Fatal(err)
		}
	}
	until(t, "the import is done", 20*time.Second, b.done(t, id, m.ID))
	if n := b.number(t, `SELECT count(*) FROM embedding WHERE model = $1`, lexical.Model); n != 1200 {
		t.Errorf("%d vectors", n)
	}
	if n := b.number(t, `SELECT count(*) FROM jobs.river_job WHERE kind = 'import'`); n != 1 {
		t.Errorf("%d jobs for one import", n)
	}
}

func TestTakeoverAfterKill(t *testing.T) {
	b := newBench(t, lexical.Model)
	id := b.shop(t)
	m := b.stage(t, id, 20_000)
	if _, err := b.CommitImport(t.Context(), id, uuid.Nil, m.ID, rag.Overwrite); err != nil {
		t.Fatal(err)
	}
	worker := exec.Command(os.Args[0])
	worker.Env = append(os.Environ(), victim+"="+b.url)
	worker.Stderr = t.Output()
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the other process stored some rows", 30*time.Second, func() bool {
		return b.number(t, `SELECT done_rows FROM import`) > 0
	})
	if err := worker.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = worker.Wait() // says "killed"
	if n := b.number(t, `SELECT done_rows FROM import`); n == 20_000 {
		t.Fatal("the process was killed too late for this test")
	}
	killed := time.Now()
	b.run(t, &lexical.Embedder{})
	until(t, "the import is done", 60*time.Second, b.done(t, id, m.ID))
	t.Logf("done %s after the kill", time.Since(killed))
	if n := b.number(t, `SELECT count(*) FROM embedding m JOIN phrasing p ON p.id = m.phrasing_id JOIN entry e ON e.id = p.entry_id`); n != 20_000 {
		t.Errorf("%d entries with vectors", n)
	}
}

// An engine stands for a model that is asked over a network.
type engine struct {
	name string
	mu   sync.Mutex
	down bool
	bad  string // a text that it breaks on
	seen []string
}

func (e *engine) Model() string   { return e.name }
func (e *engine) Dimensions() int { return 3 }
func (e *engine) EmbedQuery(context.Context, string) ([]float32, error) {
	return nil, errors.New("not asked for here")
}
func (e *engine) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.down {
		return nil, rag.ErrModelUnavailable
	}
	e.seen = append(e.seen, texts[0])
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if e.bad != "" && strings.Contains(text, e.bad) {
			return nil, errors.New("not a number")
		}
		vectors[i] = []float32{1, 0, 0}
	}
	return vectors, nil
}

func TestAnotherModelReplacesTheFirst(t *testing.T) {
	other := &engine{name: "other@1", bad: "case 7?"}
	b := newBench(t, other.name)
	id := b.shop(t)
	m := b.stage(t, id, 40)
	if _, err := b.ImportNow(t.Context(), id, m.ID, rag.Overwrite, func(rag.Import) {}); err != nil {
		t.Fatal(err)
	}
	before, err := b.Load(t.Context(), id)
	if err != nil || before.Model != lexical.Model || before.Vectors != nil {
		t.Fatalf("before the switch: %s, %v", before.Model, err)
	}
	stop := b.run(t, other)
	switched := func() bool {
		return b.number(t, `SELECT count(*) FROM shop WHERE embed_model = 'other@1'`) == 1
	}
	until(t, "the shop is searched with the other model", 20*time.Second, switched)
	until(t, "the first model's vectors are gone", 20*time.Second, func() bool {
		return b.number(t, `SELECT count(*) FROM embedding WHERE model <> 'other@1'`) == 0
	})
	known, err := b.Load(t.Context(), id)
	if err != nil || known.Model != "other@1" || known.Version <= before.Version || len(known.Vectors) != 40 {
		t.Fatalf("after the switch: %s, version %d, %d vectors, %v", known.Model, known.Version, len(known.Vectors), err)
	}
	for i, v := range known.Vectors {
		want := float32(1)
		if i == 7 {
			want = 0 // the text that the model breaks on keeps no other out
		}
		if len(v) != 1 || v[0][0] != want {
			t.Errorf("vector %d is %v", i, v)
		}
	}
	// What comes later is embedded too, and seen.
	if _, err := b.CreateEntry(t.Context(), id, rag.Content{Question: "later", Answer: "yes", Phrasings: []string{"afterwards"}}); err != nil {
		t.Fatal(err)
	}
	until(t, "the new entry has vectors and was published", 20*time.Second, func() bool {
		size, err := b.Size(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		return size.Pending == 0 && b.number(t, `SELECT knowledge_version FROM shop`) >= int(known.Version)+2
	})
	stop()

	// Back again, with nothing enqueued: the start of a process finds the shop.
	b.Target = func() string { return lexical.Model }
	b.run(t, &lexical.Embedder{})
	until(t, "the shop is searched with the built-in model", 20*time.Second, func() bool { return !switched() })
}

func TestALargeShopDoesNotKeepASmallOneWaiting(t *testing.T) {
	other := &engine{name: "other@1"}
	b := newBench(t, other.name)
	large, small := b.shop(t), b.shop(t)
	for id, rows := range map[tenant.ID]int{large: 6000, small: 3} {
		m := b.stage(t, id, rows)
		if _, err := b.ImportNow(t.Context(), id, m.ID, rag.Overwrite, func(rag.Import) {}); err != nil {
			t.Fatal(err)
		}
	}
	b.run(t, other)
	until(t, "the small shop is done", 20*time.Second, func() bool {
		return b.number(t, `SELECT count(*) FROM shop WHERE tenant_id = $1 AND embed_model = 'other@1'`, small.UUID) == 1
	})
}
