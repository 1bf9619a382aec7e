// A shop's past, written into the database of the server under test: five weeks
// cannot be talked in a test.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is written: conversations by outcome. Sixty a day, for 35 days up to yesterday. */
export const past = { days: 35, perDay: 60 } as const;

// Every conversation is one question and its reply. Each fifth of the day's begin after
// 22:00; each twelfth of those, and each fourth of the others, gets no answer. Of the answered, each third is
// called helpful; each thirtieth conversation asks for a person and leaves nothing. Three a day are with
// people: one that the bot could not answer, one in which they stepped in, one that
// asked for them with its first words. These say how they found the whole.
const sql = `
SET search_path = public;
WITH begun AS (
	INSERT INTO conversation (tenant_id, id, token_hash, created_at, wants_person_at, staff_at)
	SELECT t.id, gen_random_uuid(), 'x', at, CASE WHEN n % 30 = 7 OR n IN (11, 41) THEN at + interval '1 minute' END,
	       CASE WHEN n IN (11, 23, 41) THEN at + interval '3 minutes' END
	FROM identity.tenant t, generate_series(1, ${past.days}) AS d, generate_series(0, ${past.perDay - 1}) AS n,
	LATERAL (SELECT ((date_trunc('day', now() AT TIME ZONE 'Asia/Taipei') - d * interval '1 day'
		+ CASE WHEN n % 5 = 0 THEN interval '22 hours' + n * interval '1 minute' ELSE interval '9 hours' + n * interval '12 minutes' END
		+ n * interval '1 second') AT TIME ZONE 'Asia/Taipei') AS at) x
	WHERE t.name = :'shop'
	RETURNING tenant_id, id, created_at, extract(second FROM created_at)::int AS n
), turn AS (
	SELECT *, gen_random_uuid() AS key,
	       CASE WHEN n = 41 THEN 'small_talk' WHEN n % 5 = 0 AND n <> 15 OR n % 5 <> 0 AND n % 4 <> 1 THEN 'direct' ELSE 'abstain' END AS decision,
	       (5000 + n * n * 400)::bigint AS us FROM begun
)
INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, first_words_us, total_us, rating, created_at)
SELECT tenant_id, gen_random_uuid(), id, key, author, CASE author WHEN 'bot' THEN 'Three days.' ELSE 'How long does delivery take?' END,
       CASE author WHEN 'bot' THEN decision END, CASE author WHEN 'bot' THEN us END, CASE author WHEN 'bot' THEN us + 2000 END,
       CASE WHEN author = 'bot' AND decision = 'direct' AND n % 3 = 0 THEN 1 END,
       created_at + CASE author WHEN 'bot' THEN us + 2000 ELSE 0 END * interval '1 us'
FROM turn, (VALUES ('shopper'), ('bot')) AS a (author);

CREATE TEMP TABLE asked AS
SELECT c.tenant_id, c.id, c.created_at, extract(second FROM c.created_at)::int AS n
FROM conversation c JOIN identity.tenant t ON t.id = c.tenant_id
WHERE t.name = :'shop' AND (c.wants_person_at IS NOT NULL OR c.staff_at IS NOT NULL);
INSERT INTO handover (tenant_id, id, conversation_id, reason, asked_at, first_reply_us, replies, handled_us, ended_at, ended_as)
SELECT tenant_id, gen_random_uuid(), id, CASE n WHEN 11 THEN 'missing_knowledge' WHEN 23 THEN 'staff' ELSE 'asked' END, created_at + interval '1 minute',
       CASE WHEN n IN (11, 41) THEN (60 + n) * 1000000 END, (n IN (11, 23, 41))::int, 0, created_at + interval '10 minutes',
       CASE WHEN n IN (11, 23, 41) THEN 'solved' ELSE 'no_answer' END
FROM asked;
INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, position, staff_id, created_at)
SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), 'staff', 'I will see to it.', 1, gen_random_uuid(), created_at + interval '4 minutes'
FROM asked WHERE n IN (11, 23, 41);
INSERT INTO satisfaction (tenant_id, conversation_id, score)
SELECT tenant_id, id, CASE WHEN n = 23 OR extract(day FROM created_at)::int % 4 > 0 THEN 5 ELSE 2 END FROM asked WHERE n IN (11, 23, 41);

INSERT INTO hours (tenant_id) SELECT id FROM identity.tenant WHERE name = :'shop' ON CONFLICT DO NOTHING;
INSERT INTO opening (tenant_id, weekday, opens, closes) SELECT t.id, d, 540, 1320 FROM identity.tenant t, generate_series(0, 6) AS d
WHERE t.name = :'shop' AND NOT EXISTS (SELECT FROM opening o WHERE o.tenant_id = t.id);
`;

/** writePast gives the shop of this name its past, and hours if it has none. */
export function writePast(shop: string): void {
  const data = process.env.STOREBOT_BROWSER_DATA ?? "";
  const elsewhere = join(data, "data-folder"); // see migrations/localpg/place.go
  const folder = existsSync(elsewhere) ? readFileSync(elsewhere, "utf8").trim() : join(data, "data");
  const port = readFileSync(join(folder, "pgdata/postmaster.pid"), "utf8").split("\n")[3] ?? "";
  execFileSync(
    "psql",
    [
      "-h",
      "127.0.0.1",
      "-p",
      port,
      "-U",
      "storebot_admin",
      "-d",
      "storebot",
      "-v",
      "ON_ERROR_STOP=1",
      "-v",
      `shop=${shop}`,
    ],
    {
      input: sql,
      env: { ...process.env, PGPASSWORD: readFileSync(join(data, "admin.secret"), "utf8").trim() },
    },
  );
}
