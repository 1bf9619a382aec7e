package ragpg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// importInfo is what import.info holds.
type importInfo struct {
	Format   string                      `json:"format"`
	Found    rag.Counts                  `json:"found"`
	Problems map[string]rag.ProblemCount `json:"problems,omitempty"`
	Chosen   rag.Chosen                  `json:"chosen"`
	Unsaid   rag.Unsaid                  `json:"unsaid,omitzero"`
	// Of products.
	Columns    []string `json:"columns,omitempty"`
	Attributes []string `json:"attributes,omitempty"`
	Currency   string   `json:"currency,omitempty"`
}

const importColumns = `id, subject, file_name, state, on_change, info, total_rows, done_rows, created_rows, updated_rows, skipped_rows,
	error, created_at, finished_at, undone_at, restored_rows, removed_rows, kept_rows`

// keepImports is how many imports of a shop are kept; more while they can be undone.
const keepImports = 50

const (
	sqlGetImport = `SELECT ` + importColumns + ` FROM import WHERE tenant_id = $1 AND id = $2`

	sqlLockImport = sqlGetImport + ` FOR UPDATE`

	sqlListImports = `SELECT ` + importColumns + ` FROM import
		WHERE tenant_id = $1 AND ($2::uuid = ` + nobody + ` OR id < $2) AND ($4 = '' OR subject = $4) ORDER BY id DESC LIMIT $3`

	sqlRunImport = `UPDATE import SET state = 'running', on_change = $3, error = '' WHERE tenant_id = $1 AND id = $2`

	sqlFailImport = `UPDATE import SET state = 'failed', error = $3, finished_at = now()
		WHERE tenant_id = $1 AND id = $2 AND state = 'running'`
)

func scanImport(row pgx.CollectableRow) (rag.Import, error) {
	var (
		m                rag.Import
		info             []byte
		finished, undone *time.Time
		read             importInfo
	)
	err := row.Scan(&m.ID, &m.Subject, &m.FileName, &m.State, &m.OnChange, &info, &m.Total, &m.Done, &m.Created, &m.Updated, &m.Skipped,
		&m.Error, &m.CreatedAt, &finished, &undone, &m.Restored, &m.Removed, &m.Kept)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(info, &read); err != nil {
		return m, fmt.Errorf("info of import %s: %w", m.ID, err)
	}
	m.Format, m.Found, m.Problems, m.Chosen, m.Unsaid = read.Format, read.Found, read.Problems, read.Chosen, read.Unsaid
	m.Columns, m.Attributes, m.Currency = read.Columns, read.Attributes, read.Currency
	if finished != nil {
		m.FinishedAt = *finished
	}
	if undone != nil {
		m.UndoneAt = *undone
	}
	return m, nil
}

func importIn(ctx context.Context, tx pgx.Tx, sql string, id tenant.ID, importID uuid.UUID) (rag.Import, error) {
	rows, err := tx.Query(ctx, sql, id.UUID, importID)
	if err != nil {
		return rag.Import{}, err
	}
	m, err := pgx.CollectExactlyOneRow(rows, scanImport)
	if err != nil {
		return rag.Import{}, lookup(err, "import %s", importID)
	}
	return m, nil
}

// GetImport returns an import as it is now. Error: rag.ErrNotFound.
func (k *Knowledge) GetImport(ctx context.Context, id tenant.ID, importID uuid.UUID) (m rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		m, err = importIn(ctx, tx, sqlGetImport, id, importID)
		return err
	})
	return m, err
}

// ListImports returns at most limit of the shop's imports, newest first: those before
// one, whose ids say when they were staged, or from the newest on with uuid.Nil; of
// one subject, or of all with "".
func (k *Knowledge) ListImports(ctx context.Context, id tenant.ID, of rag.Subject, before uuid.UUID, limit int) (list []rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListImports, id.UUID, before, limit, of)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, scanImport)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	return list, nil
}

// CommitImport has a staged import stored in the background, as the change by an
// account (uuid.Nil: the program) that shares its id. Called again it
// changes nothing, unless the import failed: then it goes on where it stopped.
// Errors: rag.ErrNotFound; *rag.InputError for what cannot become of changed rows.
func (k *Knowledge) CommitImport(ctx context.Context, id tenant.ID, by, importID uuid.UUID, policy rag.OnChange) (m rag.Import, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var about subject
		if m, about, err = k.subjectOf(ctx, tx, sqlLockImport, id, importID); err != nil {
			return err
		}
		if err := may(about, policy); err != nil {
			return err
		}
		if m.State != rag.Staged && m.State != rag.Failed {
			return nil
		}
		if _, err := tx.Exec(ctx, sqlRunImport, id.UUID, importID, policy); err != nil {
			return fmt.Errorf("run import %s: %w", importID, err)
		}
		if err := begin(ctx, tx, id, importID, rag.Importing, by); err != nil {
			return err
		}
		m.State, m.OnChange, m.Error = rag.Running, policy, ""
		return k.Jobs.Import(ctx, tx, id, importID)
	})
	return m, err
}

// FailImport ends a running import that cannot go on; what was stored stays,
// and CommitImport goes on from there. reason is a fixed word.
func (k *Knowledge) FailImport(ctx context.Context, id tenant.ID, importID uuid.UUID, reason string) error {
	err := k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		tag, err := tx.Exec(ctx, sqlFailImport, id.UUID, importID, reason)
		// Whoever has the shop in memory has to see the rows that it stored.
		return err == nil && tag.RowsAffected() > 0, err
	})
	if errors.Is(err, rag.ErrNotFound) {
		return nil // the shop is no more
	}
	return err
}
