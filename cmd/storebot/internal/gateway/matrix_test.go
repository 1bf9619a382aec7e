package gateway

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"storebot/rag"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// refusal is how a caller without the right is answered; "" for one who has it.
type refusal struct {
	code   connect.Code
	reason string
}

var (
	allowed         refusal
	unauthenticated = refusal{connect.CodeUnauthenticated, "unauthenticated"}
	forbidden       = refusal{connect.CodePermissionDenied, "permission_denied"}
	suspended       = refusal{connect.CodePermissionDenied, "tenant_suspended"}
	foreignOrigin   = refusal{connect.CodePermissionDenied, "origin_forbidden"}
	readOnly        = refusal{connect.CodePermissionDenied, "visit_read_only"}
)

// An actor is a caller of the matrix, and what each kind of method must answer.
type actor struct {
	name    string
	caller  caller
	shopper refusal // a shopper's method
	member  refusal // a member's method that its role may call
	role    tenant.Role
	visits  bool // a member's method must be one that reads
}

func actors(t testing.TB, w *world, mine, other *shop) []actor {
	stopped, rotated := w.newShop(t), w.newShop(t)
	if err := w.platform.Suspend(t.Context(), "admin@storebot.example", stopped.id, "test"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.tenants.RotateKey(t.Context(), rotated.id); err != nil {
		t.Fatal(err)
	}
	ended := w.newShop(t)
	w.exec(t, `UPDATE identity.session SET expires_at = now() - interval '1 second' WHERE tenant_id = $1`, ended.id.UUID)
	removed := w.newShop(t)
	w.exec(t, `DELETE FROM identity.member WHERE tenant_id = $1`, removed.id.UUID)
	over := w.newShop(t)
	over.session[tenant.Owner] = w.visitor(t, over).session
	w.exec(t, `UPDATE identity.visit SET created_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' WHERE tenant_id = $1`, over.id.UUID)
	all := []actor{
		{"visitor", w.visitor(t, mine), unauthenticated, allowed, tenant.Owner, true},
		{"visitor of another shop", w.visitor(t, other), unauthenticated, allowed, tenant.Owner, true},
	}
	for _, a := range []struct {
		name            string
		caller          caller
		shopper, member refusal
		role            tenant.Role
	}{
		{"platform admin", w.operator(t), unauthenticated, unauthenticated, ""},
		{"made-up admin", caller{admin: "as_" + mine.key[3:]}, unauthenticated, unauthenticated, ""},
		{"admin's session as a member's", caller{session: w.operator(t).admin}, unauthenticated, unauthenticated, ""},
		{"member's session as an admin's", caller{admin: mine.session[tenant.Owner]}, unauthenticated, unauthenticated, ""},
		{"visit as an admin's session", caller{admin: w.visitor(t, mine).session}, unauthenticated, unauthenticated, ""},
		{"visit that is over", over.member(tenant.Owner), unauthenticated, unauthenticated, ""},
		{"anonymous", caller{}, unauthenticated, unauthenticated, ""},
		{"shopper", mine.shopper(), allowed, unauthenticated, ""},
		{"shopper of another shop", other.shopper(), allowed, unauthenticated, ""},
		{"shopper on a foreign page", caller{key: mine.key, origin: other.origin}, foreignOrigin, unauthenticated, ""},
		{"shopper on no page", caller{key: mine.key}, foreignOrigin, unauthenticated, ""},
		{"made-up key", caller{key: tenant.NewKey(), origin: mine.origin}, unauthenticated, unauthenticated, ""},
		{"revoked key", rotated.shopper(), unauthenticated, unauthenticated, ""},
		{"session as key", caller{key: mine.session[tenant.Owner], origin: mine.origin}, unauthenticated, unauthenticated, ""},
		{"suspended shop's key", stopped.shopper(), suspended, unauthenticated, ""},
		{"agent", mine.member(tenant.Agent), unauthenticated, allowed, tenant.Agent},
		{"manager", mine.member(tenant.Manager), unauthenticated, allowed, tenant.Manager},
		{"owner", mine.member(tenant.Owner), unauthenticated, allowed, tenant.Owner},
		{"owner of another shop", other.member(tenant.Owner), unauthenticated, allowed, tenant.Owner},
		{"suspended shop's owner", stopped.member(tenant.Owner), unauthenticated, suspended, tenant.Owner},
		{"ended session", ended.member(tenant.Owner), unauthenticated, unauthenticated, ""},
		{"removed member", removed.member(tenant.Owner), unauthenticated, unauthenticated, ""},
		{"made-up session", caller{session: tenant.NewSessionToken()}, unauthenticated, unauthenticated, ""},
		{"key as session", caller{session: mine.key}, unauthenticated, unauthenticated, ""},
	} {
		all = append(all, actor{a.name, a.caller, a.shopper, a.member, a.role, false})
	}
	return all
}

func (a actor) expects(procedure string) refusal {
	r := policy[procedure]
	switch r.kind {
	case tenant.Anonymous:
		return allowed
	case tenant.Shopper:
		return a.shopper
	case tenant.PlatformAdmin:
		if a.name == "platform admin" {
			return allowed
		}
		return unauthenticated
	}
	if a.visits && !visitable.MatchString(procedure) {
		return readOnly
	}
	if a.member == allowed && !a.role.AtLeast(r.role) {
		return forbidden
	}
	return a.member
}

// visitable says again, apart from the gateway, what somebody who looks at a
// shop may call.
var visitable = regexp.MustCompile(`/(Get|List)[A-Z][a-zA-Z]*$|[.]AccountService/(WhoAmI|LogOut)$`)

// Every method is called by everybody with a request that is right for one
// shop. Who is refused gets the same answer whatever it asked for, learns
// nothing and changes nothing; who may call it gets an answer without a word
// of another shop.
func TestEveryMethodByEveryActor(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	mine, other := w.newShop(t), w.newShop(t)
	all := actors(t, w, mine, other)
	w.login(t) // makes a shop of its own
	before := w.dump(t)
	for _, procedure := range slices.Sorted(maps.Keys(contract(t))) {
		for _, a := range all {
			want := a.expects(procedure)
			if want == allowed {
				continue
			}
			got, err := w.call(t, a.caller, procedure, w.request(t, procedure, mine))
			if len(got) > 0 || connect.CodeOf(err) != want.code || problemOf(t, err).GetReason() != want.reason {
				t.Errorf("%s, %s: %v, %v; want %v", procedure, a.name, got, err, want)
			}
			// An empty message is not valid for most methods: no right is checked after validity.
			got, invalid := w.call(t, a.caller, procedure, w.request(t, procedure, mine).ProtoReflect().New().Interface())
			if answer(got, invalid) != answer(nil, err) {
				t.Errorf("%s, %s: the answer depends on the message: %s", procedure, a.name, answer(got, invalid))
			}
		}
	}
	for key, text := range w.dump(t) {
		if text != before[key] {
			t.Errorf("refused calls changed %s", key)
		}
	}
}

func TestWhoMayCallIsAnswered(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	for _, procedure := range slices.Sorted(maps.Keys(contract(t))) {
		mine, other := w.newShop(t), w.newShop(t)
		for _, a := range actors(t, w, mine, other) {
			if a.expects(procedure) != allowed || strings.Contains(a.name, "another") {
				continue
			}
			s := w.newShop(t) // its own, for the call may change it
			c := a.caller
			switch {
			case a.role != "" && !a.visits && c.session == mine.session[a.role]:
				c = s.member(a.role)
			case a.visits:
				c = w.visitor(t, s)
			case c == mine.shopper():
				c = s.shopper()
			}
			req := w.request(t, procedure, s)
			if strings.HasSuffix(procedure, "/RevokeSession") {
				req = withID(req, "id", s.spare[a.role])
			}
			got, err := w.call(t, c, procedure, req)
			if err != nil {
				t.Errorf("%s, %s: %v", procedure, a.name, err)
			}
			if policy[procedure].kind == tenant.PlatformAdmin {
				continue // sees the names of all shops: TestThePlatformSeesNoContent
			}
			if text := answer(got, nil); strings.Contains(text, other.canary) || strings.Contains(text, mine.canary) {
				t.Errorf("%s, %s: the answer holds another shop's words: %s", procedure, a.name, text)
			}
		}
	}
}

// notIDs are fields that are named like an id and are none, each with the reason.
var notIDs = map[string]string{
	"storebot.v1.AskRequest.client_key":          "made by the client, names a question within its own conversation alone",
	"storebot.v1.LeaveContactRequest.client_key": "likewise, a contact",
	"storebot.v1.ReplyRequest.client_key":        "likewise, a reply",
	"storebot.v1.AddNoteRequest.client_key":      "likewise, a note",
}

var idName = regexp.MustCompile(`^(id|ids|key|.*_(id|ids|key|token))$`)

// positionName matches fields that say where in a list of one's own to go on:
// they open nothing, and what they point to is read in the caller's shop alone.
const positionName = "page_token"

// An idField is where an id stands in a request.
type idField struct {
	path []protoreflect.FieldDescriptor
}

func (f idField) String() string {
	var names []string
	for _, d := range f.path {
		names = append(names, string(d.Name()))
	}
	return strings.Join(names, ".")
}

func idFields(m protoreflect.MessageDescriptor, above []protoreflect.FieldDescriptor) (found []idField) {
	for i := range m.Fields().Len() {
		f := m.Fields().Get(i)
		path := append(slices.Clone(above), f)
		switch {
		case f.IsMap(): // its keys are words
		case f.Kind() == protoreflect.MessageKind && len(path) < 6 && f.Message().ParentFile().Package() == m.ParentFile().Package():
			found = append(found, idFields(f.Message(), path)...)
		case f.Kind() == protoreflect.StringKind && idName.MatchString(string(f.Name())) && f.Name() != positionName && notIDs[string(f.FullName())] == "":
			found = append(found, idField{path})
		}
	}
	return found
}

// get returns the first id at f in m; "" when there is none.
func (f idField) get(m protoreflect.Message) string {
	for i, d := range f.path {
		v := m.Get(d)
		if d.IsList() {
			if v.List().Len() == 0 {
				return ""
			}
			v = v.List().Get(0)
		}
		if i == len(f.path)-1 {
			return v.String()
		}
		m = v.Message()
	}
	return ""
}

// set puts id at f in m: in place of the first one, or beside it in a list.
func (f idField) set(m protoreflect.Message, id string, beside bool) {
	for i, d := range f.path {
		last := i == len(f.path)-1
		switch {
		case last && d.IsList() && beside:
			m.Mutable(d).List().Append(protoreflect.ValueOfString(id))
		case last && d.IsList():
			m.Mutable(d).List().Set(0, protoreflect.ValueOfString(id))
		case last:
			m.Set(d, protoreflect.ValueOfString(id))
		case d.IsList():
			m = m.Mutable(d).List().Get(0).Message()
		default:
			m = m.Mutable(d).Message()
		}
	}
}

func withID(req proto.Message, field, id string) proto.Message {
	m := req.ProtoReflect()
	m.Set(m.Descriptor().Fields().ByName(protoreflect.Name(field)), protoreflect.ValueOfString(id))
	return req
}

// likewise returns an id of the same kind that nothing has.
func likewise(t testing.TB, id string) string {
	t.Helper()
	if _, err := uuid.Parse(id); err == nil {
		return uuid.NewString()
	}
	if _, _, err := rag.ConversationToken(id).Parse(); err == nil {
		token, _ := rag.NewConversationToken()
		return string(token)
	}
	b, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || len(b) != 32 {
		t.Fatalf("an id of a kind that this test cannot make: %q", id)
	}
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// Wherever a request can name something, naming what is another shop's is
// answered to the byte as naming what nobody has, and changes nothing there.
func TestForeignIDsAreAsRandomOnes(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	tried := 0
	for _, procedure := range slices.Sorted(maps.Keys(contract(t))) {
		if policy[procedure].kind == tenant.PlatformAdmin {
			continue // names any shop by right: TestThePlatformNamesShops
		}
		for _, f := range idFields(contract(t)[procedure].Input(), nil) {
			for _, beside := range []bool{false, true} {
				if beside && !f.path[len(f.path)-1].IsList() {
					continue
				}
				tried++
				theirs := w.newShop(t)
				before := w.dumpOf(t, theirs)
				foreign := f.get(w.request(t, procedure, theirs).ProtoReflect())
				if foreign == "" {
					t.Fatalf("%s: the request sets no %s", procedure, f)
				}
				ask := func(id string) string {
					mine := w.newShop(t)
					c := mine.member(tenant.Owner)
					if policy[procedure].kind == tenant.Shopper {
						c = mine.shopper()
					}
					req := w.request(t, procedure, mine)
					f.set(req.ProtoReflect(), id, beside)
					got, err := w.call(t, c, procedure, req)
					if err != nil && (connect.CodeOf(err) != connect.CodeNotFound || problemOf(t, err).GetReason() != "not_found") {
						t.Errorf("%s with %s of another: %v, want not found", procedure, f, err)
					}
					return w.without(t, mine, answer(got, err))
				}
				here, nowhere := ask(foreign), ask(likewise(t, foreign))
				if here != nowhere {
					t.Errorf("%s tells by %s that another shop has it:\n%s\n%s", procedure, f, here, nowhere)
				}
				if strings.Contains(here, theirs.canary) {
					t.Errorf("%s gives away by %s: %s", procedure, f, here)
				}
				if w.dumpOf(t, theirs) != before {
					t.Errorf("%s changes by %s what is another shop's", procedure, f)
				}
			}
		}
	}
	if tried < 14 {
		t.Errorf("only %d fields with ids were found", tried)
	}
}

// without takes out of an answer what differs between two shops that did the
// same: their words, and the names of the changes that they made.
func (w *world) without(t testing.TB, s *shop, text string) string {
	t.Helper()
	rows, err := w.admin.Query(context.Background(), `SELECT id::text FROM entry_change WHERE tenant_id = $1`, s.id.UUID)
	if err != nil {
		t.Fatal(err)
	}
	own, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range append(own, s.canary) {
		text = strings.ReplaceAll(text, word, "")
	}
	return text
}

// Whatever an owner or a shopper of another shop asks for, nothing of this
// shop comes back and nothing in it changes.
func TestNeighboursGetAndChangeNothing(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	mine := w.newShop(t)
	before := w.dumpOf(t, mine)
	for _, procedure := range slices.Sorted(maps.Keys(contract(t))) {
		for _, c := range []func(*shop) caller{(*shop).shopper, func(s *shop) caller { return s.member(tenant.Owner) }} {
			other := w.newShop(t)
			got, err := w.call(t, c(other), procedure, clean(w.request(t, procedure, mine), mine.canary))
			if text := answer(got, err); strings.Contains(text, mine.canary) {
				t.Errorf("%s gives a neighbour %s", procedure, text)
			}
			if w.dumpOf(t, mine) != before {
				t.Fatalf("%s lets a neighbour change a shop", procedure)
			}
		}
	}
}

// clean takes the canary out of a request's own words, so that what comes back was stored.
func clean(req proto.Message, canary string) proto.Message {
	text, err := prototext.Marshal(req)
	if err != nil {
		panic(err)
	}
	out := req.ProtoReflect().New().Interface()
	if err := prototext.Unmarshal([]byte(strings.ReplaceAll(string(text), canary, "nobody")), out); err != nil {
		panic(err)
	}
	return out
}

// answer is all that a caller can tell of an answer.
func answer(got []proto.Message, err error) string {
	var b strings.Builder
	for _, m := range got {
		raw, _ := proto.MarshalOptions{Deterministic: true}.Marshal(m)
		fmt.Fprintf(&b, "%s %q\n", m.ProtoReflect().Descriptor().Name(), raw)
	}
	if err != nil {
		fmt.Fprintf(&b, "%v: %s\n", connect.CodeOf(err), err)
		if ce, ok := errors.AsType[*connect.Error](err); ok {
			for _, d := range ce.Details() {
				fmt.Fprintf(&b, "%s %q\n", d.Type, d.Value)
			}
		}
	}
	return b.String()
}

// dump returns every row of the database, by table and shop.
func (w *world) dump(t testing.TB) map[string]string {
	t.Helper()
	rows, err := w.admin.Query(context.Background(), `
		SELECT format('%I.%I', n.nspname, c.relname) FROM pg_attribute a
		JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'identity') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(tables) < 12 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	all := map[string]string{}
	for _, table := range tables {
		// When somebody was last seen may move with any call.
		rows, err := w.admin.Query(context.Background(), `
			SELECT tenant_id::text, string_agg((to_jsonb(x) - 'last_seen_at' - 'expires_at' - 'seen_on_site_at')::text, E'\n' ORDER BY to_jsonb(x)::text)
			FROM `+table+` x GROUP BY 1`)
		if err != nil {
			t.Fatal(err)
		}
		var id, text string
		if _, err := pgx.ForEachRow(rows, []any{&id, &text}, func() error { all[table+" "+id] = text; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func (w *world) dumpOf(t testing.TB, s *shop) string {
	t.Helper()
	all := w.dump(t)
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if strings.HasSuffix(key, s.id.String()) {
			fmt.Fprintf(&b, "%s\n%s\n", key, all[key])
		}
	}
	return b.String()
}
