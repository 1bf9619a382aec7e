package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	sqlLockChange = `SELECT kind, created_at, undone_at FROM entry_change WHERE tenant_id = $1 AND id = $2 FOR UPDATE`

	sqlImportUndone = `UPDATE import SET undone_at = now(), restored_rows = $3, removed_rows = $4, kept_rows = $5 WHERE tenant_id = $1 AND id = $2`

	sqlChangeUndone = `UPDATE entry_change SET undone_at = now() WHERE tenant_id = $1 AND id = $2`

	// What the change overwrote or deleted, with what has become of it: there is
	// its place to put it back.
	sqlRevisionsOf = `
		SELECT r.id, r.entry_id, r.deleted, r.created_at, r.position, e.id IS NOT NULL, coalesce(e.change_id = $2, false),
		       r.question, r.answer, r.category, r.language, r.phrasings, r.state, r.valid_from, r.valid_until
		FROM entry_revision r
		LEFT JOIN LATERAL (SELECT id, change_id FROM entry WHERE tenant_id = $1 AND id = r.entry_id OFFSET 0) e ON true
		WHERE r.tenant_id = $1 AND r.change_id = $2 AND r.id > $3
		ORDER BY r.id LIMIT $4`

	// What came with the change and stands as it came. An entry that the change
	// overwrote has a revision under it.
	sqlCreatedBy = `
		SELECT e.id FROM entry e
		WHERE e.tenant_id = $1 AND e.change_id = $2
		  AND NOT EXISTS (SELECT FROM entry_revision r WHERE r.tenant_id = $1 AND r.change_id = $2 AND r.entry_id = e.id)`

	// What came with the change and says something else now.
	sqlEditedSince = `
		SELECT count(DISTINCT r.entry_id) FROM entry_revision r
		JOIN entry e ON e.tenant_id = $1 AND e.id = r.entry_id
		WHERE r.tenant_id = $1 AND r.written_by = $2
		  AND NOT EXISTS (SELECT FROM entry_revision o WHERE o.tenant_id = $1 AND o.change_id = $2 AND o.entry_id = r.entry_id)`
)

// Undo takes a change of entries or products back, as a change of its own. What was
// changed again since stays, and is counted. Errors: rag.ErrNotFound; *rag.InputError
// when it was taken back already, still runs, or is an import older than rag.UndoPeriod.
func (k *Knowledge) Undo(ctx context.Context, id tenant.ID, by, change uuid.UUID) (rag.Undone, error) {
	var undone rag.Undone
	err := k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return false, err
		}
		of, err := k.undoable(ctx, tx, id, change)
		if err != nil {
			return false, err
		}
		as := uuid.Must(uuid.NewV7())
		if err := begin(ctx, tx, id, as, rag.TakingBack, by); err != nil {
			return false, err
		}
		if undone, err = of.undo(ctx, tx, model, as); err != nil {
			return false, err
		}
		if _, err := tx.Exec(ctx, sqlChangeUndone, id.UUID, change); err != nil {
			return false, fmt.Errorf("mark change %s: %w", change, err)
		}
		if _, err := tx.Exec(ctx, sqlImportUndone, id.UUID, change, undone.Restored, undone.Removed, undone.Kept); err != nil {
			return false, fmt.Errorf("mark import %s: %w", change, err)
		}
		return true, nil
	})
	return undone, err
}

// An undoer takes a change back.
type undoer interface {
	// undo takes back what the change wrote and nobody changed since, as part of another.
	undo(ctx context.Context, tx pgx.Tx, model string, as uuid.UUID) (rag.Undone, error)
}

// ofBoth is what is no import: it may have written entries, products or both.
type ofBoth struct {
	entries  ofEntries
	products ofProducts
}

func (b ofBoth) undo(ctx context.Context, tx pgx.Tx, model string, as uuid.UUID) (rag.Undone, error) {
	undone, err := b.entries.undo(ctx, tx, model, as)
	if err != nil {
		return undone, err
	}
	sold, err := b.products.undo(ctx, tx, model, as)
	undone.Restored += sold.Restored
	undone.Removed += sold.Removed
	undone.Kept += sold.Kept
	return undone, err
}

// undoable returns what takes a change back.
func (k *Knowledge) undoable(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID) (undoer, error) {
	var kind rag.ChangeKind
	var at time.Time
	var undoneAt *time.Time
	if err := tx.QueryRow(ctx, sqlLockChange, id.UUID, change).Scan(&kind, &at, &undoneAt); err != nil {
		return nil, lookup(err, "change %s", change)
	}
	if undoneAt != nil {
		return nil, &rag.InputError{Code: "already_undone", Message: "this was taken back already", Cure: "reload the page"}
	}
	if kind != rag.Importing {
		m := rag.Import{ID: change}
		return ofBoth{ofEntries{k: k, tenant: id, m: m}, ofProducts{k: k, tenant: id, m: m}}, nil
	}
	if k.now().Sub(at) > rag.UndoPeriod {
		return nil, &rag.InputError{Code: "undo_too_late", Message: "the import is older than thirty days", Cure: "change what it stored by hand"}
	}
	m, of, err := k.subjectOf(ctx, tx, sqlLockImport, id, change)
	if err != nil {
		return nil, err
	}
	if !m.State.Ended() {
		return nil, &rag.InputError{Code: "import_running", Message: "the import is still running", Cure: "wait until it has ended"}
	}
	return of, nil
}

// An undoing takes one change of entries back inside a transaction.
type undoing struct {
	k      *Knowledge
	tx     pgx.Tx
	tenant tenant.ID
	model  string
	change uuid.UUID // that is taken back
	as     uuid.UUID // the change that does so
	undone rag.Undone
}

func (u *undoing) run(ctx context.Context) error {
	// Before anything is put back: what is put back was not created.
	rows, err := u.tx.Query(ctx, sqlCreatedBy, planned, u.tenant.UUID, u.change)
	if err != nil {
		return fmt.Errorf("find what the change created: %w", err)
	}
	created, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return fmt.Errorf("find what the change created: %w", err)
	}
	if err := u.tx.QueryRow(ctx, sqlEditedSince, planned, u.tenant.UUID, u.change).Scan(&u.undone.Kept); err != nil {
		return fmt.Errorf("find what was edited since: %w", err)
	}
	u.undone.Removed = len(created)
	for len(created) > 0 {
		n := min(len(created), bulkBatch)
		if err := remove(ctx, u.tx, u.tenant, u.as, created[:n]); err != nil {
			return err
		}
		created = created[n:]
	}
	for after := uuid.Nil; ; {
		gone, changed, last, err := u.next(ctx, after)
		if err != nil || last == uuid.Nil {
			return err
		}
		after = last
		if err := u.putBack(ctx, gone, changed); err != nil {
			return err
		}
	}
}

// next reads some of the versions: of entries that the change deleted and of
// those that still stand as it wrote them. last is uuid.Nil after the end.
func (u *undoing) next(ctx context.Context, after uuid.UUID) (gone, changed []stored, last uuid.UUID, err error) {
	rows, err := u.tx.Query(ctx, sqlRevisionsOf, planned, u.tenant.UUID, u.change, after, bulkBatch)
	if err != nil {
		return nil, nil, last, fmt.Errorf("read versions: %w", err)
	}
	var v stored
	var c contentColumns
	var deleted, there, untouched bool
	into := []any{&last, &v.id, &deleted, &v.createdAt, &v.position, &there, &untouched}
	if _, err := pgx.ForEachRow(rows, append(into, c.columns()...), func() error {
		v.content = c.content()
		v.hash, v.question = v.content.Hash(), rag.QuestionHash(v.content.Question)
		switch {
		case deleted && !there:
			gone = append(gone, v)
		case !deleted && untouched:
			changed = append(changed, v)
		default:
			u.undone.Kept++
		}
		return nil
	}); err != nil {
		return nil, nil, last, fmt.Errorf("read versions: %w", err)
	}
	return gone, changed, last, nil
}

// putBack stores versions anew, but for those whose content another entry has now.
func (u *undoing) putBack(ctx context.Context, gone, changed []stored) error {
	n := len(gone)
	fresh, err := u.k.fresh(ctx, u.tx, u.tenant, append(gone[:n:n], changed...))
	if err != nil {
		return err
	}
	u.undone.Kept += n + len(changed) - len(fresh)
	u.undone.Restored += len(fresh)
	was := map[uuid.UUID]bool{}
	for i := range gone {
		was[gone[i].id] = true
	}
	var back, over []stored
	for _, v := range fresh {
		if was[v.id] {
			back = append(back, v)
		} else {
			over = append(over, v)
		}
	}
	return u.k.store(ctx, u.tx, u.tenant, u.model, u.as, back, over)
}
