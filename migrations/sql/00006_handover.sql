-- +goose Up
-- Who answers a conversation: the bot, nobody yet (it waits for a person), a
-- member of the shop (owner_id, an identity.account), or nobody any more. A turn stores no reply of the
-- bot's while state is 'staff'. position counts what people and the shop did
-- in it; a message that has one was stored under the conversation's row lock, so
-- that its position's order is the order of the commits and "all after position n" misses
-- nothing. staff_at is when a person first took or wrote anything in it: NULL
-- says that nobody had to touch it. read_at is up to when staff have read it.
ALTER TABLE conversation
    ADD COLUMN state    text        NOT NULL DEFAULT 'bot' CHECK (state IN ('bot', 'waiting', 'staff', 'closed')),
    ADD COLUMN state_at timestamptz,
    ADD COLUMN reason   text        CHECK (reason IN ('asked', 'missing_knowledge', 'policy', 'tool_failure', 'limit', 'staff')),
    ADD COLUMN owner_id uuid,
    ADD COLUMN position int         NOT NULL DEFAULT 0,
    ADD COLUMN staff_at timestamptz,
    ADD COLUMN read_at  timestamptz,
    ADD COLUMN outcome  text        CHECK (outcome IN ('solved', 'not_solved', 'no_answer', 'spam')),
    ADD CONSTRAINT conversation_owner CHECK ((state = 'staff') = (owner_id IS NOT NULL)),
    ADD CONSTRAINT conversation_outcome CHECK ((state = 'closed') = (outcome IS NOT NULL));
CREATE INDEX conversation_open ON conversation (tenant_id, state_at) WHERE state IN ('waiting', 'staff');

-- A person's words and the shop's notes to both sides ("a person has joined") are
-- messages too; private notes are not: they stand in a table of their own, which no
-- statement for shoppers reads. Of a staff message, first_words_us is how long
-- the shopper had waited for it; NULL when nobody waited.
ALTER TABLE message
    ADD COLUMN position int,
    ADD COLUMN staff_id uuid,
    DROP CONSTRAINT message_author_check,
    ADD CONSTRAINT message_author_check CHECK (author IN ('shopper', 'bot', 'staff', 'system')),
    ADD CONSTRAINT message_position_check CHECK ((author IN ('staff', 'system')) = (position IS NOT NULL)),
    ADD CONSTRAINT message_staff_check CHECK ((author = 'staff') = (staff_id IS NOT NULL));
CREATE UNIQUE INDEX message_position ON message (tenant_id, conversation_id, position) WHERE position IS NOT NULL;

-- A hand-over from the bot to people, from its asking to its end. first_reply_us is
-- the first response time by the clock, first_reply_open_us the part of it in
-- opening hours. handled_us is the handle time: the time between one deed of
-- staff and the next (taking, typing, replying, noting, ending), of each gap at most two minutes.
-- reason 'staff': nobody asked, a person stepped in.
CREATE TABLE handover (
    tenant_id           uuid        NOT NULL,
    id                  uuid        NOT NULL,
    conversation_id     uuid        NOT NULL,
    reason              text        NOT NULL CHECK (reason IN ('asked', 'missing_knowledge', 'policy', 'tool_failure', 'limit', 'staff')),
    in_hours            boolean,    -- NULL: the shop has set no hours
    asked_at            timestamptz NOT NULL DEFAULT now(),
    taken_at            timestamptz,
    taken_by            uuid,
    first_reply_at      timestamptz,
    first_reply_us      bigint      CHECK (first_reply_us >= 0),
    first_reply_open_us bigint      CHECK (first_reply_open_us >= 0),
    replies             int         NOT NULL DEFAULT 0,
    acted_at            timestamptz,
    handled_us          bigint      NOT NULL DEFAULT 0,
    ended_at            timestamptz,
    ended_as            text        CHECK (ended_as IN ('handed_back', 'solved', 'not_solved', 'no_answer', 'spam')),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE,
    CHECK ((ended_at IS NULL) = (ended_as IS NULL))
);
CREATE INDEX handover_asked ON handover (tenant_id, asked_at);
CREATE UNIQUE INDEX handover_open ON handover (tenant_id, conversation_id) WHERE ended_at IS NULL;
ALTER TABLE handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE handover FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON handover TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON handover TO storebot_app;
GRANT SELECT ON handover TO storebot_backup;

-- What staff write for each other.
CREATE TABLE staff_note (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    client_key      uuid        NOT NULL,
    staff_id        uuid        NOT NULL,
    text            text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, conversation_id, client_key),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE staff_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON staff_note TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_note TO storebot_app;
GRANT SELECT ON staff_note TO storebot_backup;

-- A contact sent twice is one. consent is the text that the shopper agreed to.
ALTER TABLE contact
    ADD COLUMN client_key uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN consent    text NOT NULL DEFAULT '',
    ADD CONSTRAINT contact_client_key UNIQUE (tenant_id, conversation_id, client_key);

-- When people are there, one row a tenant; none: the shop has not said. reply_within
-- is how many minutes of opening time a shopper may wait before it is overdue.
CREATE TABLE hours (
    tenant_id        uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    closed_on        date[]      NOT NULL DEFAULT '{}',
    away_text        text        NOT NULL DEFAULT '',
    consent_text     text        NOT NULL DEFAULT '',
    reply_within_min int         NOT NULL DEFAULT 15 CHECK (reply_within_min BETWEEN 1 AND 10080),
    notify           text[]      NOT NULL DEFAULT '{}',
    updated_at       timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE hours FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON hours TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON hours TO storebot_app;
GRANT SELECT ON hours TO storebot_backup;

-- A stretch of opening time in the shop's time zone, in minutes of the day;
-- weekday 0 is Sunday.
CREATE TABLE opening (
    tenant_id uuid     NOT NULL,
    weekday   smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    opens     smallint NOT NULL,
    closes    smallint NOT NULL,
    PRIMARY KEY (tenant_id, weekday, opens),
    FOREIGN KEY (tenant_id) REFERENCES hours (tenant_id) ON DELETE CASCADE,
    CHECK (0 <= opens AND opens < closes AND closes <= 1440)
);
ALTER TABLE opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON opening TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON opening TO storebot_app;
GRANT SELECT ON opening TO storebot_backup;

-- A mail that is to be sent to staff. The text is made when it is sent, from
-- what is true then. sent_at or failed says how it ended.
CREATE TABLE notice (
    tenant_id       uuid        NOT NULL,
    id              uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('waiting', 'contact')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    tries           int         NOT NULL DEFAULT 0,
    sent_at         timestamptz,
    failed_at       timestamptz,
    failure         text        NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_created ON notice (tenant_id, created_at);
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notice TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON notice TO storebot_app;
GRANT SELECT ON notice TO storebot_backup;

-- +goose Down
DROP TABLE notice, opening, hours, staff_note, handover;
DELETE FROM message WHERE author IN ('staff', 'system');
ALTER TABLE contact DROP COLUMN consent, DROP COLUMN client_key;
ALTER TABLE message
    DROP CONSTRAINT message_author_check,
    DROP COLUMN staff_id,
    DROP COLUMN position,
    ADD CONSTRAINT message_author_check CHECK (author IN ('shopper', 'bot'));
ALTER TABLE conversation DROP COLUMN outcome, DROP COLUMN read_at, DROP COLUMN staff_at, DROP COLUMN position,
    DROP COLUMN owner_id, DROP COLUMN reason, DROP COLUMN state_at, DROP COLUMN state;
