package ragrpc

import (
	"context"
	"errors"
	"time"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"
)

const (
	gapPage = 50
	// groupTime bounds how long a list waits for questions to be put into
	// clusters; what is left waits for the next.
	groupTime    = 2 * time.Second
	coverageDays = 30
	nearestShown = 5
)

// ListGaps implements LearningServiceHandler.
func (l *Learning) ListGaps(ctx context.Context, req *storebotv1.ListGapsRequest) (*storebotv1.ListGapsResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	for until := l.Now().Add(groupTime); ; {
		more, err := l.Gaps.Group(ctx, id)
		if err != nil {
			return nil, err
		}
		if !more || l.Now().After(until) {
			break
		}
	}
	gaps, total, err := l.Gaps.ListGaps(ctx, id, gapStates[req.GetState()], pageSize(req.GetPageSize(), gapPage))
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListGapsResponse{Total: int32(total)}
	for _, g := range gaps {
		res.Gaps = append(res.Gaps, gapProto(g))
	}
	return res, nil
}

// GetGap implements LearningServiceHandler.
func (l *Learning) GetGap(ctx context.Context, req *storebotv1.GetGapRequest) (*storebotv1.GetGapResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	gap, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	g, questions, err := l.Gaps.GetGap(ctx, id, gap)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetGapResponse{Gap: gapProto(g), Phrasings: rag.Phrasings(questions)}
	for _, q := range questions {
		res.Questions = append(res.Questions, &storebotv1.GapQuestion{
			Id: q.ID.String(), Question: q.Question, Language: q.Language, Kind: gapKinds[q.Kind],
			Conversation: q.Conversation.String(), AskedAt: timestamppb.New(q.AskedAt),
		})
	}
	found, err := l.Answerer.Retriever.Retrieve(ctx, id, g.Question)
	if err != nil && !errors.Is(err, rag.ErrNoKnowledge) {
		return nil, err
	}
	res.Nearest = matches(found.Matches[:min(nearestShown, len(found.Matches))])
	return res, nil
}

// GetGapConversation implements LearningServiceHandler.
func (l *Learning) GetGapConversation(ctx context.Context, req *storebotv1.GetGapConversationRequest) (*storebotv1.GetGapConversationResponse, error) {
	question, err := parse(req.GetQuestionId())
	if err != nil {
		return nil, err
	}
	messages, err := l.Gaps.GapConversation(ctx, tenant.CallerFrom(ctx).Tenant, question)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.GetGapConversationResponse{}
	for _, m := range messages {
		res.Messages = append(res.Messages, messageProto(m))
	}
	return res, nil
}

// GetCoverage implements LearningServiceHandler.
func (l *Learning) GetCoverage(ctx context.Context, _ *storebotv1.GetCoverageRequest) (*storebotv1.GetCoverageResponse, error) {
	c, err := l.Gaps.Coverage(ctx, tenant.CallerFrom(ctx).Tenant, l.Now().AddDate(0, 0, -coverageDays))
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetCoverageResponse{
		Questions: int32(c.Questions), Answered: int32(c.Answered), Learnt: int32(c.Learnt), Open: int32(c.Open), Days: coverageDays,
	}, nil
}

// DraftAnswer implements LearningServiceHandler.
func (l *Learning) DraftAnswer(ctx context.Context, req *storebotv1.DraftAnswerRequest) (*storebotv1.DraftAnswerResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	gap, err := parse(req.GetGapId())
	if err != nil {
		return nil, err
	}
	g, _, err := l.Gaps.GetGap(ctx, id, gap)
	if err != nil {
		return nil, err
	}
	shop, err := l.Shops.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	draft, err := l.Answerer.DraftEntry(ctx, shop, g.Question)
	if err != nil {
		return nil, err
	}
	return &storebotv1.DraftAnswerResponse{Answer: draft.Text, Composed: draft.Composed, Sources: matches(draft.Sources)}, nil
}

// ApproveGap implements LearningServiceHandler.
func (l *Learning) ApproveGap(ctx context.Context, req *storebotv1.ApproveGapRequest) (*storebotv1.ApproveGapResponse, error) {
	gap, err := parse(req.GetGapId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	entry, c, err := learnt(req.GetEntryId(), caller.Account, req.GetContent())
	if err != nil {
		return nil, err
	}
	e, err := l.Learner.ApproveGap(ctx, caller.Tenant, caller.Account, gap, entry, c)
	if err != nil {
		return nil, err
	}
	return &storebotv1.ApproveGapResponse{Entry: entryProto(&e)}, nil
}

// learnt reads where something learnt goes. One of entry and content is needed.
func learnt(entry string, by uuid.UUID, c *storebotv1.EntryContent) (rag.EntryID, *rag.Content, error) {
	id, err := parseOptional(entry)
	switch {
	case err != nil:
		return id, nil, err
	case c != nil:
		read := content(c, by)
		return id, &read, nil
	case entry == "":
		return id, nil, &tenant.FieldError{Path: "content", Rule: "required", Message: "is needed for a new entry"}
	}
	return id, nil, nil
}
