package gateway

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"
)

const platformPath = "/storebot.v1.PlatformService/"

// An admin names shops by right; one that is not there is not found, and what
// was refused is not in the audit as done.
func TestThePlatformNamesShops(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	tried := 0
	for _, procedure := range slices.Sorted(maps.Keys(contract(t))) {
		if policy[procedure].kind != tenant.PlatformAdmin {
			continue
		}
		for _, f := range idFields(contract(t)[procedure].Input(), nil) {
			tried++
			req := w.request(t, procedure, s)
			f.set(req.ProtoReflect(), uuid.NewString(), false)
			_, err := w.call(t, w.operator(t), procedure, req)
			if connect.CodeOf(err) != connect.CodeNotFound || problemOf(t, err).GetReason() != "not_found" {
				t.Errorf("%s with %s of nobody: %v", procedure, f, err)
			}
		}
	}
	if tried < 4 {
		t.Errorf("only %d fields name a shop", tried)
	}
	var lines int
	if err := w.admin.QueryRow(t.Context(), `SELECT count(*) FROM platform.audit WHERE act IN ('suspend', 'resume', 'set_quota', 'enter')`).Scan(&lines); err != nil || lines != 0 {
		t.Errorf("%d lines of the audit tell of what was refused: %v", lines, err)
	}
}

// A deleted shop's row is its receipt.
func TestThePlatformHasReceipts(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	erased, err := w.tenants.Erase(t.Context(), s.id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.call(t, w.operator(t), storebotv1connect.PlatformServiceListTenantsProcedure, &storebotv1.ListTenantsRequest{Status: "deleted"})
	if err != nil {
		t.Fatal(err)
	}
	rows := got[0].(*storebotv1.ListTenantsResponse).GetTenants()
	if len(rows) != 1 || !rows[0].GetDeletedAt().AsTime().Equal(erased.At) || rows[0].GetDeletedRows() != erased.Total() || erased.Total() < 10 {
		t.Errorf("%v, want %d rows at %s", rows, erased.Total(), erased.At)
	}
}

// Nothing that an admin can ask for holds a word of a shop but its name and slug.
func TestThePlatformSeesNoContent(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	w.exec(t, `UPDATE identity.tenant SET name = 'Plain', slug = 'plain' WHERE id = $1`, s.id.UUID)
	for procedure := range contract(t) {
		if policy[procedure].kind != tenant.PlatformAdmin || strings.HasSuffix(procedure, "/LogOutAdmin") {
			continue
		}
		req := w.request(t, procedure, s)
		got, err := w.call(t, w.operator(t), procedure, req)
		if err != nil {
			t.Errorf("%s: %v", procedure, err)
		}
		// The audit says whose password was reset: an address that the admin named.
		text := strings.ReplaceAll(answer(got, nil), "owner@"+s.canary+".example", "")
		if strings.Contains(text, s.canary) {
			t.Errorf("%s gives an admin %s", procedure, text)
		}
	}
}

// What an admin does to a shop is in the audit with who, what, to whom and why;
// a suspended shop's every credential is refused, and works again afterwards.
func TestSuspendFromThePlatform(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	invited := w.linkInto(t, s)
	credentials := map[string]func() error{
		"publishable key": func() error {
			_, err := w.call(t, s.shopper(), widgetPath, &storebotv1.GetWidgetRequest{})
			return err
		},
		"invitation": func() error {
			_, err := w.call(t, caller{}, "/storebot.v1.AccountService/AcceptInvitation", &storebotv1.AcceptInvitationRequest{Token: invited, Password: loginPassword})
			return err
		},
		"log-in": func() error {
			_, err := w.call(t, caller{}, "/storebot.v1.AccountService/LogIn", &storebotv1.LogInRequest{Email: "owner@" + s.canary + ".example", Password: loginPassword})
			return err
		},
	}
	for role := range s.session {
		credentials[string(role)+"'s session"] = func() error {
			_, err := w.call(t, s.member(role), "/storebot.v1.AccountService/WhoAmI", &storebotv1.WhoAmIRequest{})
			return err
		}
	}
	if err := credentials["publishable key"](); err != nil {
		t.Fatal(err)
	}
	do := func(method string) {
		t.Helper()
		procedure := platformPath + method
		if _, err := w.call(t, w.operator(t), procedure, w.request(t, procedure, s)); err != nil {
			t.Fatal(err)
		}
	}
	do("SuspendTenant")
	began := time.Now()
	for name, use := range credentials {
		err := use()
		for err == nil && time.Since(began) < 5*time.Second {
			err = use()
		}
		if err == nil || problemOf(t, err).GetReason() != "tenant_suspended" {
			t.Errorf("%s of a suspended shop: %v", name, err)
		}
		if took := time.Since(began); took > 4*time.Second { // the promise is 1 s; a busy machine may stop this process
			t.Errorf("%s was refused only after %v", name, took)
		}
	}
	do("ResumeTenant")
	for end := time.Now().Add(5 * time.Second); ; {
		err := credentials["publishable key"]()
		if err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("5 s after it was resumed: %v", err)
		}
	}
	got, err := w.call(t, w.operator(t), platformPath+"ListAudit", &storebotv1.ListAuditRequest{PageSize: 2})
	if err != nil {
		t.Fatal(err)
	}
	list := got[0].(*storebotv1.ListAuditResponse)
	if len(list.GetRows()) != 2 || list.GetNextPageToken() == "" {
		t.Fatalf("the audit: %v", list)
	}
	for i, want := range []struct{ act, reason string }{{"resume", "paid"}, {"suspend", "unpaid"}} {
		r := list.GetRows()[i]
		if r.GetAct() != want.act || r.GetReason() != want.reason || r.GetAdmin() != "admin@storebot.example" || r.GetTenantSlug() == "" || time.Since(r.GetAt().AsTime()) > time.Minute {
			t.Errorf("line %d of the audit: %v", i, r)
		}
	}
}

// linkInto returns the secret of an invitation to the shop.
func (w *world) linkInto(t testing.TB, s *shop) string {
	t.Helper()
	_, token, _, err := w.tenants.Invite(t.Context(), s.id, s.account[tenant.Owner], uuid.NewString()+"@shop.example", tenant.Agent)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// A shop sees who looked at it and why, and a visit ends when it is left.
func TestAVisitIsSeen(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	visitor := w.visitor(t, s)
	got, err := w.call(t, visitor, "/storebot.v1.AccountService/WhoAmI", &storebotv1.WhoAmIRequest{})
	if err != nil {
		t.Fatal(err)
	}
	me := got[0].(*storebotv1.WhoAmIResponse).GetMe()
	if me.GetVisit().GetReason() != "to help" || me.GetEmail() != "admin@storebot.example" || me.GetTenantId() != s.id.String() {
		t.Errorf("WhoAmI of a visitor: %v", me)
	}
	visits := func() []*storebotv1.Visit {
		t.Helper()
		got, err := w.call(t, s.member(tenant.Agent), "/storebot.v1.TenantService/ListVisits", &storebotv1.ListVisitsRequest{})
		if err != nil {
			t.Fatal(err)
		}
		return got[0].(*storebotv1.ListVisitsResponse).GetVisits()
	}
	if list := visits(); len(list) != 1 || list[0].GetAdminEmail() != "admin@storebot.example" || list[0].GetReason() != "to help" || list[0].GetEndedAt() != nil {
		t.Errorf("the shop sees %v", list)
	}
	if _, err := w.call(t, visitor, "/storebot.v1.AccountService/LogOut", &storebotv1.LogOutRequest{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.call(t, visitor, "/storebot.v1.AccountService/WhoAmI", &storebotv1.WhoAmIRequest{}); connect.CodeOf(err) != connect.CodeUnauthenticated {
		t.Errorf("a visit that was left: %v", err)
	}
	if list := visits(); len(list) != 1 || list[0].GetEndedAt() == nil {
		t.Errorf("after it was left the shop sees %v", list)
	}
}

// What is used up is refused, with what and how to mend it; what is there can
// be read and deleted, and a higher quota opens again.
func TestQuotas(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	set := func(q *storebotv1.Quota) {
		t.Helper()
		if _, err := w.call(t, w.operator(t), platformPath+"SetQuota", &storebotv1.SetQuotaRequest{TenantId: s.id.String(), Quota: q, Reason: "plan"}); err != nil {
			t.Fatal(err)
		}
		w.tenants.TellCounts(t.Context())
	}
	do := func(method string) error {
		procedure := "/storebot.v1." + method
		_, err := w.call(t, w.right(t, procedure, s), procedure, w.request(t, procedure, s))
		return err
	}
	if err := do("ShopperService/Ask"); err != nil {
		t.Fatal(err)
	}
	w.tenants.CountAnswer(s.id, 3*time.Second)
	// One entry and one product.
	set(&storebotv1.Quota{MessagesMonth: proto.Int64(2), Entries: proto.Int64(2), ModelSeconds: proto.Int64(3)})
	if w.tenants.AllowModel(s.id) {
		t.Error("3 of 3 model seconds are used, and the model is asked")
	}
	if err := do("ShopperService/Ask"); err != nil {
		t.Errorf("1 of 2 questions: %v", err)
	}
	w.tenants.CountAnswer(s.id, 0)
	for method, word := range map[string]string{"ShopperService/Ask": "2 of 2", "KnowledgeService/CreateEntry": "2 of 2", "KnowledgeService/StageImport": "2 of 2"} {
		err := do(method)
		p := problemOf(t, err)
		if connect.CodeOf(err) != connect.CodeResourceExhausted || p.GetReason() != "quota_exceeded" || p.GetRetryAfter() != nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s over the quota: %v, %v", method, err, p)
		}
	}
	for _, method := range []string{"ShopperService/GetWidget", "ShopperService/ListMessages", "KnowledgeService/ListEntries", "KnowledgeService/UpdateEntry", "KnowledgeService/DeleteEntries"} {
		if err := do(method); err != nil {
			t.Errorf("%s over the quota: %v", method, err)
		}
	}
	if err := do("KnowledgeService/CreateEntry"); err != nil {
		t.Errorf("after an entry was deleted: %v", err)
	}
	if _, err := w.tenants.MeasureHoldings(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	set(&storebotv1.Quota{StorageBytes: proto.Int64(1)})
	for _, method := range []string{"KnowledgeService/CreateEntry", "KnowledgeService/StageImport"} {
		if err := do(method); problemOf(t, err).GetReason() != "quota_exceeded" || !strings.Contains(err.Error(), "of 1") {
			t.Errorf("%s with all storage used: %v", method, err)
		}
	}
	set(&storebotv1.Quota{MessagesMonth: proto.Int64(100)})
	if err := do("ShopperService/Ask"); err != nil || !w.tenants.AllowModel(s.id) {
		t.Errorf("with a higher quota: %v", err)
	}
	got, err := w.call(t, s.member(tenant.Agent), "/storebot.v1.TenantService/GetUsage", &storebotv1.GetUsageRequest{})
	if err != nil || got[0].(*storebotv1.GetUsageResponse).GetUsage().GetMessagesMonth() != 2 || got[0].(*storebotv1.GetUsageResponse).GetQuota().GetMessagesMonth() != 100 {
		t.Errorf("GetUsage = %v, %v", got, err)
	}
}
