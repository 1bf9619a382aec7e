package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// commitBatch is how many rows a transaction stores: enough that its own cost
// vanishes, few enough that the shop's lock is held for some 50 ms.
const commitBatch = 1000

const (
	sqlNextRows = `
		SELECT position, row_number, question, answer, category, language, phrasings, status, problems
		FROM import_row
		WHERE tenant_id = $1 AND import_id = $2 AND position > $3 AND position <= $4
		ORDER BY position`

	sqlAdvance = `
		UPDATE import
		SET done_rows = $3, created_rows = created_rows + $4, updated_rows = updated_rows + $5, skipped_rows = skipped_rows + $6,
		    state = CASE WHEN $3 = total_rows THEN 'done' ELSE state END,
		    finished_at = CASE WHEN $3 = total_rows THEN now() END
		WHERE tenant_id = $1 AND id = $2
		RETURNING ` + importColumns
)

// Step stores the next rows of a running import and returns how far it is. The
// rows, their vectors and the resume point are one transaction: however often
// and wherever a process is killed, each row is stored once. Several may call
// it at once: each gets other rows. An import that does not run is returned as
// it is. Error: rag.ErrNotFound.
func (k *Knowledge) Step(ctx context.Context, id tenant.ID, importID uuid.UUID) (m rag.Import, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		if m, err = importIn(ctx, tx, sqlLockImport, id, importID); err != nil || m.State != rag.Running {
			return false, err
		}
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return false, err
		}
		until := min(m.Done+commitBatch, m.Total)
		rows, err := tx.Query(ctx, sqlNextRows, id.UUID, importID, m.Done, until)
		if err != nil {
			return false, fmt.Errorf("read import rows: %w", err)
		}
		staged, err := pgx.CollectRows(rows, scanStagedRow)
		if err != nil {
			return false, fmt.Errorf("read import rows: %w", err)
		}
		created, updated, err := k.plan(ctx, tx, id, m.OnChange, staged)
		if err != nil {
			return false, err
		}
		if err := k.store(ctx, tx, id, model, created, updated); err != nil {
			return false, err
		}
		rows, err = tx.Query(ctx, sqlAdvance, id.UUID, importID, until,
			len(created), len(updated), until-m.Done-len(created)-len(updated))
		if err != nil {
			return false, fmt.Errorf("advance import: %w", err)
		}
		if m, err = pgx.CollectExactlyOneRow(rows, scanImport); err != nil {
			return false, fmt.Errorf("advance import: %w", err)
		}
		return m.State == rag.Done && m.Created+m.Updated > 0, nil
	})
	return m, err
}

// plan decides what becomes of each row. What a row changes counts for the rows
// after it.
func (k *Knowledge) plan(ctx context.Context, tx pgx.Tx, id tenant.ID, policy rag.OnChange, rows []rag.StagedRow) (created, updated []stored, err error) {
	hashes := make([]stored, len(rows))
	var questions [][]byte
	for i := range rows {
		if s := rows[i].Status; s == rag.RowInvalid || s == rag.RowRepeated {
			continue
		}
		hashes[i] = stored{content: rows[i].Content, hash: rows[i].Content.Hash(), question: rag.QuestionHash(rows[i].Content.Question)}
		questions = append(questions, hashes[i].question[:])
	}
	found, err := k.find(ctx, tx, id, questions)
	if err != nil {
		return nil, nil, err
	}
	for i := range rows {
		e := hashes[i]
		holders := found[e.question]
		there := make([]rag.Hash, len(holders))
		for i, h := range holders {
			there[i] = h.content
		}
		switch rows[i].Change(policy, e.hash, there) {
		case rag.CreateEntry:
			e.id = uuid.Must(uuid.NewV7())
			created = append(created, e)
			found[e.question] = append(holders, holder{e.id, e.hash})
		case rag.UpdateEntry:
			e.id = holders[0].id
			updated = append(updated, e)
			found[e.question] = []holder{{e.id, e.hash}}
		case rag.NoChange:
		}
	}
	return created, updated, nil
}

// ImportNow commits a staged import and stores it in this process, calling
// progress after each batch. If the process ends before, a worker goes on.
func (k *Knowledge) ImportNow(ctx context.Context, id tenant.ID, importID uuid.UUID, policy rag.OnChange, progress func(rag.Import)) (rag.Import, error) {
	m, err := k.CommitImport(ctx, id, importID, policy)
	for err == nil && m.State == rag.Running {
		progress(m)
		m, err = k.Step(ctx, id, importID)
	}
	return m, err
}
