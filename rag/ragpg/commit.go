package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	sqlFindQuestions = `
		SELECT e.question_hash, e.content_hash, e.id
		FROM unnest($2::bytea[]) AS q(hash)
		CROSS JOIN LATERAL (
			SELECT question_hash, content_hash, id FROM entry WHERE tenant_id = $1 AND question_hash = q.hash OFFSET 0) e`

	// Whatever changes a shop's entries raises its version in the same
	// transaction, but for imports, which do so when they end.
	sqlHolds = `
		SELECT s.knowledge_version = m.knowledge_version
		   AND NOT EXISTS (SELECT FROM import o WHERE o.tenant_id = $1 AND o.state = 'running' AND o.id <> $2)
		FROM shop s, import m WHERE s.tenant_id = $1 AND m.tenant_id = $1 AND m.id = $2`

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
// it is. Rows that change nothing cost nothing as long as the shop is as the
// dry run saw it; else every row is compared again. Error: rag.ErrNotFound.
func (k *Knowledge) Step(ctx context.Context, id tenant.ID, importID uuid.UUID) (m rag.Import, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		if m, err = importIn(ctx, tx, sqlLockImport, id, importID); err != nil || m.State != rag.Running {
			return false, err
		}
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return false, err
		}
		var holds bool
		if err := tx.QueryRow(ctx, sqlHolds, id.UUID, importID).Scan(&holds); err != nil {
			return false, fmt.Errorf("compare versions: %w", err)
		}
		which := ""
		if holds {
			which = working
		}
		part, err := nextPart(ctx, tx, id, importID, m.Done, which)
		if err != nil {
			return false, err
		}
		until := m.Total
		if len(part) > 0 {
			until = part[len(part)-1].Position
		}
		created, updated, err := k.plan(ctx, tx, id, m, part, holds)
		if err != nil {
			return false, err
		}
		if err := k.store(ctx, tx, id, model, importID, created, updated); err != nil {
			return false, err
		}
		rows, err := tx.Query(ctx, sqlAdvance, id.UUID, importID, until,
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
// after it. holds tells that the shop's entries are still those that the dry run
// saw, apart from what this import stored: then rows that exist need no look, and
// only for changed ones must the entry be found. (No row of a file overwrites an
// entry whose question the file has twice.) An entry that is overwritten keeps what
// the sheet has no column for, as it is now.
func (k *Knowledge) plan(ctx context.Context, tx pgx.Tx, id tenant.ID, m rag.Import, rows []rag.StagedRow, holds bool) (created, updated []stored, err error) {
	hashes := make([]stored, len(rows))
	var questions [][]byte
	for i := range rows {
		switch s := rows[i].Status; {
		case s == rag.RowInvalid, s == rag.RowRepeated, s == rag.RowExists && holds:
			continue
		}
		hashes[i] = stored{content: rows[i].Content, hash: rows[i].Content.Hash(), question: rag.QuestionHash(rows[i].Content.Question)}
		if rows[i].Status != rag.RowReady || !holds {
			questions = append(questions, hashes[i].question[:])
		}
	}
	found, err := find(ctx, tx, id, questions)
	if err != nil {
		return nil, nil, err
	}
	var said map[rag.EntryID]rag.Content
	if m.Unsaid != (rag.Unsaid{}) {
		if said, err = contents(ctx, tx, id, found); err != nil {
			return nil, nil, err
		}
	}
	for i := range rows {
		e := hashes[i]
		if e.question == (rag.Hash{}) {
			continue
		}
		holders := found[e.question]
		there := make([]rag.Hash, len(holders))
		for i, h := range holders {
			there[i] = h.content
		}
		over := e
		if len(holders) == 1 {
			if entry, kept := said[holders[0].id]; kept {
				over.content = m.Unsaid.Keep(e.content, entry, k.Detect)
				over.hash = over.content.Hash()
			}
		}
		switch rows[i].Change(m.OnChange, over.hash, there) {
		case rag.CreateEntry:
			e.id = uuid.Must(uuid.NewV7())
			created = append(created, e)
			found[e.question] = append(holders, holder{e.id, e.hash})
		case rag.UpdateEntry:
			over.id = holders[0].id
			updated = append(updated, over)
			found[e.question] = []holder{{over.id, over.hash}}
		case rag.NoChange:
		}
	}
	return created, updated, nil
}

// ImportNow commits a staged import in the program's name and stores it in this process, calling
// progress after each batch. If the process ends before, a worker goes on.
func (k *Knowledge) ImportNow(ctx context.Context, id tenant.ID, importID uuid.UUID, policy rag.OnChange, progress func(rag.Import)) (rag.Import, error) {
	m, err := k.CommitImport(ctx, id, uuid.Nil, importID, policy)
	for err == nil && m.State == rag.Running {
		progress(m)
		m, err = k.Step(ctx, id, importID)
	}
	return m, err
}

// A holder is an entry that has a question.
type holder struct {
	id      rag.EntryID
	content rag.Hash
}

// find returns the entries that have the questions, by question.
func find(ctx context.Context, tx pgx.Tx, id tenant.ID, questions [][]byte) (map[rag.Hash][]holder, error) {
	found := map[rag.Hash][]holder{}
	if len(questions) == 0 {
		return found, nil
	}
	rows, err := tx.Query(ctx, sqlFindQuestions, planned, id.UUID, questions)
	if err != nil {
		return nil, fmt.Errorf("find questions: %w", err)
	}
	var question, content []byte
	var entry uuid.UUID
	_, err = pgx.ForEachRow(rows, []any{&question, &content, &entry}, func() error {
		q := rag.Hash(question)
		found[q] = append(found[q], holder{entry, rag.Hash(content)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find questions: %w", err)
	}
	return found, nil
}
