-- +goose Up
-- What leads from a row that goes to those that go with it, or from a shop to its
-- people: without these each conversation that is deleted reads all notices of the shop,
-- and each look at a shop's members those of all shops.
CREATE INDEX notice_conversation ON notice (tenant_id, conversation_id);
CREATE INDEX member_tenant ON identity.member (tenant_id);
CREATE INDEX session_tenant ON identity.session (tenant_id);

-- +goose Down
DROP INDEX identity.session_tenant, identity.member_tenant, notice_conversation;
