package insightpg_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"storebot/console/insight"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// anew reports on the same turns with every tally thrown away and made again.
func (s *stage) anew(t testing.TB, p insight.Period, now time.Time) insight.Report {
	t.Helper()
	s.exec(t, `DELETE FROM tally WHERE tenant_id = $1`, s.shop.UUID)
	s.exec(t, `DELETE FROM tally_until WHERE tenant_id = $1`, s.shop.UUID)
	return s.report(t, p, now)
}

// Whatever happens to a conversation after its quarter of an hour was counted,
// and by whichever statement, the next report knows.
func TestWhatChangesLateIsCountedAnew(t *testing.T) {
	s := newStage(t, nil)
	p := insight.Period{From: noon.Add(-day), To: noon.Add(day)}
	now := noon.Add(30 * day)
	id := s.put(t, play{at: noon, turns: []said{{decision: "direct"}}})
	s.put(t, play{at: noon.Add(time.Hour), turns: []said{{decision: "direct"}}})
	before := s.report(t, p, now)
	if before.ByOutcome[insight.Untouched] != 2 {
		t.Fatalf("%+v", before)
	}
	of := func(sql string) func() {
		return func() { s.exec(t, sql, s.shop.UUID, id) }
	}
	for _, step := range []struct {
		name   string
		change func()
		check  func(r insight.Report) bool
	}{
		{"a rating", of(`UPDATE message SET rating = 1 WHERE tenant_id = $1 AND conversation_id = $2 AND author = 'bot'`),
			func(r insight.Report) bool {
				return r.ByOutcome[insight.Confirmed] == 1 && r.RatedUp == 1 && r.CameBack == 0
			}},
		{"the other rating", of(`UPDATE message SET rating = -1 WHERE tenant_id = $1 AND conversation_id = $2 AND author = 'bot'`),
			func(r insight.Report) bool { return r.ByOutcome[insight.NotHelpful] == 1 && r.RatedDown == 1 }},
		{"a rating taken back", of(`UPDATE message SET rating = NULL WHERE tenant_id = $1 AND conversation_id = $2`),
			func(r insight.Report) bool { return r.ByOutcome[insight.Untouched] == 2 && r.RatedDown == 0 }},
		{"a question a day later", of(`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, first_words_us, total_us, created_at)
			VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), 'bot', 'x', 'composed', 5000000, 6000000, '2026-03-11 12:00:00+00')`),
			func(r insight.Report) bool {
				return r.ByOutcome[insight.Returned] == 1 && r.ByDecision["composed"] == 1 && r.CameBack == 1 && r.FirstWords.P99 > 4*time.Second
			}},
		{"the button", of(`UPDATE conversation SET wants_person_at = '2026-03-11 13:00:00+00' WHERE tenant_id = $1 AND id = $2`),
			func(r insight.Report) bool { return r.ByOutcome[insight.FailedHandOff] == 1 && r.CameBack == 0 }},
		{"a contact", of(`INSERT INTO contact (tenant_id, id, conversation_id, reach) VALUES ($1, gen_random_uuid(), $2, 'a@b.example')`),
			func(r insight.Report) bool { return r.ByOutcome[insight.HandedOff] == 1 }},
		{"a contact deleted", of(`DELETE FROM contact WHERE tenant_id = $1 AND conversation_id = $2`),
			func(r insight.Report) bool { return r.ByOutcome[insight.FailedHandOff] == 1 }},
		{"a reply deleted", of(`DELETE FROM message WHERE tenant_id = $1 AND conversation_id = $2 AND decision = 'composed'`),
			func(r insight.Report) bool { return r.ByDecision["composed"] == 0 && r.FirstWords.N == 2 }},
		{"a person who comes", of(`UPDATE conversation SET staff_at = '2026-03-11 14:00:00+00' WHERE tenant_id = $1 AND id = $2`),
			func(r insight.Report) bool { return r.ByOutcome[insight.HandedOff] == 1 }},
		{"what that person writes", of(`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, position, staff_id)
			VALUES ($1, gen_random_uuid(), $2, gen_random_uuid(), 'staff', 'Hello', 1, gen_random_uuid())`),
			func(r insight.Report) bool { return r.Ratings[insight.HeardBoth].N() == 0 }},
		{"a score", of(`INSERT INTO satisfaction (tenant_id, conversation_id, score) VALUES ($1, $2, 3)`),
			func(r insight.Report) bool { return r.Ratings[insight.HeardBoth] == insight.Ratings{Discontent: 1} }},
		{"another score", of(`UPDATE satisfaction SET score = 4 WHERE tenant_id = $1 AND conversation_id = $2`),
			func(r insight.Report) bool { return r.Ratings[insight.HeardBoth] == insight.Ratings{Content: 1} }},
		{"a score deleted", of(`DELETE FROM satisfaction WHERE tenant_id = $1 AND conversation_id = $2`),
			func(r insight.Report) bool { return len(r.Ratings) == 0 }},
		{"a hand-over", of(`INSERT INTO handover (tenant_id, id, conversation_id, reason) VALUES ($1, gen_random_uuid(), $2, 'limit')`),
			func(r insight.Report) bool {
				return r.HandOvers[4] == insight.HandOvers{Reason: "limit", N: 1, Conversations: 1}
			}},
		{"a conversation that comes late", func() { s.put(t, play{at: noon.Add(-time.Hour), turns: []said{{decision: "abstain"}}}) },
			func(r insight.Report) bool { return r.Conversations == 3 && r.ByOutcome[insight.Abstained] == 1 }},
		{"a conversation deleted", of(`DELETE FROM conversation WHERE tenant_id = $1 AND id = $2`),
			func(r insight.Report) bool { return r.Conversations == 2 && r.FirstWords.N == 2 }},
		{"all of a quarter deleted", of(`DELETE FROM conversation WHERE tenant_id = $1 AND created_at = '2026-03-10 13:00:00+00' AND id <> $2`),
			func(r insight.Report) bool { return r.Conversations == 1 && len(r.Days) == 1 }},
	} {
		step.change()
		r := s.report(t, p, now)
		if !step.check(r) {
			t.Errorf("%s: %+v", step.name, r)
		}
		if again := s.anew(t, p, now); !reflect.DeepEqual(r, again) {
			t.Errorf("%s: %+v\nanew %+v", step.name, r, again)
		}
	}
	s.exec(t, `DELETE FROM identity.tenant WHERE id = $1`, s.shop.UUID)
	var left int
	if err := s.admin.QueryRow(t.Context(), `SELECT count(*) FROM tally_stale`).Scan(&left); err != nil || left != 0 {
		t.Errorf("a deleted shop leaves %d marks: %v", left, err)
	}
}

// Reports made while conversations change never miss a change for good: when
// all is still, the figures are those of a count from nothing.
func TestNoChangeIsLostBesideACount(t *testing.T) {
	s := newStage(t, nil)
	p := insight.Period{From: noon.Add(-day), To: noon.Add(40 * day)}
	now := noon.Add(60 * day)
	s.write(t, month(s.shop, 600, noon, 3))
	rows, err := s.admin.Query(t.Context(), `SELECT id FROM conversation WHERE tenant_id = $1 ORDER BY created_at LIMIT 40`, s.shop.UUID)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if _, err := s.Report(t.Context(), s.shop, p, now); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for w := range 3 {
		conn, err := pgx.ConnectConfig(t.Context(), s.admin.Config())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close(context.Background()) })
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 9))
			for range 60 {
				// Held open for a moment, so that counts begin and end meanwhile.
				err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
					_, err := tx.Exec(t.Context(), `UPDATE message SET rating = $3 WHERE tenant_id = $1 AND conversation_id = $2 AND author = 'bot'`,
						s.shop.UUID, ids[r.IntN(len(ids))], 1-2*r.IntN(2))
					if err == nil {
						_, err = tx.Exec(t.Context(), `SELECT pg_sleep($1)`, r.Float64()*.01)
					}
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	r := s.report(t, p, now)
	if again := s.anew(t, p, now); !reflect.DeepEqual(r, again) || r.RatedUp == 0 {
		t.Errorf("%+v\nanew %+v", r, again)
	}
}

// The last hours are counted as they are asked for, quarters that are over are
// kept, and a report that begins and ends within quarters is exact.
func TestTheLastHoursAreCountedAsTheyAre(t *testing.T) {
	s := newStage(t, nil)
	now := time.Now().UTC().Truncate(time.Microsecond)
	var c cast
	var began []time.Time
	for i := range 300 {
		at := now.Add(-time.Duration(i) * 2 * time.Minute)
		began = append(began, at)
		c.add(s.shop, play{at: at, turns: []said{{decision: "direct"}}})
	}
	s.write(t, &c)
	for i := range 40 {
		p := insight.Period{From: now.Add(-time.Duration(i) * 17 * time.Minute), To: now.Add(-time.Duration(i*i) * 20 * time.Second)}
		if p.Check() != nil {
			continue
		}
		want := 0
		for _, at := range began {
			at = at.Truncate(time.Microsecond)
			if !at.Before(p.From) && at.Before(p.To) {
				want++
			}
		}
		if r := s.report(t, p, now); r.Conversations != want || r.FirstWords.N != want {
			t.Errorf("%v: %d conversations, want %d", p, r.Conversations, want)
		}
	}
	var kept, fresh int
	if err := s.admin.QueryRow(t.Context(), `SELECT count(*), count(*) FILTER (WHERE begins_at > now() - interval '2 hours') FROM tally`).Scan(&kept, &fresh); err != nil {
		t.Fatal(err)
	}
	if kept < 25 || fresh != 0 {
		t.Errorf("%d quarters are kept, %d of the last two hours", kept, fresh)
	}
}

// The background count reaches every shop.
func TestEveryShopIsRolledUp(t *testing.T) {
	s := newStage(t, nil)
	shops := []tenant.ID{s.shop, s.newShop(t, "UTC"), s.newShop(t, "UTC")}
	for i, shop := range shops {
		var c cast
		for n := range i + 1 {
			c.add(shop, play{at: noon.Add(time.Duration(n) * time.Hour), turns: []said{{decision: "direct"}}})
		}
		s.write(t, &c)
	}
	if err := s.RollUpAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, shop := range shops {
		var n int
		if err := s.admin.QueryRow(t.Context(), `SELECT count(*) FROM tally WHERE tenant_id = $1`, shop.UUID).Scan(&n); err != nil || n != i+1 {
			t.Errorf("shop %d has %d quarters, %v", i, n, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.RollUpAll(ctx); err == nil {
		t.Error("a count that was stopped says that it is done")
	}
}
