package gateway

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"

	"connectrpc.com/connect/v2"
)

// A pace is how slowly a request's body may come: grace, and a second more for
// every rate bytes that are there. Only the time in which the server waited for
// the caller counts.
type pace struct {
	grace time.Duration
	rate  int64 // bytes a second
}

// bodyPace cuts who sends a byte now and then, which costs them nothing and us a
// connection and what was read so far, and nobody else: a line of 64 kbit/s, the
// slowest that telephones are throttled to, carries 8 kB a second, twice the rate.
// The grace is for lines that lose a packet more than once: TCP sends it again
// after 1, 3, 7 and 15 seconds (RFC 6298). A sheet of 32 MiB may take two hours.
var bodyPace = pace{grace: 20 * time.Second, rate: 4 << 10}

// limit is how long the first n bytes may be waited for.
func (p pace) limit(n int64) time.Duration {
	return p.grace + time.Duration(float64(n)/float64(p.rate)*float64(time.Second))
}

// paced returns the request with a body that ends with an error when it comes
// too slowly. After the body's end nothing is bounded: a stream may live for hours.
func paced(p pace, w http.ResponseWriter, r *http.Request) *http.Request {
	if r.Body == nil || r.Body == http.NoBody {
		return r
	}
	if p == (pace{}) {
		p = bodyPace
	}
	c := http.NewResponseController(w)
	if r.ProtoMajor == 1 {
		// What no method reads the server itself reads off the connection, before
		// the answer leaves.
		_ = c.SetReadDeadline(time.Now().Add(p.grace))
	}
	r2 := *r
	r2.Body = &pacedBody{body: r.Body, pace: p, deadline: c.SetReadDeadline}
	return &r2
}

type pacedBody struct {
	body     io.ReadCloser
	pace     pace
	deadline func(time.Time) error
	read     int64
	waited   time.Duration
	ended    bool
}

// Read implements io.Reader.
func (b *pacedBody) Read(p []byte) (int, error) {
	if b.ended {
		return b.body.Read(p)
	}
	limit := b.pace.limit(b.read)
	began := time.Now()
	if err := b.deadline(began.Add(limit - b.waited)); err != nil {
		return 0, fmt.Errorf("bound the time of a request's body: %w", err)
	}
	n, err := b.body.Read(p)
	b.read += int64(n)
	b.waited += time.Since(began)
	switch {
	case err == io.EOF:
		b.ended = true
		_ = b.deadline(time.Time{}) // the connection is gone, or the deadline is
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = problem(connect.CodeDeadlineExceeded, fmt.Sprintf(
			"The request came too slowly: %d bytes of it in %s. Send it again over a better connection.", b.read, limit.Round(time.Second)),
			&storebotv1.Problem{Reason: "deadline_exceeded"}).WithCause(err)
	}
	return n, err
}

// Close implements io.Closer.
func (b *pacedBody) Close() error { return b.body.Close() }
