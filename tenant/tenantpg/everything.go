package tenantpg

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"storebot/tenant"
)

// The tables of a tenant are asked of the catalogue, so that one that is made
// tomorrow is exported and erased as well. The lint holds each to having
// tenant_id and the policy.
const sqlTenantTables = `
	SELECT c.relname
	FROM pg_class c
	JOIN pg_namespace n ON n.oid = c.relnamespace
	JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
	WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
	ORDER BY c.relname`

func tenantTables(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, _ := tx.Query(ctx, sqlTenantTables)
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// derived are tables that hold nothing of the shop's own: they are made anew
// from the others.
var derived = map[string]string{"embedding": "vectors, made of the phrasings by a model"}

const sqlExportTenant = `
	SELECT jsonb_build_object(
		'id', t.id, 'slug', t.slug, 'name', t.name, 'created_at', t.created_at,
		'members', (SELECT jsonb_agg(jsonb_build_object('email', a.email, 'role', m.role, 'since', m.created_at) ORDER BY m.created_at)
			FROM identity.member m JOIN identity.account a ON a.id = m.account_id WHERE m.tenant_id = t.id),
		'allowed_origins', (SELECT to_jsonb(k.allowed_origins) FROM identity.key k WHERE k.tenant_id = t.id AND k.revoked_at IS NULL),
		'usage', (SELECT jsonb_agg(to_jsonb(u) - 'tenant_id' ORDER BY u.month) FROM identity.usage u WHERE u.tenant_id = t.id),
		'visits', (SELECT jsonb_agg(to_jsonb(v) - 'tenant_id' - 'token_hash' ORDER BY v.created_at) FROM identity.visit v WHERE v.tenant_id = t.id))
	FROM identity.tenant t WHERE t.id = $1`

// manifest is about.json of an export.
type manifest struct {
	Shop       json.RawMessage   `json:"shop"`
	ExportedAt time.Time         `json:"exported_at"`
	Rows       map[string]int64  `json:"rows"`     // by file, one JSON object a line
	LeftOut    map[string]string `json:"left_out"` // tables, and why
}

// ExportShop writes everything of the shop as a ZIP file, as of one moment.
func (s *Store) ExportShop(ctx context.Context, id tenant.ID, to io.Writer) error {
	out := zip.NewWriter(to)
	m := manifest{ExportedAt: time.Now().UTC(), Rows: map[string]int64{}, LeftOut: derived}
	err := s.db.Snapshot(ctx, id, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, sqlExportTenant, id).Scan(&m.Shop); err != nil {
			return found(err)
		}
		tables, err := tenantTables(ctx, tx)
		if err != nil {
			return err
		}
		for _, table := range tables {
			if derived[table] != "" {
				continue
			}
			file, err := out.Create(table + ".jsonl")
			if err != nil {
				return err
			}
			if m.Rows[table+".jsonl"], err = exportTable(ctx, tx, id, table, file); err != nil {
				return fmt.Errorf("export table %s: %w", table, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	about, err := out.Create("about.json")
	if err != nil {
		return err
	}
	written := json.NewEncoder(about)
	written.SetIndent("", "  ")
	return errors.Join(written.Encode(m), out.Close())
}

func exportTable(ctx context.Context, tx pgx.Tx, id tenant.ID, table string, to io.Writer) (n int64, err error) {
	// The name is the catalogue's, and quoted; secrets and their hashes stay here.
	rows, _ := tx.Query(ctx, `SELECT (to_jsonb(x) - 'tenant_id' - 'token_hash' - 'secret')::text FROM `+pgx.Identifier{table}.Sanitize()+` x WHERE tenant_id = $1`, id)
	var line string
	_, err = pgx.ForEachRow(rows, []any{&line}, func() error {
		n++
		_, err := io.WriteString(to, line+"\n")
		return err
	})
	return n, err
}

const sqlLockTenant = `
	SELECT t.slug, t.name, coalesce(s.language, 'en')
	FROM identity.tenant t LEFT JOIN shop s ON s.tenant_id = t.id
	WHERE t.id = $1 AND t.status <> 'deleted' FOR UPDATE OF t`

const sqlOwners = `
	SELECT a.email FROM identity.member m JOIN identity.account a ON a.id = m.account_id
	WHERE m.tenant_id = $1 AND m.role = 'owner' ORDER BY a.email`

const sqlEraseAccounts = `
	DELETE FROM identity.account a
	WHERE EXISTS (SELECT FROM identity.member m WHERE m.account_id = a.id AND m.tenant_id = $1)
	  AND NOT EXISTS (SELECT FROM identity.member m WHERE m.account_id = a.id AND m.tenant_id <> $1)`

const (
	sqlEraseMembers     = `DELETE FROM identity.member WHERE tenant_id = $1`
	sqlEraseSessions    = `DELETE FROM identity.session WHERE tenant_id = $1`
	sqlEraseKeys        = `DELETE FROM identity.key WHERE tenant_id = $1`
	sqlEraseInvitations = `DELETE FROM identity.invitation WHERE tenant_id = $1`
	sqlEraseVisits      = `DELETE FROM identity.visit WHERE tenant_id = $1`
	sqlEraseUsage       = `DELETE FROM identity.usage WHERE tenant_id = $1`
	sqlEraseHolding     = `DELETE FROM identity.holding WHERE tenant_id = $1`
	sqlEraseQuota       = `DELETE FROM identity.quota WHERE tenant_id = $1`
)

var eraseIdentity = []struct{ name, sql string }{
	{"account", sqlEraseAccounts}, {"member", sqlEraseMembers}, {"session", sqlEraseSessions}, {"key", sqlEraseKeys},
	{"invitation", sqlEraseInvitations}, {"visit", sqlEraseVisits}, {"usage", sqlEraseUsage},
	{"holding", sqlEraseHolding}, {"quota", sqlEraseQuota},
}

const sqlMarkDeleted = `
	UPDATE identity.tenant
	SET status = 'deleted', slug = 'deleted-' || id, name = 'deleted', delete_at = NULL, deleted_at = now(), receipt = $2
	WHERE id = $1 RETURNING deleted_at`

// Erase deletes everything of the shop, in one transaction. What is left is a
// row that says when, and how many rows each table had.
func (s *Store) Erase(ctx context.Context, id tenant.ID) (r tenant.Receipt, err error) {
	r = tenant.Receipt{Tenant: id, Rows: map[string]int64{}}
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, sqlLockTenant, id).Scan(&r.Slug, &r.Name, &r.Language); err != nil {
			return found(err)
		}
		owners, _ := tx.Query(ctx, sqlOwners, id)
		if r.Owners, err = pgx.CollectRows(owners, pgx.RowTo[string]); err != nil {
			return fmt.Errorf("owners: %w", err)
		}
		if err := eraseTables(ctx, tx, id, r.Rows); err != nil {
			return err
		}
		for _, one := range eraseIdentity {
			tag, err := tx.Exec(ctx, one.sql, id)
			if err != nil {
				return fmt.Errorf("erase %s: %w", one.name, err)
			}
			r.Rows[one.name] = tag.RowsAffected()
		}
		return tx.QueryRow(ctx, sqlMarkDeleted, id, r.Rows).Scan(&r.At)
	})
	return r, err
}

// eraseTables deletes the tenant's rows table by table. A table that others
// point to goes after them: it is tried again until all are empty.
func eraseTables(ctx context.Context, tx pgx.Tx, id tenant.ID, rows map[string]int64) error {
	left, err := tenantTables(ctx, tx)
	if err != nil {
		return err
	}
	// Counted first: a deletion takes rows of other tables with it.
	for _, table := range left {
		var n int64
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM `+pgx.Identifier{table}.Sanitize()+` WHERE tenant_id = $1`, id).Scan(&n); err != nil {
			return fmt.Errorf("count table %s: %w", table, err)
		}
		rows[table] = n
	}
	for len(left) > 0 {
		var held []string
		var cause error
		for _, table := range left {
			err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM `+pgx.Identifier{table}.Sanitize()+` WHERE tenant_id = $1`, id)
				return err
			})
			const foreignKeyViolation = "23503"
			if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == foreignKeyViolation {
				held, cause = append(held, table), err
				continue
			}
			if err != nil {
				return fmt.Errorf("erase table %s: %w", table, err)
			}
		}
		if len(held) == len(left) {
			return fmt.Errorf("erase tables %v, which hold each other: %w", held, cause)
		}
		left = held
	}
	return nil
}

// Outside any tenant: which shops are due.
const sqlOverdue = `
	SELECT id FROM identity.tenant WHERE delete_at <= now() AND status <> 'deleted' ORDER BY delete_at LIMIT $1`

// Overdue returns shops whose time to be deleted has come.
func (s *Store) Overdue(ctx context.Context, limit int) (out []tenant.ID, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, sqlOverdue, limit)
		out, err = pgx.CollectRows(rows, pgx.RowTo[tenant.ID])
		return err
	})
	return out, err
}

// What hangs on a conversation goes with it.
const sqlDropExpired = `
	DELETE FROM conversation c
	USING (SELECT x.id FROM conversation x JOIN shop s ON s.tenant_id = x.tenant_id
	       WHERE x.tenant_id = $1 AND s.tenant_id = $1 AND s.retention_days > 0
	         AND x.created_at < now() - make_interval(days => s.retention_days)
	       ORDER BY x.created_at LIMIT $2) old
	WHERE c.tenant_id = $1 AND c.id = old.id`

// The versions of entries and of products that changes of long ago overwrote or
// deleted; and those changes, unless something still says what they wrote.
const (
	sqlDropVersions = `
	DELETE FROM entry_revision r
	USING (SELECT x.id FROM entry_revision x JOIN entry_change c ON c.tenant_id = x.tenant_id AND c.id = x.change_id
	       WHERE x.tenant_id = $1 AND c.tenant_id = $1 AND c.created_at < now() - make_interval(days => $2)
	       ORDER BY x.id LIMIT $3) old
	WHERE r.tenant_id = $1 AND r.id = old.id`

	sqlDropProductVersions = `
	DELETE FROM product_revision r
	USING (SELECT x.id FROM product_revision x JOIN entry_change c ON c.tenant_id = x.tenant_id AND c.id = x.change_id
	       WHERE x.tenant_id = $1 AND c.tenant_id = $1 AND c.created_at < now() - make_interval(days => $2)
	       ORDER BY x.id LIMIT $3) old
	WHERE r.tenant_id = $1 AND r.id = old.id`

	sqlDropChanges = `
	DELETE FROM entry_change c WHERE c.tenant_id = $1 AND c.created_at < now() - make_interval(days => $2)
	  AND NOT EXISTS (SELECT FROM entry_revision r WHERE r.tenant_id = $1 AND r.change_id = c.id)
	  AND NOT EXISTS (SELECT FROM entry e WHERE e.tenant_id = $1 AND e.change_id = c.id)
	  AND NOT EXISTS (SELECT FROM product_revision r WHERE r.tenant_id = $1 AND r.change_id = c.id)
	  AND NOT EXISTS (SELECT FROM product p WHERE p.tenant_id = $1 AND p.change_id = c.id)`
)

// DropExpired deletes conversations that are older than the shop keeps them, and
// versions of entries and products that were replaced more than tenant.KeepVersionsDays
// ago: at most limit of each.
func (s *Store) DropExpired(ctx context.Context, id tenant.ID, limit int) (more bool, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		talks, err := tx.Exec(ctx, sqlDropExpired, id, limit)
		if err != nil {
			return fmt.Errorf("drop conversations: %w", err)
		}
		versions, err := tx.Exec(ctx, sqlDropVersions, id, tenant.KeepVersionsDays, limit)
		if err != nil {
			return fmt.Errorf("drop versions of entries: %w", err)
		}
		products, err := tx.Exec(ctx, sqlDropProductVersions, id, tenant.KeepVersionsDays, limit)
		if err != nil {
			return fmt.Errorf("drop versions of products: %w", err)
		}
		if _, err := tx.Exec(ctx, sqlDropChanges, id, tenant.KeepVersionsDays); err != nil {
			return fmt.Errorf("drop changes: %w", err)
		}
		more = max(talks.RowsAffected(), versions.RowsAffected(), products.RowsAffected()) == int64(limit)
		return nil
	})
	return more, err
}
