package ragrpc

import (
	"bytes"
	"context"
	"errors"
	"strings"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// ExportProducts returns all products as a sheet that StageImport takes back.
func (s *Products) ExportProducts(ctx context.Context, req *storebotv1.ExportProductsRequest) (*storebotv1.ExportProductsResponse, error) {
	list, err := s.Rows.Products(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	format := sheet.Format(req.GetFormat())
	var out bytes.Buffer
	if err := sheet.WriteProducts(&out, format, list); err != nil {
		return nil, unreadable(err)
	}
	return &storebotv1.ExportProductsResponse{File: &storebotv1.ProductFile{
		FileName: "products." + string(format), ContentType: contentTypes[format], Content: out.Bytes(),
	}}, nil
}

// unreadable makes of why a file cannot be taken in what a merchant is told. Which
// column is which is asked of entries alone.
func unreadable(err error) error {
	if broken, ok := errors.AsType[*sheet.FileError](err); ok {
		return &rag.InputError{Code: string(broken.Reason), Message: broken.Message, Cure: broken.Cure}
	}
	if header, ok := errors.AsType[*sheet.HeaderError](err); ok {
		if header.Twice != "" {
			return &rag.InputError{Code: "column_twice", Message: "more than one column is called " + header.Twice, Cure: sheet.ProductHeaderCure, About: []string{header.Twice}, Found: header.Found}
		}
		return &rag.InputError{Code: "missing_columns", Message: "no column is called " + strings.Join(header.Missing, " and none "), Cure: sheet.ProductHeaderCure, About: header.Missing, Found: header.Found}
	}
	return err
}
