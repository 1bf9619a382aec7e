package gateway

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"github.com/google/uuid"
)

// over calls f with a client of each protocol that the server speaks in the open.
func over(t *testing.T, f func(t *testing.T, client *http.Client)) {
	for _, name := range []string{"HTTP/1.1", "h2c"} {
		t.Run(name, func(t *testing.T) {
			transport := &http.Transport{Protocols: new(http.Protocols)}
			transport.Protocols.SetHTTP1(name == "HTTP/1.1")
			transport.Protocols.SetUnencryptedHTTP2(name == "h2c")
			t.Cleanup(transport.CloseIdleConnections)
			f(t, &http.Client{Transport: transport})
		})
	}
}

// post sends what write writes as it is written, and returns the answer.
func post(t *testing.T, client *http.Client, url string, write func(io.Writer) error, headers ...string) (int, string) {
	t.Helper()
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(write(w)) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := client.Do(req)
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

// evenly writes text in pieces of n bytes, one every time that the clock ticks.
func evenly(w io.Writer, text string, n int, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for len(text) > 0 {
		n = min(n, len(text))
		if _, err := io.WriteString(w, text[:n]); err != nil {
			return err
		}
		text = text[n:]
		<-tick.C
	}
	return nil
}

func TestABodyThatDripsIsCut(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, func(c *Config) { c.pace = pace{300 * time.Millisecond, 64 << 10} })
	over(t, func(t *testing.T, client *http.Client) {
		status, body := post(t, client, site.URL+logInPath, func(w io.Writer) error {
			return evenly(w, `{"email":"a@shop.example",`+strings.Repeat(" ", 10_000), 1, 50*time.Millisecond)
		})
		if status != http.StatusGatewayTimeout || !strings.Contains(body, `"deadline_exceeded"`) || !strings.Contains(body, "came too slowly") {
			t.Errorf("%d %s", status, body)
		}
	})
}

// Who is refused before their message is read does not hold the connection by it.
func TestABodyThatNobodyReadsHoldsNoConnection(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	site := w.site(t, func(c *Config) { c.pace = pace{300 * time.Millisecond, 64 << 10} })
	for _, path := range []string{whoPath, "/page", "/nothing"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(site.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", path)
		buffered := bufio.NewReader(conn)
		res, err := http.ReadResponse(buffered, nil)
		if err != nil {
			t.Errorf("%s: no answer: %v", path, err)
			continue
		}
		_, err = io.Copy(io.Discard, res.Body)
		_, err2 := buffered.ReadByte()
		if res.StatusCode < 400 || err != nil || !errors.Is(err2, io.EOF) {
			t.Errorf("%s: %d, %v, and the connection %v", path, res.StatusCode, err, err2)
		}
	}
}

func TestASlowLineIsNotCut(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	site := w.site(t, func(c *Config) { c.pace = pace{200 * time.Millisecond, 32 << 10} })
	over(t, func(t *testing.T, client *http.Client) {
		began := time.Now()
		sheet := `{"fileName":"faq.csv","content":"cXVlc3Rpb24sYW5zd2VyCklzIGl0IG9wZW4/LFllcwo="` + strings.Repeat(" ", 100<<10) + `}`
		status, body := post(t, client, site.URL+storebotv1connect.KnowledgeServiceStageImportProcedure, func(w io.Writer) error {
			return evenly(w, sheet, 8<<10, 50*time.Millisecond)
		}, "Cookie", "storebot="+s.session[tenant.Owner])
		if status != http.StatusOK || time.Since(began) < 500*time.Millisecond {
			t.Errorf("%d after %s: %s", status, time.Since(began), body)
		}
	})
}

func TestAStreamOutlivesTheTimeOfItsRequest(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	const grace = 200 * time.Millisecond
	site := w.site(t, func(c *Config) { c.pace = pace{grace, 64 << 10} })
	over(t, func(t *testing.T, client *http.Client) {
		inbox := storebotv1connect.NewInboxServiceClient(connect.NewClient(connecthttp.NewTransport(client, site.URL)))
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		ctx, info := connect.NewClientContext(ctx)
		info.RequestHeader().Set("Cookie", "storebot="+s.session[tenant.Owner])
		stream, err := inbox.WatchInbox(ctx, &storebotv1.WatchInboxRequest{})
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Close()
		if _, err := stream.Receive(); err != nil {
			t.Fatal(err)
		}
		<-time.After(3 * grace)
		s.deed(t, w, &storebotv1.AddNoteRequest{Id: s.conversationID(), ClientKey: uuid.NewString(), Text: "note"}, storebotv1connect.InboxServiceAddNoteProcedure)
		if _, err := stream.Receive(); err != nil {
			t.Errorf("after %s: %v", 3*grace, err)
		}
	})
}

// A call has its whole time however long its message took to come.
func TestTheTimeOfACallBeginsWithItsMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var received time.Time
		hang := func(ctx context.Context, _ connect.Spec, stream connect.ServerStream) error {
			if err := stream.Receive(nil); err != nil {
				return err
			}
			received = time.Now()
			if ctx.Err() != nil {
				t.Error("the time ended before the message was there")
			}
			<-ctx.Done()
			return ctx.Err()
		}
		err := limitTime(hang)(t.Context(), connect.Spec{Procedure: logInPath}, slowStream{})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(received) != callTime {
			t.Errorf("after %s: %v", time.Since(received), err)
		}
	})
}

// slowStream takes longer to come than any call may last.
type slowStream struct{ connect.ServerStream }

func (slowStream) Receive(any) error { time.Sleep(2 * callTime); return nil } // of the bubble's clock

func TestThePaceAllowsPoorLines(t *testing.T) {
	for _, c := range []struct {
		bytes, perSecond int64
		longest          time.Duration // that the line may be silent besides
	}{{300, 1 << 10, 15 * time.Second}, {maxBody, 8_000, 15 * time.Second}, {sheetBody, 8_000, 15 * time.Second}} {
		if need := time.Duration(c.bytes/c.perSecond)*time.Second + c.longest; bodyPace.limit(c.bytes) < need {
			t.Errorf("%d bytes at %d a second take %s, and have %s", c.bytes, c.perSecond, need, bodyPace.limit(c.bytes))
		}
	}
	if limit := bodyPace.limit(maxBody); limit > 5*time.Minute {
		t.Errorf("a shopper may hold a connection for %s by one request", limit)
	}
}
