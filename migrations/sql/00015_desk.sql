-- +goose Up
-- Where a person worked last: signing in leads there.
ALTER TABLE identity.account ADD COLUMN last_tenant_id uuid REFERENCES identity.tenant (id) ON DELETE SET NULL;

-- What shoppers ask most is counted of the last thirty days.
CREATE INDEX entry_use_last ON entry_use (tenant_id, last_used_at) INCLUDE (entry_id);

-- The right answer may be a product's row. As with entries, no foreign key.
ALTER TABLE answer_check ADD COLUMN product_id uuid;

-- A file of products that was taken in, and what each product was before: NULL
-- for one that the file added. What still stands as the import wrote it has its
-- created_at as updated_at. product_before is kept as long as an import can be undone.
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
ALTER TABLE product_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_import FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product_import TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product_import TO storebot_app;
GRANT SELECT ON product_import TO storebot_backup;

CREATE TABLE product_before (
    tenant_id  uuid NOT NULL,
    import_id  uuid NOT NULL,
    product_id uuid NOT NULL,
    was        jsonb,
    PRIMARY KEY (tenant_id, import_id, product_id),
    FOREIGN KEY (tenant_id, import_id) REFERENCES product_import (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE product_before ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_before FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product_before TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product_before TO storebot_app;
GRANT SELECT ON product_before TO storebot_backup;

-- +goose Down
DROP TABLE product_before, product_import;
ALTER TABLE answer_check DROP COLUMN product_id;
DROP INDEX entry_use_last;
ALTER TABLE identity.account DROP COLUMN last_tenant_id;
