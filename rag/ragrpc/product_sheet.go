package ragrpc

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/product"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// productRows is how many rows of a dry run are on a page that names no size.
const productRows = 100

// ReadProducts says what a file would do.
func (s *Products) ReadProducts(ctx context.Context, req *storebotv1.ReadProductsRequest) (*storebotv1.ReadProductsResponse, error) {
	there, err := s.Rows.Products(ctx, tenant.CallerFrom(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	from, err := readToken(req.GetPageToken(), 1)
	if err != nil {
		return nil, err
	}
	file := bytes.NewReader(req.GetContent())
	plan, err := sheet.PlanProducts(file, file.Size(), productOptions(req), there)
	if err != nil {
		return nil, unreadable(err)
	}
	res := &storebotv1.ReadProductsResponse{
		Format: plan.Info.String(), Sheet: plan.Info.Sheet, TotalRows: int32(len(plan.Rows)), ReadyRows: int32(plan.Found.Ready),
		ExistsRows: int32(plan.Found.Exists), ChangedRows: int32(plan.Found.Changed), RepeatedRows: int32(plan.Found.Repeated),
		InvalidRows: int32(plan.Found.Invalid), AttributeNames: plan.AttributeNames, ProblemGroups: groups(plan), SkippedRows: int32(plan.Skipped),
	}
	for _, name := range plan.Info.Header {
		if name != "" {
			res.Columns = append(res.Columns, name)
		}
	}
	rows := ranked(plan.Rows, req.GetStatus())
	first := min(int(from[0]), len(rows))
	last := min(first+pageSize(req.GetPageSize(), productRows), len(rows))
	for _, row := range rows[first:last] {
		res.Rows = append(res.Rows, productRowProto(row))
	}
	if last < len(rows) {
		res.NextPageToken = writeToken(int64(last))
	}
	return res, nil
}

// ranked are the rows of a status, or all: those that want looking at come first.
func ranked(rows []sheet.PlannedRow, only storebotv1.RowStatus) []sheet.PlannedRow {
	rank := map[rag.RowStatus]int{rag.RowInvalid: 0, rag.RowRepeated: 1, rag.RowChanged: 2, rag.RowReady: 3, rag.RowExists: 4}
	list := slices.DeleteFunc(slices.Clone(rows), func(r sheet.PlannedRow) bool {
		return only != storebotv1.RowStatus_ROW_STATUS_UNSPECIFIED && rowStatuses[r.Status] != only
	})
	slices.SortStableFunc(list, func(a, b sheet.PlannedRow) int { return cmp.Compare(rank[a.Status], rank[b.Status]) })
	return list
}

// ExportProducts returns all products as a sheet that ImportProducts takes back.
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

// unreadable makes of why a file cannot be taken in what a merchant is told.
func unreadable(err error) error {
	if broken, ok := errors.AsType[*sheet.FileError](err); ok {
		return &rag.InputError{Code: string(broken.Reason), Message: broken.Message, Cure: broken.Cure}
	}
	if header, ok := errors.AsType[*sheet.HeaderError](err); ok {
		const cure = "name the columns sku, name, price, currency, stock, link and image in the first row, as an exported file does"
		if header.Twice != "" {
			return &rag.InputError{Code: "column_twice", Message: "more than one column is called " + header.Twice, Cure: cure, About: []string{header.Twice}, Found: header.Found}
		}
		return &rag.InputError{Code: "missing_columns", Message: "no column is called " + strings.Join(header.Missing, " and none "), Cure: cure, About: header.Missing, Found: header.Found}
	}
	return err
}

func groups(plan sheet.ProductPlan) []*storebotv1.ProblemGroup {
	byCode := map[sheet.Code]*storebotv1.ProblemGroup{}
	var list []*storebotv1.ProblemGroup
	for _, row := range plan.Rows {
		counted := map[sheet.Code]bool{}
		for _, p := range row.Problems {
			g := byCode[p.Code]
			if g == nil {
				g = &storebotv1.ProblemGroup{Code: string(p.Code), Warning: p.Code.Warning()}
				byCode[p.Code], list = g, append(list, g)
			}
			if !counted[p.Code] {
				g.Rows++
			}
			counted[p.Code] = true
		}
	}
	slices.SortStableFunc(list, func(a, b *storebotv1.ProblemGroup) int { return cmp.Compare(b.GetRows(), a.GetRows()) })
	return list
}

func productRowProto(r sheet.PlannedRow) *storebotv1.ProductRow {
	row := &storebotv1.ProductRow{RowNumber: int32(r.Number), Status: rowStatuses[r.Status], Product: productProto(r.Product), Cells: attributesProto(r.Cells)}
	if r.There != nil && r.Status == rag.RowChanged {
		row.Existing, row.OnChange = productProto(*r.There), storebotv1.OnChange_ON_CHANGE_OVERWRITE
		if r.Skip {
			row.OnChange = storebotv1.OnChange_ON_CHANGE_SKIP
		}
	}
	for _, p := range r.Problems {
		row.Problems = append(row.Problems, &storebotv1.RowProblem{Column: p.Column, Code: string(p.Code), Message: p.Message, Cure: p.Cure, Warning: p.Code.Warning()})
	}
	return row
}

func attributesProto(list []product.Attribute) (out []*storebotv1.ProductAttribute) {
	for _, a := range list {
		out = append(out, &storebotv1.ProductAttribute{Name: a.Name, Value: a.Value})
	}
	return out
}
