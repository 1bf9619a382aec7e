package ragrpc

import (
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
)

func rowProto(r rag.StagedRow) *storebotv1.ImportRow {
	row := &storebotv1.ImportRow{
		RowNumber: int32(r.Number), Question: r.Content.Question, Answer: r.Content.Answer, Category: r.Content.Category,
		Status: rowStatuses[r.Status], Position: int32(r.Position), Content: contentProto(r.Content), Choice: policyNumbers[r.Choice],
	}
	if r.There != nil {
		row.Existing = entryProto(r.There)
	}
	if r.Product != nil {
		row.Product = productProto(*r.Product)
	}
	if r.Was != nil {
		row.ExistingProduct = productProto(*r.Was)
	}
	for _, c := range r.Named {
		row.Cells = append(row.Cells, &storebotv1.SheetCell{Column: c.Name, Value: c.Value})
	}
	for _, p := range r.Problems {
		row.Problems = append(row.Problems, &storebotv1.RowProblem{Column: p.Column, Code: p.Code, Message: p.Message, Cure: p.Cure, Warning: p.Warning})
	}
	return row
}
