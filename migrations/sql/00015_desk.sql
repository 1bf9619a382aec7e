-- +goose Up
-- Where a person worked last: signing in leads there.
ALTER TABLE identity.account ADD COLUMN last_tenant_id uuid REFERENCES identity.tenant (id) ON DELETE SET NULL;

-- What shoppers ask most is counted of the last thirty days.
CREATE INDEX entry_use_last ON entry_use (tenant_id, last_used_at) INCLUDE (entry_id);

-- +goose Down
DROP INDEX entry_use_last;
ALTER TABLE identity.account DROP COLUMN last_tenant_id;
