package gateway

import (
	"maps"
	"slices"
	"strings"
	"testing"

	storebotv1 "storebot/proto/gen/storebot/v1"

	"connectrpc.com/connect/v2"
	"github.com/jackc/pgx/v5"
	"google.golang.org/protobuf/proto"
)

// While the database is away every method says so, with the time after which it
// is worth trying again; a shop that was being asked goes on answering, and
// says that the turn is not stored.
func TestWithoutADatabase(t *testing.T) {
	w := newWorld(t, Limits{}, quiet())
	s := w.newShop(t)
	ask := func() []string {
		t.Helper()
		got, err := w.call(t, s.shopper(), "/storebot.v1.ShopperService/Ask", w.request(t, "/storebot.v1.ShopperService/Ask", s))
		if err != nil {
			t.Fatal(err)
		}
		var events []string
		for _, m := range got {
			event := m.(*storebotv1.AskResponse)
			switch e := event.GetEvent().(type) {
			case *storebotv1.AskResponse_Failed:
				events = append(events, "failed "+e.Failed.GetReason())
			case *storebotv1.AskResponse_Accepted:
				events = append(events, "accepted")
			case *storebotv1.AskResponse_Done:
				events = append(events, "done")
			default:
				events = append(events, "words")
			}
		}
		return events
	}
	if got := ask(); !slices.Contains(got, "accepted") || got[len(got)-1] != "done" {
		t.Fatalf("with a database: %v", got)
	}
	if _, err := w.call(t, s.shopper(), widgetPath, &storebotv1.GetWidgetRequest{}); err != nil {
		t.Fatal(err)
	}
	requests, callers := map[string]proto.Message{}, map[string]caller{}
	for procedure := range contract(t) {
		requests[procedure], callers[procedure] = w.request(t, procedure, s), w.right(t, procedure, s)
	}
	w.takeDatabaseAway(t)

	if got := ask(); len(got) < 2 || got[0] != "words" || got[len(got)-1] != "failed storage_unavailable" || slices.Contains(got, "accepted") {
		t.Errorf("without a database: %v", got)
	}
	if got, err := w.call(t, s.shopper(), widgetPath, &storebotv1.GetWidgetRequest{}); err != nil || !strings.Contains(answer(got, nil), s.canary) {
		t.Errorf("the widget without a database: %v, %v", got, err)
	}
	for _, procedure := range slices.Sorted(maps.Keys(requests)) {
		// What a request for a reset is answered must not tell what was found.
		if procedure == widgetPath || strings.HasSuffix(procedure, "/Ask") || strings.HasSuffix(procedure, "/RequestPasswordReset") {
			continue
		}
		_, err := w.call(t, callers[procedure], procedure, requests[procedure])
		p := problemOf(t, err)
		if connect.CodeOf(err) != connect.CodeUnavailable || p.GetReason() != "storage_unavailable" || p.GetRetryAfter().AsDuration() <= 0 {
			t.Errorf("%s: %v, %v", procedure, err, p)
		}
	}
}

func (w *world) takeDatabaseAway(t testing.TB) {
	t.Helper()
	config := w.admin.Config().Copy()
	name := config.Database
	config.Database = "postgres"
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, sql := range []string{
		`ALTER DATABASE ` + pgx.Identifier{name}.Sanitize() + ` ALLOW_CONNECTIONS false`,
		`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '` + name + `'`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}
