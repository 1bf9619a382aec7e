-- +goose Up
-- Every table of a tenant is made the same way: tenant_id first in every key,
-- row-level security enabled and forced, and the one policy below, to the letter.
-- nullif, because after a transaction that set it the setting reads back as ''.
-- The lint in this folder's tests holds every table to this shape.

-- A shop's own settings: one row a tenant.
CREATE TABLE shop (
    tenant_id         uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    language          text        NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'zh-Hant', 'zh-Hans')),
    time_zone         text        NOT NULL DEFAULT 'UTC',
    publishable_key   text        NOT NULL,
    greeting          text        NOT NULL DEFAULT '',
    answer_budget_ms  int         NOT NULL DEFAULT 1000 CHECK (answer_budget_ms BETWEEN 100 AND 10000),
    seen_on_site_at   timestamptz,
    knowledge_version bigint      NOT NULL DEFAULT 0,
    embed_model       text        NOT NULL DEFAULT 'builtin-1',
    updated_at        timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE shop ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shop TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON shop TO storebot_app;
GRANT SELECT ON shop TO storebot_backup;

-- What the merchant said of the time before Storebot; the ledger is made
-- against it. Money in the currency's minor unit.
CREATE TABLE baseline (
    tenant_id                uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    minutes_to_first_reply   double precision NOT NULL CHECK (minutes_to_first_reply >= 0),
    minutes_per_conversation double precision NOT NULL CHECK (minutes_per_conversation > 0),
    hourly_wage_minor        bigint           NOT NULL CHECK (hourly_wage_minor >= 0),
    currency                 text             NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    updated_at               timestamptz      NOT NULL DEFAULT now()
);
ALTER TABLE baseline ENABLE ROW LEVEL SECURITY;
ALTER TABLE baseline FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON baseline TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON baseline TO storebot_app;
GRANT SELECT ON baseline TO storebot_backup;

-- +goose Down
DROP TABLE baseline, shop;
