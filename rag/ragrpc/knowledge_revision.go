package ragrpc

import (
	"context"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
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
	list, err := k.Revisions.ListRevisions(ctx, tenant.CallerFrom(ctx).Tenant, id)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListRevisionsResponse{Etag: list[0].Content.ETag()}
	for _, r := range list {
		res.Revisions = append(res.Revisions, &storebotv1.Revision{
			Id: name(r.ID), Content: contentProto(r.Content), WrittenAt: timestamppb.New(r.At),
			Kind: changeKinds[r.Kind], By: r.By, FileName: r.File,
		})
	}
	return res, nil
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
