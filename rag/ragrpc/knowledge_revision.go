package ragrpc

import (
	"context"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"
)

// UndoChange takes a change back.
func (k *Knowledge) UndoChange(ctx context.Context, req *storebotv1.UndoChangeRequest) (*storebotv1.UndoChangeResponse, error) {
	change, err := parse(req.GetChangeId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	u, err := k.Revisions.Undo(ctx, caller.Tenant, caller.Account, change)
	if err != nil {
		return nil, err
	}
	return &storebotv1.UndoChangeResponse{Restored: int32(u.Restored), Removed: int32(u.Removed), Kept: int32(u.Kept)}, nil
}

// ListRevisions returns an entry's versions.
func (k *Knowledge) ListRevisions(ctx context.Context, req *storebotv1.ListRevisionsRequest) (*storebotv1.ListRevisionsResponse, error) {
	id, err := parse(req.GetEntryId())
	if err != nil {
		return nil, err
	}
	after, err := readPlace(req.GetPageToken())
	if err != nil {
		return nil, err
	}
	list, more, err := k.Revisions.ListRevisions(ctx, tenant.CallerFrom(ctx).Tenant, id, after)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListRevisionsResponse{NextPageToken: nextPlace(list, more)}
	for _, r := range list {
		if r.ID == uuid.Nil {
			res.Etag = r.Content.ETag()
		}
		one := &storebotv1.Revision{Id: name(r.ID), WrittenAt: timestamppb.New(r.At), Kind: changeKinds[r.Kind], By: r.By, FileName: r.File}
		if !r.Deleted {
			one.Content = contentProto(r.Content)
		}
		res.Revisions = append(res.Revisions, one)
	}
	return res, nil
}

// readPlace reads a page token that nextPlace made.
func readPlace(token string) (after rag.RevisionPlace, err error) {
	parts, err := readToken(token, 5)
	if err != nil || token == "" {
		return after, err
	}
	if after.At, err = timeOf(parts[0]); err != nil {
		return after, err
	}
	after.ID, err = idOf(parts[1:])
	return after, err
}

// nextPlace is the page token after a page of revisions; "" when no more follow.
func nextPlace[T any](page []rag.Revision[T], more bool) string {
	if !more {
		return ""
	}
	last := page[len(page)-1]
	return writeToken(append([]int64{last.At.UnixMicro()}, idParts(last.ID)...)...)
}

// RestoreRevision makes an earlier version the present one.
func (k *Knowledge) RestoreRevision(ctx context.Context, req *storebotv1.RestoreRevisionRequest) (*storebotv1.RestoreRevisionResponse, error) {
	entry, err := parse(req.GetEntryId())
	if err != nil {
		return nil, err
	}
	revision, err := parse(req.GetRevisionId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	e, change, err := k.Revisions.RestoreRevision(ctx, caller.Tenant, caller.Account, entry, revision, req.GetEtag())
	if err != nil {
		return nil, err
	}
	return &storebotv1.RestoreRevisionResponse{Entry: entryProto(&e), Change: name(change)}, nil
}

// SuggestPhrasings returns shoppers' questions that might become phrasings.
func (k *Knowledge) SuggestPhrasings(ctx context.Context, req *storebotv1.SuggestPhrasingsRequest) (*storebotv1.SuggestPhrasingsResponse, error) {
	id, err := parse(req.GetEntryId())
	if err != nil {
		return nil, err
	}
	list, err := k.Revisions.SuggestPhrasings(ctx, tenant.CallerFrom(ctx).Tenant, id)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.SuggestPhrasingsResponse{}
	for _, s := range list {
		res.Suggestions = append(res.Suggestions, &storebotv1.PhrasingSuggestion{
			Question: s.Question, Times: int32(s.Times), Chosen: int32(s.Chosen), LastAskedAt: timestamppb.New(s.LastAsked),
		})
	}
	return res, nil
}
