package main

import (
	"context"
	"time"

	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

// What a day of the month is made of, by the hash of each conversation's id: one to
// four turns each; one in ten meets a person, some more ask for one in vain, one in
// twelve is scored.
var benchDaySQL = [...]string{
	`INSERT INTO conversation (tenant_id, id, token_hash, created_at, wants_person_at, staff_at)
	SELECT $1, id, 'x', at, CASE WHEN h % 10 = 0 OR h % 25 = 1 THEN at + interval '5 minutes' END, CASE WHEN h % 10 = 0 THEN at + interval '7 minutes' END
	FROM (SELECT id, at, abs(hashtext(id::text)::bigint) AS h
	      FROM (SELECT gen_random_uuid() AS id, $2::timestamptz + random() * interval '1 day' AS at FROM generate_series(1, $3::int)) x) y`,

	`WITH turn AS (
		SELECT c.id, turn, gen_random_uuid() AS key, c.created_at + turn * interval '1 minute' AS at, abs(hashtext(c.id::text || turn::text)::bigint) AS h,
		       1 + (-ln(1 - random()) * 200000)::bigint AS us
		FROM conversation c, generate_series(1, 4) AS turn
		WHERE c.tenant_id = $1 AND c.created_at >= $2 AND c.created_at < $2::timestamptz + interval '1 day' AND $3::int > 0
		  AND turn <= 1 + abs(hashtext(c.id::text)::bigint) / 100 % 4)
	INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, first_words_us, total_us, rating, created_at)
	SELECT $1, gen_random_uuid(), id, key, author, CASE author WHEN 'bot' THEN 'Within three days.' ELSE 'How long does the delivery take?' END,
	       CASE author WHEN 'bot' THEN (ARRAY['direct','direct','direct','direct','direct','composed','clarify','abstain','small_talk'])[1 + h % 9] END,
	       CASE author WHEN 'bot' THEN us END, CASE author WHEN 'bot' THEN us + 2000 END,
	       CASE WHEN author = 'bot' AND h % 70 < 9 THEN 1 - 2 * (h % 3 / 2) END,
	       at + CASE author WHEN 'bot' THEN us + 2000 ELSE 0 END * interval '1 us'
	FROM turn, (VALUES ('shopper'), ('bot')) AS a (author)`,

	`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, position, staff_id, created_at)
	SELECT $1, gen_random_uuid(), id, gen_random_uuid(), 'staff', 'I will see to it.', 1, gen_random_uuid(), created_at + interval '8 minutes'
	FROM conversation WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $2::timestamptz + interval '1 day' AND $3::int > 0 AND staff_at IS NOT NULL`,

	`INSERT INTO handover (tenant_id, id, conversation_id, reason, asked_at, first_reply_us, replies, handled_us, ended_at, ended_as)
	SELECT $1, gen_random_uuid(), id, (ARRAY['asked','missing_knowledge','policy','tool_failure','limit','staff'])[1 + abs(hashtext(id::text)::bigint) / 10 % 6],
	       created_at + interval '5 minutes', CASE WHEN staff_at IS NOT NULL THEN 1 + (random() * 600e6)::bigint END, (staff_at IS NOT NULL)::int, 200000000,
	       created_at + interval '1 hour', CASE WHEN staff_at IS NULL THEN 'no_answer' ELSE 'solved' END
	FROM conversation WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $2::timestamptz + interval '1 day' AND $3::int > 0 AND wants_person_at IS NOT NULL`,

	`INSERT INTO satisfaction (tenant_id, conversation_id, score)
	SELECT $1, id, 1 + abs(hashtext(id::text)::bigint) / 12 % 5
	FROM conversation WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $2::timestamptz + interval '1 day' AND $3::int > 0 AND abs(hashtext(id::text)::bigint) % 12 = 3`,
}

// benchDay writes n conversations that began on a day.
func benchDay(ctx context.Context, db *tenantpg.DB, id tenant.ID, day time.Time, n int) error {
	return db.InTenant(ctx, id, func(tx pgx.Tx) error {
		for _, sql := range benchDaySQL {
			if _, err := tx.Exec(ctx, sql, id.UUID, day, n); err != nil {
				return err
			}
		}
		return nil
	})
}
