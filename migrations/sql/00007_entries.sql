-- +goose Up
-- When an entry may be answered (open ends are NULL), and the change that wrote
-- what it says now: an import's id, or a row of entry_change. No foreign key: it
-- would cost each row of an import a look-up, and nothing reads it but beside
-- the change itself.
ALTER TABLE entry
    ADD COLUMN valid_from  timestamptz,
    ADD COLUMN valid_until timestamptz,
    ADD COLUMN change_id   uuid,
    ADD CONSTRAINT entry_validity CHECK (valid_from < valid_until);

-- One act of a person, or of the program, that wrote or deleted entries: one
-- edit, one action on many, one import (whose id it shares). account_id is who
-- did it, NULL the program; accounts are no tenant's, so no key leads there.
CREATE TABLE entry_change (
    tenant_id  uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id         uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('create', 'edit', 'state', 'category', 'delete', 'import', 'restore', 'undo')),
    account_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    undone_at  timestamptz,
    PRIMARY KEY (tenant_id, id)
);
ALTER TABLE entry_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry_change FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entry_change TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON entry_change TO storebot_app;
GRANT SELECT ON entry_change TO storebot_backup;

-- What an entry was before change_id overwrote or deleted it. A new entry has
-- none, so that an import of new rows writes nothing here. written_by is the
-- change that had made this version, at written_at. entry_id has no foreign key:
-- the versions of a deleted entry are what brings it back.
CREATE TABLE entry_revision (
    tenant_id   uuid        NOT NULL,
    id          uuid        NOT NULL,
    entry_id    uuid        NOT NULL,
    change_id   uuid        NOT NULL,
    deleted     boolean     NOT NULL DEFAULT false,
    written_by  uuid,
    written_at  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    position    bigint      NOT NULL,
    question    text        NOT NULL,
    answer      text        NOT NULL,
    category    text        NOT NULL,
    language    text        NOT NULL,
    phrasings   text[]      NOT NULL,
    state       text        NOT NULL CHECK (state IN ('draft', 'published')),
    valid_from  timestamptz,
    valid_until timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, change_id) REFERENCES entry_change (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX entry_revision_entry ON entry_revision (tenant_id, entry_id, written_at);
CREATE INDEX entry_revision_change ON entry_revision (tenant_id, change_id);
ALTER TABLE entry_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entry_revision TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON entry_revision TO storebot_app;
GRANT SELECT ON entry_revision TO storebot_backup;

-- Which conversations an entry answered in, made from their messages after the
-- fact (see usage_mark): writing an answer knows nothing of it. It goes with the
-- conversation, so what it counts can be opened. An entry that is deleted and
-- brought back finds its use again: no foreign key leads there.
CREATE TABLE entry_use (
    tenant_id       uuid        NOT NULL,
    entry_id        uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    last_used_at    timestamptz NOT NULL,
    helpful         int         NOT NULL DEFAULT 0,
    unhelpful       int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, entry_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX entry_use_conversation ON entry_use (tenant_id, conversation_id);
ALTER TABLE entry_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry_use FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entry_use TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON entry_use TO storebot_app;
GRANT SELECT ON entry_use TO storebot_backup;

-- Up to when the messages of a shop are in entry_use.
CREATE TABLE usage_mark (
    tenant_id  uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    counted_at timestamptz NOT NULL
);
ALTER TABLE usage_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage_mark FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON usage_mark TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_mark TO storebot_app;
GRANT SELECT ON usage_mark TO storebot_backup;

-- A rating comes when it comes: this finds the new ones.
ALTER TABLE message ADD COLUMN rated_at timestamptz;
CREATE INDEX message_rated ON message (tenant_id, rated_at) WHERE rated_at IS NOT NULL;

-- undone_at: the import was taken back. restored_rows of its entries are what
-- they were again, removed_rows are gone, kept_rows were edited since and stay.
ALTER TABLE import
    ADD COLUMN undone_at     timestamptz,
    ADD COLUMN restored_rows int NOT NULL DEFAULT 0,
    ADD COLUMN removed_rows  int NOT NULL DEFAULT 0,
    ADD COLUMN kept_rows     int NOT NULL DEFAULT 0;

-- terms is the state and the dates of the rows that name any, by position;
-- choices has a letter a row (o overwrite, s skip, a add, - as the import says),
-- and is empty if the merchant chose for none.
ALTER TABLE import_part
    ADD COLUMN terms   jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN choices text  NOT NULL DEFAULT '' CHECK (choices = '' OR length(choices) = last_row - first_row + 1);

-- +goose Down
ALTER TABLE import_part DROP COLUMN choices, DROP COLUMN terms;
ALTER TABLE import DROP COLUMN kept_rows, DROP COLUMN removed_rows, DROP COLUMN restored_rows, DROP COLUMN undone_at;
DROP INDEX message_rated;
ALTER TABLE message DROP COLUMN rated_at;
DROP TABLE usage_mark, entry_use, entry_revision, entry_change;
ALTER TABLE entry DROP CONSTRAINT entry_validity, DROP COLUMN change_id, DROP COLUMN valid_until, DROP COLUMN valid_from;
