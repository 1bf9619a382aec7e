package ragrpc

import (
	"context"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/check"
	"storebot/tenant"
)

// CorrectAnswer implements LearningServiceHandler.
func (l *Learning) CorrectAnswer(ctx context.Context, req *storebotv1.CorrectAnswerRequest) (*storebotv1.CorrectAnswerResponse, error) {
	caller := tenant.CallerFrom(ctx)
	entry, c, err := learnt(req.GetEntryId(), caller.Account, req.GetContent())
	if err != nil {
		return nil, err
	}
	e, saved, err := l.Learner.Correct(ctx, caller.Tenant, caller.Account, req.GetQuestion(), entry, c)
	if err != nil {
		return nil, err
	}
	result, err := l.Checks.Ask(ctx, caller.Tenant, saved)
	if err != nil {
		return nil, err
	}
	return &storebotv1.CorrectAnswerResponse{Entry: entryProto(&e), Check: checkedProto(result)}, nil
}

// CorrectToProduct implements LearningServiceHandler.
func (l *Learning) CorrectToProduct(ctx context.Context, req *storebotv1.CorrectToProductRequest) (*storebotv1.CorrectToProductResponse, error) {
	id, err := parse(req.GetProductId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	p, saved, err := l.Learner.CorrectToProduct(ctx, caller.Tenant, caller.Account, req.GetQuestion(), id)
	if err != nil {
		return nil, err
	}
	result, err := l.Checks.Ask(ctx, caller.Tenant, saved)
	if err != nil {
		return nil, err
	}
	return &storebotv1.CorrectToProductResponse{Product: productProto(p), Check: checkedProto(result)}, nil
}

// ListChecks implements LearningServiceHandler.
func (l *Learning) ListChecks(ctx context.Context, _ *storebotv1.ListChecksRequest) (*storebotv1.ListChecksResponse, error) {
	began := l.Now()
	results, err := l.Checks.Run(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListChecksResponse{TookMs: l.since(began)}
	for _, r := range results {
		if r.Passed() {
			res.Passed++
		}
		res.Checks = append(res.Checks, checkedProto(r))
	}
	return res, nil
}

// CreateCheck implements LearningServiceHandler.
func (l *Learning) CreateCheck(ctx context.Context, req *storebotv1.CreateCheckRequest) (*storebotv1.CreateCheckResponse, error) {
	entry, err := parseOptional(req.GetEntryId())
	if err != nil {
		return nil, err
	}
	sold, err := parseOptional(req.GetProductId())
	if err != nil {
		return nil, err
	}
	c, err := l.Learner.CreateCheck(ctx, tenant.CallerFrom(ctx).Tenant, rag.Check{Question: req.GetQuestion(), Entry: entry, Product: sold})
	if err != nil {
		return nil, err
	}
	return &storebotv1.CreateCheckResponse{Check: checkProto(c)}, nil
}

// DeleteChecks implements LearningServiceHandler.
func (l *Learning) DeleteChecks(ctx context.Context, req *storebotv1.DeleteChecksRequest) (*storebotv1.DeleteChecksResponse, error) {
	ids, err := parseAll(req.GetIds())
	if err != nil {
		return nil, err
	}
	n, err := l.Learner.DeleteChecks(ctx, tenant.CallerFrom(ctx).Tenant, ids)
	if err != nil {
		return nil, err
	}
	return &storebotv1.DeleteChecksResponse{Deleted: int32(n)}, nil
}

// since is in milliseconds.
func (l *Learning) since(began time.Time) float64 {
	return float64(l.Now().Sub(began).Microseconds()) / 1000
}

func differences(list []check.Difference) []*storebotv1.ChangedCheck {
	var out []*storebotv1.ChangedCheck
	for _, d := range list {
		out = append(out, &storebotv1.ChangedCheck{Check: checkedProto(d.Before), After: resultProto(d.After)})
	}
	return out
}
