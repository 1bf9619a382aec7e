package gateway

import (
	storebotv1 "storebot/proto/gen/storebot/v1"

	"google.golang.org/protobuf/proto"
)

// learningRequests are requests of LearningService, for request.
func (s *shop) learningRequests(content *storebotv1.EntryContent) map[string]proto.Message {
	gap, entry, question := s.gap.String(), s.entry.String(), "Who brings "+s.canary+"?"
	return map[string]proto.Message{
		"LearningService/GetGap":             &storebotv1.GetGapRequest{Id: gap},
		"LearningService/GetGapConversation": &storebotv1.GetGapConversationRequest{QuestionId: s.gapQuestion.String()},
		"LearningService/GetCoverage":        &storebotv1.GetCoverageRequest{},
		"LearningService/DraftAnswer":        &storebotv1.DraftAnswerRequest{GapId: gap},
		"LearningService/ApproveGap":         &storebotv1.ApproveGapRequest{GapId: gap, EntryId: entry, Content: content},
		"LearningService/MergeGaps":          &storebotv1.MergeGapsRequest{IntoId: gap, Ids: []string{gap}},
		"LearningService/SplitGap":           &storebotv1.SplitGapRequest{QuestionId: s.gapQuestion.String()},
		"LearningService/RestoreGap":         &storebotv1.RestoreGapRequest{Id: gap},
		"LearningService/CorrectAnswer":      &storebotv1.CorrectAnswerRequest{Question: question, EntryId: entry, Content: content},
		"LearningService/CorrectToProduct":   &storebotv1.CorrectToProductRequest{Question: question, ProductId: s.product.String()},
		"LearningService/ListChecks":         &storebotv1.ListChecksRequest{},
		"LearningService/CreateCheck":        &storebotv1.CreateCheckRequest{Question: question, EntryId: entry, ProductId: s.product.String()},
		"LearningService/DeleteChecks":       &storebotv1.DeleteChecksRequest{Ids: []string{s.check.String()}},
		"LearningService/PreviewChange": &storebotv1.PreviewChangeRequest{EntryId: entry, Content: content, DeletedIds: []string{entry}, PublishedIds: []string{entry}, ImportId: s.imported.String(),
			OnChange: storebotv1.OnChange_ON_CHANGE_SKIP, DeletedProductIds: []string{s.product.String()},
			Product: &storebotv1.Product{Id: s.product.String(), Sku: "new-" + s.canary, Name: "New " + s.canary}},
	}
}
