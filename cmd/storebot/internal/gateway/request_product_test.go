package gateway

import (
	storebotv1 "storebot/proto/gen/storebot/v1"

	"google.golang.org/protobuf/proto"
)

// productRequests are requests of ProductService, for request.
func (s *shop) productRequests() map[string]proto.Message {
	id := s.product.String()
	return map[string]proto.Message{
		"ProductService/ListProducts": &storebotv1.ListProductsRequest{},
		"ProductService/GetProduct":   &storebotv1.GetProductRequest{Id: id},
		"ProductService/SaveProduct": &storebotv1.SaveProductRequest{Product: &storebotv1.Product{Id: id, Sku: "new-" + s.canary, Name: "New " + s.canary,
			Price: "12.50", Currency: "EUR", Stock: proto.Int32(3), Link: s.origin + "/new"}},
		"ProductService/DeleteProducts":         &storebotv1.DeleteProductsRequest{Ids: []string{id}},
		"ProductService/ListProductRevisions":   &storebotv1.ListProductRevisionsRequest{ProductId: id},
		"ProductService/RestoreProductRevision": &storebotv1.RestoreProductRevisionRequest{ProductId: id, RevisionId: s.productRevision.String()},
		"ProductService/ExportProducts":         &storebotv1.ExportProductsRequest{Format: "csv"},
	}
}
