package ragrpc

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// productImports is how many of the latest imports are listed.
const productImports = 20

// ImportProducts stores a file's rows.
func (s *Products) ImportProducts(ctx context.Context, req *storebotv1.ImportProductsRequest) (*storebotv1.ImportProductsResponse, error) {
	file := bytes.NewReader(req.GetContent())
	caller := tenant.CallerFrom(ctx)
	plan, importID, err := s.Rows.ImportProducts(ctx, caller.Tenant, caller.Account, req.GetFileName(), file, file.Size(), productOptions(req))
	if err != nil {
		return nil, unreadable(err)
	}
	res := &storebotv1.ImportProductsResponse{
		Created: int32(plan.Found.Ready), Updated: int32(plan.Updates()), Unchanged: int32(plan.Found.Exists),
		RepeatedRows: int32(plan.Found.Repeated), InvalidRows: int32(plan.Found.Invalid), ImportId: name(importID), Skipped: int32(plan.Skipped),
	}
	if plan.Found.Invalid > 0 {
		var out bytes.Buffer
		if err := sheet.WriteInvalidProducts(&out, plan, req.GetWords()); err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(filepath.Base(req.GetFileName()), filepath.Ext(req.GetFileName()))
		res.Invalid = &storebotv1.ProductFile{FileName: base + "-to-mend.csv", ContentType: contentTypes[sheet.CSV], Content: out.Bytes()}
	}
	return res, nil
}

// ListProductImports returns the latest.
func (s *Products) ListProductImports(ctx context.Context, _ *storebotv1.ListProductImportsRequest) (*storebotv1.ListProductImportsResponse, error) {
	list, err := s.Rows.ProductImports(ctx, tenant.CallerFrom(ctx).Tenant, productImports)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListProductImportsResponse{}
	for _, m := range list {
		res.Imports = append(res.Imports, productImportProto(m))
	}
	return res, nil
}

// UndoProductImport takes an import back.
func (s *Products) UndoProductImport(ctx context.Context, req *storebotv1.UndoProductImportRequest) (*storebotv1.UndoProductImportResponse, error) {
	id, err := parse(req.GetId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	m, err := s.Rows.UndoProductImport(ctx, caller.Tenant, caller.Account, id)
	if err != nil {
		return nil, err
	}
	return &storebotv1.UndoProductImportResponse{Import: productImportProto(m)}, nil
}

func productImportProto(m product.Import) *storebotv1.ProductImport {
	out := &storebotv1.ProductImport{
		Id: m.ID.String(), FileName: m.File, CreatedAt: timestamppb.New(m.CreatedAt), Created: int32(m.Created), Updated: int32(m.Updated),
		UndoUntil: timestamppb.New(m.CreatedAt.Add(rag.UndoPeriod)), Removed: int32(m.Removed), Restored: int32(m.Restored), Kept: int32(m.Kept),
	}
	if m.UndoneAt != nil {
		out.UndoneAt = timestamppb.New(*m.UndoneAt)
	}
	return out
}

// productOptions is how a request wants its sheet read, with what was decided of rows.
func productOptions(req interface {
	GetEncoding() string
	GetCurrency() string
	GetEdits() []*storebotv1.ProductRowEdit
	GetOnChange() storebotv1.OnChange
}) sheet.ProductOptions {
	opts := sheet.ProductOptions{Encoding: sheet.Encoding(req.GetEncoding()), Currency: req.GetCurrency(), OnChange: policies[req.GetOnChange()],
		Edits: sheet.Edits{}, Choices: map[int]rag.OnChange{}}
	for _, e := range req.GetEdits() {
		if e.GetOnChange() != storebotv1.OnChange_ON_CHANGE_UNSPECIFIED {
			opts.Choices[int(e.GetRowNumber())] = policies[e.GetOnChange()]
		}
		cells := map[string]string{}
		for _, c := range e.GetCells() {
			cells[c.GetColumn()] = c.GetValue()
		}
		opts.Edits[int(e.GetRowNumber())] = cells
	}
	return opts
}
