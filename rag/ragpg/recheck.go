package ragpg

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	// It is the present shop that the rows were compared with.
	sqlRechecked = `
		UPDATE import SET info = $3, on_change = $4, knowledge_version = (SELECT knowledge_version FROM shop WHERE tenant_id = $1)
		WHERE tenant_id = $1 AND id = $2`

	// The row at place $4 of the part that begins with $3.
	sqlChoose = `
		UPDATE import_part
		SET choices = overlay(CASE choices WHEN '' THEN repeat('-', last_row - first_row + 1) ELSE choices END PLACING $4 FROM $3 - first_row + 1)
		WHERE tenant_id = $1 AND import_id = $2 AND $3 BETWEEN first_row AND last_row`
)

// waiting reads an import that waits for its merchant, by one of the statements that
// read one. Errors: rag.ErrNotFound; *rag.InputError once it was started.
func (k *Knowledge) waiting(ctx context.Context, tx pgx.Tx, sql string, id tenant.ID, importID uuid.UUID) (rag.Import, subject, error) {
	m, about, err := k.subjectOf(ctx, tx, sql, id, importID)
	if err == nil && m.State != rag.Staged {
		err = &rag.InputError{Code: "import_started", Message: "the import was started already", Cure: "change what it stored"}
	}
	return m, about, err
}

// EditImportRow gives a row of a staged import other texts and checks the whole
// sheet again: what one row says decides what others are. It returns the import
// and the row. Errors: rag.ErrNotFound; *rag.InputError once the import was started, and
// for an edit of another subject.
func (k *Knowledge) EditImportRow(ctx context.Context, id tenant.ID, importID uuid.UUID, position int, edit rag.RowEdit) (m rag.Import, row rag.StagedRow, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		was, about, err := k.waiting(ctx, tx, sqlLockImport, id, importID)
		if err != nil {
			return err
		}
		found := false
		m, err = recheck(ctx, tx, id, was, about, func(r *rag.StagedRow) error {
			if r.Position != position {
				return nil
			}
			found = true
			return about.write(r, edit)
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
		return about.beside(ctx, tx, []*rag.StagedRow{&row})
	})
	return m, row, err
}

// SetImport says what holds for all rows of a staged import, and checks them again.
// Errors: rag.ErrNotFound; *rag.InputError once the import was started, and for what
// cannot be.
func (k *Knowledge) SetImport(ctx context.Context, id tenant.ID, importID uuid.UUID, to rag.ImportSettings) (m rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		was, about, err := k.waiting(ctx, tx, sqlLockImport, id, importID)
		if err != nil {
			return err
		}
		if to.OnChange != "" {
			if err := may(about, to.OnChange); err != nil {
				return err
			}
			was.OnChange = to.OnChange
		}
		if to.Currency != nil {
			if was.Currency, err = currency(*to.Currency); err != nil {
				return err
			}
			if about, err = k.subject(id, was); err != nil {
				return err
			}
		}
		m, err = recheck(ctx, tx, id, was, about, nil)
		return err
	})
	return m, err
}

// recheck judges all rows of an import anew, after edit, unless it is nil, may have
// changed some, stores the parts in which anything turned out otherwise, and returns the
// import as it is then.
func recheck(ctx context.Context, tx pgx.Tx, id tenant.ID, m rag.Import, about reviewer, edit func(r *rag.StagedRow) error) (rag.Import, error) {
	s := stager{tx: tx, tenant: id, id: m.ID, judge: about.judge(tx)}
	for after := 0; ; {
		part, err := nextPart(ctx, tx, id, m.ID, after, "")
		if err != nil {
			return m, err
		}
		if len(part) == 0 {
			break
		}
		after = part[len(part)-1].Position
		before := signature(part)
		rows := make([]readRow, len(part))
		for i := range part {
			if edit != nil {
				if err := edit(&part[i]); err != nil {
					return m, err
				}
			}
			rows[i] = readRow{StagedRow: part[i], stored: true}
		}
		if err := s.judge.part(ctx, rows); err != nil {
			return m, err
		}
		s.tally(rows)
		for i := range rows {
			part[i] = rows[i].StagedRow
		}
		if signature(part) == before {
			continue
		}
		if err := replacePart(ctx, tx, id, m.ID, rows); err != nil {
			return m, err
		}
	}
	if err := s.judge.end(ctx, s.count); err != nil {
		return m, err
	}
	s.came(&m)
	info, err := infoOf(m)
	if err != nil {
		return m, err
	}
	if _, err := tx.Exec(ctx, sqlRechecked, id.UUID, m.ID, info, m.OnChange); err != nil {
		return m, fmt.Errorf("update import: %w", err)
	}
	return m, nil
}

// signature is all that is stored of a part's rows. The warning of a question's
// first row comes last of all: its part is always stored anew.
func signature(part []rag.StagedRow) string {
	var out strings.Builder
	for i := range part {
		fmt.Fprintf(&out, "%s %x %q %v\n", part[i].Status, part[i].Content.Hash(), part[i].Cells, part[i].Problems)
	}
	return out.String()
}

// ChooseImportRows says for single rows of a staged import what becomes of them
// if they are changed; "" leaves it to the import again. Errors: rag.ErrNotFound;
// *rag.InputError once the import was started, and for what cannot become of them.
func (k *Knowledge) ChooseImportRows(ctx context.Context, id tenant.ID, importID uuid.UUID, positions []int, choice rag.OnChange) (m rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		was, about, err := k.waiting(ctx, tx, sqlLockImport, id, importID)
		if err != nil {
			return err
		}
		if choice != "" {
			if err := may(about, choice); err != nil {
				return err
			}
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
		m, err = recheck(ctx, tx, id, was, about, nil)
		return err
	})
	return m, err
}
