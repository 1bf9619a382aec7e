// Package insightrpc answers InsightService: it maps figures onto the contract
// and decides nothing.
package insightrpc

import (
	"context"
	"time"

	"storebot/console/insight"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/tenant"
)

// Store is where figures come from. Whatever takes a period returns
// insight.ErrPeriod for one that cannot be reported.
type Store interface {
	Report(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (insight.Report, error)
	// Ledger returns at most limit conversations before last, newest first; from
	// the newest for a zero last; of those that the filter means.
	Ledger(ctx context.Context, id tenant.ID, p insight.Period, last insight.LedgerRow, limit int, f insight.Filter, now time.Time) ([]insight.LedgerRow, error)
	TopEntries(ctx context.Context, id tenant.ID, p insight.Period, limit int) ([]insight.TopEntry, error)
	Load(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (insight.Load, error)
	// Baseline returns ok = false while the merchant has not said it.
	Baseline(ctx context.Context, id tenant.ID) (b insight.Baseline, ok bool, err error)
	SetBaseline(ctx context.Context, id tenant.ID, b insight.Baseline) error
	// Measured returns what a conversation takes staff, in minutes, and of how many that was measured.
	Measured(ctx context.Context, id tenant.ID, now time.Time) (minutes float64, n int, err error)
}

// Service serves InsightService.
type Service struct {
	store Store
	now   func() time.Time
}

var _ storebotv1connect.InsightServiceHandler = (*Service)(nil)

// New returns a Service over store; now tells which conversations are too
// young to be judged.
func New(store Store, now func() time.Time) *Service { return &Service{store, now} }

// GetReport implements InsightServiceHandler.
func (s *Service) GetReport(ctx context.Context, req *storebotv1.GetReportRequest) (*storebotv1.GetReportResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	r, err := s.store.Report(ctx, id, insight.Period{From: req.GetFrom().AsTime(), To: req.GetTo().AsTime()}, s.now())
	if err != nil {
		return nil, err
	}
	b, ok, err := s.used(ctx, id)
	if err != nil {
		return nil, err
	}
	res := reportToProto(r)
	if ok {
		res.Savings = savingsToProto(r, b)
		res.MinutesPerConversation, res.MeasuredFrom = b.MinutesPerConversation, int32(b.MeasuredFrom)
	}
	return res, nil
}

// used is the baseline that figures are made with: the merchant's word, or what
// the inbox measured as soon as that is enough.
func (s *Service) used(ctx context.Context, id tenant.ID) (insight.Baseline, bool, error) {
	b, ok, err := s.store.Baseline(ctx, id)
	if err != nil || !ok {
		return b, ok, err
	}
	minutes, n, err := s.store.Measured(ctx, id, s.now())
	return b.Measured(minutes, n), true, err
}

// GetBaseline implements InsightServiceHandler.
func (s *Service) GetBaseline(ctx context.Context, _ *storebotv1.GetBaselineRequest) (*storebotv1.GetBaselineResponse, error) {
	b, ok, err := s.store.Baseline(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil || !ok {
		return &storebotv1.GetBaselineResponse{}, err
	}
	return &storebotv1.GetBaselineResponse{Baseline: baselineToProto(b)}, nil
}

// SetBaseline implements InsightServiceHandler.
func (s *Service) SetBaseline(ctx context.Context, req *storebotv1.SetBaselineRequest) (*storebotv1.SetBaselineResponse, error) {
	p := req.GetBaseline()
	b := insight.Baseline{
		MinutesToFirstReply: p.GetMinutesToFirstReply(), MinutesPerConversation: p.GetMinutesPerConversation(),
		HourlyWageMinor: p.GetHourlyWageMinor(), Currency: p.GetCurrency(),
	}
	if err := s.store.SetBaseline(ctx, tenant.CallerFrom(ctx).Tenant, b); err != nil {
		return nil, err
	}
	return &storebotv1.SetBaselineResponse{Baseline: baselineToProto(b)}, nil
}

const ledgerPage = 50

// ListLedger implements InsightServiceHandler.
func (s *Service) ListLedger(ctx context.Context, req *storebotv1.ListLedgerRequest) (*storebotv1.ListLedgerResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	last, err := parsePageToken(req.GetPageToken())
	if err != nil {
		return nil, err
	}
	size := int(req.GetPageSize())
	if size == 0 {
		size = ledgerPage
	}
	filter, err := parseFilter(req.GetFilter())
	if err != nil {
		return nil, err
	}
	rows, err := s.store.Ledger(ctx, id, insight.Period{From: req.GetFrom().AsTime(), To: req.GetTo().AsTime()}, last, size+1, filter, s.now())
	if err != nil {
		return nil, err
	}
	b, _, err := s.used(ctx, id)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListLedgerResponse{}
	if len(rows) > size {
		rows = rows[:size]
		res.NextPageToken = pageToken(rows[size-1])
	}
	for _, r := range rows {
		res.Rows = append(res.Rows, ledgerRowToProto(r, b))
	}
	return res, nil
}
