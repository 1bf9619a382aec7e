package ragrpc

import (
	"context"

	"github.com/google/uuid"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/tenant"
)

// Page sizes where a request names none.
const (
	entryPage = 50
	rowPage   = 100
)

// ListEntries returns a page of the shop's entries.
func (k *Knowledge) ListEntries(ctx context.Context, req *storebotv1.ListEntriesRequest) (*storebotv1.ListEntriesResponse, error) {
	after, err := readToken(req.GetPageToken())
	if err != nil {
		return nil, err
	}
	page, err := k.Entries.ListEntries(ctx, tenant.CallerFrom(ctx).Tenant, rag.EntryFilter{
		Search: req.GetSearch(), Category: req.GetCategory(), Language: req.GetLanguage(),
		After: after, Limit: pageSize(req.GetPageSize(), entryPage),
	})
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListEntriesResponse{NextPageToken: writeToken(page.Next), Total: int32(page.Total), Categories: page.Categories}
	for i := range page.Entries {
		res.Entries = append(res.Entries, entryProto(&page.Entries[i]))
	}
	return res, nil
}

// CreateEntry publishes an entry.
func (k *Knowledge) CreateEntry(ctx context.Context, req *storebotv1.CreateEntryRequest) (*storebotv1.CreateEntryResponse, error) {
	e, err := k.Entries.CreateEntry(ctx, tenant.CallerFrom(ctx).Tenant, content(req.GetContent()))
	if err != nil {
		return nil, err
	}
	return &storebotv1.CreateEntryResponse{Entry: entryProto(&e)}, nil
}

// UpdateEntry publishes an entry's new content.
func (k *Knowledge) UpdateEntry(ctx context.Context, req *storebotv1.UpdateEntryRequest) (*storebotv1.UpdateEntryResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	e, err := k.Entries.UpdateEntry(ctx, tenant.CallerFrom(ctx).Tenant, id, content(req.GetContent()))
	if err != nil {
		return nil, err
	}
	return &storebotv1.UpdateEntryResponse{Entry: entryProto(&e)}, nil
}

// DeleteEntries deletes those that are there and says how many these were.
func (k *Knowledge) DeleteEntries(ctx context.Context, req *storebotv1.DeleteEntriesRequest) (*storebotv1.DeleteEntriesResponse, error) {
	var ids []uuid.UUID
	for _, s := range req.GetIds() {
		id, err := parse(s)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	n, err := k.Entries.DeleteEntries(ctx, tenant.CallerFrom(ctx).Tenant, ids)
	if err != nil {
		return nil, err
	}
	return &storebotv1.DeleteEntriesResponse{Deleted: int32(n)}, nil
}
