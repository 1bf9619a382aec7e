package ragrpc

import (
	"cmp"
	"slices"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/rag"
)

var importStates = map[rag.ImportState]storebotv1.ImportState{
	rag.Staged:  storebotv1.ImportState_IMPORT_STATE_STAGED,
	rag.Running: storebotv1.ImportState_IMPORT_STATE_RUNNING,
	rag.Done:    storebotv1.ImportState_IMPORT_STATE_DONE,
	rag.Failed:  storebotv1.ImportState_IMPORT_STATE_FAILED,
}

// What a request does not say is told from the headers, or is not filtered by.
var subjects = map[storebotv1.Subject]rag.Subject{
	storebotv1.Subject_SUBJECT_ENTRIES:  rag.OfEntries,
	storebotv1.Subject_SUBJECT_PRODUCTS: rag.OfProducts,
}

var subjectNumbers = map[rag.Subject]storebotv1.Subject{
	rag.OfEntries:  storebotv1.Subject_SUBJECT_ENTRIES,
	rag.OfProducts: storebotv1.Subject_SUBJECT_PRODUCTS,
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
	out := &storebotv1.Import{
		Id: m.ID.String(), FileName: m.FileName, State: importStates[m.State], Format: m.Format, TotalRows: int32(m.Total),
		ReadyRows: int32(m.Found.Ready), ExistsRows: int32(m.Found.Exists), ChangedRows: int32(m.Found.Changed),
		RepeatedRows: int32(m.Found.Repeated), InvalidRows: int32(m.Found.Invalid),
		DoneRows: int32(m.Done), CreatedRows: int32(m.Created), UpdatedRows: int32(m.Updated), SkippedRows: int32(m.Skipped),
		Error: m.Error, CreatedAt: timestamppb.New(m.CreatedAt), FinishedAt: timeProto(m.FinishedAt),
		ChosenOverwrite: int32(m.Chosen.Overwrite), ChosenSkip: int32(m.Chosen.Skip), ChosenAdd: int32(m.Chosen.Add), OnChange: policyNumbers[m.OnChange],
		UndoneAt: timeProto(m.UndoneAt), RestoredRows: int32(m.Restored), RemovedRows: int32(m.Removed), KeptRows: int32(m.Kept),
		Kept: m.Unsaid.Names(), Subject: subjectNumbers[m.Subject], AttributeColumns: m.Attributes, Currency: m.Currency,
	}
	for _, name := range m.Columns {
		if name != "" {
			out.Columns = append(out.Columns, name)
		}
	}
	if m.State.Ended() && m.UndoneAt.IsZero() && m.Created+m.Updated > 0 {
		out.UndoUntil = timestamppb.New(m.FinishedAt.Add(rag.UndoPeriod))
	}
	for code, c := range m.Problems {
		out.ProblemGroups = append(out.ProblemGroups, &storebotv1.ProblemGroup{Code: code, Rows: int32(c.Rows), Warning: c.Warning})
	}
	slices.SortFunc(out.ProblemGroups, func(a, b *storebotv1.ProblemGroup) int {
		return cmp.Or(cmp.Compare(b.GetRows(), a.GetRows()), cmp.Compare(a.GetCode(), b.GetCode()))
	})
	return out
}

var policyNumbers = map[rag.OnChange]storebotv1.OnChange{
	rag.Overwrite: storebotv1.OnChange_ON_CHANGE_OVERWRITE,
	rag.Skip:      storebotv1.OnChange_ON_CHANGE_SKIP,
	rag.Add:       storebotv1.OnChange_ON_CHANGE_ADD,
}

// timeProto is t, or unset for the zero time.
func timeProto(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

func pageSize(asked int32, otherwise int) int {
	if asked <= 0 {
		return otherwise
	}
	return int(asked)
}
