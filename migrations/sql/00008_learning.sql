-- +goose Up
-- Questions that ask the same and that no entry answers. question is one of
-- them, the most typical. entry_id is the entry that the merchant answered them
-- with; it has no foreign key, because what was learnt outlives a deletion that
-- may be undone.
CREATE TABLE gap_cluster (
    tenant_id  uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id         uuid        NOT NULL,
    question   text        NOT NULL,
    language   text        NOT NULL DEFAULT '',
    state      text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'dismissed')),
    entry_id   uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
ALTER TABLE gap_cluster ENABLE ROW LEVEL SECURITY;
ALTER TABLE gap_cluster FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON gap_cluster TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON gap_cluster TO storebot_app;
GRANT SELECT ON gap_cluster TO storebot_backup;

-- A question gets its cluster after the shopper has the answer, and keeps it.
-- kind says why it is here: nothing was found, the shopper said that the answer
-- did not help, or none of the questions offered was taken up.
ALTER TABLE gap ADD COLUMN cluster_id uuid,
    ADD COLUMN kind text NOT NULL DEFAULT 'unanswered' CHECK (kind IN ('unanswered', 'not_helpful', 'not_taken_up')),
    ADD FOREIGN KEY (tenant_id, cluster_id) REFERENCES gap_cluster (tenant_id, id);
CREATE INDEX gap_of_cluster ON gap (tenant_id, cluster_id);
CREATE INDEX gap_unclustered ON gap (tenant_id, created_at) WHERE cluster_id IS NULL AND state = 'open';
CREATE INDEX message_clarify ON message (tenant_id, created_at) WHERE decision = 'clarify';
CREATE INDEX message_helped ON message (tenant_id, created_at) WHERE rating = 1;

-- A question whose right entry the merchant has said, asked again on every
-- change. entry_id NULL: no entry may be given for it. No foreign key, as above:
-- while the entry is gone the check fails, and says so.
CREATE TABLE answer_check (
    tenant_id     uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id            uuid        NOT NULL,
    question      text        NOT NULL,
    question_hash bytea       NOT NULL,
    entry_id      uuid,
    source        text        NOT NULL CHECK (source IN ('saved', 'correction', 'gap')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, question_hash)
);
ALTER TABLE answer_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE answer_check FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON answer_check TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON answer_check TO storebot_app;
GRANT SELECT ON answer_check TO storebot_backup;

-- +goose Down
DROP TABLE answer_check;
DROP INDEX message_helped, message_clarify, gap_unclustered, gap_of_cluster;
ALTER TABLE gap DROP COLUMN cluster_id, DROP COLUMN kind;
DROP TABLE gap_cluster;
