-- +goose Up
-- How a shop wants its widget; no row: the product's own look.
CREATE TABLE widget_look (
    tenant_id  uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    color      text        NOT NULL DEFAULT '' CHECK (color ~ '^(#[0-9a-f]{6})?$'),
    side       text        NOT NULL DEFAULT '' CHECK (side IN ('', 'left', 'right')),
    label      text        NOT NULL DEFAULT '' CHECK (length(label) <= 40),
    hosted     boolean     NOT NULL DEFAULT true,
    updated_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE widget_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE widget_look FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON widget_look TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON widget_look TO storebot_app;
GRANT SELECT ON widget_look TO storebot_backup;

-- The secret that both sides of an HMAC must hold, hence not a hash of it. All
-- that it can do is to put a name beside a conversation: it opens none.
CREATE TABLE identity_secret (
    tenant_id  uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    secret     text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE identity_secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_secret FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON identity_secret TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_secret TO storebot_app;
GRANT SELECT ON identity_secret TO storebot_backup;

-- Who the shopper of a conversation is, as the shop's server signed it ('':
-- nobody known), and the product that the page shows, as the page says.
CREATE TABLE introduction (
    tenant_id       uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    shopper         text        NOT NULL DEFAULT '',
    sku             text        NOT NULL DEFAULT '',
    title           text        NOT NULL DEFAULT '',
    price           text        NOT NULL DEFAULT '',
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE introduction ENABLE ROW LEVEL SECURITY;
ALTER TABLE introduction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON introduction TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON introduction TO storebot_app;
GRANT SELECT ON introduction TO storebot_backup;

-- How content a shopper was with a whole conversation, 1 to 5.
CREATE TABLE satisfaction (
    tenant_id       uuid        NOT NULL,
    conversation_id uuid        NOT NULL,
    score           smallint    NOT NULL CHECK (score BETWEEN 1 AND 5),
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX satisfaction_created ON satisfaction (tenant_id, created_at);
ALTER TABLE satisfaction ENABLE ROW LEVEL SECURITY;
ALTER TABLE satisfaction FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON satisfaction TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON satisfaction TO storebot_app;
GRANT SELECT ON satisfaction TO storebot_backup;

-- +goose Down
DROP TABLE satisfaction, introduction, identity_secret, widget_look;
