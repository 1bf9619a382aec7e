package ragrpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

// ListGaps returns the newest questions that nothing answered.
func (l *Learning) ListGaps(ctx context.Context, req *storebotv1.ListGapsRequest) (*storebotv1.ListGapsResponse, error) {
	gaps, total, err := l.Gaps.ListGaps(ctx, tenant.CallerFrom(ctx).Tenant, pageSize(req.GetPageSize(), gapPage))
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListGapsResponse{Total: int32(total)}
	for _, g := range gaps {
		res.Gaps = append(res.Gaps, &storebotv1.Gap{Id: g.ID.String(), Question: g.Question, Language: g.Language, CreatedAt: timestamppb.New(g.CreatedAt)})
	}
	return res, nil
}

// DismissGap takes a question off the list.
func (l *Learning) DismissGap(ctx context.Context, req *storebotv1.DismissGapRequest) (*storebotv1.DismissGapResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	if err := l.Gaps.DismissGap(ctx, tenant.CallerFrom(ctx).Tenant, id); err != nil {
		return nil, err
	}
	return &storebotv1.DismissGapResponse{}, nil
}
