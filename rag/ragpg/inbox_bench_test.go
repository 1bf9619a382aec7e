package ragpg_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// BenchmarkOpenTalks reads a shop's 20,000 open talks, a third of which nobody has
// answered yet, of three messages each: all of them, and one in which something happened.
func BenchmarkOpenTalks(b *testing.B) {
	d := newDesk(b)
	d.exec(b, `INSERT INTO conversation (tenant_id, id, token_hash, state, owner_id, state_at)
		SELECT $1, md5(n::text)::uuid, '', CASE n % 3 WHEN 0 THEN 'waiting' ELSE 'staff' END, CASE WHEN n % 3 > 0 THEN $1::uuid END, now() - n * interval '1 second' FROM generate_series(1, 20000) n`, d.shop.UUID)
	d.exec(b, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, position, staff_id, text, created_at)
		SELECT $1, gen_random_uuid(), md5(n::text)::uuid, gen_random_uuid(), CASE m WHEN 2 THEN 'staff' ELSE 'shopper' END, CASE m WHEN 2 THEN 1 END, CASE m WHEN 2 THEN $1::uuid END, 'text of a message', now() - (n - m) * interval '1 second'
		FROM generate_series(1, 20000) n, generate_series(1, 3) m WHERE n % 3 > 0 OR m <> 2`, d.shop.UUID)
	d.exec(b, `INSERT INTO handover (tenant_id, id, conversation_id, reason, asked_at, replies)
		SELECT $1, gen_random_uuid(), md5(n::text)::uuid, 'asked', now() - n * interval '1 second', CASE n % 3 WHEN 0 THEN 0 ELSE 1 END FROM generate_series(1, 20000) n`, d.shop.UUID)
	d.exec(b, `ANALYZE`)
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			list, err := d.people.OpenTalks(b.Context(), d.shop, time.Now())
			if err != nil || len(list) != 20_000 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("one of them", func(b *testing.B) {
		var one uuid.UUID
		if err := d.db.InTenant(b.Context(), d.shop, func(tx pgx.Tx) error {
			return tx.QueryRow(b.Context(), `SELECT md5('7')::uuid`).Scan(&one)
		}); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			list, err := d.people.OpenTalksOf(b.Context(), d.shop, []uuid.UUID{one}, time.Now())
			if err != nil || len(list) != 1 {
				b.Fatal(len(list), err)
			}
		}
	})
}
