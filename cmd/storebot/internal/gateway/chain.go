package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/tenant"

	"connectrpc.com/connect/v2"
	"github.com/google/uuid"
)

// A call is what the log says of one request. Whoever comes to know something
// of it on the way in writes it here.
type call struct {
	id     string
	tenant tenant.ID
}

type callKey struct{}

// callFrom returns the call that ctx belongs to.
func callFrom(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{}
}

// logCalls names each call, returns the name in the header Storebot-Request
// and writes one line a call: never a question's or an answer's text.
func logCalls(log *slog.Logger, metrics *Metrics, now func() time.Time) connect.ServerInterceptor {
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			start, c := now(), &call{id: uuid.NewString()}
			if info, ok := connect.CallInfoForServerContext(ctx); ok {
				info.ResponseHeader().Set("Storebot-Request", c.id)
			}
			err := next(context.WithValue(ctx, callKey{}, c), spec, stream)
			code, level := "ok", slog.LevelDebug
			if err != nil {
				c := connect.CodeOf(err)
				code, level = c.String(), slog.LevelInfo
				if c == connect.CodeInternal || c == connect.CodeUnknown {
					level = slog.LevelError
				}
			}
			took := now().Sub(start)
			metrics.call(spec.Procedure, code, took)
			log.Log(ctx, level, "call", "procedure", spec.Procedure, "code", code, "took", took, "tenant", c.tenant, "request", c.id)
			return err
		}
	}
}

// recoverPanics keeps one broken call from ending the process.
func recoverPanics(log *slog.Logger) connect.ServerInterceptor {
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) (err error) {
			defer func() {
				if r := recover(); r != nil {
					c := callFrom(ctx)
					log.ErrorContext(ctx, "panic", "procedure", spec.Procedure, "tenant", c.tenant, "request", c.id,
						"panic", fmt.Sprint(r), "stack", string(debug.Stack()))
					err = problem(connect.CodeInternal, textInternal, &storebotv1.Problem{Reason: "internal"})
				}
			}()
			return next(ctx, spec, stream)
		}
	}
}

// callTime ends a call that takes longer than any healthy one: no request
// hangs on a database or a disk that says nothing. The time in which the caller's
// message comes in does not count: pace bounds it. A method that watches has no end
// of its own.
const callTime = 30 * time.Second

func limitTime(next connect.ServerFunc) connect.ServerFunc {
	return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
		d := policy[spec.Procedure].time
		switch {
		case d == endless:
			return next(ctx, spec, stream)
		case d == 0:
			d = callTime
		}
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		over := time.AfterFunc(d, func() { cancel(context.DeadlineExceeded) })
		defer over.Stop()
		err := next(ctx, spec, &timedStream{stream, over, d})
		if err == nil || !errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			return err
		}
		if ce, ok := errors.AsType[*connect.Error](err); ok && ce.Code() == connect.CodeCanceled {
			return context.DeadlineExceeded // the framework's word for what ended the context
		}
		return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
	}
}

// timedStream counts a call's time from the moment when its message is there.
type timedStream struct {
	connect.ServerStream
	over *time.Timer
	time time.Duration
}

// Receive implements connect.ServerStream.
func (s *timedStream) Receive(msg any) error {
	if s.over.Stop() {
		defer s.over.Reset(s.time)
	}
	return s.ServerStream.Receive(msg)
}
