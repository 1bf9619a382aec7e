package ragpg

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

// Learning is what shops learn from: the questions that nothing answered, in
// clusters, and the checks. What becomes an entry goes through Knowledge. All
// fields are needed.
type Learning struct {
	Knowledge    *Knowledge
	Calibrations Calibrations // of a shop whose checks are others
	Now          func() time.Time
}

func (l *Learning) inTenant(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error {
	return l.Knowledge.DB.InTenant(ctx, id, fn)
}

// sqlLockLearning lets one process at a time put a shop's questions into clusters.
const sqlLockLearning = `SELECT pg_advisory_xact_lock(hashtextextended('gaps of tenant_id ' || $1::uuid, 0))`
