package ragrpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	"storebot/rag"
	"storebot/tenant"

	storebotv1 "storebot/proto/gen/storebot/v1"
)

// Hits tells which questions an entry answered.
type Hits interface {
	// Hits returns the newest first; rag.ErrNotFound for an entry that is not the shop's.
	Hits(ctx context.Context, id tenant.ID, entry rag.EntryID) ([]rag.Hit, error)
}

// ListHits returns the questions that an entry answered, the newest first.
func (k *Knowledge) ListHits(ctx context.Context, req *storebotv1.ListHitsRequest) (*storebotv1.ListHitsResponse, error) {
	id, err := parse(req.GetEntryId())
	if err != nil {
		return nil, err
	}
	hits, err := k.Hits.Hits(ctx, tenant.CallerFrom(ctx).Tenant, id)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListHitsResponse{}
	for _, h := range hits {
		res.Hits = append(res.Hits, &storebotv1.Hit{
			Question: h.Question, AskedAt: timestamppb.New(h.AskedAt), Confidence: h.Confidence, Decision: string(h.Decision),
			Rating: int32(h.Rating), ConversationId: h.Conversation.String(), First: h.First,
		})
	}
	return res, nil
}
