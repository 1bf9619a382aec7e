package gateway

import (
	"maps"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Looking at what could be learnt is every member's; what shoppers will be
// answered is a manager's.
func init() {
	maps.Copy(policy, map[string]rule{
		storebotv1connect.LearningServiceGetGapProcedure:             {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.LearningServiceGetGapConversationProcedure: {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.LearningServiceGetCoverageProcedure:        {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.LearningServiceDraftAnswerProcedure:        {kind: tenant.Member, role: tenant.Manager, limit: limitTry},
		storebotv1connect.LearningServiceApproveGapProcedure:         {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceMergeGapsProcedure:          {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceSplitGapProcedure:           {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceRestoreGapProcedure:         {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceCorrectAnswerProcedure:      {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceCorrectToProductProcedure:   {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceListChecksProcedure:         {kind: tenant.Member, role: tenant.Agent},
		storebotv1connect.LearningServiceCreateCheckProcedure:        {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServiceDeleteChecksProcedure:       {kind: tenant.Member, role: tenant.Manager},
		storebotv1connect.LearningServicePreviewChangeProcedure:      {kind: tenant.Member, role: tenant.Manager},
	})
}
