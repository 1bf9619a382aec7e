// A shop's past, written into the database of the server under test: five weeks
// cannot be talked in a test.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is written: conversations by outcome. Sixty a day, for 35 days up to yesterday. */
export const past = { days: 35, perDay: 60 } as const;

// Every conversation is one question and its reply. Each fifth of the day's begin after
// 22:00; each twelfth of those, and each fourth of the others, gets no answer. Of the answered, each third is
// called helpful; each thirtieth conversation asks for a person and leaves nothing.
const sql = `
SET search_path = public;
WITH begun AS (
	INSERT INTO conversation (tenant_id, id, token_hash, created_at, wants_person_at)
	SELECT t.id, gen_random_uuid(), 'x', at, CASE WHEN n % 30 = 7 THEN at + interval '1 minute' END
	FROM identity.tenant t, generate_series(1, ${past.days}) AS d, generate_series(0, ${past.perDay - 1}) AS n,
	LATERAL (SELECT ((date_trunc('day', now() AT TIME ZONE 'Asia/Taipei') - d * interval '1 day'
		+ CASE WHEN n % 5 = 0 THEN interval '22 hours' + n * interval '1 minute' ELSE interval '9 hours' + n * interval '12 minutes' END
		+ n * interval '1 second') AT TIME ZONE 'Asia/Taipei') AS at) x
	WHERE t.name = :'shop'
	RETURNING tenant_id, id, created_at, extract(second FROM created_at)::int AS n
), turn AS (
	SELECT *, gen_random_uuid() AS key,
	       CASE WHEN n % 5 = 0 AND n <> 15 OR n % 5 <> 0 AND n % 4 <> 1 THEN 'direct' ELSE 'abstain' END AS decision,
	       (5000 + n * n * 400)::bigint AS us FROM begun
)
INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, first_words_us, total_us, rating, created_at)
SELECT tenant_id, gen_random_uuid(), id, key, author, CASE author WHEN 'bot' THEN 'Three days.' ELSE 'How long does delivery take?' END,
       CASE author WHEN 'bot' THEN decision END, CASE author WHEN 'bot' THEN us END, CASE author WHEN 'bot' THEN us + 2000 END,
       CASE WHEN author = 'bot' AND decision = 'direct' AND n % 3 = 0 THEN 1 END,
       created_at + CASE author WHEN 'bot' THEN us + 2000 ELSE 0 END * interval '1 us'
FROM turn, (VALUES ('shopper'), ('bot')) AS a (author);
`;

/** writePast gives the shop of this name its past. */
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
