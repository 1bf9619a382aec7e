-- +goose Up
-- token_hash is SHA-256 of the shopper's 256-bit token. The merchant's own trying
-- out is never stored, so every row here counts in the figures.
CREATE TABLE conversation (
    tenant_id       uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    token_hash      bytea       NOT NULL,
    language        text        NOT NULL DEFAULT '',
    origin          text        NOT NULL DEFAULT '',
    wants_person_at timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX conversation_created ON conversation (tenant_id, created_at);
ALTER TABLE conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON conversation TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON conversation TO storebot_app;
GRANT SELECT ON conversation TO storebot_backup;

-- A turn is two rows with the same client_key: the shopper's question and the
-- bot's reply, written together. Personal data is masked before it gets here.
-- Times are microseconds from the request's arrival, as the server measured
-- them: first_words_us to the first useful words, total_us to the end.
CREATE TABLE message (
    tenant_id         uuid        NOT NULL,
    id                uuid        NOT NULL,
    conversation_id   uuid        NOT NULL,
    client_key        uuid        NOT NULL,
    author            text        NOT NULL CHECK (author IN ('shopper', 'bot')),
    text              text        NOT NULL,
    language          text        NOT NULL DEFAULT '',
    decision          text        CHECK (decision IN ('direct', 'composed', 'clarify', 'abstain', 'small_talk')),
    reason            text        NOT NULL DEFAULT '',
    confidence        real,
    engine            text        NOT NULL DEFAULT '',
    knowledge_version bigint,
    entry_ids         uuid[]      NOT NULL DEFAULT '{}',
    interrupted       boolean     NOT NULL DEFAULT false,
    first_words_us    bigint,
    total_us          bigint,
    rating            smallint    CHECK (rating IN (-1, 1)),
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, conversation_id, client_key, author),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE,
    CHECK ((author = 'bot') = (decision IS NOT NULL))
);
CREATE INDEX message_created ON message (tenant_id, created_at);
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON message TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON message TO storebot_app;
GRANT SELECT ON message TO storebot_backup;

-- A question that no entry answered, kept until the merchant deals with it.
CREATE TABLE gap (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL,
    message_id uuid        NOT NULL,
    question   text        NOT NULL,
    language   text        NOT NULL DEFAULT '',
    state      text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'dismissed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX gap_open ON gap (tenant_id, created_at) WHERE state = 'open';
ALTER TABLE gap ENABLE ROW LEVEL SECURITY;
ALTER TABLE gap FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON gap TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON gap TO storebot_app;
GRANT SELECT ON gap TO storebot_backup;

-- How to reach a shopper whose question stayed open. Given by the shopper for
-- this purpose, so not masked; deleted with the conversation.
CREATE TABLE contact (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    name            text        NOT NULL DEFAULT '',
    reach           text        NOT NULL CHECK (length(reach) BETWEEN 3 AND 320),
    note            text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_conversation ON contact (tenant_id, conversation_id);
ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE contact FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON contact TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON contact TO storebot_app;
GRANT SELECT ON contact TO storebot_backup;

-- +goose Down
DROP TABLE contact, gap, message, conversation;
