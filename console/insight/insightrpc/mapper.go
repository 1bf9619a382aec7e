package insightrpc

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storebot/console/insight"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"

	"github.com/google/uuid"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"
)

func reportToProto(r insight.Report) *storebotv1.GetReportResponse {
	res := &storebotv1.GetReportResponse{
		FirstWords: percentilesToProto(r.FirstWords), Total: percentilesToProto(r.Total),
		Conversations: int32(r.Conversations), Questions: int32(r.Questions),
		AnsweredWithoutStaff: int32(r.AnsweredWithoutStaff()),
		Direct:               int32(r.ByDecision["direct"]), Composed: int32(r.ByDecision["composed"]), Clarify: int32(r.ByDecision["clarify"]),
		Abstain: int32(r.ByDecision["abstain"]), SmallTalk: int32(r.ByDecision["small_talk"]),
		RatedUp: int32(r.RatedUp), RatedDown: int32(r.RatedDown), OpenGaps: int32(r.OpenGaps),
	}
	low, likely, high := r.SavedConversations()
	res.Judged, res.CameBack, res.SavedLow, res.SavedLikely, res.SavedHigh = int32(r.Judged), int32(r.CameBack), int32(low), int32(likely), int32(high)
	res.StaffFirstReply = percentilesToProto(r.StaffFirstReply)
	res.Replied, res.Met = int32(r.Replied), int32(r.Met)
	for _, heard := range insight.Heards {
		n := r.Ratings[heard]
		res.Ratings = append(res.Ratings, &storebotv1.Ratings{Heard: string(heard), Content: int32(n.Content), Discontent: int32(n.Discontent)})
	}
	for _, h := range r.HandOvers {
		res.HandOvers = append(res.HandOvers, &storebotv1.HandOvers{Reason: h.Reason, N: int32(h.N), Conversations: int32(h.Conversations)})
	}
	if r.HoursKnown {
		res.OffHours = proto.Int32(int32(r.OffHours))
	}
	for _, b := range r.Spread {
		band := &storebotv1.WaitBand{After: durationpb.New(b.After), N: int32(b.N)}
		if b.UpTo > 0 {
			band.UpTo = durationpb.New(b.UpTo)
		}
		res.Spread = append(res.Spread, band)
	}
	for _, o := range insight.Outcomes {
		res.Outcomes = append(res.Outcomes, &storebotv1.OutcomeCount{Outcome: string(o), N: int32(r.ByOutcome[o])})
	}
	for _, d := range r.Days {
		res.Days = append(res.Days, &storebotv1.Day{
			Date: d.Date, Conversations: int32(d.Conversations), AnsweredWithoutStaff: int32(d.AnsweredWithoutStaff),
			FirstWordsP50: durationpb.New(d.FirstWords.P50), FirstWordsP95: durationpb.New(d.FirstWords.P95),
			FirstWordsP99: durationpb.New(d.FirstWords.P99), Replies: int32(d.FirstWords.N),
		})
	}
	return res
}

func percentilesToProto(p insight.Percentiles) *storebotv1.Percentiles {
	return &storebotv1.Percentiles{
		P50: durationpb.New(p.P50), P95: durationpb.New(p.P95), P99: durationpb.New(p.P99), N: int32(p.N), Enough: p.Enough(),
	}
}

func savingsToProto(r insight.Report, b insight.Baseline) *storebotv1.Savings {
	s := r.Savings(b)
	return &storebotv1.Savings{
		MinutesLow: s.Low, MinutesLikely: s.Likely, MinutesHigh: s.High,
		MoneyMinorLow: b.Money(s.Low), MoneyMinorLikely: b.Money(s.Likely), MoneyMinorHigh: b.Money(s.High), Currency: b.Currency,
		NotYetDurable: int32(r.NotYetDurable), FailedHandOffs: int32(r.ByOutcome[insight.FailedHandOff]),
	}
}

func baselineToProto(b insight.Baseline) *storebotv1.Baseline {
	return &storebotv1.Baseline{
		MinutesToFirstReply: b.MinutesToFirstReply, MinutesPerConversation: b.MinutesPerConversation,
		HourlyWageMinor: b.HourlyWageMinor, Currency: b.Currency,
	}
}

func ledgerRowToProto(r insight.LedgerRow, b insight.Baseline) *storebotv1.LedgerRow {
	m := r.Outcome.Minutes(b.MinutesPerConversation)
	return &storebotv1.LedgerRow{
		ConversationId: r.Conversation.String(), StartedAt: timestamppb.New(r.StartedAt), FirstQuestion: r.FirstQuestion,
		Questions: int32(r.Questions), Outcome: string(r.Outcome),
		MinutesLow: m.Low, MinutesLikely: m.Likely, MinutesHigh: m.High,
	}
}

// A page token names the last row of the page before.
func pageToken(r insight.LedgerRow) string {
	return r.StartedAt.UTC().Format(time.RFC3339Nano) + " " + r.Conversation.String()
}

func parsePageToken(s string) (insight.LedgerRow, error) {
	if s == "" {
		return insight.LedgerRow{}, nil
	}
	at, id, _ := strings.Cut(s, " ")
	t, err := time.Parse(time.RFC3339Nano, at)
	u, err2 := uuid.Parse(id)
	if err != nil || err2 != nil {
		return insight.LedgerRow{}, &tenant.FieldError{Path: "page_token", Rule: "page_token", Message: "is not one that this list returned; start without one"}
	}
	return insight.LedgerRow{StartedAt: t, Conversation: u}, nil
}

// parseFilter reads a filter whose rules the contract has checked, but for the outcomes.
func parseFilter(f *storebotv1.LedgerFilter) (insight.Filter, error) {
	out := insight.Filter{
		Reasons: f.GetReasons(), Met: f.GetMet(), Replied: f.GetReplied(), Heard: insight.Heard(f.GetHeard()), Rating: insight.Rating(f.GetRating()),
		OffHours: f.GetOffHours(), Day: f.GetDay(), Weekday: int(f.GetWeekday()),
	}
	if f != nil {
		out.Lasting = f.Lasting
	}
	if h := f.GetHours(); h != nil {
		out.Hours = &insight.HourSpan{From: int(h.GetFrom()), Until: int(h.GetUntil())}
	}
	out.Decision = f.GetDecision()
	if entry := f.GetEntryId(); entry != "" {
		id, err := uuid.Parse(entry)
		if err != nil {
			return out, &tenant.FieldError{Path: "filter.entry_id", Rule: "string.uuid", Message: "is not an id"}
		}
		out.Entry = id
	}
	if w := f.GetWaited(); w != nil {
		out.Waited = &insight.WaitSpan{After: w.GetAfter().AsDuration(), UpTo: w.GetUpTo().AsDuration()}
	}
	for i, word := range f.GetOutcomes() {
		if !slices.Contains(insight.Outcomes, insight.Outcome(word)) {
			return out, &tenant.FieldError{Path: fmt.Sprintf("filter.outcomes[%d]", i), Rule: "outcome", Message: "is not an outcome"}
		}
		out.Outcomes = append(out.Outcomes, insight.Outcome(word))
	}
	return out, nil
}
