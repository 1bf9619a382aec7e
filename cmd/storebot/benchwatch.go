package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"github.com/google/uuid"
)

type benchWatchCmd struct {
	databaseFlags
	URL     string `default:"http://127.0.0.1:8080" help:"The running server. Start it with --limit-start-per-address=0 --limit-read-per-address=0 --limit-streams-per-address=0: all shoppers come from one address."`
	Metrics string `placeholder:"URL" help:"The server's metrics, http://127.0.0.1:9090/metrics, for its memory; not measured without."`
	Over    string `enum:"http1,http2,shared" default:"http1" help:"http1: each shopper has a connection, as a proxy in front of the server opens them; http2: the same with HTTP/2; shared: one HTTP/2 connection for all."`
	Streams int    `default:"1000" help:"Shoppers who watch a conversation each."`
	Replies int    `default:"500" help:"Messages of staff, each to one of them."`
	Writers int    `default:"4" help:"Members who write at once."`
}

// watchResult is what was measured. A delivery is from the moment before the
// reply is stored to its arrival at the shopper.
type watchResult struct {
	Over         string   `json:"over"`
	Streams      int      `json:"streams"`
	Replies      int      `json:"replies"`
	OpenSeconds  float64  `json:"open_seconds"`
	P50          float64  `json:"delivery_p50_ms"`
	P95          float64  `json:"delivery_p95_ms"`
	P99          float64  `json:"delivery_p99_ms"`
	Lost         int      `json:"lost"`
	KBPerStream  *float64 `json:"go_memory_kb_per_stream"` // heap and stacks in use, after against before; null without metrics
	RSSPerStream *float64 `json:"rss_kb_per_stream"`
}

// Run opens the streams, has staff write, and prints what was measured.
func (c *benchWatchCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 8})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return err
	}
	key, err := in.benchShop(ctx, "bench-0001", 1)
	if err != nil {
		return err
	}
	shop, err := in.tenants.BySlug(ctx, "bench-0001")
	if err != nil {
		return err
	}
	w := &watchers{client: c.clients(key), sent: map[string]time.Time{}, arrived: make(chan struct{}, c.Replies)}
	r, err := c.measure(ctx, in, shop.ID, w)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(r)
}

// clients returns what gives each shopper a client: with a connection of its own, or all the same one.
func (c *benchWatchCmd) clients(key string) func() storebotv1connect.ShopperServiceClient {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(c.Over == "http1")
	protocols.SetUnencryptedHTTP2(c.Over != "http1")
	connected := func() storebotv1connect.ShopperServiceClient {
		h := &http.Client{Transport: pageTransport{&http.Transport{Protocols: protocols}}}
		return storebotv1connect.NewShopperServiceClient(connect.NewClient(connecthttp.NewTransport(keyClient{h, key}, c.URL)))
	}
	if c.Over == "shared" {
		return sync.OnceValue(connected)
	}
	return connected
}

func (c *benchWatchCmd) measure(ctx context.Context, in *installation, id tenant.ID, w *watchers) (*watchResult, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r := &watchResult{Over: c.Over, Streams: c.Streams, Replies: c.Replies}
	tokens, err := w.start(ctx, c.Streams)
	if err != nil {
		return nil, err
	}
	before, err := c.memory(ctx)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := w.open(ctx, tokens); err != nil {
		return nil, err
	}
	r.OpenSeconds = time.Since(began).Seconds()
	after, err := c.memory(ctx)
	if err != nil {
		return nil, err
	}
	if before != nil {
		heap, rss := (after.inUse-before.inUse)/1024/float64(c.Streams), (after.rss-before.rss)/1024/float64(c.Streams)
		r.KBPerStream, r.RSSPerStream = &heap, &rss
	}
	if err := c.write(ctx, in, id, w, tokens); err != nil {
		return nil, err
	}
	late := time.NewTimer(10 * time.Second)
	defer late.Stop()
	for got := 0; got < c.Replies; got++ {
		select {
		case <-w.arrived:
		case <-late.C:
			r.Lost = c.Replies - got
			got = c.Replies
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.times) == 0 {
		return nil, errors.New("no reply arrived")
	}
	slices.Sort(w.times)
	r.P50, r.P95, r.P99 = quantile(w.times, .5), quantile(w.times, .95), quantile(w.times, .99)
	return r, nil
}

// write has staff reply to shoppers at random.
func (c *benchWatchCmd) write(ctx context.Context, in *installation, id tenant.ID, w *watchers, tokens []string) error {
	by := uuid.New()
	var wait sync.WaitGroup
	failed := make(chan error, c.Replies)
	for n := range c.Writers {
		wait.Go(func() {
			for i := n; i < c.Replies; i += c.Writers {
				conversation, _, err := rag.ConversationToken(tokens[rand.IntN(len(tokens))]).Parse()
				text := "reply " + strconv.Itoa(i)
				w.mu.Lock()
				w.sent[text] = time.Now()
				w.mu.Unlock()
				if err == nil {
					_, err = in.handovers.Reply(ctx, id, conversation, by, uuid.New(), text)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(failed)
	return <-failed
}

// watchers are shoppers who watch.
type watchers struct {
	client  func() storebotv1connect.ShopperServiceClient
	arrived chan struct{}

	mu    sync.Mutex
	sent  map[string]time.Time
	times []time.Duration
}

func (w *watchers) start(ctx context.Context, n int) ([]string, error) {
	tokens := make([]string, n)
	client := w.client()
	for i := range tokens {
		res, err := client.StartConversation(ctx, &storebotv1.StartConversationRequest{Language: "en"})
		if err != nil {
			return nil, err
		}
		tokens[i] = res.GetConversationToken()
	}
	return tokens, nil
}

// open returns when every stream has said its first word.
func (w *watchers) open(ctx context.Context, tokens []string) error {
	first := make(chan error, len(tokens))
	for _, token := range tokens {
		go func() {
			stream, err := w.client().Watch(ctx, &storebotv1.WatchRequest{ConversationToken: token})
			if err != nil {
				first <- err
				return
			}
			defer stream.Close()
			for greeted := false; ; greeted = true {
				res, err := stream.Receive()
				if !greeted {
					first <- err
				}
				if err != nil {
					return
				}
				if m := res.GetMessage(); m.GetAuthor() == "staff" {
					w.hear(m.GetText())
				}
			}
		}()
	}
	for range tokens {
		if err := <-first; err != nil {
			return fmt.Errorf("open a stream: %w", err)
		}
	}
	return nil
}

func (w *watchers) hear(text string) {
	at := time.Now()
	w.mu.Lock()
	w.times = append(w.times, at.Sub(w.sent[text]))
	w.mu.Unlock()
	w.arrived <- struct{}{}
}

// memoryUse is in bytes.
type memoryUse struct{ inUse, rss float64 }

// memory reads the server's; nil without metrics.
func (c *benchWatchCmd) memory(ctx context.Context) (*memoryUse, error) {
	if c.Metrics == "" {
		return nil, nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Metrics, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("read the server's memory: %w", err)
	}
	defer res.Body.Close()
	var m memoryUse
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		n, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "go_memstats_heap_inuse_bytes", "go_memstats_stack_inuse_bytes":
			m.inUse += n
		case "process_resident_memory_bytes":
			m.rss = n
		}
	}
	return &m, nil
}
