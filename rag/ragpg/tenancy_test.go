package ragpg_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/sheet"
)

func TestNothingOfAnotherShop(t *testing.T) {
	b := newBench(t)
	other := b.newShop(t)
	m := b.stage(t, "question,answer\na,1\nb,2\n")
	b.commit(t, m, rag.Overwrite)
	staged := b.stage(t, "question,answer\nc,1\n")
	entries, _ := b.load(t)
	conversation, message, gap := uuid.New(), uuid.New(), uuid.New()
	b.exec(t, `INSERT INTO conversation (tenant_id, id, token_hash) VALUES ($1, $2, '')`, b.shop.UUID, conversation)
	b.exec(t, `INSERT INTO message (tenant_id, id, conversation_id, client_key, author, text) VALUES ($1, $2, $3, $2, 'shopper', 'x')`, b.shop.UUID, message, conversation)
	b.exec(t, `INSERT INTO gap (tenant_id, id, message_id, question) VALUES ($1, $2, $3, 'why not')`, b.shop.UUID, gap, message)
	content := b.content(t)
	ctx := t.Context()

	if known, err := b.Load(ctx, other); err != nil || len(known.Entries) != 0 {
		t.Errorf("Load: %+v, %v", known, err)
	}
	if page, err := b.ListEntries(ctx, other, rag.EntryFilter{Limit: 10}); err != nil || page.Total+len(page.Entries)+len(page.Categories) != 0 {
		t.Errorf("ListEntries: %+v, %v", page, err)
	}
	if size, err := b.Size(ctx, other); err != nil || size.Entries+size.Phrasings+size.Pending != 0 {
		t.Errorf("Size: %+v, %v", size, err)
	}
	if n, err := b.DeleteEntries(ctx, other, uuid.Nil, rag.Selection{IDs: []uuid.UUID{entries[0].ID}}); n.Count != 0 || err != nil {
		t.Errorf("DeleteEntries: %v, %v", n, err)
	}
	if n, err := b.EditEntries(ctx, other, uuid.Nil, rag.Selection{IDs: []uuid.UUID{entries[0].ID}}, rag.BulkEdit{State: rag.Drafted}); n.Count != 0 || err != nil {
		t.Errorf("EditEntries: %v, %v", n, err)
	}
	if list, err := b.ListImports(ctx, other, "", uuid.Nil, 100); err != nil || len(list) != 0 {
		t.Errorf("ListImports: %v, %v", list, err)
	}
	learning := b.learning()
	if more, err := learning.Group(ctx, b.shop); more || err != nil {
		t.Fatal(more, err)
	}
	own, _, err := learning.ListGaps(ctx, b.shop, rag.OpenGaps, 10)
	if err != nil || len(own) != 1 {
		t.Fatalf("the shop's own gap: %v, %v", own, err)
	}
	if _, err := learning.Group(ctx, other); err != nil {
		t.Errorf("Group: %v", err)
	}
	if gaps, n, err := learning.ListGaps(ctx, other, rag.OpenGaps, 10); err != nil || n+len(gaps) != 0 {
		t.Errorf("ListGaps: %v, %v", gaps, err)
	}
	if c, err := learning.Coverage(ctx, other, time.Now().AddDate(0, 0, -30)); err != nil || c != (rag.Coverage{}) {
		t.Errorf("Coverage: %v, %v", c, err)
	}
	check, err := learning.CreateCheck(ctx, b.shop, rag.Check{Question: "a?", Entry: entries[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	if list, err := learning.Checks(ctx, other); err != nil || len(list) != 0 {
		t.Errorf("Checks: %v, %v", list, err)
	}
	if list, err := learning.Helped(ctx, other, time.Time{}, 10); err != nil || len(list) != 0 {
		t.Errorf("Helped: %v, %v", list, err)
	}
	if n, err := learning.DeleteChecks(ctx, other, []uuid.UUID{check.ID}); err != nil || n != 0 {
		t.Errorf("DeleteChecks: %v, %v", n, err)
	}
	if list, err := b.Pending(ctx, other, "another", uuid.Nil, 10); err != nil || len(list) != 0 {
		t.Errorf("Pending: %v, %v", list, err)
	}
	if more, err := b.Purge(ctx, other); more || err != nil {
		t.Errorf("Purge: %v, %v", more, err)
	}
	if err := b.FailImport(ctx, other, staged.ID, "x"); err != nil {
		t.Errorf("FailImport: %v", err)
	}
	var out bytes.Buffer
	if err := b.Export(ctx, other, sheet.CSV, &out); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("Export: %q, %v", out.String(), err)
	}
	all, err := b.Pending(ctx, b.shop, "another", uuid.Nil, 10)
	if err != nil || len(all) != 2 {
		t.Fatalf("Pending of the shop itself: %v, %v", all, err)
	}
	if err := b.StoreVectors(ctx, other, "another", all, [][]float32{{1}, {1}}); err != nil {
		t.Errorf("StoreVectors: %v", err)
	}
	for name, call := range map[string]func() error{
		"SetGapState":     func() error { return learning.SetGapState(ctx, other, own[0].ID, rag.DismissedGaps) },
		"GetGap":          func() error { _, _, err := learning.GetGap(ctx, other, own[0].ID); return err },
		"GapConversation": func() error { _, err := learning.GapConversation(ctx, other, gap); return err },
		"MergeGaps":       func() error { _, err := learning.MergeGaps(ctx, other, own[0].ID, []uuid.UUID{own[0].ID}); return err },
		"SplitGap":        func() error { _, err := learning.SplitGap(ctx, other, gap); return err },
		"ApproveGap": func() error {
			_, err := learning.ApproveGap(ctx, other, uuid.Nil, own[0].ID, uuid.Nil, &rag.Content{Question: "q", Answer: "a"})
			return err
		},
		"Correct": func() error {
			_, _, err := learning.Correct(ctx, other, uuid.Nil, "a?", entries[0].ID, nil)
			return err
		},
		"CreateCheck": func() error {
			_, err := learning.CreateCheck(ctx, other, rag.Check{Question: "a?", Entry: entries[0].ID})
			return err
		},
		"Entry":            func() error { _, err := learning.Entry(ctx, other, entries[0].ID); return err },
		"GetImport":        func() error { _, err := b.GetImport(ctx, other, m.ID); return err },
		"ListImportRows":   func() error { _, err := b.ListImportRows(ctx, other, m.ID, rag.RowFilter{}, 0, 9); return err },
		"CommitImport":     func() error { _, err := b.CommitImport(ctx, other, uuid.Nil, staged.ID, rag.Add); return err },
		"Step":             func() error { _, err := b.Step(ctx, other, staged.ID); return err },
		"Undo":             func() error { _, err := b.Undo(ctx, other, uuid.Nil, m.ID); return err },
		"GetEntry":         func() error { _, err := b.GetEntry(ctx, other, entries[0].ID); return err },
		"ListRevisions":    func() error { _, _, err := b.ListRevisions(ctx, other, entries[0].ID, rag.RevisionPlace{}); return err },
		"Hits":             func() error { _, err := b.Hits(ctx, other, entries[0].ID); return err },
		"SuggestPhrasings": func() error { _, err := b.SuggestPhrasings(ctx, other, entries[0].ID); return err },
		"UpdateEntry": func() error {
			_, err := b.UpdateEntry(ctx, other, entries[0].ID, "", rag.Content{Question: "q", Answer: "a"})
			return err
		},
		"UpdateEntry onto a version": func() error {
			_, err := b.UpdateEntry(ctx, other, entries[0].ID, entries[0].ETag(), rag.Content{Question: "q", Answer: "a"})
			return err
		},
	} {
		if err := call(); !errors.Is(err, rag.ErrNotFound) {
			t.Errorf("%s: %v, want rag.ErrNotFound", name, err)
		}
	}
	if b.content(t) != content {
		t.Error("the shop was changed through another tenant")
	}
	if _, n, err := learning.ListGaps(ctx, b.shop, rag.OpenGaps, 10); n != 1 || err != nil {
		t.Errorf("the shop's own gap: %d, %v", n, err)
	}
	if list, err := learning.Checks(ctx, b.shop); err != nil || len(list) != 1 {
		t.Errorf("the shop's own checks: %v, %v", list, err)
	}
}
