package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"storebot/console/insight"
	"storebot/console/insight/insightrpc"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

type benchReportCmd struct {
	databaseFlags
	Conversations int `default:"10000" help:"How many the shop's month has, of two and a half turns each; made in the database if they are not there, with the slug bench-month-DATE-N."`
	Runs          int `default:"20" help:"How often each is asked for."`
}

// benchDays is how many days the month has.
const benchDays = 31

// monthResult is what was measured, of a shop that was counted before; a first
// report counts what nobody has counted yet, which the server does in the background.
type monthResult struct {
	Conversations int               `json:"conversations"`
	Turns         int               `json:"turns"`
	HandOvers     int               `json:"hand_overs"`
	Runs          int               `json:"runs"`
	FirstSeconds  float64           `json:"first_report_seconds"`
	Report        spread            `json:"report_ms"`
	Plan          spread            `json:"staffing_plan_ms"`
	Pages         map[string]spread `json:"first_page_behind_ms"`
	ExportSeconds *float64          `json:"export_seconds"` // null where one file does not take them
}

// spread is of several times, in milliseconds.
type spread struct {
	P50 float64 `json:"p50"`
	Max float64 `json:"max"`
}

// Run makes the month, asks for its figures and for the conversations behind them, and prints how long that took.
func (c *benchReportCmd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	if c.Conversations < benchDays || c.Runs < 1 {
		return fmt.Errorf("a month has at least %d conversations, and is asked for at least once", benchDays)
	}
	db, closeDB, err := c.open(ctx, log, tenantpg.Config{MaxConns: 4})
	if err != nil {
		return err
	}
	defer closeDB()
	in, err := install(db, installationConfig{indexBytes: 1 << 20}, log)
	if err != nil {
		return err
	}
	today := time.Now().UTC().Truncate(24 * time.Hour)
	slug := fmt.Sprintf("bench-month-%s-%d", today.Format("20060102"), c.Conversations)
	shop, err := in.tenants.BySlug(ctx, slug)
	if err != nil {
		made, err := in.tenants.Create(ctx, tenant.Founding{ShopName: slug, Slug: slug, Language: "en", TimeZone: "Asia/Taipei"})
		if err != nil {
			return err
		}
		for day := range benchDays {
			from, to := c.Conversations*day/benchDays, c.Conversations*(day+1)/benchDays
			if err := benchDay(ctx, db, made.ID, today.AddDate(0, 0, day-benchDays), to-from); err != nil {
				return fmt.Errorf("write day %d: %w", day, err)
			}
		}
		if shop, err = in.tenants.BySlug(ctx, slug); err != nil {
			return err
		}
	}
	ctx = tenant.WithCaller(ctx, tenant.Caller{Kind: tenant.Member, Tenant: shop.ID, Role: tenant.Owner})
	result, err := c.measure(ctx, insightrpc.New(in.insight, time.Now), today)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(result)
}

func (c *benchReportCmd) measure(ctx context.Context, s *insightrpc.Service, today time.Time) (*monthResult, error) {
	from, to := timestamppb.New(today.AddDate(0, 0, -benchDays)), timestamppb.New(today.Add(24*time.Hour))
	began := time.Now()
	report, err := s.GetReport(ctx, &storebotv1.GetReportRequest{From: from, To: to})
	if err != nil {
		return nil, err
	}
	r := &monthResult{
		Conversations: int(report.GetConversations()), Turns: int(report.GetQuestions()), Runs: c.Runs,
		FirstSeconds: time.Since(began).Seconds(), Pages: map[string]spread{},
	}
	for _, h := range report.GetHandOvers() {
		r.HandOvers += int(h.GetN())
	}
	if r.Report, err = c.times(func() error {
		_, err := s.GetReport(ctx, &storebotv1.GetReportRequest{From: from, To: to})
		return err
	}); err != nil {
		return nil, err
	}
	plan := &storebotv1.GetStaffingPlanRequest{From: from, To: to, ServiceLevel: .8, Wait: durationpb.New(5 * time.Minute), Patience: durationpb.New(10 * time.Minute), OpensAt: 9}
	if r.Plan, err = c.times(func() error { _, err := s.GetStaffingPlan(ctx, plan); return err }); err != nil {
		return nil, err
	}
	if r.Conversations <= insight.MaxExport {
		began := time.Now()
		if _, err := s.ExportLedger(ctx, &storebotv1.ExportLedgerRequest{From: from, To: to}); err != nil {
			return nil, err
		}
		took := time.Since(began).Seconds()
		r.ExportSeconds = &took
	}
	no := false
	for name, f := range map[string]*storebotv1.LedgerFilter{
		"all":                {},
		"failed hand-offs":   {Outcomes: []string{string(insight.FailedHandOff)}},
		"a reason":           {Reasons: []string{"limit"}},
		"met":                {Met: true},
		"came back":          {Lasting: &no},
		"staff alone":        {Heard: string(insight.HeardStaff), Rating: string(insight.Discontent)},
		"at night":           {Hours: &storebotv1.HourSpan{From: 3, Until: 4}},
		"reason at night":    {Reasons: []string{"limit"}, Hours: &storebotv1.HourSpan{From: 3, Until: 4}},
		"unhappy small talk": {Outcomes: []string{string(insight.OnlySmallTalk)}, Rating: string(insight.Discontent)},
	} {
		if r.Pages[name], err = c.times(func() error {
			_, err := s.ListLedger(ctx, &storebotv1.ListLedgerRequest{From: from, To: to, Filter: f})
			return err
		}); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return r, nil
}

func (c *benchReportCmd) times(do func() error) (spread, error) {
	var ms []float64
	for range c.Runs {
		began := time.Now()
		if err := do(); err != nil {
			return spread{}, err
		}
		ms = append(ms, float64(time.Since(began).Microseconds())/1000)
	}
	slices.Sort(ms)
	return spread{P50: ms[len(ms)/2], Max: ms[len(ms)-1]}, nil
}
