-- +goose Up

-- Everything that can change what a credential opens is counted in one row and
-- listed beside it, so that a process which keeps keys in memory asks once for
-- all of them. The counter's row lock makes changes commit in their number's
-- order: who has read number n has seen every change up to n.
CREATE TABLE identity.revision (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    n   bigint NOT NULL DEFAULT 0
);
INSERT INTO identity.revision DEFAULT VALUES;
CREATE TABLE identity.change (
    n         bigint PRIMARY KEY,
    tenant_id uuid NOT NULL
);

-- A thousand changes are kept; who is further behind forgets all that it knows.
-- +goose StatementBegin
CREATE FUNCTION identity.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at bigint;
BEGIN
    UPDATE identity.revision SET n = n + 1 RETURNING n INTO at;
    INSERT INTO identity.change (n, tenant_id)
    VALUES (at, CASE WHEN TG_TABLE_NAME = 'tenant' THEN (to_jsonb(OLD) ->> 'id')::uuid ELSE (to_jsonb(OLD) ->> 'tenant_id')::uuid END);
    DELETE FROM identity.change WHERE n <= at - 1000;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- delete_at: the owner asked for the shop to be deleted then. deleted: only this
-- row is left of it, as the receipt.
ALTER TABLE identity.tenant
    ADD COLUMN delete_at  timestamptz,
    ADD COLUMN deleted_at timestamptz,
    ADD COLUMN receipt    jsonb,
    DROP CONSTRAINT tenant_status_check,
    ADD CONSTRAINT tenant_status_check CHECK (status IN ('active', 'suspended', 'deleted'));

CREATE TRIGGER note_change AFTER UPDATE OF status, delete_at ON identity.tenant
    FOR EACH ROW EXECUTE FUNCTION identity.note_change();
CREATE TRIGGER note_change AFTER UPDATE OR DELETE ON identity.key
    FOR EACH ROW EXECUTE FUNCTION identity.note_change();

-- What a shop may use, and what it used. NULL: not limited. Counted by the
-- program in steps of some seconds, so that no answer waits for it.
CREATE TABLE identity.quota (
    tenant_id      uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    messages_month bigint CHECK (messages_month >= 0),
    entries        bigint CHECK (entries >= 0),
    model_seconds  bigint CHECK (model_seconds >= 0),
    storage_bytes  bigint CHECK (storage_bytes >= 0),
    updated_at     timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE identity.usage (
    tenant_id  uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    month      date        NOT NULL,
    messages   bigint      NOT NULL DEFAULT 0,
    model_us   bigint      NOT NULL DEFAULT 0,
    asked_at   timestamptz,
    PRIMARY KEY (tenant_id, month)
);
CREATE TABLE identity.holding (
    tenant_id     uuid PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    entries       bigint      NOT NULL,
    storage_bytes bigint      NOT NULL,
    measured_at   timestamptz NOT NULL DEFAULT now()
);

-- One-time secrets, stored as SHA-256. Each kind has a table of its own, so that
-- none serves for another purpose; a row that was used stays to say so.
CREATE TABLE identity.invitation (
    id          uuid PRIMARY KEY,
    token_hash  bytea       NOT NULL UNIQUE,
    tenant_id   uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    email       text        NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    role        text        NOT NULL CHECK (role IN ('owner', 'manager', 'agent')),
    invited_by  text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz
);
CREATE UNIQUE INDEX invitation_open ON identity.invitation (tenant_id, lower(email)) WHERE accepted_at IS NULL;
CREATE TABLE identity.reset (
    token_hash bytea PRIMARY KEY,
    account_id uuid        NOT NULL REFERENCES identity.account (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL CHECK (expires_at <= created_at + interval '30 minutes'),
    used_at    timestamptz
);
CREATE INDEX reset_account ON identity.reset (account_id);

-- A platform admin's look at a shop: why, until when. The shop sees its own.
CREATE TABLE identity.visit (
    id          uuid PRIMARY KEY,
    token_hash  bytea       NOT NULL UNIQUE,
    tenant_id   uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    admin_email text        NOT NULL,
    reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL CHECK (expires_at <= created_at + interval '8 hours'),
    ended_at    timestamptz
);
CREATE INDEX visit_tenant ON identity.visit (tenant_id, created_at);

GRANT SELECT, UPDATE ON identity.revision TO storebot_app, storebot_platform;
GRANT SELECT, INSERT, DELETE ON identity.change TO storebot_app, storebot_platform;
GRANT SELECT ON identity.quota TO storebot_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.usage, identity.holding, identity.invitation TO storebot_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.reset TO storebot_app;
GRANT SELECT, DELETE ON identity.visit TO storebot_app;
GRANT UPDATE (ended_at) ON identity.visit TO storebot_app;
GRANT UPDATE (role) ON identity.member TO storebot_app;
GRANT DELETE ON identity.account, identity.key, identity.quota TO storebot_app;

GRANT SELECT, INSERT, UPDATE ON identity.quota TO storebot_platform;
GRANT SELECT ON identity.usage, identity.holding TO storebot_platform;
GRANT SELECT, INSERT ON identity.visit TO storebot_platform;
GRANT UPDATE (ended_at) ON identity.visit TO storebot_platform;
GRANT INSERT ON identity.reset TO storebot_platform;
GRANT SELECT (id, email, created_at) ON identity.account TO storebot_platform;
GRANT SELECT ON identity.member TO storebot_platform;
GRANT SELECT (tenant_id, last_seen_at, expires_at) ON identity.session TO storebot_platform;

-- Shoppers' conversations are deleted this many days after they began; 0: never.
ALTER TABLE shop ADD COLUMN retention_days int NOT NULL DEFAULT 365 CHECK (retention_days BETWEEN 0 AND 3650);

-- The platform's own people, out of the runtime role's reach: it has no way
-- into this schema.
CREATE SCHEMA platform;
GRANT USAGE ON SCHEMA platform TO storebot_platform, storebot_backup;
CREATE TABLE platform.admin (
    id            uuid PRIMARY KEY,
    email         text        NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
    password_hash text        NOT NULL DEFAULT '',
    created_at    timestamptz NOT NULL DEFAULT now(),
    disabled_at   timestamptz
);
CREATE UNIQUE INDEX admin_email ON platform.admin (lower(email));
CREATE TABLE platform.link (
    token_hash bytea PRIMARY KEY,
    admin_id   uuid        NOT NULL REFERENCES platform.admin (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL CHECK (expires_at <= created_at + interval '1 day'),
    used_at    timestamptz
);
CREATE TABLE platform.session (
    token_hash   bytea PRIMARY KEY,
    admin_id     uuid        NOT NULL REFERENCES platform.admin (id) ON DELETE CASCADE,
    user_agent   text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);
CREATE INDEX session_admin ON platform.session (admin_id);

-- Who did what to whom, when and why. Rows are added and never changed: no role
-- of the program may. No foreign key: it outlives what it tells of.
CREATE TABLE platform.audit (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL DEFAULT now(),
    admin_email text        NOT NULL,
    act         text        NOT NULL,
    tenant_id   uuid,
    tenant_slug text        NOT NULL DEFAULT '',
    reason      text        NOT NULL DEFAULT '',
    detail      text        NOT NULL DEFAULT ''
);
CREATE INDEX audit_tenant ON platform.audit (tenant_id, id);

GRANT SELECT, INSERT, UPDATE ON platform.admin, platform.link TO storebot_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON platform.session TO storebot_platform;
GRANT SELECT, INSERT ON platform.audit TO storebot_platform;
GRANT SELECT ON ALL TABLES IN SCHEMA identity, platform TO storebot_backup;

-- pg_dump of a role that a policy filters would leave rows out; this one reads
-- past the policies, and can do nothing but read.
-- Who migrates may lack the right to say so (only a superuser has it); storebot
-- doctor tells. Another database's migration may do the same at this moment.
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = 'storebot_backup') THEN
        ALTER ROLE storebot_backup BYPASSRLS;
    END IF;
EXCEPTION WHEN insufficient_privilege OR internal_error THEN
    NULL;
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP SCHEMA platform CASCADE;
ALTER TABLE shop DROP COLUMN retention_days;
DROP TABLE identity.visit, identity.reset, identity.invitation, identity.holding, identity.usage, identity.quota;
DROP TRIGGER note_change ON identity.key;
DROP TRIGGER note_change ON identity.tenant;
ALTER TABLE identity.tenant DROP COLUMN receipt, DROP COLUMN deleted_at, DROP COLUMN delete_at;
DROP FUNCTION identity.note_change();
DROP TABLE identity.change, identity.revision;
