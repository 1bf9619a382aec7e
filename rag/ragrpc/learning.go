package ragrpc

import (
	"context"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Gaps keeps the questions that nothing answered.
type Gaps interface {
	ListGaps(ctx context.Context, id tenant.ID, limit int) ([]rag.Gap, int, error)
	// DismissGap returns rag.ErrNotFound.
	DismissGap(ctx context.Context, id tenant.ID, gap uuid.UUID) error
}

// Learning serves LearningService, in the manner of Knowledge.
type Learning struct {
	Gaps Gaps
}

var _ storebotv1connect.LearningServiceHandler = (*Learning)(nil)
