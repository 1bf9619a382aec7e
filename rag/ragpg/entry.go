package ragpg

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// The filter of a list: $2 a LIKE pattern, $3 a category, $4 a language; each
// filters nothing when empty. LIKE under row-level security reads all of the
// shop's rows: that is the cost of a list of a shop, and no index would help.
const fitsFilter = `e.tenant_id = $1
	AND ($2 = '' OR e.question ILIKE $2 OR e.answer ILIKE $2 OR EXISTS (
	     SELECT FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.text ILIKE $2))
	AND ($3 = '' OR e.category = $3) AND ($4 = '' OR e.language = $4)`

const entryColumns = `e.id, e.question, e.answer, e.category, e.language,
	ARRAY(SELECT p.text FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.ordinal > 0 ORDER BY p.ordinal),
	e.updated_at, e.position`

const (
	sqlListEntries = `SELECT ` + entryColumns + ` FROM entry e
		WHERE ` + fitsFilter + ` AND e.position > $5 ORDER BY e.position LIMIT $6`

	sqlCountEntries = `SELECT count(*) FROM entry e WHERE ` + fitsFilter

	sqlCategories = `SELECT DISTINCT category FROM entry WHERE tenant_id = $1 AND category <> '' ORDER BY category`

	sqlGetEntry = `SELECT ` + entryColumns + ` FROM entry e WHERE e.tenant_id = $1 AND e.id = $2`

	sqlFindContent = `SELECT id FROM entry WHERE tenant_id = $1 AND question_hash = $2 AND content_hash = $3`

	sqlDeleteEntries = `DELETE FROM entry WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`
)

func scanEntry(e *rag.Entry, position *int64) []any {
	return []any{&e.ID, &e.Question, &e.Answer, &e.Category, &e.Language, &e.Phrasings, &e.UpdatedAt, position}
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// ListEntries returns one page of a shop's entries.
func (k *Knowledge) ListEntries(ctx context.Context, id tenant.ID, f rag.EntryFilter) (rag.EntryPage, error) {
	pattern := ""
	if search := strings.TrimSpace(f.Search); search != "" {
		pattern = "%" + likeEscape.Replace(search) + "%"
	}
	var page rag.EntryPage
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListEntries, id.UUID, pattern, f.Category, f.Language, f.After, f.Limit+1)
		if err != nil {
			return err
		}
		var e rag.Entry
		var position, last int64
		if _, err := pgx.ForEachRow(rows, scanEntry(&e, &position), func() error {
			if len(page.Entries) == f.Limit {
				page.Next = last
				return nil
			}
			page.Entries = append(page.Entries, e)
			e.Phrasings = nil // the next row gets a slice of its own
			last = position
			return nil
		}); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sqlCountEntries, id.UUID, pattern, f.Category, f.Language).Scan(&page.Total); err != nil {
			return err
		}
		rows, err = tx.Query(ctx, sqlCategories, id.UUID)
		if err != nil {
			return err
		}
		page.Categories, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return rag.EntryPage{}, fmt.Errorf("list entries: %w", err)
	}
	return page, nil
}

// prepare cleans and checks what a person wrote into one entry.
func (k *Knowledge) prepare(c rag.Content) (stored, error) {
	c = c.Clean()
	if err := c.Check(); err != nil {
		return stored{}, err
	}
	c.Language = k.language(c)
	return stored{content: c, hash: c.Hash(), question: rag.QuestionHash(c.Question)}, nil
}

func (k *Knowledge) language(c rag.Content) string {
	if c.Language != "" {
		return c.Language
	}
	return k.Detect(c.Question + "\n" + c.Answer)
}

// CreateEntry publishes a new entry as the shop's last. Error: *rag.InputError
// when a text is missing or too long, or an entry has just this content.
func (k *Knowledge) CreateEntry(ctx context.Context, id tenant.ID, c rag.Content) (rag.Entry, error) {
	e, err := k.prepare(c)
	if err != nil {
		return rag.Entry{}, err
	}
	e.id = uuid.Must(uuid.NewV7())
	return k.put(ctx, id, e, true, nothingElse)
}

// UpdateEntry publishes new content of an entry, which keeps its place. Error:
// rag.ErrNotFound; *rag.InputError as from CreateEntry.
func (k *Knowledge) UpdateEntry(ctx context.Context, id tenant.ID, entry rag.EntryID, c rag.Content) (rag.Entry, error) {
	e, err := k.prepare(c)
	if err != nil {
		return rag.Entry{}, err
	}
	e.id = entry
	return k.put(ctx, id, e, false, nothingElse)
}

// nothingElse happens with an entry that is stored.
func nothingElse(pgx.Tx, rag.Entry) error { return nil }

// put stores an entry and, in the same transaction, does what also does with it.
func (k *Knowledge) put(ctx context.Context, id tenant.ID, e stored, create bool, also func(pgx.Tx, rag.Entry) error) (rag.Entry, error) {
	var result rag.Entry
	err := k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		if !create {
			if err := k.get(ctx, tx, id, e.id, &result); err != nil {
				return false, err
			}
		}
		var twin uuid.UUID
		switch err := tx.QueryRow(ctx, sqlFindContent, id.UUID, e.question[:], e.hash[:]).Scan(&twin); {
		case err == nil && twin == e.id:
			return false, also(tx, result)
		case err == nil:
			return false, &rag.InputError{Code: "entry_exists", Message: "the shop has an entry with just this content", Cure: "edit that entry"}
		case !errors.Is(err, pgx.ErrNoRows):
			return false, fmt.Errorf("find entry: %w", err)
		}
		created, updated := []stored{e}, []stored(nil)
		if !create {
			created, updated = updated, created
		}
		if err := k.store(ctx, tx, id, model, created, updated); err != nil {
			return false, err
		}
		if err := k.get(ctx, tx, id, e.id, &result); err != nil {
			return false, err
		}
		return true, also(tx, result)
	})
	if err != nil {
		return rag.Entry{}, err
	}
	return result, nil
}

func (k *Knowledge) get(ctx context.Context, tx pgx.Tx, id tenant.ID, entry rag.EntryID, into *rag.Entry) error {
	var position int64
	*into = rag.Entry{}
	if err := tx.QueryRow(ctx, sqlGetEntry, id.UUID, entry).Scan(scanEntry(into, &position)...); err != nil {
		return lookup(err, "entry %s", entry)
	}
	return nil
}

// DeleteEntries deletes those of the entries that are there and returns how
// many these were.
func (k *Knowledge) DeleteEntries(ctx context.Context, id tenant.ID, entries []rag.EntryID) (int, error) {
	deleted := 0
	err := k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		tag, err := tx.Exec(ctx, sqlDeleteEntries, id.UUID, entries)
		if err != nil {
			return false, fmt.Errorf("delete entries: %w", err)
		}
		deleted = int(tag.RowsAffected())
		return deleted > 0, nil
	})
	return deleted, err
}
