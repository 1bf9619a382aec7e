package gateway

import (
	storebotv1 "storebot/proto/gen/storebot/v1"

	"google.golang.org/protobuf/proto"
)

// productRequests are requests of ProductService, for request.
func (s *shop) productRequests() map[string]proto.Message {
	id := s.product.String()
	file := []byte("sku,name,price,currency\n" + s.canary + ",Tea " + s.canary + ",13,EUR\n")
	return map[string]proto.Message{
		"ProductService/ListProducts": &storebotv1.ListProductsRequest{},
		"ProductService/SaveProduct": &storebotv1.SaveProductRequest{Product: &storebotv1.Product{Id: id, Sku: "new-" + s.canary, Name: "New " + s.canary,
			Price: "12.50", Currency: "EUR", Stock: proto.Int32(3), Link: s.origin + "/new"}},
		"ProductService/DeleteProducts":         &storebotv1.DeleteProductsRequest{Ids: []string{id}},
		"ProductService/RestoreProducts":        &storebotv1.RestoreProductsRequest{Ids: []string{id}},
		"ProductService/ListProductRevisions":   &storebotv1.ListProductRevisionsRequest{ProductId: id},
		"ProductService/RestoreProductRevision": &storebotv1.RestoreProductRevisionRequest{ProductId: id, RevisionId: s.productRevision.String()},
		"ProductService/ReadProducts":           &storebotv1.ReadProductsRequest{FileName: "products.csv", Content: file},
		"ProductService/ImportProducts":         &storebotv1.ImportProductsRequest{FileName: "products.csv", Content: file},
		"ProductService/ListProductImports":     &storebotv1.ListProductImportsRequest{},
		"ProductService/UndoProductImport":      &storebotv1.UndoProductImportRequest{Id: s.sold.String()},
		"ProductService/ExportProducts":         &storebotv1.ExportProductsRequest{Format: "csv"},
	}
}
