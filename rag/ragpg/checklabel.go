package ragpg

import (
	"context"
	"fmt"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// CheckLabels asks a shop's checks of its knowledge for what they say of the engine,
// and tells the version of the knowledge that it was; check.Runner does.
type CheckLabels interface {
	Labels(ctx context.Context, id tenant.ID) ([]rag.CheckLabel, int64, error)
}

const (
	sqlForgetCheckLabels = `DELETE FROM label WHERE tenant_id = $1 AND source = 'check'`

	// A check may have been deleted since it was asked.
	sqlLabelChecks = `
		INSERT INTO label (tenant_id, id, source, check_id, confidence, engine, correct)
		SELECT $1, gen_random_uuid(), 'check', l.check_id, l.confidence, l.engine, l.correct
		FROM unnest($2::uuid[], $3::real[], $4::text[], $5::bool[]) AS l(check_id, confidence, engine, correct)
		WHERE EXISTS (SELECT FROM answer_check c WHERE c.tenant_id = $1 AND c.id = l.check_id)`

	sqlCalibratedVersion = `UPDATE shop SET calibrated_version = $2 WHERE tenant_id = $1`
)

// labelChecks replaces what the checks told before.
func labelChecks(ctx context.Context, tx pgx.Tx, id tenant.ID, told []rag.CheckLabel, version int64) error {
	checks, confidences := make([]uuid.UUID, len(told)), make([]float32, len(told))
	engines, correct := make([]string, len(told)), make([]bool, len(told))
	for i, l := range told {
		checks[i], confidences[i], engines[i], correct[i] = l.Check, float32(l.Confidence), l.Engine, l.Correct
	}
	if _, err := tx.Exec(ctx, sqlForgetCheckLabels, id.UUID); err != nil {
		return fmt.Errorf("forget the labels of checks: %w", err)
	}
	if _, err := tx.Exec(ctx, sqlLabelChecks, planned, id.UUID, checks, confidences, engines, correct); err != nil {
		return fmt.Errorf("label checks: %w", err)
	}
	if _, err := tx.Exec(ctx, sqlCalibratedVersion, id.UUID, version); err != nil {
		return fmt.Errorf("note what the checks of tenant %s were asked of: %w", id, err)
	}
	return nil
}
