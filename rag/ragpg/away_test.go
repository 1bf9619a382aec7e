package ragpg_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"storebot/migrations/pgtest"
	"storebot/rag"
	"storebot/tenant/tenantpg"
)

// A cable is the way to the database, which a test can cut.
type cable struct {
	address string // where clients connect
	target  string

	mu    sync.Mutex
	cut   bool
	conns []net.Conn
}

// layCable returns a cable to the server of address, and the address through it.
func layCable(t testing.TB, address string) (*cable, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{address: l.Addr().String(), target: u.Host}
	u.Host = c.address
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			c.join(client)
		}
	}()
	t.Cleanup(func() { l.Close(); c.set(true) })
	return c, u.String()
}

func (c *cable) join(client net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	server, err := net.Dial("tcp", c.target)
	if c.cut || err != nil {
		client.Close()
		if err == nil {
			server.Close()
		}
		return
	}
	c.conns = append(c.conns, client, server)
	go func() { _, _ = io.Copy(server, client); server.Close() }()
	go func() { _, _ = io.Copy(client, server); client.Close() }()
}

func (c *cable) set(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
	if cut {
		for _, conn := range c.conns {
			conn.Close()
		}
		c.conns = nil
	}
}

// While the database cannot be reached nothing is acknowledged and nobody waits
// for long; when it is back the same keys store each turn once. The way is cut
// at random moments under load, so that some commits are cut too: a caller that
// got no acknowledgement may find its turn stored, one that got it must.
func TestTheDatabaseGoesAwayAndComesBack(t *testing.T) {
	pg := pgtest.New(t)
	wire, through := layCable(t, pg.AppURL)
	d := &desk{bench: &bench{admin: pg.Admin(t)}}
	var err error
	if d.db, err = tenantpg.Open(t.Context(), through, tenantpg.Config{MaxConns: 4}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.db.Close)
	d.shop = d.newShop(t)
	d.open()
	d.run(t)
	d.conversation = d.start(t, d.shop)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const callers, each = 20, 25
	var wait sync.WaitGroup
	var mu sync.Mutex
	refused := 0
	for i := range callers {
		wait.Go(func() {
			for j := range each {
				turn := d.turn(fmt.Sprint("question ", i, " ", j))
				for {
					_, _, err := d.WriteTurn(ctx, d.shop, turn)
					if err == nil {
						break
					}
					if !errors.Is(err, rag.ErrStorage) || ctx.Err() != nil {
						t.Errorf("while the database is away: %v, want ErrStorage", err)
						return
					}
					mu.Lock()
					refused++
					mu.Unlock()
				}
			}
		})
	}
	stop := make(chan struct{})
	cutter := make(chan struct{})
	go func() {
		defer close(cutter)
		for n := int64(3); ; n += 3 {
			// After some more commits, wherever the writer is then.
			for from := d.Stats().Commits; d.Stats().Commits < from+n%7; {
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Microsecond):
				}
			}
			wire.set(true)
			for from := d.Stats().Commits; d.Stats().Commits < from+2; {
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Microsecond):
				}
			}
			wire.set(false)
		}
	}()
	wait.Wait()
	close(stop)
	<-cutter
	t.Logf("%d writes were refused", refused)
	if refused == 0 {
		t.Error("the cable was never cut while somebody wrote")
	}
	if rows := d.rows(t); rows != 2*callers*each {
		t.Errorf("%d rows for %d acknowledged turns", rows, callers*each)
	}
	wire.set(true)
	if _, err := d.conversations.Messages(t.Context(), d.shop, d.conversation); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("Messages without a database: %v, want ErrStorage", err)
	}
	if _, err := d.people.Do(t.Context(), d.shop, d.conversation, rag.Deed{Kind: rag.HandBack}); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("Do without a database: %v, want ErrStorage", err)
	}
	token, _ := rag.NewConversationToken()
	if _, err := d.conversations.Open(t.Context(), d.shop, token); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("Open without a database: %v, want ErrStorage", err)
	}
	if _, err := d.conversations.Start(t.Context(), d.shop, rag.Conversation{}); !errors.Is(err, rag.ErrStorage) {
		t.Errorf("Start without a database: %v, want ErrStorage", err)
	}
}
