-- +goose Up
-- Sheets of products are staged, stored and taken back as those of entries are. The
-- cells of a product's row are kept as they stand in the file, as a JSON list; the
-- columns of entries are empty then. What the rows come to is told from the cells, the
-- header (in info) and what the shop has.
ALTER TABLE import ADD COLUMN subject text NOT NULL DEFAULT 'entries' CHECK (subject IN ('entries', 'products'));
ALTER TABLE import_part ADD COLUMN cells text[] NOT NULL DEFAULT '{}';
ALTER TABLE import_part ALTER COLUMN cells SET STORAGE EXTERNAL;

-- Imports that were made before can still be taken back: each is a change already.
ALTER TABLE import NO FORCE ROW LEVEL SECURITY; -- the owner is held to the policy too, but for this
ALTER TABLE product_import NO FORCE ROW LEVEL SECURITY;
INSERT INTO import (tenant_id, id, file_name, subject, state, total_rows, done_rows, created_rows, updated_rows,
                    created_at, finished_at, undone_at, restored_rows, removed_rows, kept_rows)
SELECT tenant_id, id, file_name, 'products', 'done', created_rows + updated_rows, created_rows + updated_rows, created_rows, updated_rows,
       created_at, created_at, undone_at, restored_rows, removed_rows, kept_rows
FROM product_import;
DROP TABLE product_import;
ALTER TABLE import FORCE ROW LEVEL SECURITY;

-- +goose Down
CREATE TABLE product_import (
    tenant_id     uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id            uuid        NOT NULL,
    file_name     text        NOT NULL,
    created_rows  int         NOT NULL,
    updated_rows  int         NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    undone_at     timestamptz,
    removed_rows  int         NOT NULL DEFAULT 0,
    restored_rows int         NOT NULL DEFAULT 0,
    kept_rows     int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX product_import_time ON product_import (tenant_id, created_at);
ALTER TABLE import NO FORCE ROW LEVEL SECURITY;
INSERT INTO product_import
SELECT tenant_id, id, file_name, created_rows, updated_rows, created_at, undone_at, removed_rows, restored_rows, kept_rows
FROM import WHERE subject = 'products' AND state IN ('done', 'failed');
ALTER TABLE product_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_import FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product_import TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product_import TO storebot_app;
GRANT SELECT ON product_import TO storebot_backup;
DELETE FROM import WHERE subject = 'products';
ALTER TABLE import FORCE ROW LEVEL SECURITY;
ALTER TABLE import_part DROP COLUMN cells;
ALTER TABLE import DROP COLUMN subject;
