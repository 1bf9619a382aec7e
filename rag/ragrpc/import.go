package ragrpc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"google.golang.org/protobuf/proto"

	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/sheet"
	"storebot/tenant"
)

// StageImport reads a sheet and says what committing it would do.
func (k *Knowledge) StageImport(ctx context.Context, req *storebotv1.StageImportRequest) (*storebotv1.StageImportResponse, error) {
	file := bytes.NewReader(req.GetContent())
	m, err := k.Imports.Stage(ctx, tenant.CallerFrom(ctx).Tenant, req.GetFileName(), file, file.Size(), sheetOptions(req))
	if header, asked := errors.AsType[*sheet.HeaderError](err); asked && header.Subject == rag.OfEntries {
		return &storebotv1.StageImportResponse{Outcome: &storebotv1.StageImportResponse_HeaderQuestion{HeaderQuestion: headerQuestion(header)}}, nil
	}
	if err != nil {
		return nil, unreadable(err)
	}
	return &storebotv1.StageImportResponse{Outcome: &storebotv1.StageImportResponse_Import{Import: importProto(m)}}, nil
}

func sheetOptions(req *storebotv1.StageImportRequest) sheet.Options {
	opts := sheet.Options{Encoding: sheet.Encoding(req.GetEncoding()), Subject: subjects[req.GetSubject()], Currency: req.GetCurrency()}
	if c := req.GetColumns(); c != nil {
		opts.Columns = &sheet.Columns{
			Question: int(c.GetQuestion()), Answer: int(c.GetAnswer()), Category: int(c.GetCategory()), Language: int(c.GetLanguage()),
			HasHeader: c.GetFirstRowIsHeader(),
		}
		for _, p := range c.GetPhrasings() {
			opts.Columns.Phrasings = append(opts.Columns.Phrasings, int(p))
		}
	}
	return opts
}

func headerQuestion(e *sheet.HeaderError) *storebotv1.HeaderQuestion {
	q := &storebotv1.HeaderQuestion{Message: "No column is called " + strings.Join(e.Missing, " or ") + ". Which one is it?"}
	if e.Twice != "" {
		q.Message = fmt.Sprintf("More than one column is called %s. Which one is it?", e.Twice)
	}
	for _, cells := range e.Preview {
		q.FirstRows = append(q.FirstRows, &storebotv1.SheetRow{Cells: cells})
	}
	return q
}

// ListImportRows returns a page of what the dry run found.
func (k *Knowledge) ListImportRows(ctx context.Context, req *storebotv1.ListImportRowsRequest) (*storebotv1.ListImportRowsResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	after, err := readToken(req.GetPageToken(), 1)
	if err == nil && after[0] > math.MaxInt32 {
		err = badToken() // no sheet has so many rows
	}
	if err != nil {
		return nil, err
	}
	var statuses []rag.RowStatus
	for ours, theirs := range rowStatuses {
		for _, s := range req.GetStatuses() {
			if s == theirs {
				statuses = append(statuses, ours)
			}
		}
	}
	limit := pageSize(req.GetPageSize(), rowPage)
	filter := rag.RowFilter{Statuses: statuses, Problem: req.GetProblemCode()}
	rows, err := k.Imports.ListImportRows(ctx, tenant.CallerFrom(ctx).Tenant, id, filter, int(after[0]), limit+1)
	if err != nil {
		return nil, err
	}
	res := &storebotv1.ListImportRowsResponse{}
	if len(rows) > limit {
		rows = rows[:limit]
		res.NextPageToken = writeToken(int64(rows[limit-1].Position))
	}
	for _, r := range rows {
		res.Rows = append(res.Rows, rowProto(r))
	}
	return res, nil
}

// CommitImport has the rows stored in the background.
func (k *Knowledge) CommitImport(ctx context.Context, req *storebotv1.CommitImportRequest) (*storebotv1.CommitImportResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	caller := tenant.CallerFrom(ctx)
	m, err := k.Imports.CommitImport(ctx, caller.Tenant, caller.Account, id, policies[req.GetOnChange()])
	if err != nil {
		return nil, err
	}
	return &storebotv1.CommitImportResponse{Import: importProto(m)}, nil
}

// GetImport returns an import as it is now.
func (k *Knowledge) GetImport(ctx context.Context, req *storebotv1.GetImportRequest) (*storebotv1.GetImportResponse, error) {
	id, err := parse(req.GetImportId())
	if err != nil {
		return nil, err
	}
	m, err := k.Imports.GetImport(ctx, tenant.CallerFrom(ctx).Tenant, id)
	if err != nil {
		return nil, err
	}
	return &storebotv1.GetImportResponse{Import: importProto(m)}, nil
}

// WatchImport sends the import at once and on each change, until it ended or
// the client is gone.
func (k *Knowledge) WatchImport(ctx context.Context, req *storebotv1.WatchImportRequest, stream storebotv1connect.KnowledgeServiceWatchImportServerStream) error {
	id, err := parse(req.GetImportId())
	if err != nil {
		return err
	}
	every := k.Poll
	if every == 0 {
		every = watchEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	var sent *storebotv1.Import
	for {
		m, err := k.Imports.GetImport(ctx, tenant.CallerFrom(ctx).Tenant, id)
		if err != nil {
			return err
		}
		if now := importProto(m); !proto.Equal(now, sent) {
			if err := stream.Send(&storebotv1.WatchImportResponse{Import: now}); err != nil {
				return err
			}
			sent = now
		}
		if m.State.Ended() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
