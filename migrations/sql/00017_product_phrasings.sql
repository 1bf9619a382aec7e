-- +goose Up
-- Questions that are about a product though they do not name it.
ALTER TABLE product ADD COLUMN phrasings text[] NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE product DROP COLUMN phrasings;
