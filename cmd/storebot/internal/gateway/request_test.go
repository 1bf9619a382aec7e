package gateway

import (
	"context"
	"errors"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// request returns a request that the handler of procedure must answer without
// an error when a member of s, or its shopper, sends it. A method without one fails the test.
func (w *world) request(t testing.TB, procedure string, s *shop) proto.Message {
	t.Helper()
	from, to := timestamppb.New(time.Now().Add(-time.Hour)), timestamppb.New(time.Now().Add(time.Hour))
	content := &storebotv1.EntryContent{Question: "Is " + s.canary + " new?", Answer: "Yes, says " + s.canary}
	token := string(s.conversation)
	fresh := uuid.NewString()
	if m := w.linkRequest(t, procedure); m != nil {
		return m
	}
	requests := map[string]proto.Message{
		"ShopperService/GetWidget":         &storebotv1.GetWidgetRequest{},
		"ShopperService/StartConversation": &storebotv1.StartConversationRequest{},
		"ShopperService/Ask":               &storebotv1.AskRequest{ConversationToken: token, ClientKey: uuid.NewString(), Question: "Where is " + s.canary + "?"},
		"ShopperService/ListMessages":      &storebotv1.ListMessagesRequest{ConversationToken: token},
		"ShopperService/RequestPerson":     &storebotv1.RequestPersonRequest{ConversationToken: token},
		"ShopperService/LeaveContact":      &storebotv1.LeaveContactRequest{ConversationToken: token, Reach: s.canary},
		"ShopperService/Rate":              &storebotv1.RateRequest{ConversationToken: token, MessageId: s.reply.String(), Rating: 1},
		"ShopperService/RateConversation":  &storebotv1.RateConversationRequest{ConversationToken: token, Score: 4},
		"ShopperService/Introduce": &storebotv1.IntroduceRequest{ConversationToken: token, Product: &storebotv1.ShownProduct{Title: s.canary},
			Identity: &storebotv1.ShopperIdentity{User: s.canary, Expires: to.Seconds, Signature: tenant.Sign(s.identitySecret, s.id, s.canary, to.AsTime())}},
		"ShopperService/Erase": &storebotv1.EraseRequest{ConversationToken: token},

		"WidgetService/GetLook":              &storebotv1.GetLookRequest{},
		"WidgetService/SetLook":              &storebotv1.SetLookRequest{Look: &storebotv1.Look{Color: "#123456", Side: "left", Label: s.canary}},
		"WidgetService/RotateIdentitySecret": &storebotv1.RotateIdentitySecretRequest{},

		"ShopperService/Watch": &storebotv1.WatchRequest{ConversationToken: token},

		"InboxService/ListConversations": &storebotv1.ListConversationsRequest{View: storebotv1.InboxView_INBOX_VIEW_ALL},
		"InboxService/GetConversation":   &storebotv1.GetConversationRequest{Id: s.conversationID()},
		"InboxService/TakeOver":          &storebotv1.TakeOverRequest{Id: s.conversationID()},
		"InboxService/Reply":             &storebotv1.ReplyRequest{Id: s.conversationID(), ClientKey: fresh, Text: "Hello from " + s.canary},
		"InboxService/AddNote":           &storebotv1.AddNoteRequest{Id: s.conversationID(), ClientKey: fresh, Text: "Ask " + s.canary},
		"InboxService/SetTyping":         &storebotv1.SetTypingRequest{Id: s.conversationID()},
		"InboxService/MarkRead":          &storebotv1.MarkReadRequest{Id: s.conversationID()},
		"InboxService/HandBack":          &storebotv1.HandBackRequest{Id: s.conversationID()},
		"InboxService/CloseConversation": &storebotv1.CloseConversationRequest{Id: s.conversationID(), Outcome: storebotv1.Outcome_OUTCOME_SOLVED},
		"InboxService/SuggestReply":      &storebotv1.SuggestReplyRequest{Id: s.conversationID()},
		"InboxService/WatchInbox":        &storebotv1.WatchInboxRequest{},
		"InboxService/GetHours":          &storebotv1.GetHoursRequest{},
		"InboxService/SetHours": &storebotv1.SetHoursRequest{Hours: &storebotv1.Hours{
			Openings: []*storebotv1.Opening{{Weekday: 1, Opens: 540, Closes: 1080}}, AwayText: "Away, says " + s.canary, ReplyWithinMinutes: 15,
		}},

		"AccountService/SignUp": &storebotv1.SignUpRequest{
			ShopName: "New", Email: fresh + "@shop.example", Password: "my cat eats tulips", Language: "en", TimeZone: "UTC",
		},
		"AccountService/LogIn":         &storebotv1.LogInRequest{Email: w.login(t), Password: loginPassword},
		"AccountService/LogOut":        &storebotv1.LogOutRequest{},
		"AccountService/WhoAmI":        &storebotv1.WhoAmIRequest{},
		"AccountService/ListSessions":  &storebotv1.ListSessionsRequest{},
		"AccountService/RevokeSession": &storebotv1.RevokeSessionRequest{Id: s.spare[tenant.Owner]},

		"AccountService/ListShops": &storebotv1.ListShopsRequest{},
		"AccountService/EnterShop": &storebotv1.EnterShopRequest{TenantId: s.id.String()},

		"AccountService/ChangePassword":       &storebotv1.ChangePasswordRequest{Current: loginPassword, Password: "two dogs eat roses"},
		"AccountService/RequestPasswordReset": &storebotv1.RequestPasswordResetRequest{Email: "owner@" + s.canary + ".example"},

		"TenantService/ListMembers":      &storebotv1.ListMembersRequest{},
		"TenantService/SetMemberRole":    &storebotv1.SetMemberRoleRequest{Id: s.account[tenant.Agent].String(), Role: "manager"},
		"TenantService/RemoveMember":     &storebotv1.RemoveMemberRequest{Id: s.account[tenant.Agent].String()},
		"TenantService/MakeResetLink":    &storebotv1.MakeResetLinkRequest{Id: s.account[tenant.Agent].String()},
		"TenantService/ListInvitations":  &storebotv1.ListInvitationsRequest{},
		"TenantService/Invite":           &storebotv1.InviteRequest{Email: fresh + "@shop.example", Role: "agent"},
		"TenantService/RevokeInvitation": &storebotv1.RevokeInvitationRequest{Id: s.invitation.String()},
		"TenantService/GetUsage":         &storebotv1.GetUsageRequest{},
		"TenantService/ListVisits":       &storebotv1.ListVisitsRequest{},
		"TenantService/SetRetention":     &storebotv1.SetRetentionRequest{Days: 90},
		"TenantService/ExportShop":       &storebotv1.ExportShopRequest{},
		"TenantService/DeleteShop":       &storebotv1.DeleteShopRequest{Name: "Shop " + s.canary},
		"TenantService/KeepShop":         &storebotv1.KeepShopRequest{},

		"PlatformService/LogOutAdmin":          &storebotv1.LogOutAdminRequest{},
		"PlatformService/GetAdmin":             &storebotv1.GetAdminRequest{},
		"PlatformService/ListTenants":          &storebotv1.ListTenantsRequest{},
		"PlatformService/SuspendTenant":        &storebotv1.SuspendTenantRequest{TenantId: s.id.String(), Reason: "unpaid"},
		"PlatformService/ResumeTenant":         &storebotv1.ResumeTenantRequest{TenantId: s.id.String(), Reason: "paid"},
		"PlatformService/SetQuota":             &storebotv1.SetQuotaRequest{TenantId: s.id.String(), Quota: &storebotv1.Quota{Entries: proto.Int64(9)}, Reason: "plan"},
		"PlatformService/EnterTenant":          &storebotv1.EnterTenantRequest{TenantId: s.id.String(), Reason: "asked for help"},
		"PlatformService/MakeAccountResetLink": &storebotv1.MakeAccountResetLinkRequest{Email: "owner@" + s.canary + ".example", Reason: "asked for it"},
		"PlatformService/ListAudit":            &storebotv1.ListAuditRequest{},
		"PlatformService/GetState":             &storebotv1.GetStateRequest{},
		"PlatformService/RetryJob":             &storebotv1.RetryJobRequest{Id: 1, Reason: "mended"},

		"TenantService/GetTenant":         &storebotv1.GetTenantRequest{},
		"TenantService/UpdateTenant":      &storebotv1.UpdateTenantRequest{Name: "Shop " + s.canary, Language: "en", TimeZone: "UTC"},
		"TenantService/SetAllowedOrigins": &storebotv1.SetAllowedOriginsRequest{AllowedOrigins: []string{s.origin, "https://new.example"}},
		"TenantService/RotateKey":         &storebotv1.RotateKeyRequest{},

		"KnowledgeService/ListEntries":    &storebotv1.ListEntriesRequest{},
		"KnowledgeService/CreateEntry":    &storebotv1.CreateEntryRequest{Content: content},
		"KnowledgeService/UpdateEntry":    &storebotv1.UpdateEntryRequest{Id: s.entry.String(), Content: content},
		"KnowledgeService/DeleteEntries":  &storebotv1.DeleteEntriesRequest{Ids: []string{s.entry.String()}},
		"KnowledgeService/StageImport":    &storebotv1.StageImportRequest{FileName: "faq.csv", Content: []byte("question,answer\nIs it open?,Yes\n")},
		"KnowledgeService/ListImportRows": &storebotv1.ListImportRowsRequest{ImportId: s.imported.String()},
		"KnowledgeService/CommitImport":   &storebotv1.CommitImportRequest{ImportId: s.imported.String(), OnChange: storebotv1.OnChange_ON_CHANGE_SKIP},
		"KnowledgeService/GetImport":      &storebotv1.GetImportRequest{ImportId: s.imported.String()},
		"KnowledgeService/ListImports":    &storebotv1.ListImportsRequest{},
		"KnowledgeService/WatchImport":    &storebotv1.WatchImportRequest{ImportId: s.imported.String()},
		"KnowledgeService/ExportEntries":  &storebotv1.ExportEntriesRequest{Format: "csv"},
		"KnowledgeService/TryQuestion":    &storebotv1.TryQuestionRequest{Question: "Where is " + s.canary + "?"},
		"KnowledgeService/GetEngine":      &storebotv1.GetEngineRequest{},

		"LearningService/ListGaps":           &storebotv1.ListGapsRequest{},
		"LearningService/DismissGap":         &storebotv1.DismissGapRequest{Id: s.gap.String()},
		"OnboardingService/GetOnboarding":    &storebotv1.GetOnboardingRequest{},
		"OnboardingService/PassStep":         &storebotv1.PassStepRequest{Step: storebotv1.OnboardingStep_ONBOARDING_STEP_BASELINE},
		"OnboardingService/GetStarterPack":   &storebotv1.GetStarterPackRequest{Trade: "food", Language: "en"},
		"OnboardingService/StageStarterPack": &storebotv1.StageStarterPackRequest{Trade: "food", Language: "en", Facts: []*storebotv1.StarterFact{{Name: "contact", Text: s.canary}}},
		"AnsweringService/GetAnswering":      &storebotv1.GetAnsweringRequest{},
		"AnsweringService/UpdateAnswering": &storebotv1.UpdateAnsweringRequest{Answering: &storebotv1.Answering{
			Strictness: storebotv1.Strictness_STRICTNESS_SURE, Tone: storebotv1.Tone_TONE_WARM, AnswerBudgetMs: 900,
			En: &storebotv1.FixedTexts{Greeting: "Hi from " + s.canary},
		}},

		"InsightService/GetReport":       &storebotv1.GetReportRequest{From: from, To: to},
		"InsightService/GetBaseline":     &storebotv1.GetBaselineRequest{},
		"InsightService/SetBaseline":     &storebotv1.SetBaselineRequest{Baseline: &storebotv1.Baseline{MinutesPerConversation: 4, Currency: "EUR"}},
		"InsightService/ListLedger":      &storebotv1.ListLedgerRequest{From: from, To: to, Filter: &storebotv1.LedgerFilter{EntryId: s.entry.String()}},
		"InsightService/ExportLedger":    &storebotv1.ExportLedgerRequest{From: from, To: to, Filter: &storebotv1.LedgerFilter{EntryId: s.entry.String()}},
		"InsightService/ListTopEntries":  &storebotv1.ListTopEntriesRequest{From: from, To: to},
		"InsightService/GetStaffingPlan": &storebotv1.GetStaffingPlanRequest{From: from, To: to, ServiceLevel: .8, Wait: durationpb.New(time.Minute), Patience: durationpb.New(time.Minute)},
		"KnowledgeService/EditImportRow": &storebotv1.EditImportRowRequest{ImportId: s.imported.String(), Position: 1,
			Row: &storebotv1.EditImportRowRequest_Content{Content: &storebotv1.RowContent{Question: "What else is " + s.canary + "?"}}},
		"KnowledgeService/ChooseImportRows": &storebotv1.ChooseImportRowsRequest{ImportId: s.sold.String(), Positions: []int32{1},
			Choice: storebotv1.OnChange_ON_CHANGE_SKIP},
		"KnowledgeService/SetImport":         &storebotv1.SetImportRequest{ImportId: s.sold.String(), OnChange: storebotv1.OnChange_ON_CHANGE_SKIP, Currency: proto.String("EUR")},
		"KnowledgeService/ExportInvalidRows": &storebotv1.ExportInvalidRowsRequest{ImportId: s.imported.String()},
		"KnowledgeService/GetEntry":          &storebotv1.GetEntryRequest{Id: s.entry.String()},
		"KnowledgeService/EditEntries":       &storebotv1.EditEntriesRequest{Ids: []string{s.entry.String()}, Edit: &storebotv1.EditEntriesRequest_Category{Category: "New"}},
		"KnowledgeService/UndoChange":        &storebotv1.UndoChangeRequest{ChangeId: s.change.String()},
		"KnowledgeService/ListRevisions":     &storebotv1.ListRevisionsRequest{EntryId: s.entry.String()},
		"KnowledgeService/RestoreRevision":   &storebotv1.RestoreRevisionRequest{EntryId: s.entry.String(), RevisionId: s.revision.String()},
		"KnowledgeService/ListHits":          &storebotv1.ListHitsRequest{EntryId: s.entry.String()},
		"KnowledgeService/SuggestPhrasings":  &storebotv1.SuggestPhrasingsRequest{EntryId: s.entry.String()},
	}
	maps.Copy(requests, s.learningRequests(content))
	maps.Copy(requests, s.productRequests())
	m, ok := requests[procedure[len("/storebot.v1."):]]
	if !ok {
		t.Fatalf("%s: write a request here that it answers without an error", procedure)
	}
	return m
}

// linkRequest returns a request that uses a new link up, or nil for a method
// that takes none. The link leads to nothing that a test looks at.
func (w *world) linkRequest(t testing.TB, procedure string) proto.Message {
	t.Helper()
	switch procedure[len("/storebot.v1."):] {
	case "PlatformService/OpenLink":
		token, err := w.platform.CreateAdmin(t.Context(), tenant.CommandLine, uuid.NewString()[:8]+"@storebot.example")
		if err != nil {
			t.Fatal(err)
		}
		return &storebotv1.OpenLinkRequest{Token: token, Password: loginPassword}
	case "PlatformService/LogInAdmin":
		w.operator(t)
		return &storebotv1.LogInAdminRequest{Email: "admin@storebot.example", Password: loginPassword}
	case "AccountService/GetInvitation", "AccountService/AcceptInvitation", "AccountService/ResetPassword":
	default:
		return nil
	}
	me, _, err := w.tenants.SignUp(t.Context(), tenant.Founding{
		ShopName: "Links", Language: "en", TimeZone: "UTC", Email: uuid.NewString() + "@shop.example", Password: loginPassword,
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	people, err := w.tenants.Members(t.Context(), me.Tenant.ID)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(procedure, "/ResetPassword") {
		token, err := w.tenants.MakeResetLink(t.Context(), me.Tenant.ID, people[0].Account)
		if err != nil {
			t.Fatal(err)
		}
		return &storebotv1.ResetPasswordRequest{Token: token, Password: "two dogs eat roses"}
	}
	_, token, _, err := w.tenants.Invite(t.Context(), me.Tenant.ID, people[0].Account, uuid.NewString()+"@shop.example", tenant.Agent)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(procedure, "/GetInvitation") {
		return &storebotv1.GetInvitationRequest{Token: token}
	}
	return &storebotv1.AcceptInvitationRequest{Token: token, Password: loginPassword}
}

const loginPassword = "my cat eats tulips"

// login returns the address of an account that can log in, made once a world.
func (w *world) login(t testing.TB) string {
	t.Helper()
	if w.loginEmail != "" {
		return w.loginEmail
	}
	w.loginEmail = "login@shop.example"
	if _, err := w.tenants.Create(t.Context(), tenant.Founding{
		ShopName: "Log in", Language: "en", TimeZone: "UTC", Email: w.loginEmail, Password: loginPassword,
	}); err != nil {
		t.Fatal(err)
	}
	return w.loginEmail
}

// call sends one request and returns all that came back. Of a method that
// watches without end it takes the first message.
func (w *world) call(t testing.TB, c caller, procedure string, req proto.Message) ([]proto.Message, error) {
	t.Helper()
	var spec connect.Spec
	for s := range w.server.Specs() {
		if s.Procedure == procedure {
			spec = s
		}
	}
	if spec.Procedure == "" {
		t.Fatalf("%s is not served", procedure)
	}
	output := contract(t)[procedure].Output().FullName()
	kind, err := protoregistry.GlobalTypes.FindMessageByName(output)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ctx, _ = c.context(ctx)
	if spec.StreamType == connect.StreamTypeUnary {
		res := kind.New().Interface()
		if err := w.client.CallUnary(ctx, spec, req, res); err != nil {
			return nil, err
		}
		return []proto.Message{res}, nil
	}
	stream, err := w.transport.NewClientStream(ctx, spec)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	// A server that refuses before it has read the message ends the stream: EOF
	// from Send says that the reason is to be received.
	if err := stream.Send(req); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if err := stream.CloseSend(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var got []proto.Message
	for {
		res := kind.New().Interface()
		err := stream.Receive(res)
		switch {
		case errors.Is(err, io.EOF):
			return got, nil
		case err != nil:
			return got, err
		}
		got = append(got, res)
		if policy[procedure].time == endless {
			return got, nil
		}
	}
}
