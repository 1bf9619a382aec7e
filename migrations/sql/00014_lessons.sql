-- +goose Up
-- A label of a check goes with it: each check has one, made anew whenever
-- thresholds are. It tells how its question would be found had nobody written it
-- into an entry.
ALTER TABLE label
    ADD COLUMN check_id uuid,
    ADD FOREIGN KEY (tenant_id, check_id) REFERENCES answer_check (tenant_id, id) ON DELETE CASCADE,
    ADD UNIQUE (tenant_id, check_id),
    ADD CONSTRAINT label_of CHECK ((source = 'check') = (check_id IS NOT NULL) AND (source = 'check') = (message_id IS NULL));

-- The knowledge that the checks were asked of when the threshold was found.
ALTER TABLE shop ADD COLUMN calibrated_version bigint NOT NULL DEFAULT 0;

-- The greeting is one of the fixed texts, in each language. What a shop wrote for all
-- languages becomes that of its own. The owner of the tables is held to their policies
-- too, but for this.
ALTER TABLE shop NO FORCE ROW LEVEL SECURITY;
ALTER TABLE fixed_text NO FORCE ROW LEVEL SECURITY;
INSERT INTO fixed_text (tenant_id, language, name, text)
SELECT tenant_id, language, 'greeting', left(btrim(greeting), 500) FROM shop
WHERE btrim(greeting) <> '' AND language IN ('en', 'zh-Hant', 'zh-Hans')
ON CONFLICT (tenant_id, language, name) DO NOTHING;
ALTER TABLE shop FORCE ROW LEVEL SECURITY;
ALTER TABLE fixed_text FORCE ROW LEVEL SECURITY;
ALTER TABLE shop DROP COLUMN greeting;

-- +goose Down
ALTER TABLE shop ADD COLUMN greeting text NOT NULL DEFAULT '';
ALTER TABLE shop DROP COLUMN calibrated_version;
ALTER TABLE label DROP CONSTRAINT label_of, DROP COLUMN check_id;
