-- +goose Up
-- The change that wrote what a product says now: a row of entry_change, which is
-- about products as well. NULL: it was written before this was kept. As with
-- entries no foreign key: it would cost each row of an import a look-up.
ALTER TABLE product ADD COLUMN change_id uuid;

-- What a product was before change_id overwrote or deleted it, as entry_revision
-- keeps it of entries. written_by is the change that had made this version, at
-- written_at. A deleted product stays for thirty days; when it goes, so does what it was.
CREATE TABLE product_revision (
    tenant_id   uuid        NOT NULL,
    id          uuid        NOT NULL,
    product_id  uuid        NOT NULL,
    change_id   uuid        NOT NULL,
    written_by  uuid,
    written_at  timestamptz NOT NULL,
    sku         text        NOT NULL,
    sku_key     text        NOT NULL,
    name        text        NOT NULL,
    price       numeric,
    currency    text        NOT NULL,
    stock       int,
    link        text        NOT NULL,
    image       text        NOT NULL,
    attributes  jsonb       NOT NULL,
    other_names text[]      NOT NULL,
    phrasings   text[]      NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, change_id, product_id),
    FOREIGN KEY (tenant_id, change_id) REFERENCES entry_change (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, product_id) REFERENCES product (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX product_revision_product ON product_revision (tenant_id, product_id, written_at);
CREATE INDEX product_revision_written ON product_revision (tenant_id, written_by);
ALTER TABLE product_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE product_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product_revision TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product_revision TO storebot_app;
GRANT SELECT ON product_revision TO storebot_backup;

-- What imports replaced was kept apart until now. An import becomes a change of its
-- own id; a product that has its time as updated_at stands as it wrote it.
-- The owner is held to the policies too, but for this.
ALTER TABLE product NO FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import NO FORCE ROW LEVEL SECURITY;
ALTER TABLE product_before NO FORCE ROW LEVEL SECURITY;
ALTER TABLE entry_change NO FORCE ROW LEVEL SECURITY;
ALTER TABLE product_revision NO FORCE ROW LEVEL SECURITY;
INSERT INTO entry_change (tenant_id, id, kind, created_at, undone_at)
SELECT tenant_id, id, 'import', created_at, undone_at FROM product_import;

UPDATE product p SET change_id = i.id
FROM product_import i WHERE i.tenant_id = p.tenant_id AND i.created_at = p.updated_at;

INSERT INTO product_revision (tenant_id, id, product_id, change_id, written_by, written_at, sku, sku_key, name, price, currency,
                              stock, link, image, attributes, other_names, phrasings)
SELECT b.tenant_id, gen_random_uuid(), p.id, b.import_id, i.id, w.updated_at, w.sku, w.sku_key, w.name, w.price, w.currency,
       w.stock, w.link, w.image, w.attributes, w.other_names, coalesce(w.phrasings, '{}')
FROM product_before b
JOIN product p ON p.tenant_id = b.tenant_id AND p.id = b.product_id
CROSS JOIN LATERAL jsonb_populate_record(NULL::product, b.was) w
LEFT JOIN product_import i ON i.tenant_id = b.tenant_id AND i.created_at = w.updated_at
WHERE b.was IS NOT NULL;

DROP TABLE product_before;
ALTER TABLE product FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import FORCE ROW LEVEL SECURITY;
ALTER TABLE entry_change FORCE ROW LEVEL SECURITY;
ALTER TABLE product_revision FORCE ROW LEVEL SECURITY;

-- +goose Down
CREATE TABLE product_before (
    tenant_id  uuid NOT NULL,
    import_id  uuid NOT NULL,
    product_id uuid NOT NULL,
    was        jsonb,
    PRIMARY KEY (tenant_id, import_id, product_id),
    FOREIGN KEY (tenant_id, import_id) REFERENCES product_import (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE product_before ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON product_before TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON product_before TO storebot_app;
GRANT SELECT ON product_before TO storebot_backup;
ALTER TABLE product NO FORCE ROW LEVEL SECURITY;
ALTER TABLE product_revision NO FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import NO FORCE ROW LEVEL SECURITY;
ALTER TABLE entry_change NO FORCE ROW LEVEL SECURITY;
INSERT INTO product_before (tenant_id, import_id, product_id, was)
SELECT r.tenant_id, r.change_id, r.product_id, to_jsonb(r) || jsonb_build_object('id', r.product_id, 'updated_at', r.written_at)
FROM product_revision r JOIN product_import i ON i.tenant_id = r.tenant_id AND i.id = r.change_id
UNION ALL
SELECT w.tenant_id, i.id, w.product_id, NULL
FROM (SELECT tenant_id, change_id AS written_by, id AS product_id FROM product
      UNION SELECT tenant_id, written_by, product_id FROM product_revision) w
JOIN product_import i ON i.tenant_id = w.tenant_id AND i.id = w.written_by
WHERE NOT EXISTS (SELECT FROM product_revision r WHERE r.tenant_id = i.tenant_id AND r.change_id = i.id AND r.product_id = w.product_id);
DROP TABLE product_revision;
DELETE FROM entry_change c USING product_import i WHERE i.tenant_id = c.tenant_id AND i.id = c.id;
ALTER TABLE product_before FORCE ROW LEVEL SECURITY;
ALTER TABLE product FORCE ROW LEVEL SECURITY;
ALTER TABLE product_import FORCE ROW LEVEL SECURITY;
ALTER TABLE entry_change FORCE ROW LEVEL SECURITY;
ALTER TABLE product DROP COLUMN change_id;
