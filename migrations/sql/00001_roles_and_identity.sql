-- +goose Up
-- Roles belong to the cluster, not to the database, so they may exist already:
-- another database of the same cluster may even be creating them at this moment.
-- +goose StatementBegin
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY ARRAY['storebot_owner', 'storebot_app', 'storebot_platform', 'storebot_backup'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', r);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;
-- +goose StatementEnd

CREATE EXTENSION IF NOT EXISTS vector;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO storebot_app, storebot_platform, storebot_backup;

-- What must be found before the tenant is known: who signs in, which shop a key
-- or a slug belongs to. No shop's content is kept here.
CREATE SCHEMA identity;
GRANT USAGE ON SCHEMA identity TO storebot_app, storebot_platform, storebot_backup;

CREATE TABLE identity.tenant (
    id         uuid PRIMARY KEY,
    slug       text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    status     text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE identity.account (
    id            uuid PRIMARY KEY,
    email         text        NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_email ON identity.account (lower(email));

CREATE TABLE identity.member (
    tenant_id  uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    account_id uuid        NOT NULL REFERENCES identity.account (id) ON DELETE CASCADE,
    role       text        NOT NULL CHECK (role IN ('owner', 'manager', 'agent')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, tenant_id)
);

-- Tokens are stored as SHA-256 of 256 random bits: a stolen dump opens nothing.
CREATE TABLE identity.session (
    token_hash   bytea PRIMARY KEY,
    account_id   uuid        NOT NULL REFERENCES identity.account (id) ON DELETE CASCADE,
    tenant_id    uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    user_agent   text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE INDEX session_account ON identity.session (account_id);

-- A publishable key stands in the shop's own page for anyone to read; it opens
-- the shopper's methods of one shop, from the origins listed beside it.
CREATE TABLE identity.key (
    key_hash        bytea PRIMARY KEY,
    tenant_id       uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    allowed_origins text[]      NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    revoked_at      timestamptz
);
CREATE INDEX key_tenant ON identity.key (tenant_id);
CREATE UNIQUE INDEX key_live ON identity.key (tenant_id) WHERE revoked_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON identity.tenant, identity.account, identity.key TO storebot_app;
GRANT SELECT, INSERT, DELETE ON identity.member TO storebot_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.session TO storebot_app;
GRANT SELECT ON identity.tenant TO storebot_platform;
GRANT UPDATE (status) ON identity.tenant TO storebot_platform;
GRANT SELECT ON ALL TABLES IN SCHEMA identity TO storebot_backup;

-- +goose Down
DROP SCHEMA identity CASCADE;
