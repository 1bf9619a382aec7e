-- +goose Up
-- How a shop answers. direct_threshold is the confidence from which the first
-- entry is given as it is, found in the background from the shop's labels for its
-- strictness; NULL: what the strictness starts with.
ALTER TABLE shop
    ADD COLUMN strictness       text NOT NULL DEFAULT 'sure' CHECK (strictness IN ('very_sure', 'sure', 'relaxed')),
    ADD COLUMN tone             text NOT NULL DEFAULT 'plain' CHECK (tone IN ('plain', 'warm')),
    ADD COLUMN direct_threshold real CHECK (direct_threshold BETWEEN 0 AND 1),
    ADD COLUMN calibrated_at    timestamptz;

-- found_ids: the entries found first, best first, whatever the decision.
-- asked_as: the question as it was searched, where a follow-up was completed.
-- composing: what became of asking the model, '' when it was not asked.
ALTER TABLE message
    ADD COLUMN found_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN asked_as  text   NOT NULL DEFAULT '',
    ADD COLUMN composing text   NOT NULL DEFAULT '';

-- What the bot says in the merchant's own words; a text that is not here is the
-- product's own.
CREATE TABLE fixed_text (
    tenant_id uuid NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    language  text NOT NULL CHECK (language IN ('en', 'zh-Hant', 'zh-Hans')),
    name      text NOT NULL,
    text      text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    PRIMARY KEY (tenant_id, language, name)
);
ALTER TABLE fixed_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE fixed_text FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON fixed_text TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON fixed_text TO storebot_app;
GRANT SELECT ON fixed_text TO storebot_backup;

-- Whether the entry found first was right: what thresholds are found from. One
-- label a source and message; message_id is NULL for a source that asks questions
-- of its own. shopper: a rating. choice: which of the offered questions a shopper
-- took. staff: a correction. check: a saved question with its expected entry.
CREATE TABLE label (
    tenant_id  uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id         uuid        NOT NULL,
    source     text        NOT NULL CHECK (source IN ('shopper', 'choice', 'staff', 'check')),
    message_id uuid,
    confidence real        NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    engine     text        NOT NULL,
    correct    boolean     NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, source, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX label_created ON label (tenant_id, engine, created_at);
CREATE INDEX label_message ON label (tenant_id, message_id);
ALTER TABLE label ENABLE ROW LEVEL SECURITY;
ALTER TABLE label FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON label TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON label TO storebot_app;
GRANT SELECT ON label TO storebot_backup;

-- +goose Down
DROP TABLE label, fixed_text;
ALTER TABLE message DROP COLUMN found_ids, DROP COLUMN asked_as, DROP COLUMN composing;
ALTER TABLE shop DROP COLUMN strictness, DROP COLUMN tone, DROP COLUMN direct_threshold, DROP COLUMN calibrated_at;
