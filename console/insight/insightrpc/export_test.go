package insightrpc_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"time"

	"storebot/console/insight"
	"storebot/console/insight/insightrpc"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// shelf is a Store with n rows of one question.
type shelf struct {
	insightrpc.Store
	n        int
	question string
	baseline bool
	measured float64
	filter   insight.Filter
}

func (s *shelf) Ledger(_ context.Context, _ tenant.ID, _ insight.Period, last insight.LedgerRow, limit int, f insight.Filter, _ time.Time) ([]insight.LedgerRow, error) {
	s.filter = f
	var out []insight.LedgerRow
	for i := last.Questions; i < s.n && len(out) < limit; i++ { // Questions numbers the rows
		out = append(out, insight.LedgerRow{
			Conversation: uuid.New(), StartedAt: noon.Add(-time.Duration(i) * time.Second), FirstQuestion: s.question, Questions: i + 1,
			Outcome: []insight.Outcome{insight.Confirmed, insight.FailedHandOff, insight.Untouched}[i%3],
		})
	}
	return out, nil
}

func (s *shelf) Baseline(context.Context, tenant.ID) (insight.Baseline, bool, error) {
	return insight.Baseline{MinutesPerConversation: 2.5, HourlyWageMinor: 24_000, Currency: "TWD"}, s.baseline, nil
}

func (s *shelf) Measured(context.Context, tenant.ID, time.Time) (float64, int, error) {
	return s.measured, 30, nil
}

func export(t *testing.T, s *shelf, outcomes ...string) ([][]string, error) {
	t.Helper()
	ctx := tenant.WithCaller(t.Context(), tenant.Caller{Kind: tenant.Member, Tenant: tenant.NewID(), Role: tenant.Owner})
	res, err := insightrpc.New(s, time.Now).ExportLedger(ctx, &storebotv1.ExportLedgerRequest{
		From: timestamppb.New(noon.Add(-time.Hour)), To: timestamppb.New(noon), Filter: &storebotv1.LedgerFilter{Outcomes: outcomes, OffHours: true},
	})
	if err != nil {
		return nil, err
	}
	body, marked := bytes.CutPrefix(res.GetContent(), []byte("\ufeff"))
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil || !marked || res.GetFileName() != "ledger-2026-03-10-2026-03-10.csv" || res.GetContentType() != "text/csv; charset=utf-8" {
		t.Fatalf("%s, %s, marked %v, %v", res.GetFileName(), res.GetContentType(), marked, err)
	}
	return rows, nil
}

func TestTheFileHasTheTermsOfTheFormula(t *testing.T) {
	s := &shelf{n: 4321, question: "=HYPERLINK(\"http://evil.example\",\"你好, 多久?\")\nline", baseline: true}
	rows, err := export(t, s)
	if err != nil || len(rows) != s.n+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[0], " "); got != "started_at conversation_id first_question questions outcome counted_low counted_likely counted_high "+
		"minutes_per_conversation minutes_low minutes_likely minutes_high hourly_wage_minor currency" {
		t.Errorf("columns %s", got)
	}
	for i, want := range []string{"confirmed 1 1 1 2.5 2.5 2.5 2.5 24000 TWD", "failed_hand_off -1 -1 -1 2.5 -2.5 -2.5 -2.5 24000 TWD", "untouched 0 1 1 2.5 0 2.5 2.5 24000 TWD"} {
		row := rows[i+1]
		if strings.Join(row[4:], " ") != want || row[2] != "'"+s.question || row[0] != noon.Add(-time.Duration(i)*time.Second).Format(time.RFC3339) {
			t.Errorf("row %v, want %s", row, want)
		}
	}
	s.measured = 4
	if rows, err = export(t, s); err != nil || strings.Join(rows[1][8:10], " ") != "4 4" {
		t.Errorf("what the inbox measured: %v, %v", rows[1], err)
	}
	s.baseline = false
	if rows, err = export(t, s, "confirmed", "returned"); err != nil || strings.Join(rows[1][8:], "") != "" || len(s.filter.Outcomes) != 2 || !s.filter.OffHours {
		t.Errorf("without a baseline: %v, %v, of %v", rows[1], err, s.filter)
	}
	if _, err := export(t, s, "confirmed", "lost"); len(tenant.Fields(err)) != 1 || tenant.Fields(err)[0].Path != "filter.outcomes[1]" {
		t.Errorf("an outcome that there is not: %v", err)
	}
}

func TestAFileThatIsTooLongIsRefused(t *testing.T) {
	if _, err := export(t, &shelf{n: insight.MaxExport + 1}); !errors.Is(err, insight.ErrTooMany) {
		t.Errorf("%v", err)
	}
	if rows, err := export(t, &shelf{n: insight.MaxExport}); err != nil || len(rows) != insight.MaxExport+1 {
		t.Errorf("%d, %v", len(rows), err)
	}
}
