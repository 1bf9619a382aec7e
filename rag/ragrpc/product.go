package ragrpc

import (
	"context"

	"github.com/google/uuid"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

// ProductRows keeps a shop's products.
type ProductRows interface {
	ListProducts(ctx context.Context, id tenant.ID, f product.Filter) (product.Page, error)
	// GetProduct returns rag.ErrNotFound.
	GetProduct(ctx context.Context, id tenant.ID, sold uuid.UUID) (p product.Product, attributeNames []string, err error)
	// SaveProduct returns *tenant.FieldError for what cannot be stored, rag.ErrNotFound, and
	// *rag.MeanwhileError when the product is not onto any more.
	SaveProduct(ctx context.Context, id tenant.ID, by uuid.UUID, onto string, p product.Product) (product.Product, error)
	DeleteProducts(ctx context.Context, id tenant.ID, by uuid.UUID, ids []uuid.UUID) (rag.Changed, error)
	Products(ctx context.Context, id tenant.ID) ([]product.Product, error)
	ProductRevisions
}

// Products serves ProductService; what is said of Knowledge holds for it too.
type Products struct {
	Rows ProductRows
	// Grow is asked before a product is added; what is there can be changed by a
	// shop that has used up its quota. Error: *tenant.QuotaError.
	Grow func(ctx context.Context, id tenant.ID) error
}

var _ storebotv1connect.ProductServiceHandler = (*Products)(nil)

var stockFilters = map[storebotv1.StockFilter]product.StockFilter{
	storebotv1.StockFilter_STOCK_FILTER_IN_STOCK:    product.InStock,
	storebotv1.StockFilter_STOCK_FILTER_SOLD_OUT:    product.SoldOut,
	storebotv1.StockFilter_STOCK_FILTER_NOT_COUNTED: product.NotCounted,
}

// ListProducts returns a page of the shop's products.
func (s *Products) ListProducts(ctx context.Context, req *storebotv1.ListProductsRequest) (*storebotv1.ListProductsResponse, error) {
	after, err := readToken(req.GetPageToken(), 1)
	if err != nil {
		return nil, err
	}
	page, err := s.Rows.ListProducts(ctx, tenant.CallerFrom(ctx).Tenant, product.Filter{
		Search: req.GetSearch(), Stock: stockFilters[req.GetStock()], After: after[0], Limit: pageSize(req.GetPageSize(), entryPage),
	})
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListProductsResponse{NextPageToken: writeToken(page.Next), Total: int32(page.Total), AttributeNames: page.AttributeNames}
	for _, p := range page.Products {
		res.Products = append(res.Products, productProto(p))
	}
	return res, nil
}

// GetProduct returns one product.
func (s *Products) GetProduct(ctx context.Context, req *storebotv1.GetProductRequest) (*storebotv1.GetProductResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	p, names, err := s.Rows.GetProduct(ctx, tenant.CallerFrom(ctx).Tenant, id)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetProductResponse{Product: productProto(p), AttributeNames: names}, nil
}

// SaveProduct stores a product.
func (s *Products) SaveProduct(ctx context.Context, req *storebotv1.SaveProductRequest) (*storebotv1.SaveProductResponse, error) {
	caller := tenant.CallerFrom(ctx)
	p, err := productOf(req.GetProduct())
	if err != nil {
		return nil, err
	}
	if p.ID == uuid.Nil {
		if err := s.Grow(ctx, caller.Tenant); err != nil {
			return nil, err
		}
	}
	if p, err = s.Rows.SaveProduct(ctx, caller.Tenant, caller.Account, req.GetEtag(), p); err != nil {
		return nil, err
	}
	return &storebotv1.SaveProductResponse{Product: productProto(p)}, nil
}

// DeleteProducts deletes those that are there.
func (s *Products) DeleteProducts(ctx context.Context, req *storebotv1.DeleteProductsRequest) (*storebotv1.DeleteProductsResponse, error) {
	ids, err := parseAll(req.GetIds())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	done, err := s.Rows.DeleteProducts(ctx, caller.Tenant, caller.Account, ids)
	if err != nil {
		return nil, err
	}
	return &storebotv1.DeleteProductsResponse{Deleted: int32(done.Count), Change: name(done.Change)}, nil
}
