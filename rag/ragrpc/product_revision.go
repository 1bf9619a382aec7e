package ragrpc

import (
	"context"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

// ProductRevisions keeps what products were. Its methods return rag.ErrNotFound for
// what is not the shop's.
type ProductRevisions interface {
	ListProductRevisions(ctx context.Context, id tenant.ID, sold uuid.UUID, after rag.RevisionPlace) (list []rag.Revision[product.Product], more bool, err error)
	// RestoreProductRevision returns product.ErrSKUTaken when another product has that SKU
	// now, *rag.MeanwhileError when the product is not onto any more; change is uuid.Nil when the version is the present content.
	RestoreProductRevision(ctx context.Context, id tenant.ID, by, sold, revision uuid.UUID, onto string) (restored product.Product, change uuid.UUID, err error)
}

// ListProductRevisions returns a product's versions.
func (s *Products) ListProductRevisions(ctx context.Context, req *storebotv1.ListProductRevisionsRequest) (*storebotv1.ListProductRevisionsResponse, error) {
	sold, err := parse(req.GetProductId())
	if err != nil {
		return nil, err
	}
	after, err := readPlace(req.GetPageToken())
	if err != nil {
		return nil, err
	}
	list, more, err := s.Rows.ListProductRevisions(ctx, tenant.CallerFrom(ctx).Tenant, sold, after)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListProductRevisionsResponse{NextPageToken: nextPlace(list, more)}
	for _, r := range list {
		if r.ID == uuid.Nil {
			res.Etag = r.Content.ETag()
		}
		one := &storebotv1.ProductRevision{Id: name(r.ID), WrittenAt: timestamppb.New(r.At), Kind: changeKinds[r.Kind], By: r.By, FileName: r.File}
		if !r.Deleted {
			one.Content = productProto(r.Content)
		}
		res.Revisions = append(res.Revisions, one)
	}
	return res, nil
}

// RestoreProductRevision makes an earlier version the present one.
func (s *Products) RestoreProductRevision(ctx context.Context, req *storebotv1.RestoreProductRevisionRequest) (*storebotv1.RestoreProductRevisionResponse, error) {
	sold, err := parse(req.GetProductId())
	if err != nil {
		return nil, err
	}
	revision, err := parse(req.GetRevisionId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	p, change, err := s.Rows.RestoreProductRevision(ctx, caller.Tenant, caller.Account, sold, revision, req.GetEtag())
	if err != nil {
		return nil, err
	}
	return &storebotv1.RestoreProductRevisionResponse{Product: productProto(p), Change: name(change)}, nil
}
