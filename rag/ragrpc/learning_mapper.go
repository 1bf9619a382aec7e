package ragrpc

import (
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"

	"google.golang.org/protobuf/types/known/timestamppb"
)

var gapKinds = map[rag.GapKind]storebotv1.GapKind{
	rag.Unanswered: storebotv1.GapKind_GAP_KIND_UNANSWERED,
	rag.NotHelpful: storebotv1.GapKind_GAP_KIND_NOT_HELPFUL,
	rag.NotTakenUp: storebotv1.GapKind_GAP_KIND_NOT_TAKEN_UP,
}

// A request that says nothing means the open ones.
var gapStates = map[storebotv1.GapState]rag.GapState{
	storebotv1.GapState_GAP_STATE_UNSPECIFIED: rag.OpenGaps,
	storebotv1.GapState_GAP_STATE_OPEN:        rag.OpenGaps,
	storebotv1.GapState_GAP_STATE_DISMISSED:   rag.DismissedGaps,
}

var checkSources = map[rag.CheckSource]storebotv1.CheckSource{
	rag.Saved:      storebotv1.CheckSource_CHECK_SOURCE_SAVED,
	rag.Correction: storebotv1.CheckSource_CHECK_SOURCE_CORRECTION,
	rag.FromGap:    storebotv1.CheckSource_CHECK_SOURCE_GAP,
	rag.Helpful:    storebotv1.CheckSource_CHECK_SOURCE_HELPFUL,
}

var checkOutcomes = map[rag.Outcome]storebotv1.CheckOutcome{
	rag.Wrong:   storebotv1.CheckOutcome_CHECK_OUTCOME_WRONG,
	rag.Missed:  storebotv1.CheckOutcome_CHECK_OUTCOME_MISSED,
	rag.Offered: storebotv1.CheckOutcome_CHECK_OUTCOME_OFFERED,
	rag.Right:   storebotv1.CheckOutcome_CHECK_OUTCOME_RIGHT,
}

func gapProto(g rag.Gap) *storebotv1.Gap {
	return &storebotv1.Gap{
		Id: g.ID.String(), Question: g.Question, Language: g.Language, Questions: int32(g.Questions), Conversations: int32(g.Conversations),
		NotHelpful: int32(g.NotHelpful), NotTakenUp: int32(g.NotTakenUp),
		FirstAskedAt: timestamppb.New(g.FirstAskedAt), LastAskedAt: timestamppb.New(g.LastAskedAt), EntryId: name(g.Entry),
	}
}

func matches(list []rag.Match) []*storebotv1.Match {
	var out []*storebotv1.Match
	for i, m := range list {
		out = append(out, match(i+1, m.Entry))
	}
	return out
}

func checkProto(c rag.Check) *storebotv1.Check {
	return &storebotv1.Check{
		Id: c.ID.String(), Question: c.Question, EntryId: name(c.Entry), ProductId: name(c.Product), Source: checkSources[c.Source], CreatedAt: timestamppb.New(c.CreatedAt),
	}
}

func resultProto(r rag.CheckResult) *storebotv1.CheckResult {
	out := &storebotv1.CheckResult{Outcome: checkOutcomes[r.Outcome], Decision: decisions[r.Decision], Confidence: r.Confidence}
	if r.Found != nil {
		out.FoundEntryId, out.FoundQuestion = r.Found.ID.String(), r.Found.Question
	}
	if r.FoundProduct != nil {
		out.FoundProduct = r.FoundProduct.Name
	}
	return out
}

func checkedProto(r rag.CheckResult) *storebotv1.Check {
	out := checkProto(r.Check)
	out.Result = resultProto(r)
	if r.Expected != nil {
		out.EntryQuestion = r.Expected.Question
	}
	if r.ExpectedProduct != nil {
		out.ProductName = r.ExpectedProduct.Name
	}
	return out
}
