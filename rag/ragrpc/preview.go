package ragrpc

import (
	"context"
	"slices"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/check"
	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

// Foreseer tells what changes of many entries would come to, and makes none.
type Foreseer interface {
	// Selected returns those of the entries that are there. Error: *rag.InputError for
	// too many.
	Selected(ctx context.Context, id tenant.ID, which rag.Selection) ([]rag.Entry, error)
	// ForeseeImport returns what committing a staged import would write.
	// Errors: rag.ErrNotFound; *rag.InputError for too many, or one that was started.
	ForeseeImport(ctx context.Context, id tenant.ID, importID uuid.UUID, policy rag.OnChange) (rag.Foreseen, error)
	// Products returns all that the shop sells.
	Products(ctx context.Context, id tenant.ID) ([]product.Product, error)
}

// PreviewChange implements LearningServiceHandler.
func (l *Learning) PreviewChange(ctx context.Context, req *storebotv1.PreviewChangeRequest) (*storebotv1.PreviewChangeResponse, error) {
	id := tenant.CallerFrom(ctx).Tenant
	var change check.Change
	phrasings, err := l.deleted(ctx, id, req, &change)
	if err != nil {
		return nil, err
	}
	for _, add := range []func(context.Context, tenant.ID, *storebotv1.PreviewChangeRequest, *check.Change) error{
		l.written, l.published, l.imported, l.sold,
	} {
		if err := add(ctx, id, req, &change); err != nil {
			return nil, err
		}
	}
	report, err := l.Checks.Preview(ctx, id, change)
	if err != nil {
		return nil, err
	}
	return &storebotv1.PreviewChangeResponse{
		Checks: int32(report.Checks), Helpful: int32(report.Helpful),
		Broken: differences(report.Broken), Mended: differences(report.Mended), DeletedPhrasings: int32(phrasings),
	}, nil
}

// written adds the one entry that gets other content.
func (l *Learning) written(ctx context.Context, id tenant.ID, req *storebotv1.PreviewChangeRequest, to *check.Change) error {
	entry, err := parseOptional(req.GetEntryId())
	if err != nil {
		return err
	}
	e := rag.Entry{ID: uuid.New()}
	if entry != uuid.Nil {
		if e, err = l.Learner.Entry(ctx, id, entry); err != nil {
			return err
		}
	}
	if req.GetContent() == nil {
		return nil
	}
	c := content(req.GetContent(), tenant.CallerFrom(ctx).Account).Clean()
	if err := c.Check(); err != nil {
		return err
	}
	to.Put = append(to.Put, e.With(c))
	return nil
}

// deleted adds what goes, and returns how many phrasings go with it.
func (l *Learning) deleted(ctx context.Context, id tenant.ID, req *storebotv1.PreviewChangeRequest, to *check.Change) (phrasings int, err error) {
	gone, err := l.selected(ctx, id, req.GetDeletedIds(), req.GetDeletedFilter())
	for _, e := range gone {
		to.Deleted = append(to.Deleted, e.ID)
		phrasings += len(e.Phrasings)
	}
	return phrasings, err
}

func (l *Learning) published(ctx context.Context, id tenant.ID, req *storebotv1.PreviewChangeRequest, to *check.Change) error {
	list, err := l.selected(ctx, id, req.GetPublishedIds(), req.GetPublishedFilter())
	for _, e := range list {
		e.Terms.State = rag.Published
		to.Put = append(to.Put, e)
	}
	return err
}

func (l *Learning) imported(ctx context.Context, id tenant.ID, req *storebotv1.PreviewChangeRequest, to *check.Change) error {
	staged, err := parseOptional(req.GetImportId())
	if err != nil || staged == uuid.Nil {
		return err
	}
	seen, err := l.Foreseer.ForeseeImport(ctx, id, staged, policies[req.GetOnChange()])
	to.Put, to.PutProducts = append(to.Put, seen.Entries...), append(to.PutProducts, seen.Products...)
	return err
}

// sold adds what is done to products.
func (l *Learning) sold(ctx context.Context, id tenant.ID, req *storebotv1.PreviewChangeRequest, to *check.Change) error {
	deleted, err := parseAll(req.GetDeletedProductIds())
	if err != nil {
		return err
	}
	to.DeletedProducts = deleted
	if req.GetProduct() == nil {
		return nil
	}
	p, err := productOf(req.GetProduct())
	if err != nil {
		return err
	}
	if p = p.Clean(); p.ID == uuid.Nil {
		p.ID = uuid.New() // to be told apart by
	} else if there, err := l.Foreseer.Products(ctx, id); err != nil {
		return err
	} else if !slices.ContainsFunc(there, func(q product.Product) bool { return q.ID == p.ID }) {
		return rag.ErrNotFound
	}
	if err := p.Check(); err != nil {
		return err
	}
	to.PutProducts = append(to.PutProducts, p)
	return nil
}

func (l *Learning) selected(ctx context.Context, id tenant.ID, ids []string, filter *storebotv1.EntryFilter) ([]rag.Entry, error) {
	if len(ids) == 0 && filter == nil {
		return nil, nil
	}
	which, err := selection(ids, filter)
	if err != nil {
		return nil, err
	}
	return l.Foreseer.Selected(ctx, id, which)
}
