package ragrpc

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"
)

// Opening is where a shop's hours are kept.
type Opening interface {
	// Hours returns when a shop's people are there. Error: rag.ErrNotFound.
	Hours(ctx context.Context, id tenant.ID) (rag.Hours, error)
	// SetHours replaces them, but for the time zone.
	SetHours(ctx context.Context, id tenant.ID, h rag.Hours) error
}

// MailState tells what became of the mails to a shop's staff.
type MailState interface {
	// MailState returns the counts of the last 30 days.
	MailState(ctx context.Context, id tenant.ID) (rag.MailState, error)
}

// GetHours implements InboxServiceHandler.
func (i *Inbox) GetHours(ctx context.Context, _ *storebotv1.GetHoursRequest) (*storebotv1.GetHoursResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	h, err := i.Opening.Hours(ctx, id)
	if err != nil {
		return nil, err
	}
	mail, err := i.Mail.MailState(ctx, id)
	if err != nil {
		return nil, err
	}
	availability, at := h.Availability(i.Now())
	return &storebotv1.GetHoursResponse{
		Hours: hoursProto(h), TimeZone: h.Zone.String(), Availability: availabilities[availability], OpensAt: timeProto(at),
		MailConfigured: mail.Configured, MailsSent: int32(mail.Sent), MailsFailed: int32(mail.Failed), LastFailure: mail.LastFailure,
	}, nil
}

// SetHours implements InboxServiceHandler.
func (i *Inbox) SetHours(ctx context.Context, req *storebotv1.SetHoursRequest) (*storebotv1.SetHoursResponse, error) {
	h, err := hoursOf(req.GetHours())
	if err != nil {
		return nil, err
	}
	if err := i.Opening.SetHours(ctx, tenant.CallerFrom(ctx).Tenant, h); err != nil {
		return nil, err
	}
	return &storebotv1.SetHoursResponse{Hours: hoursProto(h)}, nil
}

func hoursProto(h rag.Hours) *storebotv1.Hours {
	out := &storebotv1.Hours{
		ClosedOn: h.ClosedOn, AwayText: h.AwayText, ConsentText: h.ConsentText,
		ReplyWithinMinutes: int32(h.ReplyWithin / time.Minute), Notify: h.Notify,
	}
	for _, o := range h.Openings {
		out.Openings = append(out.Openings, &storebotv1.Opening{Weekday: int32(o.Weekday), Opens: int32(o.Opens), Closes: int32(o.Closes)})
	}
	return out
}

// hoursOf checks what the contract's rules can not.
func hoursOf(p *storebotv1.Hours) (rag.Hours, error) {
	h := rag.Hours{
		AwayText: rag.Clean(p.GetAwayText()), ConsentText: rag.Clean(p.GetConsentText()),
		ReplyWithin: time.Duration(p.GetReplyWithinMinutes()) * time.Minute,
	}
	var problems []error
	for n, o := range p.GetOpenings() {
		at := fmt.Sprintf("hours.openings[%d].closes", n)
		opening := rag.Opening{Weekday: time.Weekday(o.GetWeekday()), Opens: int(o.GetOpens()), Closes: int(o.GetCloses())}
		if opening.Closes <= opening.Opens {
			problems = append(problems, &tenant.FieldError{Path: at, Rule: "opening.order",
				Message: "is not after it opens; for a shop that is open past midnight, write the part after midnight under the next day"})
		}
		if slices.ContainsFunc(h.Openings, func(other rag.Opening) bool {
			return other.Weekday == opening.Weekday && other.Opens < opening.Closes && opening.Opens < other.Closes
		}) {
			problems = append(problems, &tenant.FieldError{Path: at, Rule: "opening.overlap",
				Message: "overlaps another stretch of the same day; join them, or change one"})
		}
		h.Openings = append(h.Openings, opening)
	}
	slices.SortFunc(h.Openings, rag.CompareOpenings)
	for n, day := range p.GetClosedOn() {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			problems = append(problems, &tenant.FieldError{Path: fmt.Sprintf("hours.closed_on[%d]", n), Rule: "date",
				Message: fmt.Sprintf("%q is not a day of the calendar; write it as 2026-12-25", day)})
		}
		if !slices.Contains(h.ClosedOn, day) {
			h.ClosedOn = append(h.ClosedOn, day)
		}
	}
	slices.Sort(h.ClosedOn)
	for n, address := range p.GetNotify() {
		email, err := tenant.NormalizeEmail(address)
		for _, f := range tenant.Fields(err) {
			problems = append(problems, &tenant.FieldError{Path: fmt.Sprintf("hours.notify[%d]", n), Rule: f.Rule, Message: f.Message})
		}
		if err == nil && !slices.Contains(h.Notify, email) {
			h.Notify = append(h.Notify, email)
		}
	}
	return h, errors.Join(problems...)
}
