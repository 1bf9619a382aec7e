package gateway

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"
)

const here = "192.0.2.1"

// A limited call is one that its bucket counts.
type limitedCall struct {
	caller caller
	method string
	req    proto.Message
}

// limits has every limiter: same are calls that must share one bucket however
// they differ, apart calls that must not be touched by it.
var limits = map[string]func(t *testing.T, w *world, s, other *shop) (same, apart []limitedCall){
	"AskPerShopper": func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		ask := func(s *shop, token rag.ConversationToken, address, question string) limitedCall {
			c := s.shopper()
			c.address = address
			return limitedCall{c, "ShopperService/Ask", &storebotv1.AskRequest{
				ConversationToken: string(token), ClientKey: uuid.NewString(), Question: question,
			}}
		}
		token := s.conversation
		rate := limitedCall{s.shopper(), "ShopperService/Rate", &storebotv1.RateRequest{
			ConversationToken: string(token), MessageId: s.reply.String(), Rating: 1,
		}}
		return []limitedCall{
				ask(s, token, here, "one"), ask(s, token, "198.51.100.7", "two"), rate,
			}, []limitedCall{
				// Spelt otherwise the token opens nothing, so that there is nothing to count.
				ask(s, token[:20]+"\n"+token[20:], here, "two lines"), ask(s, token+"\r\n", here, "a line's end"), ask(s, token[:63], here, "cut"),
				ask(other, other.conversation, here, "one"),
			}
	},
	"AskPerAddress": func(t *testing.T, w *world, s, other *shop) (same, apart []limitedCall) {
		ask := func(s *shop, address string) limitedCall {
			token, err := w.conversations.Start(t.Context(), s.id, rag.Conversation{})
			if err != nil {
				t.Fatal(err)
			}
			c := s.shopper()
			c.address = address
			return limitedCall{c, "ShopperService/Ask", &storebotv1.AskRequest{
				ConversationToken: string(token), ClientKey: uuid.NewString(), Question: "How long?",
			}}
		}
		return []limitedCall{ask(s, here), ask(s, here), ask(s, here)}, []limitedCall{ask(s, "192.0.2.2"), ask(other, here)}
	},
	"StartPerAddress": func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		start := func(s *shop, address, language string) limitedCall {
			c := s.shopper()
			c.address = address
			return limitedCall{c, "ShopperService/StartConversation", &storebotv1.StartConversationRequest{Language: language}}
		}
		return []limitedCall{start(s, here, ""), start(s, here, "en"), start(s, here, "zh")}, []limitedCall{start(s, "192.0.2.2", ""), start(other, here, "")}
	},
	"ReadPerAddress": func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		read := func(s *shop, address string) []limitedCall {
			c := s.shopper()
			c.address = address
			return []limitedCall{
				{c, "ShopperService/GetWidget", &storebotv1.GetWidgetRequest{}},
				{c, "ShopperService/ListMessages", &storebotv1.ListMessagesRequest{ConversationToken: string(s.conversation)}},
			}
		}
		return read(s, here), append(read(s, "192.0.2.2"), read(other, here)...)
	},
	"ContactPerHour": func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		contact := func(s *shop, address string) []limitedCall {
			c := s.shopper()
			c.address = address
			return []limitedCall{
				{c, "ShopperService/LeaveContact", &storebotv1.LeaveContactRequest{ConversationToken: string(s.conversation), Reach: "mei@shop.example"}},
				{c, "ShopperService/RequestPerson", &storebotv1.RequestPersonRequest{ConversationToken: string(s.conversation)}},
			}
		}
		return contact(s, here), append(contact(s, "192.0.2.2"), contact(other, here)...)
	},
	"LogInPerAddress": func(*testing.T, *world, *shop, *shop) (same, apart []limitedCall) {
		return []limitedCall{logIn(here, "a@shop.example"), logIn(here, "b@shop.example"), logIn(here, "no address")},
			[]limitedCall{logIn("192.0.2.2", "a@shop.example")}
	},
	"LogInPerEmail": func(*testing.T, *world, *shop, *shop) (same, apart []limitedCall) {
		return []limitedCall{
			logIn(here, "a@shop.example"), logIn("192.0.2.2", "A@Shop.Example"), logIn("192.0.2.3", " a@shop.example\t"), logIn("192.0.2.4", "a@SHOP.example "),
		}, []limitedCall{logIn(here, "b@shop.example"), logIn(here, "no address")}
	},
	"SignUpPerHour": func(*testing.T, *world, *shop, *shop) (same, apart []limitedCall) {
		sign := func(address, email string) limitedCall {
			return limitedCall{caller{address: address}, "AccountService/SignUp", &storebotv1.SignUpRequest{
				ShopName: "New", Email: email, Password: "password", Language: "en", TimeZone: "UTC", // too short: refused, and counted
			}}
		}
		return []limitedCall{sign(here, "a@shop.example"), sign(here, "b@shop.example")}, []limitedCall{sign("192.0.2.2", "a@shop.example")}
	},
	"TryPerTenant": func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		try := func(s *shop, role tenant.Role, address, question string) limitedCall {
			c := s.member(role)
			c.address = address
			return limitedCall{c, "KnowledgeService/TryQuestion", &storebotv1.TryQuestionRequest{Question: question}}
		}
		return []limitedCall{try(s, tenant.Owner, here, "one"), try(s, tenant.Agent, "192.0.2.2", "two"), try(s, tenant.Manager, here, "three")},
			[]limitedCall{try(other, tenant.Owner, here, "one")}
	},
}

func init() {
	limits["ResetPerAddress"] = func(_ *testing.T, _ *world, _, _ *shop) (same, apart []limitedCall) {
		return []limitedCall{reset(here, "a@shop.example"), reset(here, "b@shop.example"), reset(here, "no address")},
			[]limitedCall{reset("192.0.2.2", "a@shop.example"), logIn(here, "a@shop.example")}
	}
	limits["ResetPerEmail"] = func(_ *testing.T, _ *world, _, _ *shop) (same, apart []limitedCall) {
		return []limitedCall{reset(here, "a@shop.example"), reset("192.0.2.2", " A@Shop.example"), reset("192.0.2.3", "a@SHOP.example ")},
			[]limitedCall{reset(here, "b@shop.example"), logIn(here, "a@shop.example")}
	}
	limits["PasswordPerHour"] = func(t *testing.T, w *world, s, other *shop) (same, apart []limitedCall) {
		again, _ := w.newSession(t, s.id, s.account[tenant.Agent], "another browser")
		change := func(session string) limitedCall {
			return limitedCall{caller{session: session}, "AccountService/ChangePassword", &storebotv1.ChangePasswordRequest{Current: "not the right one", Password: loginPassword}}
		}
		return []limitedCall{change(s.session[tenant.Agent]), change(again)},
			[]limitedCall{change(s.session[tenant.Owner]), change(other.session[tenant.Agent])}
	}
	limits["InvitePerTenant"] = func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		invite := func(s *shop, email string) limitedCall {
			return limitedCall{s.member(tenant.Owner), "TenantService/Invite", &storebotv1.InviteRequest{Email: email, Role: "agent"}}
		}
		return []limitedCall{invite(s, "a@shop.example"), invite(s, "b@shop.example")}, []limitedCall{invite(other, "a@shop.example")}
	}
	limits["ExportPerTenant"] = func(_ *testing.T, _ *world, s, other *shop) (same, apart []limitedCall) {
		export := func(s *shop) limitedCall {
			return limitedCall{s.member(tenant.Owner), "TenantService/ExportShop", &storebotv1.ExportShopRequest{}}
		}
		return []limitedCall{export(s), export(s)}, []limitedCall{export(other)}
	}
}

func reset(address, email string) limitedCall {
	return limitedCall{caller{address: address}, "AccountService/RequestPasswordReset", &storebotv1.RequestPasswordResetRequest{Email: email}}
}

func logIn(address, email string) limitedCall {
	return limitedCall{caller{address: address}, "AccountService/LogIn", &storebotv1.LogInRequest{Email: email, Password: "not the right one"}}
}

// A limiter that does not fire does not exist: each lets its number through,
// whatever else in the calls varies, refuses the next with the time to wait,
// lets one more through after it, and touches nobody else.
func TestEveryLimiterFires(t *testing.T) {
	fields := reflect.TypeFor[Limits]()
	for i := range fields.NumField() {
		name := fields.Field(i).Name
		if name == "StreamsPerAddress" {
			continue // counts what is open, not what is called: TestOpenStreamsAreLimited
		}
		calls, ok := limits[name]
		if !ok {
			t.Errorf("%s: write here what it counts", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 7
			var l Limits
			reflect.ValueOf(&l).Elem().FieldByName(name).SetInt(n)
			w := newWorld(t, l, quiet())
			s, other := w.newShop(t), w.newShop(t)
			same, apart := calls(t, w, s, other)
			do := func(c limitedCall) error {
				t.Helper()
				if m, ok := c.req.(*storebotv1.AskRequest); ok {
					m.ClientKey = uuid.NewString()
				}
				_, err := w.call(t, c.caller, "/storebot.v1."+c.method, c.req)
				return err
			}
			for i := range n {
				if err := do(same[i%len(same)]); connect.CodeOf(err) == connect.CodeResourceExhausted {
					t.Fatalf("call %d of %d is refused: %v", i+1, n, err)
				}
			}
			var wait time.Duration
			for i, c := range same {
				err := do(c)
				p := problemOf(t, err)
				wait = p.GetRetryAfter().AsDuration()
				if connect.CodeOf(err) != connect.CodeResourceExhausted || p.GetReason() != "rate_limited" || wait <= 0 || wait > time.Hour/n+time.Second {
					t.Errorf("over the limit, form %d: %v, %v", i, err, p)
				}
			}
			for i, c := range apart {
				if err := do(c); connect.CodeOf(err) == connect.CodeResourceExhausted {
					t.Errorf("call %d of others is refused: %v", i, err)
				}
			}
			w.clock.Add(int64(wait + time.Millisecond))
			if err := do(same[0]); connect.CodeOf(err) == connect.CodeResourceExhausted {
				t.Errorf("after the time to wait: %v", err)
			}
			if err := do(same[0]); connect.CodeOf(err) != connect.CodeResourceExhausted {
				t.Errorf("one more: %v", err)
			}
		})
	}
	if len(limits)+1 != fields.NumField() {
		t.Errorf("%d limiters are tested, there are %d", len(limits)+1, fields.NumField())
	}
}

// Of a bucket's key nothing is kept that a caller can make long: a message is
// checked before it is counted.
func TestOnlyValidMessagesAreCounted(t *testing.T) {
	w := newWorld(t, Limits{LogInPerEmail: 1}, quiet())
	for range 3 {
		_, err := w.call(t, caller{address: here}, "/storebot.v1.AccountService/LogIn", &storebotv1.LogInRequest{
			Email: "a@shop.example" + strings.Repeat(" ", 400), Password: "x",
		})
		if connect.CodeOf(err) != connect.CodeInvalidArgument {
			t.Errorf("a message that is not valid: %v", err)
		}
	}
	l := newLimiter(Limits{}, time.Now)
	for i := range maxBuckets + 1000 {
		if err := l.allow(fmt.Sprint(i), 1, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if l.buckets.Len() != maxBuckets {
		t.Errorf("%d buckets are kept, at most %d should be", l.buckets.Len(), maxBuckets)
	}
}
