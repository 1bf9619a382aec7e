package insightrpc

import (
	"context"
	"time"

	"storebot/console/insight"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"
)

// GetStaffingPlan implements InsightServiceHandler.
func (s *Service) GetStaffingPlan(ctx context.Context, req *storebotv1.GetStaffingPlanRequest) (*storebotv1.GetStaffingPlanResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	load, err := s.store.Load(ctx, id, insight.Period{From: req.GetFrom().AsTime(), To: req.GetTo().AsTime()}, s.now())
	if err != nil {
		return nil, err
	}
	b, _, err := s.used(ctx, id)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetStaffingPlanResponse{
		Conversations: int32(load.N()), Weeks: load.Weeks, Enough: load.Enough(), MinutesPerConversation: b.MinutesPerConversation,
		MeasuredFrom: int32(b.MeasuredFrom),
	}
	for _, h := range load.Plan(insight.Target{
		Level: req.GetServiceLevel(), Wait: req.GetWait().AsDuration(), Patience: req.GetPatience().AsDuration(),
		Handle: time.Duration(b.MinutesPerConversation * float64(time.Minute)),
	}) {
		res.Hours = append(res.Hours, &storebotv1.StaffingHour{
			Weekday: int32(h.Weekday), Hour: int32(h.Hour), Conversations: int32(h.Conversations), ByBot: int32(h.ByBot),
			ForStaff: int32(h.ForStaff), Staff: int32(h.Staff), StaffWithoutBot: int32(h.StaffWithoutBot),
		})
	}
	for _, c := range load.Closings(int(req.GetOpensAt())) {
		res.Closings = append(res.Closings, &storebotv1.Closing{Hour: int32(c.Hour), Conversations: int32(c.Conversations), ByBot: int32(c.ByBot)})
	}
	return res, nil
}

const topEntries = 10

// ListTopEntries implements InsightServiceHandler.
func (s *Service) ListTopEntries(ctx context.Context, req *storebotv1.ListTopEntriesRequest) (*storebotv1.ListTopEntriesResponse, error) {
	limit := int(req.GetLimit())
	if limit == 0 {
		limit = topEntries
	}
	top, err := s.store.TopEntries(ctx, tenant.CallerFrom(ctx).Tenant, insight.Period{From: req.GetFrom().AsTime(), To: req.GetTo().AsTime()}, limit)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListTopEntriesResponse{}
	for _, e := range top {
		res.Entries = append(res.Entries, &storebotv1.TopEntry{
			EntryId: e.Entry.String(), Question: e.Question, Answers: int32(e.Answers), RatedUp: int32(e.Up), RatedDown: int32(e.Down),
		})
	}
	return res, nil
}
