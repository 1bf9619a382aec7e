package gateway

import (
	"context"
	"maps"
	"strings"
	"testing"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// contract yields every method of every service of the contract.
func contract(t testing.TB) map[string]protoreflect.MethodDescriptor {
	t.Helper()
	all := map[string]protoreflect.MethodDescriptor{}
	pkg := storebotv1.File_storebot_v1_problem_proto.Package()
	protoregistry.GlobalFiles.RangeFilesByPackage(pkg, func(f protoreflect.FileDescriptor) bool {
		for i := range f.Services().Len() {
			service := f.Services().Get(i)
			for j := range service.Methods().Len() {
				m := service.Methods().Get(j)
				all["/"+string(service.FullName())+"/"+string(m.Name())] = m
			}
		}
		return true
	})
	if len(all) < 30 {
		t.Fatalf("only %d methods were found in the contract", len(all))
	}
	return all
}

func TestThePolicyTableNamesTheContractExactly(t *testing.T) {
	methods := contract(t)
	for procedure := range methods {
		if _, ok := policy[procedure]; !ok {
			t.Errorf("%s has no rule", procedure)
		}
	}
	for procedure, rule := range policy {
		if methods[procedure] == nil {
			t.Errorf("%s has a rule but is not in the contract", procedure)
		}
		if (rule.role != "") != (rule.kind == tenant.Member) {
			t.Errorf("%s: a role is a member's, and each member's method has one", procedure)
		}
	}
}

// least says what the methods of a service need, by what they are called; the
// longest beginning counts. It is written apart from the table on purpose:
// a right is given in two places or not at all.
var least = map[string]tenant.Role{
	"AccountService/SignUp": "", "AccountService/LogIn": "", "AccountService/": tenant.Agent,
	"AccountService/RequestPasswordReset": "", "AccountService/ResetPassword": "",
	"AccountService/GetInvitation": "", "AccountService/AcceptInvitation": "",
	"ShopperService/":             "",
	"InboxService/":               tenant.Agent,
	"InboxService/SetHours":       tenant.Manager,
	"PlatformService/":            "",
	"TenantService/":              tenant.Owner,
	"TenantService/GetTenant":     tenant.Agent,
	"WidgetService/":              tenant.Owner,
	"WidgetService/GetLook":       tenant.Agent,
	"OnboardingService/":          tenant.Manager,
	"OnboardingService/Get":       tenant.Agent,
	"TenantService/GetUsage":      tenant.Agent,
	"TenantService/ListMembers":   tenant.Agent,
	"TenantService/ListVisits":    tenant.Agent,
	"AnsweringService/":           tenant.Manager,
	"AnsweringService/Get":        tenant.Agent,
	"InsightService/":             tenant.Owner,
	"InsightService/Get":          tenant.Agent,
	"InsightService/List":         tenant.Agent,
	"InsightService/Export":       tenant.Manager,
	"KnowledgeService/":           tenant.Manager,
	"KnowledgeService/Get":        tenant.Agent,
	"KnowledgeService/List":       tenant.Agent,
	"KnowledgeService/Try":        tenant.Agent,
	"KnowledgeService/GetImport":  tenant.Manager,
	"KnowledgeService/ListImport": tenant.Manager,
	"LearningService/":            tenant.Manager,
	"LearningService/Get":         tenant.Agent,
	"LearningService/List":        tenant.Agent,
	"ProductService/":             tenant.Manager,
	"ProductService/Get":          tenant.Agent,
	"ProductService/List":         tenant.Agent,
}

func TestRightsAreTheLeastThatServe(t *testing.T) {
	for procedure, r := range policy {
		name := strings.TrimPrefix(procedure, "/storebot.v1.")
		longest := ""
		for begin := range least {
			if strings.HasPrefix(name, begin) && len(begin) > len(longest) {
				longest = begin
			}
		}
		switch {
		case longest == "":
			t.Errorf("%s: say here what it needs", name)
		case r.role != least[longest]:
			t.Errorf("%s needs %q in the table, %q here", name, r.role, least[longest])
		case (r.kind == tenant.Shopper) != strings.HasPrefix(name, "ShopperService/"):
			t.Errorf("%s: a shopper may call the shopper's service and nothing else", name)
		case (r.kind == tenant.PlatformAdmin) != (strings.HasPrefix(name, "PlatformService/") && name != "PlatformService/OpenLink" && name != "PlatformService/LogInAdmin"):
			t.Errorf("%s: a platform admin may call the platform's service and nothing else", name)
		case (r.kind == tenant.Anonymous || r.kind == tenant.Shopper) && r.limit == limitNone:
			t.Errorf("%s is open to all the world and has no limit", name)
		}
	}
}

// serving returns a server of the methods named.
func serving(procedures map[string]rule) *connect.Server {
	server := connect.NewServer()
	for procedure := range procedures {
		server.Register(connect.Method{
			Spec:    connect.Spec{Procedure: procedure},
			Handler: func(context.Context, connect.Spec, connect.ServerStream) error { return nil },
		})
	}
	return server
}

func TestAServerThatTheTableDoesNotNameIsRefused(t *testing.T) {
	if _, err := Handler(Config{}, serving(policy), nil); err != nil {
		t.Errorf("all methods: %v", err)
	}
	for procedure, r := range policy {
		less := maps.Clone(policy)
		delete(less, procedure)
		if _, err := Handler(Config{}, serving(less), nil); err == nil || !strings.Contains(err.Error(), procedure) {
			t.Errorf("without %s: %v", procedure, err)
		}
		delete(policy, procedure)
		if _, err := Handler(Config{}, serving(map[string]rule{procedure: r}), nil); err == nil || !strings.Contains(err.Error(), procedure) {
			t.Errorf("%s without a rule: %v", procedure, err)
		}
		policy[procedure] = r
	}
}

// A method that is registered without a rule is refused to everybody, even
// where nobody called Handler.
func TestAMethodWithoutARuleIsRefused(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	for procedure, r := range policy {
		delete(policy, procedure)
		for _, c := range []caller{{}, s.shopper(), s.member("owner")} {
			_, err := w.call(t, c, procedure, w.request(t, procedure, s))
			if connect.CodeOf(err) != connect.CodeUnimplemented {
				t.Errorf("%s without a rule: %v", procedure, err)
			}
		}
		policy[procedure] = r
	}
}
