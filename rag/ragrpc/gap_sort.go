package ragrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"
)

// MergeGaps implements LearningServiceHandler.
func (l *Learning) MergeGaps(ctx context.Context, req *storebotv1.MergeGapsRequest) (*storebotv1.MergeGapsResponse, error) {
	into, err := parse(req.GetIntoId())
	if err != nil {
		return nil, err
	}
	others, err := parseAll(req.GetIds())
	if err != nil {
		return nil, err
	}
	g, err := l.Sorter.MergeGaps(ctx, tenant.CallerFrom(ctx).Tenant, into, others)
	if err != nil {
		return nil, err
	}
	return &storebotv1.MergeGapsResponse{Gap: gapProto(g)}, nil
}

// SplitGap implements LearningServiceHandler.
func (l *Learning) SplitGap(ctx context.Context, req *storebotv1.SplitGapRequest) (*storebotv1.SplitGapResponse, error) {
	question, err := parse(req.GetQuestionId())
	if err != nil {
		return nil, err
	}
	g, err := l.Sorter.SplitGap(ctx, tenant.CallerFrom(ctx).Tenant, question)
	if err != nil {
		return nil, err
	}
	return &storebotv1.SplitGapResponse{Gap: gapProto(g)}, nil
}

// DismissGap implements LearningServiceHandler.
func (l *Learning) DismissGap(ctx context.Context, req *storebotv1.DismissGapRequest) (*storebotv1.DismissGapResponse, error) {
	return &storebotv1.DismissGapResponse{}, l.setState(ctx, req.GetId(), rag.DismissedGaps)
}

// RestoreGap implements LearningServiceHandler.
func (l *Learning) RestoreGap(ctx context.Context, req *storebotv1.RestoreGapRequest) (*storebotv1.RestoreGapResponse, error) {
	return &storebotv1.RestoreGapResponse{}, l.setState(ctx, req.GetId(), rag.OpenGaps)
}

func (l *Learning) setState(ctx context.Context, gap string, state rag.GapState) error {
	id, err := parse(gap)
	if err != nil {
		return err
	}
	return l.Sorter.SetGapState(ctx, tenant.CallerFrom(ctx).Tenant, id, state)
}
