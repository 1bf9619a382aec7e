-- +goose Up
-- Where a new shop's set-up stands, as far as no other table tells it: which
-- steps were passed, and when a question was first asked on trial (what is asked
-- on trial is never stored itself).
CREATE TABLE onboarding (
    tenant_id uuid   PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    passed    text[] NOT NULL DEFAULT '{}',
    tried_at  timestamptz
);
ALTER TABLE onboarding ENABLE ROW LEVEL SECURITY;
ALTER TABLE onboarding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON onboarding TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON onboarding TO storebot_app;
GRANT SELECT ON onboarding TO storebot_backup;

-- +goose Down
DROP TABLE onboarding;
