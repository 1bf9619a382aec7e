package gateway

import (
	"context"

	"storebot/tenant"

	"connectrpc.com/connect/v2"
)

// A Quotas knows what shops have left. Errors: tenant.QuotaError.
type Quotas interface {
	// AllowQuestion asks nobody: it is on every question's way.
	AllowQuestion(id tenant.ID) error
	// AllowGrowth is asked before something is added to a shop's knowledge.
	AllowGrowth(ctx context.Context, id tenant.ID) error
}

// limitQuota refuses what a shop has used up: questions, and what adds to its
// knowledge. What is there can always be read, changed and deleted.
func limitQuota(quotas Quotas) connect.ServerInterceptor {
	return func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			var err error
			switch policy[spec.Procedure].quota {
			case quotaQuestion:
				err = quotas.AllowQuestion(tenant.CallerFrom(ctx).Tenant)
			case quotaGrowth:
				err = quotas.AllowGrowth(ctx, tenant.CallerFrom(ctx).Tenant)
			}
			if err != nil {
				return err
			}
			return next(ctx, spec, stream)
		}
	}
}

type quotaClass int

const (
	quotaNone quotaClass = iota
	quotaQuestion
	quotaGrowth
)

// textQuota says what is used up, and how to mend it.
var textQuota = map[tenant.Resource]string{
	tenant.Messages: "The shop's questions of this month are used up (%d of %d). They start anew on the first of the next month (UTC); for more, ask whoever runs this installation.",
	tenant.Entries:  "The shop's entries are used up (%d of %d). Delete some that are not needed, or ask whoever runs this installation for more.",
	tenant.Storage:  "The shop's storage is used up (%d of %d bytes). Delete entries, keep conversations for fewer days, or ask whoever runs this installation for more.",
}
