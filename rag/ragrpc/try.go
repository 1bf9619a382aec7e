package ragrpc

import (
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/tenant"
)

// An Engine tells which engine answers a tenant now.
type Engine interface {
	State(ctx context.Context, id tenant.ID) (EngineState, error)
}

// EngineState is what GetEngine shows.
type EngineState struct {
	Embedder  string // that is searched now
	ChatModel string // empty: verbatim answers only
	Model     string // ok, degraded or off
	Wanted    string // embedder that is to be searched with; empty while it cannot be asked
	Entries   int
	Phrasings int
	Pending   int  // phrasings without a vector of the wanted embedder
	Down      bool // the embedding model is configured and cannot be asked
}

// TryQuestion implements KnowledgeServiceHandler.
func (k *Knowledge) TryQuestion(ctx context.Context, req *storebotv1.TryQuestionRequest, stream storebotv1connect.KnowledgeServiceTryQuestionServerStream) error {
	at := k.Now()
	shop, err := k.Shops.Shop(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return err
	}
	var evidence *storebotv1.Evidence
	found := func(r rag.Retrieval) {
		evidence = &storebotv1.Evidence{}
		for _, m := range r.Matches {
			evidence.Items = append(evidence.Items, &storebotv1.EvidenceItem{
				EntryId: m.Entry.ID.String(), Question: m.Entry.Question, Answer: m.Entry.Answer,
				Phrasing: m.Phrasing, Score: m.Score,
			})
		}
	}
	err = k.Answerer.Try(ctx, shop, rag.Question{Text: req.GetQuestion(), At: at}, found, func(e rag.Event) error {
		return stream.Send(&storebotv1.TryQuestionResponse{Event: &storebotv1.TryQuestionResponse_Shopper{Shopper: askResponse(e)}})
	})
	if err != nil {
		return err
	}
	if evidence != nil {
		err = stream.Send(&storebotv1.TryQuestionResponse{Event: &storebotv1.TryQuestionResponse_Evidence{Evidence: evidence}})
		if err != nil {
			return err
		}
	}
	if k.Tried == nil {
		return nil
	}
	return k.Tried(ctx, shop.ID) // last: a note that fails takes nothing of the answer with it
}

// GetEngine implements KnowledgeServiceHandler.
func (k *Knowledge) GetEngine(ctx context.Context, _ *storebotv1.GetEngineRequest) (*storebotv1.GetEngineResponse, error) {
	s, err := k.Engine.State(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetEngineResponse{
		Embedder: s.Embedder, ChatModel: s.ChatModel, ModelState: s.Model, WantedEmbedder: s.Wanted,
		Entries: int32(s.Entries), Phrasings: int32(s.Phrasings), PhrasingsPending: int32(s.Pending), EmbedderDown: s.Down,
	}, nil
}
