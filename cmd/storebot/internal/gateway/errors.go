package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"storebot/console/insight"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/ragrpc"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectproto"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Texts that more than one place gives.
const (
	textInternal = "Something went wrong on our side."
	textNotFound = "There is no such thing here."
	textAway     = "This cannot be stored or read right now. Try again in a moment."
)

// retryAway is when a caller may try again what a database or a model that is
// away kept from being done; both are back within seconds when they restart.
const retryAway = 2 * time.Second

// errorTable is the one place where an error of the domain becomes a code, a
// reason for programs and a text for people. An error that is not here is
// internal: logged whole, and nothing of it leaves.
var errorTable = []struct {
	err    error
	code   connect.Code
	reason string
	text   string
}{
	{tenant.ErrUnauthenticated, connect.CodeUnauthenticated, "unauthenticated", "Sign in, or use a key that is valid."},
	{tenant.ErrBadCredentials, connect.CodeUnauthenticated, "bad_credentials", "The e-mail address or the password is wrong."},
	{tenant.ErrSuspended, connect.CodePermissionDenied, "tenant_suspended", "This shop is suspended."},
	{tenant.ErrPermissionDenied, connect.CodePermissionDenied, "permission_denied", "Your role does not allow this."},
	{tenant.ErrOriginForbidden, connect.CodePermissionDenied, "origin_forbidden", "This page's origin is not on the shop's list of allowed origins. Add it in the console under Install."},
	{tenant.ErrEmailTaken, connect.CodeAlreadyExists, "email_taken", "There is an account with this e-mail address. Log in instead."},
	{tenant.ErrSlugTaken, connect.CodeAlreadyExists, "slug_taken", "This short name is in use. Choose another."},
	{tenant.ErrRateLimited, connect.CodeResourceExhausted, "rate_limited", "Too many requests. Wait a moment and try again."},
	{tenant.ErrLastOwner, connect.CodeFailedPrecondition, "last_owner", "This is the shop's last owner. Make somebody else an owner first."},
	{tenant.ErrAlreadyMember, connect.CodeAlreadyExists, "already_member", "This person works in the shop already."},
	{tenant.ErrLinkInvalid, connect.CodeFailedPrecondition, "link_invalid", "This link is not valid: it was used, has expired, or was replaced by a newer one. Ask for a new one."},
	{tenant.ErrWorksElsewhere, connect.CodeFailedPrecondition, "works_elsewhere", "This person works in other shops too. Only they themselves, or whoever runs this installation, can have their password reset."},
	{tenant.ErrNameMismatch, connect.CodeInvalidArgument, "name_mismatch", "This is not the shop's name. Type it as it is shown."},
	{tenant.ErrVisitReadOnly, connect.CodePermissionDenied, "visit_read_only", "A platform admin can look at a shop, and change nothing in it."},
	{tenant.ErrPlatformOff, connect.CodeFailedPrecondition, "platform_off", "This installation has no database login for platform admins: set DATABASE_PLATFORM_URL."},
	{tenant.ErrNotFound, connect.CodeNotFound, "not_found", textNotFound},
	{rag.ErrNotFound, connect.CodeNotFound, "not_found", textNotFound},
	{rag.ErrKeyReused, connect.CodeInvalidArgument, "client_key_reused", "This client key was used for another question. Make a new one for each question."},
	{rag.ErrEmptyQuestion, connect.CodeInvalidArgument, "empty_question", "The question has no text."},
	{rag.ErrStorage, connect.CodeUnavailable, "storage_unavailable", textAway},
	{rag.ErrModelUnavailable, connect.CodeUnavailable, "model_unavailable", "The model cannot answer right now."},
	{insight.ErrPeriod, connect.CodeInvalidArgument, "invalid_period", "The period must end after it begins and be at most 400 days long."},
	{insight.ErrTooMany, connect.CodeInvalidArgument, "export_too_large", "One file takes at most 100,000 conversations. Choose a shorter period or fewer outcomes."},
	{context.DeadlineExceeded, connect.CodeDeadlineExceeded, "deadline_exceeded", "This took too long and was stopped."},
	{context.Canceled, connect.CodeCanceled, "canceled", "The caller left."},
}

// translateErrors turns every error on its way out by errorTable.
func translateErrors(log *slog.Logger) connect.ServerInterceptor {
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			err := next(ctx, spec, stream)
			if err == nil {
				return nil
			}
			return public(ctx, log, spec, err)
		}
	}
}

func public(ctx context.Context, log *slog.Logger, spec connect.Spec, err error) error {
	if ce, ok := errors.AsType[*connect.Error](err); ok && !ce.IsRemote() {
		return framework(ce)
	}
	if fields := tenant.Fields(err); len(fields) > 0 {
		var list []*storebotv1.FieldViolation
		for _, f := range fields {
			list = append(list, &storebotv1.FieldViolation{Path: f.Path, Rule: f.Rule, Message: f.Message})
		}
		return invalidFields(list).WithCause(err)
	}
	if ie, ok := errors.AsType[*rag.InputError](err); ok {
		p := &storebotv1.Problem{Reason: ie.Code}
		for _, name := range ie.About {
			p.Fields = append(p.Fields, &storebotv1.FieldViolation{Path: name, Rule: ie.Code})
		}
		for _, name := range ie.Found {
			p.Fields = append(p.Fields, &storebotv1.FieldViolation{Path: name, Rule: "found"})
		}
		return problem(connect.CodeInvalidArgument, ie.Message+" "+ie.Cure, p).WithCause(err)
	}
	if me, ok := errors.AsType[*rag.MeanwhileError](err); ok {
		return changedMeanwhile(me).WithCause(err)
	}
	if qe, ok := errors.AsType[*tenant.QuotaError](err); ok {
		// No time to try again after: only a change helps.
		return problem(connect.CodeResourceExhausted, fmt.Sprintf(textQuota[qe.Resource], qe.Used, qe.Limit),
			&storebotv1.Problem{Reason: "quota_exceeded"}).WithCause(err)
	}
	for _, row := range errorTable {
		if !errors.Is(err, row.err) {
			continue
		}
		p := &storebotv1.Problem{Reason: row.reason}
		if re, ok := errors.AsType[*rateError](err); ok {
			p.RetryAfter = durationpb.New(re.retryAfter.Round(time.Millisecond))
		} else if row.code == connect.CodeUnavailable || row.code == connect.CodeResourceExhausted {
			p.RetryAfter = durationpb.New(retryAway)
		}
		return problem(row.code, row.text, p).WithCause(err)
	}
	c := callFrom(ctx)
	if tenantpg.Away(err) {
		log.WarnContext(ctx, "the database is away", "procedure", spec.Procedure, "tenant", c.tenant, "request", c.id, "err", err)
		p := &storebotv1.Problem{Reason: "storage_unavailable", RetryAfter: durationpb.New(retryAway)}
		return problem(connect.CodeUnavailable, textAway, p).WithCause(err)
	}
	log.ErrorContext(ctx, "internal error", "procedure", spec.Procedure, "tenant", c.tenant, "request", c.id, "err", err)
	return problem(connect.CodeInternal, textInternal, &storebotv1.Problem{Reason: "internal"}).WithCause(err)
}

// framework gives an error that was written for callers (by the framework, or
// by an interceptor here) its Problem if it has none.
func framework(ce *connect.Error) *connect.Error {
	if len(ce.Details()) > 0 {
		return ce
	}
	reason := ce.Code().String()
	if ce.Code() == connect.CodeResourceExhausted {
		reason = "too_large" // the one thing that the framework itself bounds
	}
	return problem(ce.Code(), ce.Message(), &storebotv1.Problem{Reason: reason}).WithCause(ce)
}

// invalidFields is the answer to a request whose fields are not valid.
func invalidFields(fields []*storebotv1.FieldViolation) *connect.Error {
	text := make([]string, len(fields))
	for i, f := range fields {
		text[i] = f.GetPath() + " " + f.GetMessage()
	}
	return problem(connect.CodeInvalidArgument, "The request is not valid: "+strings.Join(text, "; "),
		&storebotv1.Problem{Reason: "invalid_fields", Fields: fields})
}

// changedMeanwhile is the answer to who would overwrite what somebody else has changed
// since: it names the change, so that both can be set beside each other.
func changedMeanwhile(me *rag.MeanwhileError) *connect.Error {
	e := problem(connect.CodeAborted, "This was changed since it was read. Read it again and change that.",
		&storebotv1.Problem{Reason: "changed_meanwhile"})
	d, err := connectproto.NewErrorDetail(ragrpc.MeanwhileProto(me))
	if err != nil {
		return e // the code and the reason still stand
	}
	return e.WithDetail(d)
}

func problem(code connect.Code, text string, p *storebotv1.Problem) *connect.Error {
	e := connect.NewError(code, text)
	d, err := connectproto.NewErrorDetail(p)
	if err != nil {
		return e // the code and the text still stand
	}
	return e.WithDetail(d)
}
