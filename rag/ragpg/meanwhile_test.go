package ragpg_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"storebot/rag"
	"storebot/rag/product"
)

// raced has writers write at the same moment, and returns the one that was stored; each of
// the others was told of that one's change.
func raced(t *testing.T, emails []string, write func(i int) error) int {
	t.Helper()
	errs := make([]error, len(emails))
	var ready, done sync.WaitGroup
	ready.Add(len(emails))
	for i := range emails {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			errs[i] = write(i)
		})
	}
	done.Wait()
	won := slices.Index(errs, nil)
	if won < 0 {
		t.Fatalf("nobody could write: %v", errs)
	}
	for i, err := range errs {
		me, refused := errors.AsType[*rag.MeanwhileError](err)
		switch {
		case i == won:
		case !refused:
			t.Errorf("%s was not refused: %v", emails[i], err)
		case me.By != emails[won] || me.Kind != rag.Editing || time.Since(me.At).Abs() > time.Minute:
			t.Errorf("%s is told of %+v, %s wrote", emails[i], *me, emails[won])
		}
	}
	return won
}

// Of several who write onto the same version of an entry one is stored; the others are
// told who it was, and nothing of it is lost.
func TestWritersOfAnEntryDoNotOverwriteEachOther(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	emails := []string{"ana@shop.example", "ben@shop.example", "cai@shop.example", "dee@shop.example"}
	var accounts []uuid.UUID
	for _, email := range emails {
		accounts = append(accounts, b.account(t, email))
	}
	e, err := b.CreateEntry(ctx, b.shop, rag.Content{Question: "q", Answer: "0", Phrasings: []string{"p"}})
	if err != nil {
		t.Fatal(err)
	}
	base := e.ETag()
	write := func(i int, onto string) (rag.Entry, error) {
		return b.UpdateEntry(ctx, b.shop, e.ID, onto, rag.Content{Question: "q", Answer: emails[i], Phrasings: []string{"p"}, By: accounts[i]})
	}
	won := raced(t, emails, func(i int) error { _, err := write(i, base); return err })
	now, err := b.GetEntry(ctx, b.shop, e.ID)
	if err != nil || now.Answer != emails[won] || now.ETag() == base {
		t.Fatalf("%q stands there, %v; %s wrote", now.Answer, err, emails[won])
	}
	if list, _, err := b.ListRevisions(ctx, b.shop, e.ID, rag.RevisionPlace{}); err != nil || len(list) != 2 || list[0].Content.ETag() != now.ETag() || list[1].Content.ETag() != base {
		t.Fatalf("versions %+v, %v", list, err)
	}

	// What stands there already overwrites nothing: whoever's reply was lost may say it again.
	if _, err := write(won, base); err != nil {
		t.Errorf("the same again: %v", err)
	}
	// Onto what stands there, and onto anything, it is stored.
	loser := (won + 1) % len(emails)
	if got, err := write(loser, now.ETag()); err != nil || got.Answer != emails[loser] {
		t.Errorf("onto what stands there: %+v, %v", got, err)
	}
	list, _, err := b.ListRevisions(ctx, b.shop, e.ID, rag.RevisionPlace{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.RestoreRevision(ctx, b.shop, accounts[0], e.ID, list[2].ID, now.ETag()); !changedBy(err, emails[loser]) {
		t.Errorf("restoring over what was not seen: %v", err)
	}
	if back, _, err := b.RestoreRevision(ctx, b.shop, accounts[0], e.ID, list[2].ID, list[0].Content.ETag()); err != nil || back.ETag() != base {
		t.Errorf("restored %+v, %v", back, err)
	}
	// It is again what the first of all began with.
	if _, err := write(won, base); err != nil {
		t.Errorf("onto the same content, come back: %v", err)
	}
	if got, err := write(loser, ""); err != nil || got.Answer != emails[loser] {
		t.Errorf("onto anything: %+v, %v", got, err)
	}
}

func changedBy(err error, email string) bool {
	me, ok := errors.AsType[*rag.MeanwhileError](err)
	return ok && me.By == email
}

// The same for products; and an import, which is somebody's change too, names its file.
func TestWritersOfAProductDoNotOverwriteEachOther(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	emails := []string{"ana@shop.example", "ben@shop.example", "cai@shop.example"}
	var accounts []uuid.UUID
	for _, email := range emails {
		accounts = append(accounts, b.account(t, email))
	}
	p, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	base := p.ETag()
	write := func(i int, onto string) (product.Product, error) {
		mine := p
		mine.Name = emails[i]
		return b.SaveProduct(ctx, b.shop, accounts[i], onto, mine)
	}
	won := raced(t, emails, func(i int) error { _, err := write(i, base); return err })
	now, _, err := b.GetProduct(ctx, b.shop, p.ID)
	if err != nil || now.Name != emails[won] || now.ETag() == base {
		t.Fatalf("%q stands there, %v; %s wrote", now.Name, err, emails[won])
	}
	if _, err := write(won, base); err != nil {
		t.Errorf("the same again: %v", err)
	}
	b.importProducts(t, "sku,price\nT-1,6\n")
	_, err = write(won, now.ETag())
	if me, ok := errors.AsType[*rag.MeanwhileError](err); !ok || me.Kind != rag.Importing || me.File == "" {
		t.Errorf("over an import: %+v, %v", me, err)
	}
	list, _, err := b.ListProductRevisions(ctx, b.shop, p.ID, rag.RevisionPlace{})
	if err != nil || len(list) != 3 || list[2].Content.ETag() != base {
		t.Fatalf("versions %+v, %v", list, err)
	}
	if _, _, err := b.RestoreProductRevision(ctx, b.shop, accounts[0], p.ID, list[2].ID, base); !errors.As(err, new(*rag.MeanwhileError)) {
		t.Errorf("restoring over what was not seen: %v", err)
	}
	if back, _, err := b.RestoreProductRevision(ctx, b.shop, accounts[0], p.ID, list[2].ID, list[0].Content.ETag()); err != nil || back.ETag() != base {
		t.Errorf("restored %+v, %v", back, err)
	}
}

// A product is found by its id alone until it is deleted, in its own shop.
func TestGetProduct(t *testing.T) {
	b, other := newBench(t), newBench(t)
	ctx := t.Context()
	p, err := b.SaveProduct(ctx, b.shop, uuid.Nil, "", tea("T-1"))
	if err != nil {
		t.Fatal(err)
	}
	got, names, err := b.GetProduct(ctx, b.shop, p.ID)
	if err != nil || !got.Same(p) || !got.UpdatedAt.Equal(p.UpdatedAt) || strings.Join(names, ",") != p.Attributes[0].Name {
		t.Errorf("%+v, %v, %v; want %+v", got, names, err, p)
	}
	if _, _, err := b.GetProduct(ctx, other.shop, p.ID); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("through another shop: %v", err)
	}
	if _, err := b.DeleteProducts(ctx, b.shop, uuid.Nil, []uuid.UUID{p.ID}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.GetProduct(ctx, b.shop, p.ID); !errors.Is(err, rag.ErrNotFound) {
		t.Errorf("a deleted one: %v", err)
	}
}
