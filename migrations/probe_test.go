package migrations_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/migrations/pgtest"
	"storebot/tenant"
)

// factories makes one row of every tenant's table, parents first. $1 is the
// tenant. A table that is not here fails the probe.
var factories = []struct{ table, insert string }{
	{"public.shop", `INSERT INTO shop (tenant_id, publishable_key) VALUES ($1, 'key')`},
	{"public.onboarding", `INSERT INTO onboarding (tenant_id, tried_at) VALUES ($1, now())`},
	{"public.baseline", `INSERT INTO baseline (tenant_id, minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency) VALUES ($1, 60, 5, 1500, 'EUR')`},
	{"public.import", `INSERT INTO import (tenant_id, id, file_name) VALUES ($1, gen_random_uuid(), 'faq.csv')`},
	{"public.import_part", `INSERT INTO import_part (tenant_id, import_id, first_row, last_row, row_numbers, questions, answers, categories, languages, statuses)
		SELECT tenant_id, id, 1, 1, '{2}', '{q}', '{a}', '{""}', '{en}', 'r' FROM import WHERE tenant_id = $1`},
	{"public.entry", `INSERT INTO entry (tenant_id, id, question, answer, content_hash, question_hash) VALUES ($1, gen_random_uuid(), 'q', 'a', 'h', 'h')`},
	{"public.phrasing", `INSERT INTO phrasing (tenant_id, id, entry_id, ordinal, text) SELECT tenant_id, gen_random_uuid(), id, 0, 'q' FROM entry WHERE tenant_id = $1`},
	{"public.embedding", `INSERT INTO embedding (tenant_id, model, phrasing_id, vector) SELECT tenant_id, 'm', id, '[1,2,3]' FROM phrasing WHERE tenant_id = $1`},
	{"public.product", `INSERT INTO product (tenant_id, id, sku, sku_key, name) VALUES ($1, gen_random_uuid(), 'T-1', 't-1', 'Tea')`},
	{"public.conversation", `INSERT INTO conversation (tenant_id, id, token_hash) VALUES ($1, gen_random_uuid(), 'h')`},
	{"public.message", `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text)
		SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), 'shopper', 't' FROM conversation WHERE tenant_id = $1`},
	{"public.widget_look", `INSERT INTO widget_look (tenant_id) VALUES ($1)`},
	{"public.identity_secret", `INSERT INTO identity_secret (tenant_id, secret) VALUES ($1, 's')`},
	{"public.introduction", `INSERT INTO introduction (tenant_id, conversation_id) SELECT tenant_id, id FROM conversation WHERE tenant_id = $1`},
	{"public.satisfaction", `INSERT INTO satisfaction (tenant_id, conversation_id, score) SELECT tenant_id, id, 5 FROM conversation WHERE tenant_id = $1`},
	{"public.gap_cluster", `INSERT INTO gap_cluster (tenant_id, id, question) VALUES ($1, gen_random_uuid(), 'q')`},
	{"public.answer_check", `INSERT INTO answer_check (tenant_id, id, question, question_hash, source) VALUES ($1, gen_random_uuid(), 'q', 'h', 'saved')`},
	{"public.entry_change", `INSERT INTO entry_change (tenant_id, id, kind) VALUES ($1, gen_random_uuid(), 'edit')`},
	{"public.entry_revision", `INSERT INTO entry_revision (tenant_id, id, entry_id, change_id, written_at, created_at, position, question, answer, category, language, phrasings, state)
		SELECT tenant_id, gen_random_uuid(), gen_random_uuid(), id, now(), now(), 1, 'q', 'a', '', '', '{}', 'draft' FROM entry_change WHERE tenant_id = $1`},
	{"public.product_revision", `INSERT INTO product_revision (tenant_id, id, product_id, change_id, written_at, sku, sku_key, name, currency, link, image, attributes, other_names, phrasings)
		SELECT p.tenant_id, gen_random_uuid(), p.id, c.id, now(), 'T', 't', 'Tea', '', '', '', '[]', '{}', '{}' FROM product p JOIN entry_change c USING (tenant_id) WHERE tenant_id = $1`},
	{"public.entry_use", `INSERT INTO entry_use (tenant_id, entry_id, conversation_id, last_used_at) SELECT tenant_id, gen_random_uuid(), id, now() FROM conversation WHERE tenant_id = $1`},
	{"public.usage_mark", `INSERT INTO usage_mark (tenant_id, counted_at) VALUES ($1, now())`},
	{"public.gap", `INSERT INTO gap (tenant_id, id, message_id, question) SELECT tenant_id, gen_random_uuid(), id, 'q' FROM message WHERE tenant_id = $1`},
	{"public.handover", `INSERT INTO handover (tenant_id, id, conversation_id, reason) SELECT tenant_id, gen_random_uuid(), id, 'asked' FROM conversation WHERE tenant_id = $1`},
	{"public.staff_note", `INSERT INTO staff_note (tenant_id, id, conversation_id, client_key, staff_id, text)
		SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), gen_random_uuid(), 't' FROM conversation WHERE tenant_id = $1`},
	{"public.notice", `INSERT INTO notice (tenant_id, id, conversation_id, kind) SELECT tenant_id, gen_random_uuid(), id, 'waiting' FROM conversation WHERE tenant_id = $1`},
	{"public.hours", `INSERT INTO hours (tenant_id) VALUES ($1)`},
	{"public.opening", `INSERT INTO opening (tenant_id, weekday, opens, closes) VALUES ($1, 1, 540, 1080)`},
	{"public.fixed_text", `INSERT INTO fixed_text (tenant_id, language, name, text) VALUES ($1, 'en', 'greeting', 'Hi')`},
	{"public.label", `INSERT INTO label (tenant_id, id, source, message_id, confidence, engine, correct) SELECT tenant_id, gen_random_uuid(), 'shopper', id, 0.9, 'e', true FROM message WHERE tenant_id = $1`},
	{"public.contact", `INSERT INTO contact (tenant_id, id, conversation_id, reach) SELECT tenant_id, gen_random_uuid(), id, 'a@b.example' FROM conversation WHERE tenant_id = $1`},
	{"public.tally", `INSERT INTO tally SELECT $1, '2026-03-10 12:00:00+00', 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0,
		'{1}', '{1}', '{1}', '{1}', '{}', '{}', '{}', '{}', '2026-03-10 12:00:00+00', '{}', '{}', '{}', 1, 0, 0, 0, 0, 0, 0`},
	{"public.tally_until", `INSERT INTO tally_until (tenant_id) VALUES ($1)`},
	{"public.tally_stale", `INSERT INTO tally_stale (tenant_id, begins_at) VALUES ($1, '2026-03-10 12:00:00+00')`},
}

// probed is a database with two tenants, each with one row in every table.
type probed struct {
	db       *pgtest.DB
	own, his tenant.ID
}

func seeded(t *testing.T) probed {
	t.Helper()
	p := probed{db: pgtest.New(t), own: tenant.NewID(), his: tenant.NewID()}
	ctx := context.Background()
	app := p.db.App(t)
	for i, id := range []tenant.ID{p.own, p.his} {
		if _, err := app.Exec(ctx, `INSERT INTO identity.tenant (id, slug, name) VALUES ($1, $2, 'Shop')`, id, fmt.Sprintf("shop-%d", i)); err != nil {
			t.Fatal(err)
		}
		err := pgx.BeginFunc(ctx, app, func(tx pgx.Tx) error {
			if err := enter(ctx, tx, id.String()); err != nil {
				return err
			}
			for _, f := range factories {
				tag, err := tx.Exec(ctx, f.insert, id)
				if err != nil {
					return fmt.Errorf("factory of %s: %w", f.table, err)
				}
				if tag.RowsAffected() != 1 {
					return fmt.Errorf("factory of %s made %d rows", f.table, tag.RowsAffected())
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func enter(ctx context.Context, tx pgx.Tx, id string) error {
	_, err := tx.Exec(ctx, `SELECT set_config('app.tenant_id', $1, true)`, id)
	return err
}

// relation is one that has a tenant_id and some grant to the runtime role.
type relation struct {
	Name   string // schema.name
	Kind   string // r, p: a table; v, m: a view
	Part   bool   // a partition: its rows come by its parent's factory
	Theirs []byte // a row of the other tenant, as JSON; null if there is none
}

// relations reads the catalogue and the other tenant's rows as superuser.
func (p probed) relations(ctx context.Context, tx pgx.Tx) ([]relation, error) {
	rows, _ := tx.Query(ctx, `
		SELECT format('%I.%I', n.nspname, c.relname), c.relkind::text, c.relispartition
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_'
		  AND n.nspname NOT IN ('information_schema', 'identity', 'jobs')
		  AND has_table_privilege('storebot_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
		ORDER BY 1`)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r relation, err error) {
		return r, row.Scan(&r.Name, &r.Kind, &r.Part)
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		err := tx.QueryRow(ctx, `SELECT to_jsonb(x) FROM `+all[i].Name+` x WHERE tenant_id = $1 LIMIT 1`, p.his).Scan(&all[i].Theirs)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return nil, err
		}
	}
	return all, nil
}

// attack is one way of touching another tenant's rows. The statement has the
// relation's name for %s, the other tenant for $1, and for an insertion his row
// for $2.
type attack struct {
	name, sql string
	denied    bool // it must fail with 42501; else it must touch no row
	context   bool // with a tenant of one's own set
	tables    bool // not for views
}

const insertion = `INSERT INTO %s OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(null::%[1]s, $2)).* WHERE $1::uuid IS NOT NULL`

var attacks = []attack{
	{"select", `SELECT FROM %s WHERE tenant_id = $1`, false, true, false},
	{"select all", `SELECT FROM %s WHERE tenant_id <> nullif(current_setting('app.tenant_id'), '')::uuid AND $1::uuid IS NOT NULL`, false, true, false},
	{"select for update", `SELECT FROM %s WHERE tenant_id = $1 FOR UPDATE`, false, true, true},
	{"update", `UPDATE %s SET tenant_id = tenant_id WHERE tenant_id = $1`, false, true, true},
	{"steal", `UPDATE %s SET tenant_id = current_setting('app.tenant_id')::uuid WHERE tenant_id = $1`, false, true, true},
	{"delete", `DELETE FROM %s WHERE tenant_id = $1`, false, true, true},
	{"merge", `MERGE INTO %s x USING (SELECT $1::uuid AS id) s ON x.tenant_id = s.id WHEN MATCHED THEN DELETE`, false, true, true},
	{"insert", insertion, true, true, true},
	{"insert if absent", insertion + ` ON CONFLICT DO NOTHING`, true, true, true},
	{"move", `UPDATE %s SET tenant_id = $1`, true, true, true},
	{"truncate", `TRUNCATE %s CASCADE`, true, true, true},
	{"select without a tenant", `SELECT FROM %s WHERE $1::uuid IS NOT NULL`, false, false, false},
	{"update without a tenant", `UPDATE %s SET tenant_id = tenant_id WHERE $1::uuid IS NOT NULL`, false, false, true},
	{"delete without a tenant", `DELETE FROM %s WHERE $1::uuid IS NOT NULL`, false, false, true},
	{"insert without a tenant", insertion, true, false, true},
}

// probe makes every attack on every relation inside tx, which runs as the
// runtime role, and returns what succeeded.
func (p probed) probe(ctx context.Context, tx pgx.Tx, relations []relation) (findings []string, made int) {
	say := func(r relation, format string, args ...any) {
		findings = append(findings, r.Name+": "+fmt.Sprintf(format, args...))
	}
	known := map[string]bool{}
	for _, f := range factories {
		known[f.table] = true
	}
	for _, r := range relations {
		table := r.Kind == "r" || r.Kind == "p"
		if table && !r.Part && !known[r.Name] {
			say(r, "no factory makes a row of it")
			continue
		}
		if r.Theirs == nil {
			say(r, "the other tenant has no row in it")
			continue
		}
		if n, err := p.try(ctx, tx, p.own.String(), `SELECT FROM `+r.Name+` WHERE tenant_id = $1`, p.own); n != 1 || err != nil {
			say(r, "own rows seen: %d, want 1: %v", n, err)
		}
		if table {
			if n, err := p.try(ctx, tx, p.own.String(), `UPDATE `+r.Name+` SET tenant_id = tenant_id`); n != 1 || err != nil {
				say(r, "own rows updated: %d, want 1: %v", n, err)
			}
		}
		for _, a := range attacks {
			if a.tables && !table {
				continue
			}
			made++
			sql := a.sql
			if strings.Contains(sql, "%") {
				sql = fmt.Sprintf(sql, r.Name)
			}
			args := []any{p.his, json.RawMessage(r.Theirs)}[:strings.Count(sql, "$1")+strings.Count(sql, "$2")]
			own := ""
			if a.context {
				own = p.own.String()
			}
			n, err := p.try(ctx, tx, own, sql, args...)
			pg, _ := errors.AsType[*pgconn.PgError](err)
			switch {
			case a.denied && (pg == nil || pg.Code != "42501"):
				say(r, "%s is not denied: %d rows, %v", a.name, n, err)
			case !a.denied && err != nil:
				say(r, "%s fails: %v", a.name, err)
			case !a.denied && n != 0:
				say(r, "%s touches %d rows", a.name, n)
			}
		}
	}
	return findings, made
}

// try runs one statement in the context of a tenant ("": none) and undoes it.
func (p probed) try(ctx context.Context, tx pgx.Tx, id, sql string, args ...any) (int64, error) {
	save, err := tx.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { _ = save.Rollback(ctx) }()
	if err := enter(ctx, save, id); err != nil {
		return 0, err
	}
	// Without the cache: the catalogue changes between two uses of a text.
	tag, err := save.Exec(ctx, sql, append([]any{pgx.QueryExecModeExec}, args...)...)
	return tag.RowsAffected(), err
}

func TestProbe(t *testing.T) {
	ctx := context.Background()
	p := seeded(t)
	look, err := p.db.Admin(t).Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	relations, err := p.relations(ctx, look)
	if err != nil {
		t.Fatal(err)
	}
	// On a fresh connection, where the setting was never set.
	app := p.db.App(t)
	for _, r := range relations {
		var n int
		if err := app.QueryRow(ctx, `SELECT count(*) FROM `+r.Name).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: on a fresh connection %d rows: %v", r.Name, n, err)
		}
	}
	tx, err := app.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	findings, made := p.probe(ctx, tx, relations)
	for _, f := range findings {
		t.Error(f)
	}
	for _, f := range factories {
		if !slices.ContainsFunc(relations, func(r relation) bool { return r.Name == f.table }) {
			t.Errorf("factory of %s: there is no such table, or the runtime role has no grant on it", f.table)
		}
	}
	t.Logf("%d attacks on %d relations", made, len(relations))
}
