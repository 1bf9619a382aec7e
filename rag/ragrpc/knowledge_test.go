package ragrpc_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"storebot/migrations/pgtest"
	storebotv1 "storebot/proto/gen/storebot/v1"
	"storebot/proto/gen/storebot/v1/storebotv1connect"
	"storebot/rag"
	"storebot/rag/lexical"
	"storebot/rag/ragjob"
	"storebot/rag/ragpg"
	"storebot/rag/ragrpc"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// serve serves KnowledgeService over a real database and real workers. Domain
// errors arrive as the error itself: turning them into codes is the gateway's.
func serve(t *testing.T) (client storebotv1connect.KnowledgeServiceClient, last func() error) {
	t.Helper()
	pg := pgtest.New(t)
	db, err := tenantpg.Open(t.Context(), pg.AppURL, tenantpg.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	pool, err := pgxpool.New(t.Context(), pg.AppURL+"&pool_max_conns=10")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	queue, err := ragjob.NewQueue()
	if err != nil {
		t.Fatal(err)
	}
	k := &ragpg.Knowledge{DB: db, Jobs: queue, Inline: &lexical.Embedder{}, Target: func() string { return lexical.Model },
		Detect: lexical.Language}
	runner, err := ragjob.New(pool, ragjob.Config{Imports: k, Vectors: k, Upkeep: k,
		Embedder: func() rag.Embedder { return k.Inline }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := runner.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runner.Stop(context.Background()) })
	id := tenant.NewID()
	admin := pg.Admin(t)
	for _, sql := range []string{
		`INSERT INTO identity.tenant (id, slug, name) VALUES ('` + id.String() + `', 'shop', 'Shop')`,
		`INSERT INTO shop (tenant_id, publishable_key) VALUES ('` + id.String() + `', 'pk')`,
	} {
		if _, err := admin.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	var lastErr error
	server := connect.NewServer(func(next connect.ServerFunc) connect.ServerFunc {
		return func(ctx context.Context, spec connect.Spec, stream connect.ServerStream) error {
			lastErr = next(tenant.WithCaller(ctx, tenant.Caller{Kind: tenant.Member, Tenant: id}), spec, stream)
			return lastErr
		}
	})
	storebotv1connect.RegisterKnowledgeServiceHandler(server, &ragrpc.Knowledge{Entries: k, Revisions: k, Imports: k, Exporter: k, Poll: 5 * time.Millisecond})
	return storebotv1connect.NewKnowledgeServiceClient(connect.NewClient(connectinprocess.New(server))), func() error { return lastErr }
}

func TestASheetFromUploadToExport(t *testing.T) {
	client, last := serve(t)
	ctx := t.Context()
	file := []byte("Frage,Antwort\nHow much is shipping?,5 EUR\n運費多少？,滿千免運\nHow much is shipping?,5 EUR\n,nothing\n")

	staged, err := client.StageImport(ctx, &storebotv1.StageImportRequest{FileName: "faq.csv", Content: file})
	if err != nil {
		t.Fatal(err)
	}
	question := staged.GetHeaderQuestion()
	if question == nil || len(question.GetFirstRows()) == 0 || question.GetFirstRows()[0].GetCells()[0] != "Frage" || question.GetMessage() == "" {
		t.Fatalf("a sheet with unknown headers was not asked about: %v", staged)
	}
	staged, err = client.StageImport(ctx, &storebotv1.StageImportRequest{FileName: "faq.csv", Content: file,
		Columns: &storebotv1.Columns{Question: 1, Answer: 2, FirstRowIsHeader: true}})
	if err != nil {
		t.Fatal(err)
	}
	m := staged.GetImport()
	if m.GetTotalRows() != 4 || m.GetReadyRows() != 2 || m.GetRepeatedRows() != 1 || m.GetInvalidRows() != 1 || m.GetFinishedAt() != nil {
		t.Fatalf("staged %v", m)
	}
	rows, err := client.ListImportRows(ctx, &storebotv1.ListImportRowsRequest{ImportId: m.GetId(), PageSize: 1,
		Statuses: []storebotv1.RowStatus{storebotv1.RowStatus_ROW_STATUS_REPEATED, storebotv1.RowStatus_ROW_STATUS_INVALID}})
	if err != nil || len(rows.GetRows()) != 1 || rows.GetRows()[0].GetRowNumber() != 4 || rows.GetNextPageToken() == "" {
		t.Fatalf("rows %v, %v", rows, err)
	}
	rows, err = client.ListImportRows(ctx, &storebotv1.ListImportRowsRequest{ImportId: m.GetId(), PageSize: 5, PageToken: rows.GetNextPageToken(),
		Statuses: []storebotv1.RowStatus{storebotv1.RowStatus_ROW_STATUS_REPEATED, storebotv1.RowStatus_ROW_STATUS_INVALID}})
	if err != nil || len(rows.GetRows()) != 1 || rows.GetRows()[0].GetProblems()[0].GetCode() != "missing_question" || rows.GetNextPageToken() != "" {
		t.Fatalf("rows %v, %v", rows, err)
	}

	watch, err := client.WatchImport(ctx, &storebotv1.WatchImportRequest{ImportId: m.GetId()})
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Close()
	first, err := watch.Receive()
	if err != nil || first.GetImport().GetState() != storebotv1.ImportState_IMPORT_STATE_STAGED {
		t.Fatalf("watch began with %v, %v", first, err)
	}
	if _, err := client.CommitImport(ctx, &storebotv1.CommitImportRequest{ImportId: m.GetId()}); err != nil {
		t.Fatal(err)
	}
	var ended *storebotv1.Import
	for {
		event, err := watch.Receive()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		ended = event.GetImport()
	}
	if ended.GetState() != storebotv1.ImportState_IMPORT_STATE_DONE || ended.GetCreatedRows() != 2 || ended.GetSkippedRows() != 2 || ended.GetFinishedAt() == nil {
		t.Errorf("watch ended with %v", ended)
	}
	if got, err := client.GetImport(ctx, &storebotv1.GetImportRequest{ImportId: m.GetId()}); err != nil || got.GetImport().GetDoneRows() != 4 {
		t.Errorf("GetImport: %v, %v", got, err)
	}
	if list, err := client.ListImports(ctx, &storebotv1.ListImportsRequest{}); err != nil || len(list.GetImports()) != 1 {
		t.Errorf("ListImports: %v, %v", list, err)
	}
	for _, format := range []string{"csv", "xlsx"} {
		out, err := client.ExportEntries(ctx, &storebotv1.ExportEntriesRequest{Format: format})
		if err != nil || out.GetFileName() != "faq."+format || out.GetContentType() == "" {
			t.Fatalf("ExportEntries: %v", err)
		}
		again, err := client.StageImport(ctx, &storebotv1.StageImportRequest{FileName: out.GetFileName(), Content: out.GetContent()})
		if err != nil || again.GetImport().GetExistsRows() != 2 || again.GetImport().GetTotalRows() != 2 {
			t.Errorf("%s taken back: %v, %v", format, again, err)
		}
	}

	// What is wrong with a request is said with its cure.
	var input *rag.InputError
	if _, err := client.StageImport(ctx, &storebotv1.StageImportRequest{FileName: "x", Content: []byte("%PDF-1.7")}); err == nil || !errors.As(last(), &input) || input.Cure == "" {
		t.Errorf("a PDF: %v", last())
	}
	if _, err := client.ListEntries(ctx, &storebotv1.ListEntriesRequest{PageToken: "!"}); err == nil || !errors.As(last(), &input) || input.Code != "bad_page_token" {
		t.Errorf("a page token of nobody's: %v", last())
	}
	nobody := uuid.NewString()
	for name, call := range map[string]func() error{
		"CommitImport": func() error {
			_, err := client.CommitImport(ctx, &storebotv1.CommitImportRequest{ImportId: nobody})
			return err
		},
		"GetImport": func() error {
			_, err := client.GetImport(ctx, &storebotv1.GetImportRequest{ImportId: nobody})
			return err
		},
	} {
		if err := call(); err == nil || !errors.Is(last(), rag.ErrNotFound) {
			t.Errorf("%s: %v, want rag.ErrNotFound", name, last())
		}
	}
}

func TestEntriesByHand(t *testing.T) {
	client, _ := serve(t)
	ctx := t.Context()
	var ids []string
	for _, q := range []string{"one", "two", "three"} {
		made, err := client.CreateEntry(ctx, &storebotv1.CreateEntryRequest{Content: &storebotv1.EntryContent{Question: q, Answer: "because", Category: "Counts", Phrasings: []string{q + "?"}}})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, made.GetEntry().GetId())
	}
	changed, err := client.UpdateEntry(ctx, &storebotv1.UpdateEntryRequest{Id: ids[1], Content: &storebotv1.EntryContent{Question: "deux", Answer: "parce que", Language: "fr"}})
	if err != nil || changed.GetEntry().GetQuestion() != "deux" || len(changed.GetEntry().GetPhrasings()) != 0 {
		t.Fatalf("changed %v, %v", changed, err)
	}
	var got []string
	req := &storebotv1.ListEntriesRequest{PageSize: 2}
	for {
		page, err := client.ListEntries(ctx, req)
		if err != nil || page.GetTotal() != 3 {
			t.Fatalf("page %v, %v", page, err)
		}
		for _, e := range page.GetEntries() {
			got = append(got, e.GetQuestion())
		}
		if req.PageToken = page.GetNextPageToken(); req.PageToken == "" {
			break
		}
	}
	if strings.Join(got, " ") != "one deux three" {
		t.Errorf("pages have %v", got)
	}
	deleted, err := client.DeleteEntries(ctx, &storebotv1.DeleteEntriesRequest{Ids: []string{ids[0], uuid.NewString()}})
	if err != nil || deleted.GetDeleted() != 1 {
		t.Errorf("deleted %v, %v", deleted, err)
	}
}
