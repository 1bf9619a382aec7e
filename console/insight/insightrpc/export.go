package insightrpc

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"time"

	"storebot/console/insight"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// exportStep is how many conversations are read at once.
const exportStep = 2000

// The columns of the file: the terms of the formula, and what they make. minutes are
// counted_* times minutes_per_conversation, money is minutes times hourly_wage over 60. Money and
// minutes are empty while the merchant has not said the baseline.
var exportColumns = []string{
	"started_at", "conversation_id", "first_question", "questions", "outcome",
	"counted_low", "counted_likely", "counted_high", "minutes_per_conversation",
	"minutes_low", "minutes_likely", "minutes_high", "hourly_wage_minor", "currency",
}

// ExportLedger implements InsightServiceHandler.
func (s *Service) ExportLedger(ctx context.Context, req *storebotv1.ExportLedgerRequest) (*storebotv1.ExportLedgerResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	filter, err := parseFilter(req.GetFilter())
	if err != nil {
		return nil, err
	}
	b, known, err := s.used(ctx, id)
	if err != nil {
		return nil, err
	}
	p := insight.Period{From: req.GetFrom().AsTime(), To: req.GetTo().AsTime()}
	var out bytes.Buffer
	out.WriteString("\ufeff") // without it Excel takes UTF-8 for the system's encoding
	w := csv.NewWriter(&out)
	if err := w.Write(exportColumns); err != nil {
		return nil, err
	}
	var last insight.LedgerRow
	for n := 0; ; {
		rows, err := s.store.Ledger(ctx, id, p, last, exportStep, filter, s.now())
		if err != nil {
			return nil, err
		}
		if n += len(rows); n > insight.MaxExport {
			return nil, insight.ErrTooMany
		}
		for _, r := range rows {
			if err := w.Write(exportRow(r, b, known)); err != nil {
				return nil, err
			}
		}
		if len(rows) < exportStep {
			break
		}
		last = rows[len(rows)-1]
	}
	w.Flush()
	return &storebotv1.ExportLedgerResponse{
		FileName:    "ledger-" + p.From.UTC().Format(time.DateOnly) + "-" + p.To.UTC().Format(time.DateOnly) + ".csv",
		ContentType: "text/csv; charset=utf-8", Content: out.Bytes(),
	}, w.Error()
}

func exportRow(r insight.LedgerRow, b insight.Baseline, known bool) []string {
	number := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	one := r.Outcome.Minutes(1)
	row := []string{
		r.StartedAt.UTC().Format(time.RFC3339), r.Conversation.String(), sheet.Protect(r.FirstQuestion), strconv.Itoa(r.Questions), string(r.Outcome),
		number(one.Low), number(one.Likely), number(one.High),
	}
	if !known {
		return append(row, "", "", "", "", "", "")
	}
	m := r.Outcome.Minutes(b.MinutesPerConversation)
	return append(row, number(b.MinutesPerConversation), number(m.Low), number(m.Likely), number(m.High),
		strconv.FormatInt(b.HourlyWageMinor, 10), b.Currency)
}
