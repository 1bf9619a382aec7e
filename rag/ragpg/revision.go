package ragpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// revisionPage is how many versions a page of a list has.
const revisionPage = 50

const (
	// A failed import that goes on is the change that it was.
	sqlBeginChange = `
		INSERT INTO entry_change (tenant_id, id, kind, account_id) VALUES ($1, $2, $3, nullif($4, ` + nobody + `::uuid))
		ON CONFLICT (tenant_id, id) DO NOTHING`

	revisionColumns = `question, answer, category, language, phrasings, state, valid_from, valid_until`

	sqlKeep = `
		INSERT INTO entry_revision (tenant_id, id, entry_id, change_id, deleted, written_by, written_at, created_at, position, ` + revisionColumns + `)
		SELECT $1, gen_random_uuid(), e.id, $2, $3, e.change_id, e.updated_at, e.created_at, e.position,
		       e.question, e.answer, e.category, e.language,
		       ARRAY(SELECT p.text FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.ordinal > 0 ORDER BY p.ordinal),
		       e.state, e.valid_from, e.valid_until
		FROM unnest($4::uuid[]) AS w(id)
		CROSS JOIN LATERAL (SELECT * FROM entry WHERE tenant_id = $1 AND id = w.id OFFSET 0) e`

	// Versions are rows with revision, written_by and written_at, and deletions are with the revision that they
	// ended. The version that stands comes first on every page, then those before $4 and $5, newest first; each with what is known of its change.
	latest = ` WHERE revision IS NULL OR written_at < coalesce($4::timestamptz, 'infinity') OR written_at = $4 AND revision > $5::uuid
		ORDER BY revision IS NOT NULL, written_at DESC, revision LIMIT $3`

	writer = `written_at, coalesce(c.kind, ''), coalesce(a.email, ''), coalesce(m.file_name, '')`

	byWriter = `
		LEFT JOIN entry_change c ON c.tenant_id = $1 AND c.id = written_by
		LEFT JOIN identity.account a ON a.id = c.account_id
		LEFT JOIN import m ON m.tenant_id = $1 AND m.id = c.id
		ORDER BY revision IS NOT NULL, written_at DESC, revision`

	sqlListRevisions = `
		SELECT revision, deletion, v.question, v.answer, v.category, v.language, v.phrasings, v.state, v.valid_from, v.valid_until, ` + writer + `
		FROM (SELECT * FROM (
			SELECT NULL::uuid AS revision, false AS deletion, e.change_id AS written_by, e.updated_at AS written_at, e.question, e.answer, e.category, e.language,
			       ARRAY(SELECT p.text FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.ordinal > 0 ORDER BY p.ordinal) AS phrasings,
			       e.state, e.valid_from, e.valid_until
			FROM entry e WHERE e.tenant_id = $1 AND e.id = $2
			UNION ALL
			SELECT id, false, written_by, written_at, ` + revisionColumns + ` FROM entry_revision WHERE tenant_id = $1 AND entry_id = $2
			UNION ALL
			SELECT r.id, true, d.id, d.created_at, ` + revisionColumns + ` FROM entry_revision r JOIN entry_change d ON d.tenant_id = $1 AND d.id = r.change_id
			WHERE r.tenant_id = $1 AND r.entry_id = $2 AND r.deleted) every` + latest + `) v` + byWriter

	sqlGetRevision = `SELECT ` + revisionColumns + ` FROM entry_revision WHERE tenant_id = $1 AND entry_id = $2 AND id = $3`
)

// errNothing ends a change that turned out to be none, and its transaction.
var errNothing = errors.New("ragpg: nothing changes")

// something returns err unless it is errNothing.
func something(err error) error {
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// begin writes down a change before its first entry or product changes.
func begin(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, kind rag.ChangeKind, by uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlBeginChange, id.UUID, change, kind, by); err != nil {
		return fmt.Errorf("begin a change: %w", err)
	}
	return nil
}

// keep stores what entries are before a change overwrites or deletes them.
func keep(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, deleted bool, entries []uuid.UUID) error {
	if _, err := tx.Exec(ctx, sqlKeep, planned, id.UUID, change, deleted, entries); err != nil {
		return fmt.Errorf("keep the versions before: %w", err)
	}
	return nil
}

// contentColumns takes in what revisionColumns reads.
type contentColumns struct {
	rag.Content
	state       rag.EntryState
	from, until *time.Time
}

func (c *contentColumns) columns() []any {
	return []any{&c.Question, &c.Answer, &c.Category, &c.Language, &c.Phrasings, &c.state, &c.from, &c.until}
}

// content returns what was read. The next row gets slices of its own.
func (c *contentColumns) content() rag.Content {
	out := c.Content
	out.Terms = terms(c.state, c.from, c.until)
	c.Phrasings, c.from, c.until = nil, nil, nil
	return out
}

// ListRevisions returns a page of the versions and deletions of an entry that stands, the present one
// first, then from the newest after a place; more says whether older ones follow. Error: rag.ErrNotFound.
func (k *Knowledge) ListRevisions(ctx context.Context, id tenant.ID, entry rag.EntryID, after rag.RevisionPlace) (list []rag.Revision[rag.Content], more bool, err error) {
	var c contentColumns
	list, more, err = revisions(ctx, k.DB, id, sqlListRevisions, entry, after, c.columns(), c.content)
	if err != nil {
		return nil, false, fmt.Errorf("list revisions of entry %s: %w", entry, err)
	}
	return list, more, nil
}

// revisions reads a page of the versions of one thing that stands: sql takes the tenant, what of,
// how many and after what; content returns what a row's columns read. Error: rag.ErrNotFound.
func revisions[T any](ctx context.Context, db Database, id tenant.ID, sql string, of uuid.UUID, after rag.RevisionPlace, columns []any, content func() T) (list []rag.Revision[T], more bool, err error) {
	size := revisionPage
	var before *time.Time
	if !after.At.IsZero() {
		before = &after.At
		size++ // the version that stands is read again: without it there is nothing to list
	}
	err = db.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, id.UUID, of, size+1, before, after.ID)
		if err != nil {
			return err
		}
		var r rag.Revision[T]
		var revision *uuid.UUID
		into := append([]any{&revision, &r.Deleted}, columns...)
		if _, err := pgx.ForEachRow(rows, append(into, &r.At, &r.Kind, &r.By, &r.File), func() error {
			r.ID, r.Content = uuid.Nil, content()
			if revision != nil {
				r.ID = *revision
			}
			list = append(list, r)
			return nil
		}); err != nil {
			return err
		}
		if len(list) == 0 || list[0].ID != uuid.Nil {
			return rag.ErrNotFound
		}
		if more = len(list) > size; more {
			list = list[:size]
		}
		if before != nil {
			list = list[1:]
		}
		return nil
	})
	return list, more, err
}

// RestoreRevision makes an earlier version of an entry its present one, as a
// change of its own, which is uuid.Nil when it is that already; onto is as of
// UpdateEntry. Errors: rag.ErrNotFound; *rag.MeanwhileError; *rag.InputError when another
// entry has that content now.
func (k *Knowledge) RestoreRevision(ctx context.Context, id tenant.ID, by uuid.UUID, entry rag.EntryID, revision uuid.UUID, onto string) (restored rag.Entry, change uuid.UUID, err error) {
	var c contentColumns
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlGetRevision, id.UUID, entry, revision).Scan(c.columns()...)
	})
	if err != nil {
		return rag.Entry{}, uuid.Nil, lookup(err, "revision %s of entry %s", revision, entry)
	}
	e, err := k.prepare(c.content())
	if err != nil {
		return rag.Entry{}, uuid.Nil, err
	}
	e.id, e.content.By = entry, by
	return k.put(ctx, id, e, rag.Restoring, onto, nothingElse)
}
