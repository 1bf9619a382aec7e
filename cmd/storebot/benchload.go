package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"github.com/google/uuid"
)

// load asks a running server over HTTP/2, as its widget's backend would be
// asked behind a proxy.
type load struct {
	url         string
	shops       []string // publishable keys
	entries     int
	concurrency int
	rate        float64
	duration    time.Duration
}

// loadResult is what a load measured; times are of whole answers, from asking
// (or from when the question was due) to the end of the stream.
type loadResult struct {
	Shops        int            `json:"shops"`
	Entries      int            `json:"entries_per_shop"`
	Loop         string         `json:"loop"`
	Seconds      float64        `json:"seconds"`
	Answers      int            `json:"answers"`
	PerSecond    float64        `json:"answers_per_second"`
	P50          float64        `json:"p50_ms"`
	P95          float64        `json:"p95_ms"`
	P99          float64        `json:"p99_ms"`
	ServerP50    float64        `json:"server_first_words_p50_ms"`
	ServerP99    float64        `json:"server_first_words_p99_ms"`
	Decisions    map[string]int `json:"decisions"`
	Errors       map[string]int `json:"errors"`
	CPUPerAnswer *float64       `json:"cpu_ms_per_answer_whole_machine"` // Postgres, server and this load; null where it cannot be read
	Cores        *float64       `json:"cores_busy"`
}

// shopper is one conversation in one shop.
type shopper struct {
	client storebotv1connect.ShopperServiceClient
	token  string
}

func (l *load) run(ctx context.Context) (*loadResult, error) {
	shoppers, err := l.start(ctx)
	if err != nil {
		return nil, err
	}
	rec := &recorder{decisions: map[string]int{}, errors: map[string]int{}}
	before, cpuOK := machineCPU()
	began := time.Now()
	if l.rate > 0 {
		l.open(ctx, shoppers, rec)
	} else {
		l.closed(ctx, shoppers, rec)
	}
	took := time.Since(began)
	after, _ := machineCPU()
	if len(rec.times) == 0 {
		return nil, fmt.Errorf("no answer came: %v", rec.errors)
	}
	r := &loadResult{
		Shops: len(l.shops), Entries: l.entries, Loop: "closed", Seconds: took.Seconds(), Answers: len(rec.times),
		PerSecond: float64(len(rec.times)) / took.Seconds(), Decisions: rec.decisions, Errors: rec.errors,
	}
	if l.rate > 0 {
		r.Loop = "open"
	}
	slices.Sort(rec.times)
	slices.Sort(rec.server)
	r.P50, r.P95, r.P99 = quantile(rec.times, .5), quantile(rec.times, .95), quantile(rec.times, .99)
	r.ServerP50, r.ServerP99 = quantile(rec.server, .5), quantile(rec.server, .99)
	if cpuOK {
		busy := (after - before).Seconds()
		per, cores := busy*1000/float64(len(rec.times)), busy/took.Seconds()
		r.CPUPerAnswer, r.Cores = &per, &cores
	}
	return r, ctx.Err()
}

func quantile(sorted []time.Duration, q float64) float64 {
	return milliseconds(sorted[min(int(q*float64(len(sorted))), len(sorted)-1)])
}

// start opens a conversation in each shop and asks it once, so that its
// knowledge is loaded.
func (l *load) start(ctx context.Context) ([]shopper, error) {
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	h := &http.Client{Transport: pageTransport{&http.Transport{Protocols: protocols}}}
	out := make([]shopper, len(l.shops))
	errs := make(chan error, len(l.shops))
	slots := make(chan struct{}, 16)
	for i, key := range l.shops {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			client := storebotv1connect.NewShopperServiceClient(connect.NewClient(connecthttp.NewTransport(keyClient{h, key}, l.url)))
			res, err := client.StartConversation(ctx, &storebotv1.StartConversationRequest{Language: "en"})
			if err == nil {
				out[i] = shopper{client, res.GetConversationToken()}
				_, err = out[i].ask(ctx, benchQuestion(0))
			}
			errs <- err
		}()
	}
	for range l.shops {
		if err := <-errs; err != nil {
			return nil, fmt.Errorf("warm up: %w", err)
		}
	}
	return out, nil
}

// keyClient puts the publishable key where the gateway reads it.
type keyClient struct {
	http *http.Client
	key  string
}

func (c keyClient) Do(r *http.Request) (*http.Response, error) {
	r.URL.RawQuery = url.Values{"key": {c.key}}.Encode()
	return c.http.Do(r)
}

type pageTransport struct{ http.RoundTripper }

func (t pageTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("Origin", benchOrigin)
	return t.RoundTripper.RoundTrip(r)
}

// ask asks one question and reads the answer to its end.
func (s shopper) ask(ctx context.Context, question string) (*storebotv1.Done, error) {
	stream, err := s.client.Ask(ctx, &storebotv1.AskRequest{ConversationToken: s.token, ClientKey: uuid.NewString(), Question: question})
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	var done *storebotv1.Done
	for {
		res, err := stream.Receive()
		if errors.Is(err, io.EOF) {
			if done == nil {
				return nil, errors.New("the stream ended without a reply")
			}
			return done, nil
		}
		if err != nil {
			return nil, err
		}
		if f := res.GetFailed(); f != nil {
			return nil, errors.New(f.GetReason())
		}
		if d := res.GetDone(); d != nil {
			done = d
		}
	}
}

func (l *load) closed(ctx context.Context, shoppers []shopper, rec *recorder) {
	ctx, cancel := context.WithTimeout(ctx, l.duration)
	defer cancel()
	var wg sync.WaitGroup
	for range l.concurrency {
		wg.Go(func() {
			for ctx.Err() == nil {
				l.one(ctx, shoppers[rand.IntN(len(shoppers))], time.Now(), rec)
			}
		})
	}
	wg.Wait()
}

// open asks at fixed times, whether or not earlier answers have come.
func (l *load) open(ctx context.Context, shoppers []shopper, rec *recorder) {
	var wg sync.WaitGroup
	var inFlight atomic.Int64
	began := time.Now()
	for i := 0; ; i++ {
		due := began.Add(time.Duration(float64(i) / l.rate * float64(time.Second)))
		if due.Sub(began) >= l.duration || ctx.Err() != nil {
			break
		}
		time.Sleep(time.Until(due))
		if inFlight.Add(1) > 20000 {
			inFlight.Add(-1)
			rec.fail("not sent: 20,000 questions without an answer")
			continue
		}
		wg.Go(func() {
			defer inFlight.Add(-1)
			l.one(ctx, shoppers[rand.IntN(len(shoppers))], due, rec)
		})
	}
	wg.Wait()
}

func (l *load) one(ctx context.Context, s shopper, from time.Time, rec *recorder) {
	done, err := s.ask(ctx, benchQuestion(rand.IntN(l.entries)))
	switch {
	case err != nil && ctx.Err() != nil: // the end of the measurement
	case err != nil:
		rec.fail(err.Error())
	default:
		rec.add(time.Since(from), done)
	}
}

type recorder struct {
	mu        sync.Mutex
	times     []time.Duration
	server    []time.Duration
	decisions map[string]int
	errors    map[string]int
}

func (r *recorder) add(took time.Duration, d *storebotv1.Done) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times = append(r.times, took)
	r.server = append(r.server, d.GetTimings().GetFirstWords().AsDuration())
	r.decisions[d.GetDecision().String()]++
}

func (r *recorder) fail(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors[what]++
}
