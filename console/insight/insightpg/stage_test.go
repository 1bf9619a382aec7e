package insightpg_test

import (
	"context"
	"testing"
	"time"

	"storebot/console/insight"
	"storebot/console/insight/insightpg"
	"storebot/migrations/pgtest"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// A stage is a database with shops on which conversations are played.
type stage struct {
	*insightpg.Store
	admin *pgx.Conn
	shop  tenant.ID
}

func newStage(t testing.TB, settings map[string]string) *stage {
	t.Helper()
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	s := &stage{Store: insightpg.NewStore(db), admin: pg.Admin(t)}
	s.shop = s.newShop(t, "UTC")
	return s
}

func (s *stage) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := s.admin.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func (s *stage) newShop(t testing.TB, zone string) tenant.ID {
	t.Helper()
	id := tenant.NewID()
	s.exec(t, `INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop')`, id.UUID, "shop-"+id.String()[:8])
	s.exec(t, `INSERT INTO shop (tenant_id, publishable_key, time_zone) VALUES ($1, 'pk', $2)`, id.UUID, zone)
	return id
}

// A said is one turn of a play.
type said struct {
	silence  time.Duration // since the reply before, or the conversation's start
	decision string
	reason   string
	rating   int
	entry    uuid.UUID     // that the reply rests on; zero: none
	first    time.Duration // to the first words; 0: 1 ms
	total    time.Duration // to the last; 0: 2 ms
}

// A play is one conversation.
type play struct {
	at      time.Time
	turns   []said
	person  bool // pressed the button
	staff   bool // a person took part
	wrote   bool // and wrote to the shopper
	contact bool
	score   int // of the whole; 0: none
	handed  []handed
}

// A handed is a hand-over: why, and how long until a person's first words; 0: none came.
type handed struct {
	reason string
	reply  time.Duration
}

// cast holds the rows of plays, to be written at once.
type cast struct {
	conversations, messages, contacts, written, scores, handovers [][]any
}

func (c *cast) add(shop tenant.ID, p play) uuid.UUID {
	id := uuid.New()
	var person *time.Time
	if p.person {
		at := p.at.Add(time.Second)
		person = &at
	}
	var staff *time.Time
	if p.staff {
		at := p.at.Add(time.Minute)
		staff = &at
	}
	c.conversations = append(c.conversations, []any{shop.UUID, id, []byte("x"), p.at, person, staff})
	now := p.at
	for i, s := range p.turns {
		first, total := max(s.first, time.Millisecond), max(s.total, s.first, 2*time.Millisecond)
		asked := now.Add(s.silence)
		now = asked.Add(total)
		key := uuid.New()
		var rating *int16
		if r := int16(s.rating); r != 0 {
			rating = &r
		}
		rest := []uuid.UUID{}
		if s.entry != uuid.Nil {
			rest = append(rest, s.entry, uuid.New())
		}
		c.messages = append(c.messages,
			[]any{shop.UUID, uuid.New(), id, key, "shopper", "question " + string(rune('A'+i)), nil, "", nil, nil, nil, []uuid.UUID{}, asked},
			[]any{shop.UUID, uuid.New(), id, key, "bot", "reply", s.decision, s.reason, first.Microseconds(), total.Microseconds(), rating, rest, now})
	}
	if p.wrote {
		c.written = append(c.written, []any{shop.UUID, uuid.New(), id, uuid.New(), "staff", "I am here", 1, uuid.New(), now.Add(time.Minute)})
	}
	if p.score > 0 {
		c.scores = append(c.scores, []any{shop.UUID, id, p.score})
	}
	for i, h := range p.handed {
		var us, ended any
		if h.reply > 0 {
			us = h.reply.Microseconds()
		}
		asked := now.Add(time.Duration(i) * time.Hour)
		if i < len(p.handed)-1 {
			ended = asked.Add(time.Minute)
		}
		var as any
		if ended != nil {
			as = "handed_back"
		}
		c.handovers = append(c.handovers, []any{shop.UUID, uuid.New(), id, h.reason, asked, us, ended, as})
	}
	if p.contact {
		c.contacts = append(c.contacts, []any{shop.UUID, uuid.New(), id, "mei@shop.example"})
	}
	return id
}

func (s *stage) write(t testing.TB, c *cast) {
	t.Helper()
	for _, table := range []struct {
		name    string
		columns []string
		rows    [][]any
	}{
		{"conversation", []string{"tenant_id", "id", "token_hash", "created_at", "wants_person_at", "staff_at"}, c.conversations},
		{"message", []string{"tenant_id", "id", "conversation_id", "client_key", "author", "text", "decision", "reason", "first_words_us", "total_us", "rating", "entry_ids", "created_at"}, c.messages},
		{"contact", []string{"tenant_id", "id", "conversation_id", "reach"}, c.contacts},
		{"message", []string{"tenant_id", "id", "conversation_id", "client_key", "author", "text", "position", "staff_id", "created_at"}, c.written},
		{"satisfaction", []string{"tenant_id", "conversation_id", "score"}, c.scores},
		{"handover", []string{"tenant_id", "id", "conversation_id", "reason", "asked_at", "first_reply_us", "ended_at", "ended_as"}, c.handovers},
	} {
		if _, err := s.admin.CopyFrom(context.Background(), pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(table.rows)); err != nil {
			t.Fatalf("%s: %v", table.name, err)
		}
	}
}

// put writes one play and returns its conversation.
func (s *stage) put(t testing.TB, p play) uuid.UUID {
	t.Helper()
	var c cast
	id := c.add(s.shop, p)
	s.write(t, &c)
	return id
}

func (s *stage) report(t testing.TB, p insight.Period, now time.Time) insight.Report {
	t.Helper()
	r, err := s.Report(t.Context(), s.shop, p, now)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ledger reads all pages of size rows.
func (s *stage) ledger(t testing.TB, p insight.Period, size int) []insight.LedgerRow {
	t.Helper()
	return s.pages(t, p, size, insight.Filter{}, noon)
}

// pages reads all pages of size rows that a filter means.
func (s *stage) pages(t testing.TB, p insight.Period, size int, f insight.Filter, now time.Time) []insight.LedgerRow {
	t.Helper()
	var all []insight.LedgerRow
	var last insight.LedgerRow
	for {
		page, err := s.Ledger(t.Context(), s.shop, p, last, size, f, now)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if len(page) < size {
			return all
		}
		last = page[len(page)-1]
	}
}
