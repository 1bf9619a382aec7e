-- +goose Up
-- A label of a check goes with it: each check has one, made anew whenever
-- thresholds are. It tells how its question would be found had nobody written it
-- into an entry.
ALTER TABLE label
    ADD COLUMN check_id uuid,
    ADD FOREIGN KEY (tenant_id, check_id) REFERENCES answer_check (tenant_id, id) ON DELETE CASCADE,
    ADD UNIQUE (tenant_id, check_id),
    ADD CONSTRAINT label_of CHECK ((source = 'check') = (check_id IS NOT NULL) AND (source = 'check') = (message_id IS NULL));

-- The knowledge that the checks were asked of when the threshold was found.
ALTER TABLE shop ADD COLUMN calibrated_version bigint NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE shop DROP COLUMN calibrated_version;
ALTER TABLE label DROP CONSTRAINT label_of, DROP COLUMN check_id;
