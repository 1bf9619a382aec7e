package ragrpc

import (
	"bytes"
	"context"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag/sheet"
	"storebot/tenant"
)

var contentTypes = map[sheet.Format]string{
	sheet.CSV:  "text/csv; charset=utf-8",
	sheet.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// ExportEntries returns all of the shop's entries as a sheet that StageImport
// takes back.
func (k *Knowledge) ExportEntries(ctx context.Context, req *storebotv1.ExportEntriesRequest) (*storebotv1.ExportEntriesResponse, error) {
	format := sheet.Format(req.GetFormat())
	var out bytes.Buffer
	if err := k.Exporter.Export(ctx, tenant.CallerFrom(ctx).Tenant, format, &out); err != nil {
		return nil, err
	}
	return &storebotv1.ExportEntriesResponse{FileName: "faq." + string(format), ContentType: contentTypes[format], Content: out.Bytes()}, nil
}
