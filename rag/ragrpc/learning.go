package ragrpc

import (
	"context"
	"time"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Gaps keeps the questions that nothing answered. Its methods return
// rag.ErrNotFound for what is not the shop's.
type Gaps interface {
	// Group puts new questions into clusters, some hundred at a time.
	Group(ctx context.Context, id tenant.ID) (more bool, err error)
	ListGaps(ctx context.Context, id tenant.ID, state rag.GapState, limit int) ([]rag.Gap, int, error)
	GetGap(ctx context.Context, id tenant.ID, gap uuid.UUID) (rag.Gap, []rag.GapQuestion, error)
	GapConversation(ctx context.Context, id tenant.ID, question uuid.UUID) ([]rag.Message, error)
	Coverage(ctx context.Context, id tenant.ID, since time.Time) (rag.Coverage, error)
}

// GapSorter changes which question belongs where. Its methods return
// rag.ErrNotFound for what is not the shop's.
type GapSorter interface {
	MergeGaps(ctx context.Context, id tenant.ID, into uuid.UUID, others []uuid.UUID) (rag.Gap, error)
	SplitGap(ctx context.Context, id tenant.ID, question uuid.UUID) (rag.Gap, error)
	SetGapState(ctx context.Context, id tenant.ID, gap uuid.UUID, state rag.GapState) error
}

// A Learner stores what is learnt. Its methods return rag.ErrNotFound for what is
// not the shop's, and *rag.InputError for texts that cannot be taken in. Without
// content an entry gets the questions as phrasings.
type Learner interface {
	ApproveGap(ctx context.Context, id tenant.ID, by, gap uuid.UUID, entry rag.EntryID, c *rag.Content) (rag.Entry, error)
	Correct(ctx context.Context, id tenant.ID, by uuid.UUID, question string, entry rag.EntryID, c *rag.Content) (rag.Entry, rag.Check, error)
	CorrectToProduct(ctx context.Context, id tenant.ID, by uuid.UUID, question string, sold uuid.UUID) (product.Product, rag.Check, error)
	CreateCheck(ctx context.Context, id tenant.ID, want rag.Check) (rag.Check, error)
	DeleteChecks(ctx context.Context, id tenant.ID, checks []uuid.UUID) (int, error)
	Entry(ctx context.Context, id tenant.ID, entry rag.EntryID) (rag.Entry, error)
}

// Checks asks a shop's checks.
type Checks interface {
	Run(ctx context.Context, id tenant.ID) ([]rag.CheckResult, error)
	// Ask asks one, stored or not.
	Ask(ctx context.Context, id tenant.ID, c rag.Check) (rag.CheckResult, error)
	Preview(ctx context.Context, id tenant.ID, change check.Change) (check.Report, error)
}

// Learning serves LearningService, in the manner of Knowledge.
type Learning struct {
	Gaps     Gaps
	Sorter   GapSorter
	Learner  Learner
	Checks   Checks
	Foreseer Foreseer
	Answerer *rag.Answerer
	Shops    Shops
	Now      func() time.Time
}

var _ storebotv1connect.LearningServiceHandler = (*Learning)(nil)

// parseOptional reads an id that may be empty: the zero id.
func parseOptional(id string) (uuid.UUID, error) {
	if id == "" {
		return uuid.Nil, nil
	}
	return parse(id)
}

func parseAll(ids []string) ([]uuid.UUID, error) {
	out := make([]uuid.UUID, len(ids))
	for i, s := range ids {
		var err error
		if out[i], err = parse(s); err != nil {
			return nil, err
		}
	}
	return out, nil
}
