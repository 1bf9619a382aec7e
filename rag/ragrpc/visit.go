package ragrpc

import (
	"context"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Visits is what the methods around a conversation need of storage; all return
// rag.ErrNotFound when it is not there.
type Visits interface {
	Introduce(ctx context.Context, id tenant.ID, conversation uuid.UUID, i rag.Introduction) error
	// Introduction returns what was introduced; nothing yet is the zero Introduction.
	Introduction(ctx context.Context, id tenant.ID, conversation uuid.UUID) (rag.Introduction, error)
	RateConversation(ctx context.Context, id tenant.ID, conversation uuid.UUID, score int) error
	// Erase deletes the conversation with all that belongs to it.
	Erase(ctx context.Context, id tenant.ID, token rag.ConversationToken) error
}

// An Identities checks who a shop says that a shopper is.
// Errors: tenant.FieldErrors for a signature that does not count.
type Identities interface {
	Verify(ctx context.Context, id tenant.ID, who tenant.Identity) error
}

// RateConversation implements ShopperServiceHandler.
func (s *Shopper) RateConversation(ctx context.Context, req *storebotv1.RateConversationRequest) (*storebotv1.RateConversationResponse, error) {
	id, conv, err := s.open(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	return &storebotv1.RateConversationResponse{}, s.Visits.RateConversation(ctx, id, conv, int(req.GetScore()))
}

// Introduce implements ShopperServiceHandler.
func (s *Shopper) Introduce(ctx context.Context, req *storebotv1.IntroduceRequest) (*storebotv1.IntroduceResponse, error) {
	id, conv, err := s.open(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	p := req.GetProduct()
	known := rag.Introduction{SKU: rag.Clean(p.GetSku()), Title: rag.Clean(p.GetTitle()), Price: rag.Clean(p.GetPrice())}
	if who := req.GetIdentity(); who != nil {
		claim := tenant.Identity{User: who.GetUser(), Expires: time.Unix(who.GetExpires(), 0), Signature: who.GetSignature()}
		if err := s.Identities.Verify(ctx, id, claim); err != nil {
			return nil, err
		}
		known.Shopper = claim.User
	}
	return &storebotv1.IntroduceResponse{}, s.Visits.Introduce(ctx, id, conv, known)
}

// Erase implements ShopperServiceHandler.
func (s *Shopper) Erase(ctx context.Context, req *storebotv1.EraseRequest) (*storebotv1.EraseResponse, error) {
	id, _, err := s.open(ctx, req.GetConversationToken())
	if err != nil {
		return nil, err
	}
	return &storebotv1.EraseResponse{}, s.Visits.Erase(ctx, id, rag.ConversationToken(req.GetConversationToken()))
}
