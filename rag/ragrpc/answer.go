package ragrpc

import (
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"

	"google.golang.org/protobuf/types/known/durationpb"
)

var decisions = map[rag.Decision]storebotv1.Decision{
	rag.Direct:    storebotv1.Decision_DECISION_DIRECT,
	rag.Composed:  storebotv1.Decision_DECISION_COMPOSED,
	rag.Clarify:   storebotv1.Decision_DECISION_CLARIFY,
	rag.Abstain:   storebotv1.Decision_DECISION_ABSTAIN,
	rag.SmallTalk: storebotv1.Decision_DECISION_SMALL_TALK,

	rag.HandedOver: storebotv1.Decision_DECISION_HANDED_OVER,
}

// askResponse maps one step of an answer onto the contract.
func askResponse(e rag.Event) *storebotv1.AskResponse {
	switch e := e.(type) {
	case rag.MatchEvent:
		return &storebotv1.AskResponse{Event: &storebotv1.AskResponse_Match{Match: match(e.Number, e.Entry)}}
	case rag.DeltaEvent:
		return &storebotv1.AskResponse{Event: &storebotv1.AskResponse_Delta{Delta: &storebotv1.Delta{Text: e.Text}}}
	case rag.AcceptedEvent:
		return &storebotv1.AskResponse{Event: &storebotv1.AskResponse_Accepted{Accepted: &storebotv1.Accepted{MessageId: e.MessageID.String()}}}
	case rag.DoneEvent:
		return &storebotv1.AskResponse{Event: &storebotv1.AskResponse_Done{Done: done(e.Reply)}}
	case rag.FailedEvent:
		return &storebotv1.AskResponse{Event: &storebotv1.AskResponse_Failed{Failed: &storebotv1.Failed{
			Reason: e.Reason, RetryAfter: durationpb.New(e.RetryAfter),
		}}}
	}
	panic("ragrpc: an event that the contract does not have")
}

func match(n int, e *rag.Entry) *storebotv1.Match {
	return &storebotv1.Match{EntryId: e.ID.String(), Question: e.Question, Answer: e.Answer, Number: int32(n)}
}

func done(r rag.Reply) *storebotv1.Done {
	d := &storebotv1.Done{
		Decision: decisions[r.Decision], Reason: r.Reason, Confidence: r.Confidence, Engine: r.Engine,
		Text: r.Text, Suggestions: r.Suggestions, State: states[r.State],
		Timings: &storebotv1.Timings{
			Retrieve:   durationpb.New(r.Timings.Retrieve),
			FirstWords: durationpb.New(r.Timings.FirstWords),
			Total:      durationpb.New(r.Timings.Total),
		},
	}
	for i, m := range r.Sources {
		d.Sources = append(d.Sources, match(i+1, m.Entry))
	}
	d.Products = cardsProto(r.Products)
	return d
}
