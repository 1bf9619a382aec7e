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
	after, err := readToken(req.GetPageToken(), 2)
	if err != nil {
		return nil, err
	}
	page, err := k.Entries.ListEntries(ctx, tenant.CallerFrom(ctx).Tenant, rag.EntryFilter{
		Search: req.GetSearch(), Category: req.GetCategory(), Language: req.GetLanguage(),
		Validity: standings[req.GetStanding()], Used: usedFilters[req.GetUsed()], Order: orders[req.GetOrder()],
		After: rag.EntryCursor{Rank: after[0], Position: after[1]}, Limit: pageSize(req.GetPageSize(), entryPage),
	})
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListEntriesResponse{
		NextPageToken: writeToken(page.Next.Rank, page.Next.Position), Total: int32(page.Total), Categories: page.Categories,
	}
	for i := range page.Entries {
		res.Entries = append(res.Entries, entryProto(&page.Entries[i]))
	}
	return res, nil
}

// GetEntry returns one entry.
func (k *Knowledge) GetEntry(ctx context.Context, req *storebotv1.GetEntryRequest) (*storebotv1.GetEntryResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	shop := tenant.CallerFrom(ctx).Tenant
	e, err := k.Entries.GetEntry(ctx, shop, id)
	if err != nil {
		return nil, err
	}
	categories, err := k.Entries.Categories(ctx, shop)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetEntryResponse{Entry: entryProto(&e), Categories: categories}, nil
}

// CreateEntry stores a new entry.
func (k *Knowledge) CreateEntry(ctx context.Context, req *storebotv1.CreateEntryRequest) (*storebotv1.CreateEntryResponse, error) {
	caller := tenant.CallerFrom(ctx)
	e, err := k.Entries.CreateEntry(ctx, caller.Tenant, content(req.GetContent(), caller.Account))
	if err != nil {
		return nil, err
	}
	return &storebotv1.CreateEntryResponse{Entry: entryProto(&e)}, nil
}

// UpdateEntry stores an entry's new content.
func (k *Knowledge) UpdateEntry(ctx context.Context, req *storebotv1.UpdateEntryRequest) (*storebotv1.UpdateEntryResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	e, err := k.Entries.UpdateEntry(ctx, caller.Tenant, id, req.GetEtag(), content(req.GetContent(), caller.Account))
	if err != nil {
		return nil, err
	}
	return &storebotv1.UpdateEntryResponse{Entry: entryProto(&e)}, nil
}

// DeleteEntries deletes those that are there and says how many these were.
func (k *Knowledge) DeleteEntries(ctx context.Context, req *storebotv1.DeleteEntriesRequest) (*storebotv1.DeleteEntriesResponse, error) {
	which, err := selection(req.GetIds(), req.GetFilter())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	changed, err := k.Entries.DeleteEntries(ctx, caller.Tenant, caller.Account, which)
	if err != nil {
		return nil, err
	}
	return &storebotv1.DeleteEntriesResponse{Deleted: int32(changed.Count), Change: name(changed.Change)}, nil
}

// EditEntries changes the state or the category of many.
func (k *Knowledge) EditEntries(ctx context.Context, req *storebotv1.EditEntriesRequest) (*storebotv1.EditEntriesResponse, error) {
	which, err := selection(req.GetIds(), req.GetFilter())
	if err != nil {
		return nil, err
	}
	edit := rag.BulkEdit{State: entryStates[req.GetState()]}
	if c, ok := req.GetEdit().(*storebotv1.EditEntriesRequest_Category); ok {
		edit = rag.BulkEdit{Category: &c.Category}
	}
	caller := tenant.CallerFrom(ctx)
	changed, err := k.Entries.EditEntries(ctx, caller.Tenant, caller.Account, which, edit)
	if err != nil {
		return nil, err
	}
	return &storebotv1.EditEntriesResponse{Changed: int32(changed.Count), Change: name(changed.Change)}, nil
}

func selection(ids []string, filter *storebotv1.EntryFilter) (rag.Selection, error) {
	if filter != nil {
		return rag.Selection{Filter: &rag.EntryFilter{
			Search: filter.GetSearch(), Category: filter.GetCategory(), Language: filter.GetLanguage(),
			Validity: standings[filter.GetStanding()], Used: usedFilters[filter.GetUsed()],
		}}, nil
	}
	var which rag.Selection
	for _, s := range ids {
		id, err := parse(s)
		if err != nil {
			return which, err
		}
		which.IDs = append(which.IDs, id)
	}
	return which, nil
}

// name is an id as the contract has it; empty for none.
func name(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
