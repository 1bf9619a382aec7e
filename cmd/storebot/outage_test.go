package main

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"storebot/migrations"
	"storebot/migrations/localpg"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A turn is a question that a shopper keeps asking, by the same key, until its
// answer is stored.
type turn struct {
	talk     *talk
	key      uuid.UUID
	question string
	ids      []string // of the stored message, each time it was accepted
}

// Postgres is restarted under shoppers who ask: no answer that was
// acknowledged is lost, none is stored twice, and a loaded shop has words for
// its shoppers meanwhile.
func TestPostgresRestartsWhileShoppersAsk(t *testing.T) {
	config := localpg.Config{Dir: folder(t)} // as in production: what it acknowledged it must still have
	cluster, err := localpg.Start(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // after the server, which was started later
		if err := cluster.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := migrations.Up(t.Context(), cluster.AdminURL()); err != nil {
		t.Fatal(err)
	}
	option := "--database-url=" + cluster.AppURL()
	_, base := serving(t, option, "--log-level=error", "--limit-ask-per-address=0", "--limit-ask-per-shopper=0")
	key := decode[created](t, do(t, "tenant", "create", "Asked", "--slug", "asked", "--origin", base, "--json", option)).Key
	do(t, "import", "--tenant", "asked", option, write(t, filepath.Join(t.TempDir(), "faq.csv"), asCSV(t, faq, ',', english...)))
	b := newBrowser(t, base, key)

	const shoppers = 8
	var down atomic.Bool // from before the stop to after the start
	var meanwhile, words, stored atomic.Int64
	stop := make(chan struct{})
	turns := make([][]*turn, shoppers)
	var wg sync.WaitGroup
	for i := range shoppers {
		k := b.talk(t, "en")
		k.answered(t, faq[0].phrasings[0])
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				one := &turn{talk: k, key: uuid.New(), question: faq[i%len(faq)].phrasings[0]}
				turns[i] = append(turns[i], one)
				for len(one.ids) == 0 {
					away := down.Load()
					a, err := k.ask(t.Context(), one.question, one.key)
					switch {
					case err != nil && connect.CodeOf(err) != connect.CodeUnavailable:
						t.Errorf("an answer while Postgres restarts: %v", err)
						return
					case a.id != "":
						one.ids = append(one.ids, a.id)
						stored.Add(1)
					case err == nil && a.failed.GetReason() != "storage_unavailable":
						t.Errorf("an answer that was not stored: %v, %v", a.kinds, a.failed)
						return
					case away && down.Load():
						meanwhile.Add(1)
						if a.words != "" {
							words.Add(1)
						}
					}
				}
			}
		})
	}
	for range 2 {
		down.Store(true)
		at, cancel := context.WithCancel(t.Context())
		cancel() // at once: what is under way is cut off
		if err := cluster.Stop(at); err != nil {
			t.Fatal(err)
		}
		before := meanwhile.Load()
		eventually(t, "shoppers ask while Postgres is away", func() bool { return meanwhile.Load() >= before+shoppers })
		if cluster, err = localpg.Start(t.Context(), config); err != nil {
			t.Fatal(err)
		}
		down.Store(false)
		before = stored.Load()
		eventually(t, "answers are stored again", func() bool { return stored.Load() >= before+shoppers })
	}
	close(stop)
	wg.Wait()
	t.Logf("%d questions were asked while Postgres was away, %d of them got words", meanwhile.Load(), words.Load())
	if words.Load() == 0 {
		t.Error("no shopper had words while Postgres was away")
	}

	conn, err := pgx.Connect(t.Context(), cluster.AdminURL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	asked := 0
	for _, list := range turns {
		for _, one := range list {
			asked++
			again, err := one.talk.ask(t.Context(), one.question, one.key)
			if err != nil || len(one.ids) != 1 || again.id != one.ids[0] {
				t.Errorf("asked again: %s, was %v (%v)", again.id, one.ids, err)
			}
		}
	}
	var rows, keys int
	if err := conn.QueryRow(t.Context(), `SELECT count(*), count(DISTINCT (client_key, author)) FROM message`).Scan(&rows, &keys); err != nil {
		t.Fatal(err)
	}
	if want := 2 * (asked + shoppers); rows != want || keys != want {
		t.Errorf("%d messages, %d different, of %d questions", rows, keys, asked+shoppers)
	}
}
