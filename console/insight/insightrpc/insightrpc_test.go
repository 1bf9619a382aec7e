package insightrpc_test

import (
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"storebot/console/insight"
	"storebot/console/insight/insightpg"
	"storebot/console/insight/insightrpc"
	"storebot/migrations/pgtest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func near(got, exact time.Duration) bool {
	return float64((got - exact).Abs()) <= insight.RelativeError*float64(exact)+2
}

// A ledger read to its end by page tokens has each conversation once, and its
// rows add up to the report's savings. The last page says that it is the last.
func TestPagesAddUpToTheReport(t *testing.T) {
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	admin, id := pg.Admin(t), tenant.NewID()
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := admin.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`INSERT INTO identity.tenant (id, slug, name) VALUES ($1, 'shop', 'Shop')`, id.UUID)
	exec(`INSERT INTO shop (tenant_id, publishable_key) VALUES ($1, 'pk')`, id.UUID)
	const conversations = 30
	for i := range conversations {
		conversation, key, at := uuid.New(), uuid.New(), noon.Add(time.Duration(i/3)*time.Microsecond) // three at each moment
		exec(`INSERT INTO conversation (tenant_id, id, token_hash, created_at, wants_person_at) VALUES ($1, $2, 'x', $3, CASE WHEN $4 THEN now() END)`,
			id.UUID, conversation, at, i%10 == 0)
		exec(`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, created_at) VALUES ($1, $2, $3, $4, 'shopper', 'Hi?', $5)`,
			id.UUID, uuid.New(), conversation, key, at)
		exec(`INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text, decision, rating, first_words_us, total_us, created_at)
			VALUES ($1, $2, $3, $4, 'bot', 'Yes', 'direct', CASE WHEN $6 THEN 1 END, 1500, 2500, $5)`,
			id.UUID, uuid.New(), conversation, key, at.Add(2500*time.Microsecond), i%4 == 1)
	}
	service := insightrpc.New(insightpg.NewStore(db), func() time.Time { return noon.Add(time.Hour) })
	ctx := tenant.WithCaller(t.Context(), tenant.Caller{Kind: tenant.Member, Tenant: id, Role: tenant.Owner})
	from, to := timestamppb.New(noon), timestamppb.New(noon.Add(time.Hour))

	report, err := service.GetReport(ctx, &storebotv1.GetReportRequest{From: from, To: to})
	if err != nil || report.GetSavings() != nil || report.GetConversations() != conversations {
		t.Fatalf("report without a baseline: %v, %v", report, err)
	}
	if b, err := service.GetBaseline(ctx, &storebotv1.GetBaselineRequest{}); err != nil || b.GetBaseline() != nil {
		t.Errorf("no baseline: %v, %v", b, err)
	}
	baseline := &storebotv1.Baseline{MinutesToFirstReply: 30, MinutesPerConversation: 2.5, HourlyWageMinor: 24_000, Currency: "TWD"}
	if _, err := service.SetBaseline(ctx, &storebotv1.SetBaselineRequest{Baseline: baseline}); err != nil {
		t.Fatal(err)
	}
	if report, err = service.GetReport(ctx, &storebotv1.GetReportRequest{From: from, To: to}); err != nil {
		t.Fatal(err)
	}
	first := report.GetFirstWords()
	if !near(first.GetP50().AsDuration(), 1500*time.Microsecond) || first.GetN() != conversations || !first.GetEnough() ||
		!near(report.GetTotal().GetP95().AsDuration(), 2500*time.Microsecond) || report.GetDirect() != conversations || len(report.GetDays()) != 1 {
		t.Errorf("report %v", report)
	}
	for _, size := range []int32{1, 7, 10, 30, 31, 0} {
		seen := map[string]bool{}
		var low, likely, high float64
		token, pages := "", 0
		for {
			page, err := service.ListLedger(ctx, &storebotv1.ListLedgerRequest{From: from, To: to, PageSize: size, PageToken: token})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.GetRows() {
				if seen[row.GetConversationId()] || row.GetFirstQuestion() != "Hi?" || row.GetQuestions() != 1 {
					t.Errorf("pages of %d: %v, seen before %v", size, row, seen[row.GetConversationId()])
				}
				seen[row.GetConversationId()] = true
				low, likely, high = low+row.GetMinutesLow(), likely+row.GetMinutesLikely(), high+row.GetMinutesHigh()
			}
			pages++
			if token = page.GetNextPageToken(); token == "" {
				break
			}
		}
		if size > 0 && pages != (conversations+int(size)-1)/int(size) {
			t.Errorf("pages of %d: %d of them", size, pages)
		}
		s := report.GetSavings()
		if len(seen) != conversations || math.Abs(low-s.GetMinutesLow()) > 1e-9 || math.Abs(likely-s.GetMinutesLikely()) > 1e-9 || math.Abs(high-s.GetMinutesHigh()) > 1e-9 {
			t.Errorf("pages of %d: %d conversations, %v %v %v, report %v", size, len(seen), low, likely, high, s)
		}
	}
	if s := report.GetSavings(); s.GetFailedHandOffs() != 3 || s.GetMoneyMinorLow() != int64(s.GetMinutesLow()*400) || s.GetCurrency() != "TWD" || s.GetNotYetDurable() == 0 {
		t.Errorf("savings %v", s)
	}
	for _, token := range []string{"x", "2026-03-10T12:00:00Z", "2026-03-10T12:00:00Z x", strings.Repeat("9", 90)} {
		_, err := service.ListLedger(ctx, &storebotv1.ListLedgerRequest{From: from, To: to, PageToken: token})
		if f := tenant.Fields(err); len(f) != 1 || f[0].Path != "page_token" {
			t.Errorf("page token %q: %v", token, err)
		}
	}
	far := &timestamppb.Timestamp{Seconds: math.MaxInt64 / 2}
	if _, err := service.GetReport(ctx, &storebotv1.GetReportRequest{From: far, To: far}); err != insight.ErrPeriod {
		t.Errorf("a period beyond time: %v", err)
	}
}
