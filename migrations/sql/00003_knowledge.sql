-- +goose Up
-- One uploaded file, from the dry run to the last row stored. done_rows is the
-- resume point: it moves in the same transaction as the rows it counts.
CREATE TABLE import (
    tenant_id    uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id           uuid        NOT NULL,
    file_name    text        NOT NULL,
    state        text        NOT NULL DEFAULT 'staged' CHECK (state IN ('staged', 'running', 'done', 'failed')),
    on_change    text        NOT NULL DEFAULT 'overwrite' CHECK (on_change IN ('overwrite', 'skip', 'add')),
    info         jsonb       NOT NULL DEFAULT '{}',
    total_rows   int         NOT NULL DEFAULT 0,
    done_rows    int         NOT NULL DEFAULT 0,
    created_rows int         NOT NULL DEFAULT 0,
    updated_rows int         NOT NULL DEFAULT 0,
    skipped_rows int         NOT NULL DEFAULT 0,
    error        text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz,
    knowledge_version bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
ALTER TABLE import FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON import TO storebot_app;
GRANT SELECT ON import TO storebot_backup;

-- The rows of an import as they were read, with what the dry run found, two
-- thousand in a part: a table row for each costs seven times as much to write.
-- Positions count from 1 over the file without gaps; the first element of each
-- array belongs to first_row. row_numbers are what the merchant sees in the
-- spreadsheet; phrasings holds a row's list as JSON, and is empty if no row of
-- the part has any; statuses has a letter a row (r ready, e exists, c changed,
-- d repeated, i invalid); problems is by position; twice are the positions whose
-- question comes again later in the file.
CREATE TABLE import_part (
    tenant_id   uuid   NOT NULL,
    import_id   uuid   NOT NULL,
    first_row   int    NOT NULL CHECK (first_row > 0),
    last_row    int    NOT NULL CHECK (last_row >= first_row),
    row_numbers int[]  NOT NULL,
    questions   text[] NOT NULL,
    answers     text[] NOT NULL,
    categories  text[] NOT NULL,
    languages   text[] NOT NULL,
    phrasings   text[] NOT NULL DEFAULT '{}',
    statuses    text   NOT NULL CHECK (statuses ~ '^[recdi]+$'),
    problems    jsonb  NOT NULL DEFAULT '{}',
    twice       int[]  NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, import_id, first_row),
    FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id) ON DELETE CASCADE,
    CHECK (length(statuses) = last_row - first_row + 1)
);
-- They live for days and are read once or twice: packing them costs more than
-- it saves.
ALTER TABLE import_part
    ALTER COLUMN row_numbers SET STORAGE EXTERNAL, ALTER COLUMN questions SET STORAGE EXTERNAL,
    ALTER COLUMN answers SET STORAGE EXTERNAL, ALTER COLUMN categories SET STORAGE EXTERNAL,
    ALTER COLUMN languages SET STORAGE EXTERNAL, ALTER COLUMN phrasings SET STORAGE EXTERNAL,
    ALTER COLUMN statuses SET STORAGE EXTERNAL;
ALTER TABLE import_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_part FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_part TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON import_part TO storebot_app;
GRANT SELECT ON import_part TO storebot_backup;

-- content_hash is SHA-256 over all that a merchant can write in an entry: the
-- same row again is found by it and changes nothing. question_hash finds the
-- entry that a changed row means; a content has one question, so the key with
-- both in it lets no content in twice. position keeps the merchant's own order;
-- it has no index, because whoever lists a shop's entries reads them all.
CREATE TABLE entry (
    tenant_id     uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id            uuid        NOT NULL,
    position      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    question      text        NOT NULL,
    answer        text        NOT NULL,
    category      text        NOT NULL DEFAULT '',
    language      text        NOT NULL DEFAULT '',
    state         text        NOT NULL DEFAULT 'published' CHECK (state IN ('draft', 'published')),
    content_hash  bytea       NOT NULL,
    question_hash bytea       NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, question_hash, content_hash)
);
ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON entry TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON entry TO storebot_app;
GRANT SELECT ON entry TO storebot_backup;

-- Every way of asking an entry: ordinal 0 is its question.
CREATE TABLE phrasing (
    tenant_id uuid NOT NULL,
    id        uuid NOT NULL,
    entry_id  uuid NOT NULL,
    ordinal   int  NOT NULL CHECK (ordinal >= 0),
    text      text NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, entry_id, ordinal),
    FOREIGN KEY (tenant_id, entry_id) REFERENCES entry (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE phrasing ENABLE ROW LEVEL SECURITY;
ALTER TABLE phrasing FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON phrasing TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON phrasing TO storebot_app;
GRANT SELECT ON phrasing TO storebot_backup;

-- Vectors stand in a narrow table of their own, inline: out of line, reading
-- 6,000 vectors of 1,024 dimensions takes 17 times as long. Several models stand side by side; shop.embed_model says which
-- one is searched. No shared HNSW index: with a tenant filter it loses rows; the
-- primary key's btree makes the search inside a tenant exact, and finds the
-- vectors of a phrasing that is deleted.
CREATE TABLE embedding (
    tenant_id   uuid    NOT NULL,
    phrasing_id uuid    NOT NULL,
    model       text    NOT NULL,
    vector      halfvec NOT NULL,
    PRIMARY KEY (tenant_id, phrasing_id, model),
    FOREIGN KEY (tenant_id, phrasing_id) REFERENCES phrasing (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE embedding ALTER COLUMN vector SET STORAGE PLAIN;
ALTER TABLE embedding ENABLE ROW LEVEL SECURITY;
ALTER TABLE embedding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON embedding TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON embedding TO storebot_app;
GRANT SELECT ON embedding TO storebot_backup;

-- +goose Down
DROP TABLE embedding, phrasing, entry, import_part, import;
