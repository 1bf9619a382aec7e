package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// bulkBatch is how many entries of a change of many are held at once.
const bulkBatch = 2000

const (
	sqlDeleteEntries = `DELETE FROM entry WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`

	sqlReadEntries = `SELECT ` + entryColumns + `
		FROM unnest($2::uuid[]) WITH ORDINALITY AS w(id, place)
		CROSS JOIN LATERAL (SELECT * FROM entry WHERE tenant_id = $1 AND id = w.id OFFSET 0) e ORDER BY w.place`
)

// DeleteEntries deletes those of the entries that are there. They can be
// brought back by Undo. by is the account; uuid.Nil: the program.
func (k *Knowledge) DeleteEntries(ctx context.Context, id tenant.ID, by uuid.UUID, which rag.Selection) (rag.Changed, error) {
	return k.many(ctx, id, by, rag.Deleting, which, func(tx pgx.Tx, _ string, change uuid.UUID, batch []rag.Entry) (int, error) {
		gone := make([]uuid.UUID, len(batch))
		for i := range batch {
			gone[i] = batch[i].ID
		}
		return len(gone), remove(ctx, tx, id, change, gone)
	})
}

// remove deletes entries as part of a change, and keeps what they were.
func remove(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, entries []uuid.UUID) error {
	if len(entries) == 0 {
		return nil
	}
	if err := keep(ctx, tx, id, change, true, entries); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, sqlDeleteEntries, id.UUID, entries); err != nil {
		return fmt.Errorf("delete entries: %w", err)
	}
	return nil
}

// EditEntries publishes entries, makes them drafts or gives them a category.
// Entries that are so already do not change. Error: *rag.InputError for a
// category that is too long, or an edit that would make two entries the same.
func (k *Knowledge) EditEntries(ctx context.Context, id tenant.ID, by uuid.UUID, which rag.Selection, edit rag.BulkEdit) (rag.Changed, error) {
	kind := rag.Stating
	if edit.Category != nil {
		kind = rag.Sorting
	}
	return k.many(ctx, id, by, kind, which, func(tx pgx.Tx, model string, change uuid.UUID, batch []rag.Entry) (int, error) {
		var edited []stored
		for i := range batch {
			c := batch[i].Content()
			if edit.Category != nil {
				c.Category = *edit.Category
			} else {
				c.Terms.State = edit.State
			}
			e, err := k.prepare(c)
			if err != nil {
				return 0, err
			}
			if e.id = batch[i].ID; e.hash != batch[i].Content().Hash() {
				edited = append(edited, e)
			}
		}
		fresh, err := k.fresh(ctx, tx, id, edited)
		if err == nil && len(fresh) < len(edited) {
			err = &rag.InputError{Code: "entry_exists", Message: "another entry has just this content already", Cure: "delete one of the two"}
		}
		if err != nil {
			return 0, err
		}
		return len(edited), k.store(ctx, tx, id, model, change, nil, edited)
	})
}

// fresh are those of the list that no other entry, and none before in the
// list, has the content of.
func (k *Knowledge) fresh(ctx context.Context, tx pgx.Tx, id tenant.ID, list []stored) ([]stored, error) {
	questions := make([][]byte, len(list))
	for i := range list {
		questions[i] = list[i].question[:]
	}
	found, err := find(ctx, tx, id, questions)
	if err != nil {
		return nil, err
	}
	taken := map[rag.Hash]rag.EntryID{}
	for _, holders := range found {
		for _, h := range holders {
			taken[h.content] = h.id
		}
	}
	var out []stored
	for _, e := range list {
		if holder, held := taken[e.hash]; held && holder != e.id {
			continue
		}
		taken[e.hash] = e.id
		out = append(out, e)
	}
	return out, nil
}

// many makes one change of the selected entries, in batches inside one
// transaction. do returns how many entries of a batch it changed.
func (k *Knowledge) many(ctx context.Context, id tenant.ID, by uuid.UUID, kind rag.ChangeKind, which rag.Selection,
	do func(tx pgx.Tx, model string, change uuid.UUID, batch []rag.Entry) (int, error)) (rag.Changed, error) {
	if which.Filter != nil {
		if err := k.countUse(ctx, id); err != nil {
			return rag.Changed{}, err
		}
	}
	changed := rag.Changed{Change: uuid.Must(uuid.NewV7())}
	err := k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return false, err
		}
		selected, err := k.selected(ctx, tx, id, which)
		if err != nil {
			return false, err
		}
		if err := begin(ctx, tx, id, changed.Change, kind, by); err != nil {
			return false, err
		}
		for len(selected) > 0 {
			n := min(len(selected), bulkBatch)
			batch, err := readEntries(ctx, tx, id, selected[:n])
			if err != nil {
				return false, err
			}
			selected = selected[n:]
			done, err := do(tx, model, changed.Change, batch)
			if err != nil {
				return false, err
			}
			changed.Count += done
		}
		if changed.Count == 0 {
			changed.Change = uuid.Nil
			return false, errNothing
		}
		return true, nil
	})
	return changed, something(err)
}

// selected are the ids of a selection.
func (k *Knowledge) selected(ctx context.Context, tx pgx.Tx, id tenant.ID, which rag.Selection) ([]uuid.UUID, error) {
	if which.Filter == nil {
		return which.IDs, nil
	}
	rows, err := tx.Query(ctx, sqlSelectEntries, append([]any{planned}, k.filterArgs(id, *which.Filter)...)...)
	if err != nil {
		return nil, fmt.Errorf("select entries: %w", err)
	}
	selected, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return nil, fmt.Errorf("select entries: %w", err)
	}
	return selected, nil
}

// readEntries returns those of the entries that are there, without their use.
func readEntries(ctx context.Context, tx pgx.Tx, id tenant.ID, entries []uuid.UUID) ([]rag.Entry, error) {
	rows, err := tx.Query(ctx, sqlReadEntries, planned, id.UUID, entries)
	if err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	var list []rag.Entry
	var e entryRow
	seen := map[uuid.UUID]bool{}
	if _, err := pgx.ForEachRow(rows, e.columns(), func() error {
		if entry := e.entry(); !seen[entry.ID] {
			seen[entry.ID] = true
			list = append(list, entry)
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	return list, nil
}
