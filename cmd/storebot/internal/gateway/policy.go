package gateway

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
)

// A rule says who may call a method and how it is limited.
type rule struct {
	kind    tenant.CallerKind
	role    tenant.Role // the least role of a Member
	limit   limitClass
	quota   quotaClass
	maxBody int           // bytes of a request; 0: maxBody
	time    time.Duration // of the whole call; 0: callTime
}

// What some methods need more than others.
const (
	endless    = -1               // a method that watches until its caller leaves
	sheetTime  = 5 * time.Minute  // a sheet of many thousand rows, read or written
	exportTime = 30 * time.Minute // everything of a shop, streamed
	sheetBody  = 34 << 20         // a sheet of 32 MiB and what stands around it
)

// policy names every method of the contract. A method that is not here is
// refused, and the program does not start: see checkPolicy and its test.
var policy = map[string]rule{
	storebotv1connect.ShopperServiceGetWidgetProcedure:         {kind: tenant.Shopper, limit: limitRead},
	storebotv1connect.ShopperServiceStartConversationProcedure: {kind: tenant.Shopper, limit: limitStart},
	storebotv1connect.ShopperServiceAskProcedure:               {kind: tenant.Shopper, limit: limitAsk, quota: quotaQuestion},
	storebotv1connect.ShopperServiceListMessagesProcedure:      {kind: tenant.Shopper, limit: limitRead},
	storebotv1connect.ShopperServiceRequestPersonProcedure:     {kind: tenant.Shopper, limit: limitContact},
	storebotv1connect.ShopperServiceLeaveContactProcedure:      {kind: tenant.Shopper, limit: limitContact},
	storebotv1connect.ShopperServiceWatchProcedure:             {kind: tenant.Shopper, limit: limitRead, time: endless},
	storebotv1connect.ShopperServiceRateProcedure:              {kind: tenant.Shopper, limit: limitAsk},
	storebotv1connect.ShopperServiceRateConversationProcedure:  {kind: tenant.Shopper, limit: limitAsk},
	storebotv1connect.ShopperServiceIntroduceProcedure:         {kind: tenant.Shopper, limit: limitRead},
	storebotv1connect.ShopperServiceEraseProcedure:             {kind: tenant.Shopper, limit: limitContact},

	storebotv1connect.WidgetServiceGetLookProcedure:              {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.WidgetServiceSetLookProcedure:              {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.WidgetServiceRotateIdentitySecretProcedure: {kind: tenant.Member, role: tenant.Owner},

	storebotv1connect.AccountServiceSignUpProcedure:        {kind: tenant.Anonymous, limit: limitSignUp},
	storebotv1connect.AccountServiceLogInProcedure:         {kind: tenant.Anonymous, limit: limitLogIn},
	storebotv1connect.AccountServiceLogOutProcedure:        {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.AccountServiceWhoAmIProcedure:        {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.AccountServiceListSessionsProcedure:  {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.AccountServiceRevokeSessionProcedure: {kind: tenant.Member, role: tenant.Agent},

	storebotv1connect.AccountServiceListShopsProcedure: {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.AccountServiceEnterShopProcedure: {kind: tenant.Member, role: tenant.Agent},

	storebotv1connect.AccountServiceChangePasswordProcedure: {kind: tenant.Member, role: tenant.Agent, limit: limitPassword},
	// What opens these is a link's secret, or nothing at all.
	storebotv1connect.AccountServiceRequestPasswordResetProcedure: {kind: tenant.Anonymous, limit: limitReset},
	storebotv1connect.AccountServiceResetPasswordProcedure:        {kind: tenant.Anonymous, limit: limitLogIn},
	storebotv1connect.AccountServiceGetInvitationProcedure:        {kind: tenant.Anonymous, limit: limitLogIn},
	storebotv1connect.AccountServiceAcceptInvitationProcedure:     {kind: tenant.Anonymous, limit: limitLogIn},

	storebotv1connect.TenantServiceListMembersProcedure:      {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.TenantServiceSetMemberRoleProcedure:    {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceRemoveMemberProcedure:     {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceMakeResetLinkProcedure:    {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceListInvitationsProcedure:  {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceInviteProcedure:           {kind: tenant.Member, role: tenant.Owner, limit: limitInvite},
	storebotv1connect.TenantServiceRevokeInvitationProcedure: {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceGetUsageProcedure:         {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.TenantServiceListVisitsProcedure:       {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.TenantServiceSetRetentionProcedure:     {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceExportShopProcedure:       {kind: tenant.Member, role: tenant.Owner, limit: limitExport, time: exportTime},
	storebotv1connect.TenantServiceDeleteShopProcedure:       {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceKeepShopProcedure:         {kind: tenant.Member, role: tenant.Owner},

	storebotv1connect.PlatformServiceOpenLinkProcedure:             {kind: tenant.Anonymous, limit: limitLogIn},
	storebotv1connect.PlatformServiceLogInAdminProcedure:           {kind: tenant.Anonymous, limit: limitLogIn},
	storebotv1connect.PlatformServiceLogOutAdminProcedure:          {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceGetAdminProcedure:             {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceListTenantsProcedure:          {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceSuspendTenantProcedure:        {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceResumeTenantProcedure:         {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceSetQuotaProcedure:             {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceEnterTenantProcedure:          {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceMakeAccountResetLinkProcedure: {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceListAuditProcedure:            {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceGetStateProcedure:             {kind: tenant.PlatformAdmin},
	storebotv1connect.PlatformServiceRetryJobProcedure:             {kind: tenant.PlatformAdmin},

	storebotv1connect.TenantServiceGetTenantProcedure:         {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.TenantServiceUpdateTenantProcedure:      {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceSetAllowedOriginsProcedure: {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.TenantServiceRotateKeyProcedure:         {kind: tenant.Member, role: tenant.Owner},

	storebotv1connect.KnowledgeServiceListEntriesProcedure:    {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.KnowledgeServiceCreateEntryProcedure:    {kind: tenant.Member, role: tenant.Manager, quota: quotaGrowth},
	storebotv1connect.KnowledgeServiceUpdateEntryProcedure:    {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.KnowledgeServiceDeleteEntriesProcedure:  {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceStageImportProcedure:    {kind: tenant.Member, role: tenant.Manager, quota: quotaGrowth, maxBody: sheetBody, time: sheetTime},
	storebotv1connect.KnowledgeServiceListImportRowsProcedure: {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.KnowledgeServiceCommitImportProcedure:   {kind: tenant.Member, role: tenant.Manager, quota: quotaGrowth},
	storebotv1connect.KnowledgeServiceGetImportProcedure:      {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.KnowledgeServiceListImportsProcedure:    {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.KnowledgeServiceWatchImportProcedure:    {kind: tenant.Member, role: tenant.Manager, time: endless},
	storebotv1connect.KnowledgeServiceExportEntriesProcedure:  {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceTryQuestionProcedure:    {kind: tenant.Member, role: tenant.Agent, limit: limitTry},
	storebotv1connect.KnowledgeServiceGetEngineProcedure:      {kind: tenant.Member, role: tenant.Agent},

	storebotv1connect.LearningServiceListGapsProcedure:           {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.LearningServiceDismissGapProcedure:         {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.InboxServiceListConversationsProcedure:     {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceGetConversationProcedure:       {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceTakeOverProcedure:              {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceReplyProcedure:                 {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceAddNoteProcedure:               {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceSetTypingProcedure:             {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceMarkReadProcedure:              {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceHandBackProcedure:              {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceCloseConversationProcedure:     {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceSuggestReplyProcedure:          {kind: tenant.Member, role: tenant.Agent, limit: limitTry},
	storebotv1connect.InboxServiceWatchInboxProcedure:            {kind: tenant.Member, role: tenant.Agent, time: endless},
	storebotv1connect.InboxServiceGetHoursProcedure:              {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InboxServiceSetHoursProcedure:              {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.OnboardingServiceGetOnboardingProcedure:    {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.OnboardingServicePassStepProcedure:         {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.OnboardingServiceGetStarterPackProcedure:   {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.OnboardingServiceStageStarterPackProcedure: {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.AnsweringServiceGetAnsweringProcedure:      {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.AnsweringServiceUpdateAnsweringProcedure:   {kind: tenant.Member, role: tenant.Manager},

	storebotv1connect.KnowledgeServiceEditImportRowProcedure:     {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceSetImportProcedure:         {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceChooseImportRowsProcedure:  {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceExportInvalidRowsProcedure: {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceGetEntryProcedure:          {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.KnowledgeServiceEditEntriesProcedure:       {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceUndoChangeProcedure:        {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.KnowledgeServiceListRevisionsProcedure:     {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.KnowledgeServiceRestoreRevisionProcedure:   {kind: tenant.Member, role: tenant.Manager},
	storebotv1connect.KnowledgeServiceListHitsProcedure:          {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.KnowledgeServiceSuggestPhrasingsProcedure:  {kind: tenant.Member, role: tenant.Manager},

	storebotv1connect.InsightServiceGetReportProcedure:       {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InsightServiceGetBaselineProcedure:     {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InsightServiceSetBaselineProcedure:     {kind: tenant.Member, role: tenant.Owner},
	storebotv1connect.InsightServiceListLedgerProcedure:      {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InsightServiceExportLedgerProcedure:    {kind: tenant.Member, role: tenant.Manager, time: sheetTime},
	storebotv1connect.InsightServiceListTopEntriesProcedure:  {kind: tenant.Member, role: tenant.Agent},
	storebotv1connect.InsightServiceGetStaffingPlanProcedure: {kind: tenant.Member, role: tenant.Agent},
}

// checkPolicy holds the table against what server really has.
func checkPolicy(server *connect.Server) error {
	left := maps.Clone(policy)
	for spec := range server.Specs() {
		if _, ok := left[spec.Procedure]; !ok {
			return fmt.Errorf("gateway: method %s has no rule in the policy table", spec.Procedure)
		}
		delete(left, spec.Procedure)
	}
	if len(left) > 0 {
		return fmt.Errorf("gateway: the policy table names methods that are not served: %v", slices.Sorted(maps.Keys(left)))
	}
	return nil
}
