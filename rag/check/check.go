// Package check asks a shop's checks of its knowledge in memory: as it is, and as
// a change that is not stored yet would make it. It takes every decision as an
// answer does, stores nothing, and asks no model to write.
package check

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"storebot/rag"
	"storebot/rag/index"
	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A Loader reads a shop's published knowledge; index.Loader is one.
type Loader interface {
	Load(ctx context.Context, id tenant.ID) (index.Knowledge, error)
}

// A Store keeps checks.
type Store interface {
	// Checks returns all of a shop's, the newest first.
	Checks(ctx context.Context, id tenant.ID) ([]rag.Check, error)
	// Helped returns questions whose answers shoppers said had helped, as checks.
	Helped(ctx context.Context, id tenant.ID, since time.Time, limit int) ([]rag.Check, error)
}

// Shops reads what an answer must know of a shop.
type Shops interface {
	Shop(ctx context.Context, id tenant.ID) (rag.Shop, error)
}

// A Runner asks checks. All fields are needed; Embedder may return nil, which is
// the built-in engine. Safe for concurrent use.
type Runner struct {
	Loader   Loader
	Store    Store
	Shops    Shops
	Answerer *rag.Answerer
	Embedder func(model string) rag.Embedder // that made the vectors of this name; nil while it is not to be had
	Now      func() time.Time

	turns   turns
	vectors vectors
}

// Answers that helped count for helpedAge, the newest helpedMost of them.
const (
	helpedAge  = 90 * 24 * time.Hour
	helpedMost = 500
)

// Run asks all checks of the knowledge as it is: those that fail first, then the
// newest. Errors: those of the loader, the store and the shops.
func (r *Runner) Run(ctx context.Context, id tenant.ID) ([]rag.CheckResult, error) {
	leave, err := r.turns.take(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	shop, known, err := r.load(ctx, id)
	if err != nil {
		return nil, err
	}
	checks, err := r.Store.Checks(ctx, id)
	if err != nil {
		return nil, err
	}
	results, err := r.ask(ctx, shop, build(known), checks)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(results, func(a, b rag.CheckResult) int { return failed(b) - failed(a) })
	return results, nil
}

// Ask asks one check of the knowledge as it is. Errors: those of the loader and the shops.
func (r *Runner) Ask(ctx context.Context, id tenant.ID, c rag.Check) (rag.CheckResult, error) {
	leave, err := r.turns.take(ctx)
	if err != nil {
		return rag.CheckResult{}, err
	}
	defer leave()
	shop, known, err := r.load(ctx, id)
	if err != nil {
		return rag.CheckResult{}, err
	}
	results, err := r.ask(ctx, shop, build(known), []rag.Check{c})
	if err != nil {
		return rag.CheckResult{}, err
	}
	return results[0], nil
}

func failed(r rag.CheckResult) int {
	if r.Passed() {
		return 0
	}
	return 1
}

// A Change is what is about to be done to a shop's entries and products.
type Change struct {
	Put     []rag.Entry // by id; one with an id that the shop does not have is new
	Deleted []rag.EntryID

	PutProducts     []product.Product // likewise
	DeletedProducts []uuid.UUID
}

// A Report says what a change would break and mend.
type Report struct {
	Checks  int // asked
	Helpful int // answers that helped, asked too
	Broken  []Difference
	Mended  []Difference
}

// A Difference is a check with two different outcomes.
type Difference struct{ Before, After rag.CheckResult }

// Preview asks all checks, and the questions whose answers helped, of the
// knowledge as it is and as change would make it. Those whose outcome gets worse
// are broken; mended are those that pass only after it. Errors: as of Run.
func (r *Runner) Preview(ctx context.Context, id tenant.ID, change Change) (Report, error) {
	leave, err := r.turns.take(ctx)
	if err != nil {
		return Report{}, err
	}
	defer leave()
	shop, known, err := r.load(ctx, id)
	if err != nil {
		return Report{}, err
	}
	checks, err := r.Store.Checks(ctx, id)
	if err != nil {
		return Report{}, err
	}
	helped, err := r.Store.Helped(ctx, id, r.Now().Add(-helpedAge), helpedMost)
	if err != nil {
		return Report{}, err
	}
	report := Report{Checks: len(checks), Helpful: len(helped)}
	if len(checks)+len(helped) == 0 {
		return report, nil
	}
	checks = append(checks, helped...)
	before, err := r.ask(ctx, shop, build(known), checks)
	if err != nil {
		return Report{}, err
	}
	after, err := r.ask(ctx, shop, build(r.apply(ctx, id, known, change)), checks)
	if err != nil {
		return Report{}, err
	}
	for i := range checks {
		switch d := (Difference{before[i], after[i]}); {
		case after[i].Outcome < before[i].Outcome:
			report.Broken = append(report.Broken, d)
		case after[i].Passed() && !before[i].Passed():
			report.Mended = append(report.Mended, d)
		}
	}
	return report, nil
}

func (r *Runner) load(ctx context.Context, id tenant.ID) (rag.Shop, index.Knowledge, error) {
	shop, err := r.Shops.Shop(ctx, id)
	if err != nil {
		return shop, index.Knowledge{}, err
	}
	known, err := r.Loader.Load(ctx, id)
	return shop, known, err
}

func build(k index.Knowledge) *index.Index {
	return index.Build(k.Entries, k.Vectors, index.Options{Version: k.Version, Model: k.Model, Shelf: product.NewShelf(k.Products)})
}

// apply returns the knowledge with the change made to it: what shoppers would be
// answered from now, so without drafts and entries whose dates are not now. Texts that
// are not embedded within embedTime are searched as they will be until they are.
func (r *Runner) apply(ctx context.Context, id tenant.ID, k index.Knowledge, change Change) index.Knowledge {
	out := index.Knowledge{Version: k.Version, Model: k.Model, Products: change.products(k.Products)}
	ctx, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	now := r.Now()
	gone := make(map[rag.EntryID]bool, len(change.Deleted))
	for _, e := range change.Deleted {
		gone[e] = true
	}
	put := map[rag.EntryID]*rag.Entry{}
	for i := range change.Put {
		put[change.Put[i].ID] = &change.Put[i]
	}
	add := func(e rag.Entry, vectors [][]float32) {
		out.Entries = append(out.Entries, e)
		if k.Vectors != nil {
			out.Vectors = append(out.Vectors, vectors)
		}
	}
	for i, e := range k.Entries {
		if gone[e.ID] {
			continue
		}
		if changed := put[e.ID]; changed != nil {
			if changed.Terms.Valid(now) {
				add(*changed, r.passages(ctx, k.Model, changed))
			}
			delete(put, e.ID)
			continue
		}
		var vectors [][]float32
		if k.Vectors != nil {
			vectors = k.Vectors[i]
		}
		add(e, vectors)
	}
	for i := range change.Put { // the new ones, in their order
		if e := &change.Put[i]; put[e.ID] == e && e.Terms.Valid(now) {
			add(*e, r.passages(ctx, k.Model, e))
		}
	}
	return out
}

// products returns the shop's products with the change made to them.
func (c Change) products(list []product.Product) (out []product.Product) {
	put := map[uuid.UUID]product.Product{}
	for _, p := range c.PutProducts {
		put[p.ID] = p
	}
	for _, p := range list {
		if slices.Contains(c.DeletedProducts, p.ID) {
			continue
		}
		if changed, ok := put[p.ID]; ok {
			p = changed
			delete(put, p.ID)
		}
		out = append(out, p)
	}
	for _, p := range c.PutProducts { // the new ones, in their order
		if _, fresh := put[p.ID]; fresh {
			out = append(out, p)
		}
	}
	return out
}

// fixed retrieves from one index.
type fixed struct {
	index *index.Index
	embed func(question string) []float32
}

func (f fixed) Retrieve(_ context.Context, _ tenant.ID, question string) (rag.Retrieval, error) {
	return f.index.Search(question, func() []float32 { return f.embed(question) }), nil
}

// ask asks each check of an index, on all processors, and returns the results in
// the checks' order.
func (r *Runner) ask(ctx context.Context, shop rag.Shop, x *index.Index, checks []rag.Check) ([]rag.CheckResult, error) {
	results := make([]rag.CheckResult, len(checks))
	limited, cancel := context.WithTimeout(ctx, embedTime)
	defer cancel()
	find := fixed{x, r.question(limited, x.Model())}
	entries := map[rag.EntryID]*rag.Entry{}
	for i, list := 0, x.Entries(); i < len(list); i++ {
		entries[list[i].ID] = &list[i]
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	failures := make([]error, runtime.GOMAXPROCS(0))
	for worker := range failures {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(checks) || failures[worker] != nil {
					return
				}
				c := checks[i]
				reply, found, err := r.Answerer.Foresee(ctx, shop, find, c.Question)
				if err != nil && !errors.Is(err, rag.ErrEmptyQuestion) {
					failures[worker] = fmt.Errorf("ask check %s: %w", c.ID, err)
					return
				}
				results[i] = c.Judge(reply, found)
				if c.Entry != uuid.Nil {
					results[i].Expected = entries[c.Entry]
				}
			}
		})
	}
	wait.Wait()
	return results, errors.Join(failures...)
}
