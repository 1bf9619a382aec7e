-- +goose Up
-- What a shop sells. sku_key is the SKU without its case and width, as shoppers
-- and files write it. A deleted product stays for thirty days, to be brought back.
CREATE TABLE product (
    tenant_id   uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id          uuid        NOT NULL,
    position    bigint      GENERATED ALWAYS AS IDENTITY,
    sku         text        NOT NULL CHECK (length(sku) BETWEEN 1 AND 100),
    sku_key     text        NOT NULL,
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    price       numeric     CHECK (price >= 0),
    currency    text        NOT NULL DEFAULT '' CHECK (currency ~ '^([A-Z]{3})?$'),
    stock       int         CHECK (stock >= 0),
    link        text        NOT NULL DEFAULT '',
    image       text        NOT NULL DEFAULT '',
    attributes  jsonb       NOT NULL DEFAULT '[]',
    other_names text[]      NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    deleted_at  timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX product_sku ON product (tenant_id, sku_key) WHERE deleted_at IS NULL;
ALTER TABLE product ENABLE ROW LEVEL SECURITY;
ALTER TABLE product FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product TO storebot_app;
GRANT SELECT ON product TO storebot_backup;

-- The products that a reply tells of, as the shopper saw them; NULL: none.
ALTER TABLE message ADD COLUMN products jsonb;

-- +goose Down
ALTER TABLE message DROP COLUMN products;
DROP TABLE product;
