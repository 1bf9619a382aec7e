package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"github.com/google/uuid"
)

// A browser is a person's browser on a page of origin: it keeps cookies, says
// where it comes from, and names the shop by its key if there is one.
type browser struct {
	base, origin, key string
	http              *http.Client
}

func newBrowser(t *testing.T, base, key string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &browser{base, base, key, &http.Client{Jar: jar, Transport: transport}}
}

// Do implements connecthttp.HTTPClient.
func (b *browser) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Origin", b.origin)
	if b.key != "" {
		r.URL.RawQuery = url.Values{"key": {b.key}}.Encode()
	}
	return b.http.Do(r)
}

func (b *browser) client() *connect.Client {
	return connect.NewClient(connecthttp.NewTransport(b, b.base, connecthttp.WithProtoJSON()))
}

// get returns the status and the body of a page.
func (b *browser) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := b.http.Get(b.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// talk starts a conversation, as the widget does.
func (b *browser) talk(t *testing.T, language string) *talk {
	t.Helper()
	k := &talk{client: storebotv1connect.NewShopperServiceClient(b.client())}
	res, err := k.client.StartConversation(t.Context(), &storebotv1.StartConversationRequest{Language: language})
	if err != nil {
		t.Fatalf("start a conversation: %v", err)
	}
	k.token = res.GetConversationToken()
	return k
}

// A talk is one conversation.
type talk struct {
	client storebotv1connect.ShopperServiceClient
	token  string
}

// An answer is what came for one question.
type answer struct {
	kinds   []string // of the events, in their order
	words   string   // what the shopper reads first: a match's answer or the first delta
	first   time.Duration
	matches []*storebotv1.Match
	id      string // of the stored message
	done    *storebotv1.Done
	failed  *storebotv1.Failed
}

// ask asks once. A question asked again keeps its key.
func (k *talk) ask(ctx context.Context, question string, key uuid.UUID) (answer, error) {
	var a answer
	began := time.Now()
	stream, err := k.client.Ask(ctx, &storebotv1.AskRequest{ConversationToken: k.token, ClientKey: key.String(), Question: question})
	if err != nil {
		return a, err
	}
	defer stream.Close()
	for {
		res, err := stream.Receive()
		if errors.Is(err, io.EOF) {
			return a, nil
		}
		if err != nil {
			return a, err
		}
		a.take(res, time.Since(began))
	}
}

func (a *answer) take(res *storebotv1.AskResponse, after time.Duration) {
	words := ""
	switch e := res.GetEvent().(type) {
	case *storebotv1.AskResponse_Match:
		a.kinds, words = append(a.kinds, "match"), e.Match.GetAnswer()
		a.matches = append(a.matches, e.Match)
	case *storebotv1.AskResponse_Delta:
		a.kinds, words = append(a.kinds, "delta"), e.Delta.GetText()
	case *storebotv1.AskResponse_Accepted:
		a.kinds, a.id = append(a.kinds, "accepted"), e.Accepted.GetMessageId()
	case *storebotv1.AskResponse_Done:
		a.kinds, a.done = append(a.kinds, "done"), e.Done
	case *storebotv1.AskResponse_Failed:
		a.kinds, a.failed = append(a.kinds, "failed"), e.Failed
	}
	if a.words == "" && words != "" {
		a.words, a.first = words, after
	}
}

// whole fails unless the events came as the contract says: words, accepted, done.
func (a answer) whole(t *testing.T) {
	t.Helper()
	n := len(a.kinds)
	if n < 3 || a.words == "" || !slices.Equal(a.kinds[n-2:], []string{"accepted", "done"}) ||
		slices.ContainsFunc(a.kinds[:n-2], func(k string) bool { return k != "match" && k != "delta" }) {
		t.Fatalf("the events of an answer are %s, with the words %q", strings.Join(a.kinds, " "), a.words)
	}
}

// answered asks and returns the whole answer.
func (k *talk) answered(t *testing.T, question string) answer {
	t.Helper()
	a, err := k.ask(t.Context(), question, uuid.New())
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	a.whole(t)
	return a
}

// eventually waits until holds does, asking again and again.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline.C:
			t.Fatalf("not within a minute: %s", what)
		case <-tick.C:
		}
	}
}
