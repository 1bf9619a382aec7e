package ragrpc

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
)

func content(c *storebotv1.EntryContent) rag.Content {
	return rag.Content{Question: c.GetQuestion(), Answer: c.GetAnswer(), Category: c.GetCategory(), Language: c.GetLanguage(), Phrasings: c.GetPhrasings()}
}

func entryProto(e *rag.Entry) *storebotv1.Entry {
	return &storebotv1.Entry{
		Id: e.ID.String(), Question: e.Question, Answer: e.Answer, Category: e.Category, Language: e.Language,
		Phrasings: e.Phrasings, UpdatedAt: timestamppb.New(e.UpdatedAt),
	}
}

var importStates = map[rag.ImportState]storebotv1.ImportState{
	rag.Staged:  storebotv1.ImportState_IMPORT_STATE_STAGED,
	rag.Running: storebotv1.ImportState_IMPORT_STATE_RUNNING,
	rag.Done:    storebotv1.ImportState_IMPORT_STATE_DONE,
	rag.Failed:  storebotv1.ImportState_IMPORT_STATE_FAILED,
}

var rowStatuses = map[rag.RowStatus]storebotv1.RowStatus{
	rag.RowReady:    storebotv1.RowStatus_ROW_STATUS_READY,
	rag.RowExists:   storebotv1.RowStatus_ROW_STATUS_EXISTS,
	rag.RowChanged:  storebotv1.RowStatus_ROW_STATUS_CHANGED,
	rag.RowRepeated: storebotv1.RowStatus_ROW_STATUS_REPEATED,
	rag.RowInvalid:  storebotv1.RowStatus_ROW_STATUS_INVALID,
}

// Overwriting is what a request means that says nothing.
var policies = map[storebotv1.OnChange]rag.OnChange{
	storebotv1.OnChange_ON_CHANGE_UNSPECIFIED: rag.Overwrite,
	storebotv1.OnChange_ON_CHANGE_OVERWRITE:   rag.Overwrite,
	storebotv1.OnChange_ON_CHANGE_SKIP:        rag.Skip,
	storebotv1.OnChange_ON_CHANGE_ADD:         rag.Add,
}

func importProto(m rag.Import) *storebotv1.Import {
	return &storebotv1.Import{
		Id: m.ID.String(), FileName: m.FileName, State: importStates[m.State], Format: m.Format, TotalRows: int32(m.Total),
		ReadyRows: int32(m.Found.Ready), ExistsRows: int32(m.Found.Exists), ChangedRows: int32(m.Found.Changed),
		RepeatedRows: int32(m.Found.Repeated), InvalidRows: int32(m.Found.Invalid),
		DoneRows: int32(m.Done), CreatedRows: int32(m.Created), UpdatedRows: int32(m.Updated), SkippedRows: int32(m.Skipped),
		Error: m.Error, CreatedAt: timestamppb.New(m.CreatedAt), FinishedAt: timeProto(m.FinishedAt),
	}
}

func timeProto(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func rowProto(r rag.StagedRow) *storebotv1.ImportRow {
	row := &storebotv1.ImportRow{
		RowNumber: int32(r.Number), Question: r.Content.Question, Answer: r.Content.Answer, Category: r.Content.Category,
		Status: rowStatuses[r.Status],
	}
	for _, p := range r.Problems {
		row.Problems = append(row.Problems, &storebotv1.RowProblem{Column: p.Column, Code: p.Code, Message: p.Message, Cure: p.Cure, Warning: p.Warning})
	}
	return row
}

func pageSize(asked int32, otherwise int) int {
	if asked <= 0 {
		return otherwise
	}
	return int(asked)
}

// A page token is where the next page begins. Clients must not read it.
func writeToken(after int64) string {
	if after == 0 {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(binary.AppendVarint(nil, after))
}

func readToken(token string) (int64, error) {
	if token == "" {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(token)
	after, n := binary.Varint(b)
	if err != nil || n != len(b) || n <= 0 || after <= 0 {
		return 0, &rag.InputError{Code: "bad_page_token", Message: "the page token is not one of ours", Cure: "start again without a page token"}
	}
	return after, nil
}
