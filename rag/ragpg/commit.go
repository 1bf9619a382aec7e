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
	// Whatever changes what a shop has raises its version in the same
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
// rows, vectors of entries and the resume point are one transaction: however often
// and wherever a process is killed, each row is stored once. Several may call
// it at once: each gets other rows. An import that does not run is returned as
// it is. Rows that change nothing cost nothing as long as the shop is as the
// dry run saw it; else every row is compared again. Error: rag.ErrNotFound.
func (k *Knowledge) Step(ctx context.Context, id tenant.ID, importID uuid.UUID) (m rag.Import, err error) {
	err = k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		var about subject
		if m, about, err = k.subjectOf(ctx, tx, sqlLockImport, id, importID); err != nil || m.State != rag.Running {
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
		plan, err := about.plan(ctx, tx, part, holds)
		if err != nil {
			return false, err
		}
		if err := plan.store(ctx, tx, model); err != nil {
			return false, err
		}
		created, updated := plan.size()
		rows, err := tx.Query(ctx, sqlAdvance, id.UUID, importID, until, created, updated, until-m.Done-created-updated)
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
