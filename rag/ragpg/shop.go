package ragpg

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"
)

// Shops reads what an answer and the widget must know of their tenant. A change
// is seen within shopAge; while the database is away, what was read last goes
// on serving. Use NewShops.
type Shops struct {
	// Patience is how long a reading anew may take before the old serves: a
	// database that says nothing must not take the shopper's second.
	Patience time.Duration

	db          *tenantpg.DB
	now         func() time.Time
	shops       *lru.Cache[tenant.ID, read[rag.Shop]]
	suggestions *lru.Cache[suggestionKey, read[[]rag.Suggestion]]
	faces       *lru.Cache[tenant.ID, read[rag.Face]]
	ranks       *lru.Cache[tenant.ID, read[[]rag.EntryID]]
	old         atomic.Int64
}

// read is what was read of the database, and when.
type read[T any] struct {
	value T
	at    time.Time
}

type suggestionKey struct {
	tenant   tenant.ID
	language string
	n        int
}

const (
	shopAge   = 5 * time.Second
	shopCount = 1 << 14
)

// NewShops returns Shops over db with a quarter of a second's patience.
func NewShops(db *tenantpg.DB, now func() time.Time) *Shops {
	shops, err := lru.New[tenant.ID, read[rag.Shop]](shopCount)
	if err != nil {
		panic(err) // only a size below one
	}
	suggestions, err := lru.New[suggestionKey, read[[]rag.Suggestion]](shopCount)
	if err != nil {
		panic(err)
	}
	faces, err := lru.New[tenant.ID, read[rag.Face]](shopCount)
	if err != nil {
		panic(err)
	}
	ranks, err := lru.New[tenant.ID, read[[]rag.EntryID]](shopCount)
	if err != nil {
		panic(err)
	}
	return &Shops{Patience: 250 * time.Millisecond, db: db, now: now, shops: shops, suggestions: suggestions, faces: faces, ranks: ranks}
}

// Shop returns a tenant's shop. Errors: rag.ErrNotFound; rag.ErrStorage when
// it is not known yet and cannot be read.
func (s *Shops) Shop(ctx context.Context, id tenant.ID) (rag.Shop, error) {
	return recent(ctx, s, s.shops, id, func(ctx context.Context) (rag.Shop, error) {
		shop := rag.Shop{ID: id}
		var budget int
		var strictness string
		var threshold *float64
		err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
			b.In(id, sqlShop, id.UUID).QueryRow(func(row pgx.Row) error {
				return row.Scan(&shop.Name, &shop.Language, &budget, &shop.Tone, &strictness, &threshold, &shop.Texts, &shop.Origins)
			})
			queueHours(b, id, &shop.Hours)
		})
		shop.Budget = time.Duration(budget) * time.Millisecond
		if shop.Direct = confidence.LevelOf(strictness).Start; threshold != nil {
			shop.Direct = *threshold
		}
		return shop, err
	})
}

const sqlShop = `
	SELECT t.name, s.language, s.answer_budget_ms, s.tone, s.strictness, s.direct_threshold,` + ownTexts + `,
	       coalesce((SELECT allowed_origins FROM identity.key k WHERE k.tenant_id = $1 AND k.revoked_at IS NULL ORDER BY k.created_at DESC LIMIT 1), '{}')
	FROM shop s JOIN identity.tenant t ON t.id = s.tenant_id
	WHERE s.tenant_id = $1`

// Old counts how often what was read last served because it could not be read anew.
func (s *Shops) Old() int64 { return s.old.Load() }

// Forget has a shop read anew before it is next answered for.
func (s *Shops) Forget(id tenant.ID) { s.shops.Remove(id) }

// recent is within with shopAge.
func recent[K comparable, V any](ctx context.Context, s *Shops, cache *lru.Cache[K, read[V]], key K, get func(context.Context) (V, error)) (V, error) {
	return within(ctx, s, shopAge, cache, key, get)
}

// within returns what cache holds of key if that is younger than age, else what get
// reads. While one caller reads anew the others are given the old.
func within[K comparable, V any](ctx context.Context, s *Shops, age time.Duration, cache *lru.Cache[K, read[V]], key K,
	get func(context.Context) (V, error)) (V, error) {
	last, known := cache.Get(key)
	if known {
		if s.now().Sub(last.at) < age {
			return last.value, nil
		}
		cache.Add(key, read[V]{last.value, s.now()})
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, s.Patience)
		defer stop()
	}
	at := s.now()
	value, err := get(ctx)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		cache.Remove(key)
		return value, rag.ErrNotFound
	case err != nil && known:
		s.old.Add(1)
		return last.value, nil
	case err != nil:
		return value, fmt.Errorf("%w: %w", rag.ErrStorage, err)
	}
	cache.Add(key, read[V]{value, at})
	return value, nil
}
