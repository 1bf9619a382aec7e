package ragpg

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// withUse are a shop's entries with the use of each: for lists that are picked or
// ordered by it. Others look it up for the page that they show.
const withUse = ` FROM entry e
	LEFT JOIN (
		SELECT entry_id, count(*) AS conversations, max(last_used_at) AS last_used_at, sum(helpful) AS helpful, sum(unhelpful) AS unhelpful
		FROM entry_use WHERE tenant_id = $1 GROUP BY entry_id) u ON u.entry_id = e.id`

const standing = `CASE WHEN e.state = 'draft' THEN 'draft' WHEN e.valid_until <= $6 THEN 'expired' WHEN e.valid_from > $6 THEN 'scheduled' ELSE 'live' END`

// The filter of a list: $2 a LIKE pattern, $3 a category, $4 a language, $5 a
// standing at the moment $6, $7 use; each filters nothing when empty. LIKE under
// row-level security reads all of the shop's rows: that is the cost of a list of
// a shop, and no index would help.
const fitsTexts = ` WHERE e.tenant_id = $1
	AND ($2 = '' OR e.question ILIKE $2 OR e.answer ILIKE $2 OR EXISTS (
	     SELECT FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.text ILIKE $2))
	AND ($3 = '' OR e.category = $3) AND ($4 = '' OR e.language = $4)
	AND ($5 = '' OR $5 = ` + standing + `)`

const fitsFilter = fitsTexts + ` AND ($7 = '' OR $7 = 'never' AND u.conversations IS NULL OR $7 = 'unhelpful' AND u.unhelpful > 0)`

// The rank orders a list before the merchant's own order does: $8.
const (
	textRank = `CASE $8 WHEN 'updated' THEN -(extract(epoch FROM e.updated_at) * 1000000)::bigint ELSE 0 END`
	useRank  = `CASE $8 WHEN 'used' THEN -coalesce(u.conversations, 0) ELSE ` + textRank + ` END`
)

const useOfOne = `
	CROSS JOIN LATERAL (
		SELECT count(*) AS conversations, max(last_used_at) AS last_used_at, sum(helpful) AS helpful, sum(unhelpful) AS unhelpful
		FROM entry_use WHERE tenant_id = $1 AND entry_id = e.id) u`

const entryColumns = `e.id, e.question, e.answer, e.category, e.language,
	ARRAY(SELECT p.text FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = e.id AND p.ordinal > 0 ORDER BY p.ordinal),
	e.state, e.valid_from, e.valid_until, e.updated_at, e.position`

const usageColumns = `, coalesce(u.conversations, 0), coalesce(u.helpful, 0), coalesce(u.unhelpful, 0), u.last_used_at`

const (
	sqlListEntries = `SELECT ` + entryColumns + usageColumns + `, e.rank FROM (
			SELECT e.*, ` + textRank + ` AS rank FROM entry e` + fitsTexts + ` AND $7 = ''
			AND (` + textRank + `, e.position) > ($9::bigint, $10::bigint) ORDER BY ` + textRank + `, e.position LIMIT $11) e` + useOfOne + `
		ORDER BY e.rank, e.position`

	sqlListByUse = `SELECT ` + entryColumns + usageColumns + `, ` + useRank + withUse + fitsFilter + `
		AND (` + useRank + `, e.position) > ($9::bigint, $10::bigint) ORDER BY ` + useRank + `, e.position LIMIT $11`

	sqlCountEntries = `SELECT count(*) FROM entry e` + fitsTexts + ` AND $7 = ''`

	sqlCountByUse = `SELECT count(*)` + withUse + fitsFilter

	sqlSelectEntries = `SELECT e.id` + withUse + fitsFilter

	sqlCategories = `SELECT DISTINCT category FROM entry WHERE tenant_id = $1 AND category <> '' ORDER BY category`

	sqlGetEntry = `SELECT ` + entryColumns + usageColumns + ` FROM entry e` + useOfOne + `
		WHERE e.tenant_id = $1 AND e.id = $2`

	sqlFindContent = `SELECT id FROM entry WHERE tenant_id = $1 AND question_hash = $2 AND content_hash = $3`
)

// An entryRow takes in what entryColumns reads.
type entryRow struct {
	rag.Entry
	position    int64
	state       rag.EntryState
	from, until *time.Time
	lastUsed    *time.Time
}

func (e *entryRow) columns() []any {
	return []any{&e.ID, &e.Question, &e.Answer, &e.Category, &e.Language, &e.Phrasings, &e.state, &e.from, &e.until, &e.UpdatedAt, &e.position}
}

func (e *entryRow) usage() []any {
	return []any{&e.Usage.Conversations, &e.Usage.Helpful, &e.Usage.Unhelpful, &e.lastUsed}
}

// entry returns what was read. The next row gets slices of its own.
func (e *entryRow) entry() rag.Entry {
	out := e.Entry
	out.Terms = terms(e.state, e.from, e.until)
	if e.lastUsed != nil {
		out.Usage.LastUsed = *e.lastUsed
	}
	e.Phrasings, e.from, e.until, e.lastUsed = nil, nil, nil, nil
	return out
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// filterArgs are $1 to $7 of fitsFilter.
func (k *Knowledge) filterArgs(id tenant.ID, f rag.EntryFilter) []any {
	pattern := ""
	if search := strings.TrimSpace(f.Search); search != "" {
		pattern = "%" + likeEscape.Replace(search) + "%"
	}
	return []any{id.UUID, pattern, f.Category, f.Language, f.Validity, k.now(), f.Used}
}

// ListEntries returns one page of a shop's entries, with their use.
func (k *Knowledge) ListEntries(ctx context.Context, id tenant.ID, f rag.EntryFilter) (rag.EntryPage, error) {
	if err := k.countUse(ctx, id); err != nil {
		return rag.EntryPage{}, err
	}
	args := k.filterArgs(id, f)
	after := f.After
	if after == (rag.EntryCursor{}) {
		after.Rank = -1 << 62
	}
	list, count := sqlListEntries, sqlCountEntries
	if f.Used != "" {
		count = sqlCountByUse
	}
	if f.Used != "" || f.Order == rag.MostUsed {
		list = sqlListByUse
	}
	var page rag.EntryPage
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, list, append(append([]any{planned}, args...), f.Order, after.Rank, after.Position, f.Limit+1)...)
		if err != nil {
			return err
		}
		var e entryRow
		var last, this rag.EntryCursor
		if _, err := pgx.ForEachRow(rows, append(append(e.columns(), e.usage()...), &this.Rank), func() error {
			entry := e.entry()
			if len(page.Entries) == f.Limit {
				page.Next = last
				return nil
			}
			page.Entries = append(page.Entries, entry)
			this.Position = e.position
			last = this
			return nil
		}); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, count, append([]any{planned}, args...)...).Scan(&page.Total); err != nil {
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

// Categories returns all that the shop uses, sorted.
func (k *Knowledge) Categories(ctx context.Context, id tenant.ID) (list []string, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlCategories, id.UUID)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list categories: %w", err)
	}
	return list, nil
}

// GetEntry returns an entry with its use. Error: rag.ErrNotFound.
func (k *Knowledge) GetEntry(ctx context.Context, id tenant.ID, entry rag.EntryID) (rag.Entry, error) {
	var e rag.Entry
	if err := k.countUse(ctx, id); err != nil {
		return e, err
	}
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error { return k.get(ctx, tx, id, entry, &e) })
	return e, err
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

// CreateEntry stores a new entry as the shop's last. Error: *rag.InputError
// when a text is missing or too long, the dates are crossed, or an entry has
// just this content.
func (k *Knowledge) CreateEntry(ctx context.Context, id tenant.ID, c rag.Content) (rag.Entry, error) {
	e, err := k.prepare(c)
	if err != nil {
		return rag.Entry{}, err
	}
	e.id = uuid.Must(uuid.NewV7())
	result, _, err := k.put(ctx, id, e, rag.Creating, "", nothingElse)
	return result, err
}

// UpdateEntry stores new content of an entry, which keeps its place. onto is the ETag of
// what the content was written onto; "": whatever stands there. Error:
// rag.ErrNotFound; *rag.MeanwhileError when something else stands there, unless that is
// the content itself; *rag.InputError as from CreateEntry.
func (k *Knowledge) UpdateEntry(ctx context.Context, id tenant.ID, entry rag.EntryID, onto string, c rag.Content) (rag.Entry, error) {
	e, err := k.prepare(c)
	if err != nil {
		return rag.Entry{}, err
	}
	e.id = entry
	result, _, err := k.put(ctx, id, e, rag.Editing, onto, nothingElse)
	return result, err
}

// nothingElse happens with an entry that is stored.
func nothingElse(pgx.Tx, rag.Entry) error { return nil }

// put stores an entry, which is there already unless kind says that it is new,
// and, in the same transaction, does what also does with it. onto is as of UpdateEntry;
// change is uuid.Nil when the entry was so already.
func (k *Knowledge) put(ctx context.Context, id tenant.ID, e stored, kind rag.ChangeKind, onto string, also func(pgx.Tx, rag.Entry) error) (result rag.Entry, change uuid.UUID, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		result, change, err = k.putIn(ctx, tx, id, model, e, kind, onto, also)
		return change != uuid.Nil, err
	})
	if err != nil {
		return rag.Entry{}, uuid.Nil, err
	}
	return result, change, nil
}

// putIn is put inside a change of the shop's.
func (k *Knowledge) putIn(ctx context.Context, tx pgx.Tx, id tenant.ID, model string, e stored, kind rag.ChangeKind, onto string, also func(pgx.Tx, rag.Entry) error) (result rag.Entry, change uuid.UUID, err error) {
	if kind != rag.Creating {
		if err := k.get(ctx, tx, id, e.id, &result); err != nil {
			return result, uuid.Nil, err
		}
	}
	var twin uuid.UUID
	switch err := tx.QueryRow(ctx, sqlFindContent, id.UUID, e.question[:], e.hash[:]).Scan(&twin); {
	case err == nil && twin == e.id:
		return result, uuid.Nil, also(tx, result)
	case err == nil:
		return result, uuid.Nil, &rag.InputError{Code: "entry_exists", Message: "the shop has an entry with just this content", Cure: "edit that entry"}
	case !errors.Is(err, pgx.ErrNoRows):
		return result, uuid.Nil, fmt.Errorf("find entry: %w", err)
	}
	if onto != "" && result.ETag() != onto {
		return result, uuid.Nil, meanwhile(ctx, tx, id, sqlEntryWriter, e.id)
	}
	created, updated := []stored{e}, []stored(nil)
	if kind != rag.Creating {
		created, updated = updated, created
	}
	change = uuid.Must(uuid.NewV7())
	if err := begin(ctx, tx, id, change, kind, e.content.By); err != nil {
		return result, uuid.Nil, err
	}
	if err := k.store(ctx, tx, id, model, change, created, updated); err != nil {
		return result, uuid.Nil, err
	}
	if err := k.get(ctx, tx, id, e.id, &result); err != nil {
		return result, uuid.Nil, err
	}
	return result, change, also(tx, result)
}

func (k *Knowledge) get(ctx context.Context, tx pgx.Tx, id tenant.ID, entry rag.EntryID, into *rag.Entry) error {
	var e entryRow
	if err := tx.QueryRow(ctx, sqlGetEntry, id.UUID, entry).Scan(append(e.columns(), e.usage()...)...); err != nil {
		return lookup(err, "entry %s", entry)
	}
	*into = e.entry()
	return nil
}
