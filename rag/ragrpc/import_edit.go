package ragrpc

import (
	"bytes"
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// EditImportRow gives a row other texts and checks the sheet again.
func (k *Knowledge) EditImportRow(ctx context.Context, req *storebotv1.EditImportRowRequest) (*storebotv1.EditImportRowResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	m, row, err := k.Imports.EditImportRow(ctx, tenant.CallerFrom(ctx).Tenant, id, int(req.GetPosition()), rowEdit(req))
	if err != nil {
		return nil, err
	}
	return &storebotv1.EditImportRowResponse{Import: importProto(m), Row: rowProto(row)}, nil
}

func rowEdit(req *storebotv1.EditImportRowRequest) (edit rag.RowEdit) {
	if req.GetCells() == nil {
		return rag.RowEdit{Content: rowContent(req.GetContent())}
	}
	edit.Cells = map[string]string{}
	for _, c := range req.GetCells().GetCells() {
		edit.Cells[c.GetColumn()] = c.GetValue()
	}
	return edit
}

func rowContent(c *storebotv1.RowContent) *rag.Content {
	out := &rag.Content{
		Question: c.GetQuestion(), Answer: c.GetAnswer(), Category: c.GetCategory(), Language: c.GetLanguage(), Phrasings: c.GetPhrasings(),
		Terms: rag.Terms{State: entryStates[c.GetState()]},
	}
	if at := c.GetValidFrom(); at != nil {
		out.Terms.From = at.AsTime()
	}
	if at := c.GetValidUntil(); at != nil {
		out.Terms.Until = at.AsTime()
	}
	return out
}

// ChooseImportRows says what becomes of single rows.
func (k *Knowledge) ChooseImportRows(ctx context.Context, req *storebotv1.ChooseImportRowsRequest) (*storebotv1.ChooseImportRowsResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	positions := make([]int, len(req.GetPositions()))
	for i, p := range req.GetPositions() {
		positions[i] = int(p)
	}
	var choice rag.OnChange
	if req.GetChoice() != storebotv1.OnChange_ON_CHANGE_UNSPECIFIED {
		choice = policies[req.GetChoice()]
	}
	m, err := k.Imports.ChooseImportRows(ctx, tenant.CallerFrom(ctx).Tenant, id, positions, choice)
	if err != nil {
		return nil, err
	}
	return &storebotv1.ChooseImportRowsResponse{Import: importProto(m)}, nil
}

// SetImport says what holds for all rows.
func (k *Knowledge) SetImport(ctx context.Context, req *storebotv1.SetImportRequest) (*storebotv1.SetImportResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	to := rag.ImportSettings{Currency: req.Currency}
	if req.GetOnChange() != storebotv1.OnChange_ON_CHANGE_UNSPECIFIED {
		to.OnChange = policies[req.GetOnChange()]
	}
	m, err := k.Imports.SetImport(ctx, tenant.CallerFrom(ctx).Tenant, id, to)
	if err != nil {
		return nil, err
	}
	return &storebotv1.SetImportResponse{Import: importProto(m)}, nil
}

// ExportInvalidRows returns a sheet of the rows that cannot be taken in; mended,
// StageImport takes it.
func (k *Knowledge) ExportInvalidRows(ctx context.Context, req *storebotv1.ExportInvalidRowsRequest) (*storebotv1.ExportInvalidRowsResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := k.Exporter.WriteRejected(ctx, tenant.CallerFrom(ctx).Tenant, id, req.GetWords(), &out); err != nil {
		return nil, err
	}
	return &storebotv1.ExportInvalidRowsResponse{FileName: "invalid-rows.csv", ContentType: contentTypes[sheet.CSV], Content: out.Bytes()}, nil
}
