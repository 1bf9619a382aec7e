package ragpg

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

const (
	// It is the present shop that the rows were compared with.
	sqlRechecked = `
		UPDATE import SET info = $3, knowledge_version = (SELECT knowledge_version FROM shop WHERE tenant_id = $1)
		WHERE tenant_id = $1 AND id = $2`

	sqlDeletePart = `DELETE FROM import_part WHERE tenant_id = $1 AND import_id = $2 AND first_row = $3`

	// The row at place $4 of the part that begins with $3.
	sqlChoose = `
		UPDATE import_part
		SET choices = overlay(CASE choices WHEN '' THEN repeat('-', last_row - first_row + 1) ELSE choices END PLACING $4 FROM $3 - first_row + 1)
		WHERE tenant_id = $1 AND import_id = $2 AND $3 BETWEEN first_row AND last_row`
)

// staged locks an import that waits for its merchant. Errors: rag.ErrNotFound;
// *rag.InputError once it was started.
func staged(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID) error {
	m, err := importIn(ctx, tx, sqlLockImport, id, importID)
	if err == nil && m.State != rag.Staged {
		err = importStarted()
	}
	return err
}

func importStarted() error {
	return &rag.InputError{Code: "import_started", Message: "the import was started already", Cure: "change the entries themselves"}
}

// EditImportRow gives a row of a staged import other texts and checks the whole
// sheet again: what one row says decides what others are. It returns the import
// and the row. Errors: rag.ErrNotFound; *rag.InputError once the import was started.
func (k *Knowledge) EditImportRow(ctx context.Context, id tenant.ID, importID uuid.UUID, position int, c rag.Content) (m rag.Import, row rag.StagedRow, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := staged(ctx, tx, id, importID); err != nil {
			return err
		}
		found := false
		err := k.recheck(ctx, tx, id, importID, func(r *rag.StagedRow) bool {
			if r.Position != position {
				return false
			}
			found = true
			r.Content, r.Problems = k.checked(r.Number, c)
			return true
		})
		if err == nil && !found {
			err = rag.ErrNotFound
		}
		if err != nil {
			return err
		}
		part, err := nextPart(ctx, tx, id, importID, position-1, "")
		if err != nil {
			return err
		}
		row = part[position-part[0].Position]
		if err := k.beside(ctx, tx, id, []*rag.StagedRow{&row}); err != nil {
			return err
		}
		m, err = importIn(ctx, tx, sqlGetImport, id, importID)
		return err
	})
	return m, row, err
}

// checked is a row's content as the sheet's reader would have it.
func (k *Knowledge) checked(number int, c rag.Content) (rag.Content, []rag.RowProblem) {
	r, problems := sheet.Check(sheet.Row{Number: number, Question: c.Question, Answer: c.Answer, Category: c.Category,
		Language: c.Language, Phrasings: c.Phrasings, Terms: c.Terms})
	c = rag.Content{Question: r.Question, Answer: r.Answer, Category: r.Category, Language: r.Language, Phrasings: r.Phrasings, Terms: r.Terms}
	c.Terms.State = cmp.Or(c.Terms.State, rag.Published)
	c.Language = k.language(c)
	return c, rowProblems(problems)
}

func rowProblems(list []sheet.Problem) []rag.RowProblem {
	var out []rag.RowProblem
	for _, p := range list {
		out = append(out, rag.RowProblem{Column: p.Column, Code: string(p.Code), Message: p.Message, Cure: p.Cure, Warning: p.Code.Warning()})
	}
	return out
}

// recheck classifies all rows of an import anew, after edit may have changed
// some, and stores the parts in which anything turned out otherwise.
func (k *Knowledge) recheck(ctx context.Context, tx pgx.Tx, id tenant.ID, importID uuid.UUID, edit func(r *rag.StagedRow) bool) error {
	m, err := importIn(ctx, tx, sqlGetImport, id, importID)
	if err != nil {
		return err
	}
	s := stager{tx: tx, tenant: id, id: importID, there: map[rag.Hash][]rag.Hash{}, unsaid: m.Unsaid, detect: k.Detect}
	after := 0
	for {
		part, err := nextPart(ctx, tx, id, importID, after, "")
		if err != nil {
			return err
		}
		if len(part) == 0 {
			break
		}
		after = part[len(part)-1].Position
		before := signature(part)
		rows := make([]readRow, len(part))
		for i := range part {
			edit(&part[i])
			rows[i] = prepared(part[i])
		}
		if err := s.look(ctx, rows); err != nil {
			return fmt.Errorf("find questions: %w", err)
		}
		s.parts++
		if err := s.keep(ctx, rows); err != nil {
			return err
		}
		s.classify(rows)
		for i := range rows {
			part[i] = rows[i].StagedRow
		}
		if signature(part) == before {
			continue
		}
		if _, err := tx.Exec(ctx, sqlDeletePart, id.UUID, importID, part[0].Position); err != nil {
			return fmt.Errorf("replace import rows: %w", err)
		}
		if err := insertPart(ctx, tx, id, importID, rows); err != nil {
			return err
		}
	}
	if err := s.warn(ctx); err != nil {
		return err
	}
	return s.recount(ctx, m.Format)
}

// prepared is a staged row before its classification, without the warnings of
// the last one.
func prepared(r rag.StagedRow) readRow {
	r.Problems = slices.DeleteFunc(r.Problems, func(p rag.RowProblem) bool {
		return p.Code == rag.QuestionTwice || p.Code == rag.SeveralEntries
	})
	row := readRow{StagedRow: r, valid: !slices.ContainsFunc(r.Problems, func(p rag.RowProblem) bool { return !p.Warning })}
	if row.valid {
		row.content, row.question = r.Content.Hash(), rag.QuestionHash(r.Content.Question)
	}
	return row
}

// signature is all that is stored of a part's rows. The warning of a question's
// first row comes last of all: its part is always stored anew.
func signature(part []rag.StagedRow) string {
	var out strings.Builder
	for i := range part {
		fmt.Fprintf(&out, "%s %x %v\n", part[i].Status, part[i].Content.Hash(), part[i].Problems)
	}
	return out.String()
}

// recount stores what an import's rows come to now.
func (s *stager) recount(ctx context.Context, format string) error {
	info, err := json.Marshal(importInfo{Format: format, Found: s.classifier.Found, Problems: s.problems, Chosen: s.chosen, Unsaid: s.unsaid})
	if err != nil {
		return err
	}
	if _, err := s.tx.Exec(ctx, sqlRechecked, s.tenant.UUID, s.id, info); err != nil {
		return fmt.Errorf("update import: %w", err)
	}
	return nil
}

// ChooseImportRows says for single rows of a staged import what becomes of them
// if they are changed; "" leaves it to the import again. Errors: rag.ErrNotFound;
// *rag.InputError once the import was started.
func (k *Knowledge) ChooseImportRows(ctx context.Context, id tenant.ID, importID uuid.UUID, positions []int, choice rag.OnChange) (m rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := staged(ctx, tx, id, importID); err != nil {
			return err
		}
		for _, p := range positions {
			tag, err := tx.Exec(ctx, sqlChoose, id.UUID, importID, p, string(choiceLetters[choice]))
			if err != nil {
				return fmt.Errorf("choose for row %d: %w", p, err)
			}
			if tag.RowsAffected() == 0 {
				return rag.ErrNotFound
			}
		}
		if err := k.recheck(ctx, tx, id, importID, func(*rag.StagedRow) bool { return false }); err != nil {
			return err
		}
		m, err = importIn(ctx, tx, sqlGetImport, id, importID)
		return err
	})
	return m, err
}

// beside finds for changed rows the entry that the shop has with the question.
func (k *Knowledge) beside(ctx context.Context, tx pgx.Tx, id tenant.ID, rows []*rag.StagedRow) error {
	var questions [][]byte
	for _, r := range rows {
		if r.Status == rag.RowChanged {
			hash := rag.QuestionHash(r.Content.Question)
			questions = append(questions, hash[:])
		}
	}
	found, err := find(ctx, tx, id, questions)
	if err != nil || len(found) == 0 {
		return err
	}
	var ids []uuid.UUID
	for _, holders := range found {
		ids = append(ids, holders[0].id)
	}
	entries, err := readEntries(ctx, tx, id, ids)
	if err != nil {
		return err
	}
	byID := map[uuid.UUID]*rag.Entry{}
	for i := range entries {
		byID[entries[i].ID] = &entries[i]
	}
	for _, r := range rows {
		if holders := found[rag.QuestionHash(r.Content.Question)]; r.Status == rag.RowChanged && len(holders) > 0 {
			r.There = byID[holders[0].id]
		}
	}
	return nil
}
