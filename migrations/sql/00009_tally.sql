-- +goose Up
-- What the figures are added up from: the conversations that began in one
-- quarter of an hour, counted once. Quarters, because every time zone's midnight is
-- the beginning of one, and so is every hour at which a shop opens. All of it is
-- derived: emptied (together with tally_until) it is made anew from the turns.
--
-- Waits are counted in bins that grow by the factor 1.01/0.99, so that a
-- percentile read from them is within 1 % of the exact one, and bins of many
-- quarters add up (Masson, Rim and Lee, DDSketch, VLDB 2019). Bin i holds what is above
-- the factor to the power i-1, and at most to the power i, in microseconds.
-- The *_last_at hold the time of the last reply of each conversation that the bot
-- dealt with alone: whether an answer lasted is known seven days later.
CREATE TABLE tally (
    tenant_id         uuid          NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    begins_at         timestamptz   NOT NULL,
    -- conversations by outcome, see package insight
    handed_off        int           NOT NULL,
    failed_hand_off   int           NOT NULL,
    small_talk        int           NOT NULL,
    not_helpful       int           NOT NULL,
    abstained         int           NOT NULL,
    confirmed         int           NOT NULL,
    returned          int           NOT NULL,
    untouched         int           NOT NULL,
    -- the bot's replies, by decision and rating
    direct            int           NOT NULL,
    composed          int           NOT NULL,
    clarify           int           NOT NULL,
    abstain           int           NOT NULL,
    pleasantry        int           NOT NULL,
    rated_up          int           NOT NULL,
    rated_down        int           NOT NULL,
    assisted_up       int           NOT NULL, -- of these, in conversations that staff took part in
    assisted_down     int           NOT NULL,
    first_words_bins  smallint[]    NOT NULL,
    first_words_n     int[]         NOT NULL,
    total_bins        smallint[]    NOT NULL,
    total_n           int[]         NOT NULL,
    -- answers by the entry they rest on
    entry_ids         uuid[]        NOT NULL,
    entry_n           int[]         NOT NULL,
    entry_up          int[]         NOT NULL,
    entry_down        int[]         NOT NULL,
    latest_at         timestamptz   NOT NULL,
    untouched_last_at timestamptz[] NOT NULL,
    confirmed_last_at timestamptz[] NOT NULL,
    returned_last_at  timestamptz[] NOT NULL,
    PRIMARY KEY (tenant_id, begins_at),
    CHECK (begins_at = date_bin('15 minutes', begins_at, '2000-01-01 00:00:00+00'))
);
ALTER TABLE tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE tally FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tally TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tally TO storebot_app;
GRANT SELECT ON tally TO storebot_backup;

-- Every quarter before ends_at has been counted; one without a row is empty.
CREATE TABLE tally_until (
    tenant_id uuid        PRIMARY KEY REFERENCES identity.tenant (id) ON DELETE CASCADE,
    ends_at   timestamptz NOT NULL DEFAULT '-infinity'
);
ALTER TABLE tally_until ENABLE ROW LEVEL SECURITY;
ALTER TABLE tally_until FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tally_until TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tally_until TO storebot_app;
GRANT SELECT ON tally_until TO storebot_backup;

-- Quarters that were counted, or may have been, before something in them
-- changed: a rating, a contact, a shopper who came back, a deletion. Rows are only added by the
-- triggers below, and removed by the transaction that counts the quarter
-- anew; they have no unique key, so that a change that commits while a quarter
-- is being counted leaves a row of its own behind.
CREATE TABLE tally_stale (
    tenant_id uuid        NOT NULL REFERENCES identity.tenant (id) ON DELETE CASCADE,
    id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    begins_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, begins_at, id)
);
ALTER TABLE tally_stale ENABLE ROW LEVEL SECURITY;
ALTER TABLE tally_stale FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tally_stale TO storebot_app
    USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tally_stale TO storebot_app;
GRANT SELECT ON tally_stale TO storebot_backup;

-- Counting begins two hours after a quarter has ended, so a conversation of the
-- last hour can be in none: the usual turn costs one look at its conversation.
-- The hour between is for transactions that are under way. A shop that is being deleted
-- needs no figures.
-- +goose StatementBegin
CREATE FUNCTION tally_conversations_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM changed c JOIN identity.tenant t ON t.id = c.tenant_id WHERE c.created_at < now() - interval '1 hour') THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.tally_stale (tenant_id, begins_at)
    SELECT DISTINCT c.tenant_id, date_bin('15 minutes', c.created_at, '2000-01-01 00:00:00+00')
    FROM changed c WHERE c.created_at < now() - interval '1 hour';
    RETURN NULL;
END
$$;

CREATE FUNCTION tally_parts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM changed c JOIN identity.tenant t ON t.id = c.tenant_id) THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO public.tally_stale (tenant_id, begins_at)
    SELECT DISTINCT x.tenant_id, date_bin('15 minutes', x.began_at, '2000-01-01 00:00:00+00')
    FROM (SELECT c.tenant_id, -- one look by the key a row, whatever the planner expects
                 (SELECT k.created_at FROM public.conversation k WHERE k.tenant_id = c.tenant_id AND k.id = c.conversation_id) AS began_at
          FROM changed c OFFSET 0) x
    WHERE x.began_at < now() - interval '1 hour';
    RETURN NULL;
END
$$;

CREATE FUNCTION tally_conversation_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.tally_stale (tenant_id, begins_at)
    VALUES (NEW.tenant_id, date_bin('15 minutes', NEW.created_at, '2000-01-01 00:00:00+00'));
    RETURN NULL;
END
$$;

CREATE FUNCTION tally_message_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.tally_stale (tenant_id, begins_at)
    SELECT k.tenant_id, date_bin('15 minutes', k.created_at, '2000-01-01 00:00:00+00')
    FROM public.conversation k WHERE k.tenant_id = NEW.tenant_id AND k.id = NEW.conversation_id AND k.created_at < now() - interval '1 hour';
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER tally_inserted AFTER INSERT ON conversation
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_conversations_changed();
CREATE TRIGGER tally_deleted AFTER DELETE ON conversation
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_conversations_changed();
CREATE TRIGGER tally_updated AFTER UPDATE ON conversation FOR EACH ROW
    WHEN ((OLD.wants_person_at IS DISTINCT FROM NEW.wants_person_at OR OLD.staff_at IS DISTINCT FROM NEW.staff_at)
          AND NEW.created_at < now() - interval '1 hour')
    EXECUTE FUNCTION tally_conversation_changed();
CREATE TRIGGER tally_inserted AFTER INSERT ON message
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_parts_changed();
CREATE TRIGGER tally_deleted AFTER DELETE ON message
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_parts_changed();
CREATE TRIGGER tally_updated AFTER UPDATE OF rating ON message FOR EACH ROW
    WHEN (OLD.rating IS DISTINCT FROM NEW.rating) EXECUTE FUNCTION tally_message_changed();
CREATE TRIGGER tally_inserted AFTER INSERT ON contact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_parts_changed();
CREATE TRIGGER tally_deleted AFTER DELETE ON contact
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_parts_changed();

-- +goose Down
DROP TRIGGER tally_inserted ON conversation;
DROP TRIGGER tally_deleted ON conversation;
DROP TRIGGER tally_updated ON conversation;
DROP TRIGGER tally_inserted ON message;
DROP TRIGGER tally_deleted ON message;
DROP TRIGGER tally_updated ON message;
DROP TRIGGER tally_inserted ON contact;
DROP TRIGGER tally_deleted ON contact;
DROP FUNCTION tally_conversations_changed(), tally_parts_changed(), tally_conversation_changed(), tally_message_changed();
DROP TABLE tally_stale, tally_until, tally;
