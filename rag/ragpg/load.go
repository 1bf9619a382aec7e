package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"storebot/rag"
	"storebot/rag/index"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

const (
	sqlVersion = `SELECT knowledge_version, embed_model FROM shop WHERE tenant_id = $1`

	// One statement, so one snapshot. An entry's own texts come with its first
	// phrasing only. LATERAL: see sqlFindQuestions.
	sqlLoad = `
		SELECT e.id, p.ordinal, p.text,
		       CASE WHEN p.ordinal = 0 THEN e.answer END, CASE WHEN p.ordinal = 0 THEN e.category END,
		       CASE WHEN p.ordinal = 0 THEN e.language END, CASE WHEN p.ordinal = 0 THEN e.updated_at END,
		       CASE WHEN p.ordinal = 0 THEN e.valid_from END, CASE WHEN p.ordinal = 0 THEN e.valid_until END,
		       m.vector
		FROM entry e
		CROSS JOIN LATERAL (SELECT id, ordinal, text FROM phrasing WHERE tenant_id = $1 AND entry_id = e.id OFFSET 0) p
		LEFT JOIN LATERAL (
			SELECT vector FROM embedding WHERE tenant_id = $1 AND model = $2 AND phrasing_id = p.id OFFSET 0) m ON true
		WHERE e.tenant_id = $1 AND e.state = 'published'
		  AND (e.valid_from IS NULL OR e.valid_from <= $3) AND (e.valid_until IS NULL OR e.valid_until > $3)
		ORDER BY e.position, p.ordinal`

	// The next moment when what sqlLoad finds will be something else by itself.
	sqlNextMoment = `
		SELECT least(min(valid_from) FILTER (WHERE valid_from > $2), min(valid_until) FILTER (WHERE valid_until > $2))
		FROM entry WHERE tenant_id = $1 AND state = 'published'`
)

var _ index.Loader = (*Knowledge)(nil)

// Load reads what a shop has published and whose dates have come, in the
// merchant's order, and says when the next ones do. The version is
// read before the entries: what is loaded may be newer than it says, never
// older. Vectors are nil with the embedder of this process, which the index does
// without.
func (k *Knowledge) Load(ctx context.Context, id tenant.ID) (index.Knowledge, error) {
	var known index.Knowledge
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := vectorTypes(ctx, tx); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, sqlVersion, id.UUID).Scan(&known.Version, &known.Model); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		wanted := known.Model
		if wanted == k.Inline.Model() {
			wanted = "" // no vector has this model
		}
		now := k.now()
		var next *time.Time
		if err := tx.QueryRow(ctx, sqlNextMoment, id.UUID, now).Scan(&next); err != nil {
			return err
		}
		if next != nil {
			known.Until = *next
		}
		var err error
		if known.Products, err = allProducts(ctx, tx, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlLoad, planned, id.UUID, wanted, now)
		if err != nil {
			return err
		}
		var (
			entryID                    uuid.UUID
			ordinal                    int
			text                       string
			answer, category, language *string
			updatedAt, from, until     *time.Time
			vector                     *pgvector.HalfVector
		)
		into := []any{&entryID, &ordinal, &text, &answer, &category, &language, &updatedAt, &from, &until, &vector}
		_, err = pgx.ForEachRow(rows, into, func() error {
			if ordinal == 0 {
				known.Entries = append(known.Entries, rag.Entry{
					ID: entryID, Question: text, Answer: *answer, Category: *category, Language: *language, UpdatedAt: *updatedAt,
					Terms: terms(rag.Published, from, until),
				})
			} else {
				e := &known.Entries[len(known.Entries)-1]
				e.Phrasings = append(e.Phrasings, text)
			}
			if wanted == "" {
				return nil
			}
			var values []float32
			if vector != nil {
				values = vector.Slice()
			}
			if ordinal == 0 {
				known.Vectors = append(known.Vectors, nil)
			}
			last := len(known.Vectors) - 1
			known.Vectors[last] = append(known.Vectors[last], values)
			return nil
		})
		return err
	})
	if err != nil {
		return index.Knowledge{}, fmt.Errorf("load knowledge: %w", err)
	}
	return known, nil
}

func terms(state rag.EntryState, from, until *time.Time) rag.Terms {
	t := rag.Terms{State: state}
	if from != nil {
		t.From = from.UTC()
	}
	if until != nil {
		t.Until = until.UTC()
	}
	return t
}

// Version reads the versions of many shops, each inside its tenant, in one
// round trip. Those that are no more are missing from the answer.
func (k *Knowledge) Version(ctx context.Context, ids []tenant.ID) (map[tenant.ID]int64, error) {
	versions := make(map[tenant.ID]int64, len(ids))
	err := k.DB.Batch(ctx, func(b *tenantpg.Batch) {
		for _, id := range ids {
			b.In(id, sqlVersion, id.UUID).Query(func(rows pgx.Rows) error {
				var version int64
				var model string
				_, err := pgx.ForEachRow(rows, []any{&version, &model}, func() error {
					versions[id] = version
					return nil
				})
				return err
			})
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read knowledge versions: %w", err)
	}
	return versions, nil
}

// Size is how much a shop knows.
type Size struct {
	Model     string // that is searched with
	Entries   int
	Phrasings int // questions included
	Pending   int // phrasings without a vector of the target model
}

const sqlSize = `
	SELECT s.embed_model,
	       (SELECT count(*) FROM entry WHERE tenant_id = $1),
	       (SELECT count(*) FROM phrasing WHERE tenant_id = $1),
	       (SELECT count(*) FROM phrasing WHERE tenant_id = $1) - (SELECT count(*) FROM embedding WHERE tenant_id = $1 AND model = $2)
	FROM shop s WHERE s.tenant_id = $1`

// Size counts. Error: rag.ErrNotFound without such a shop.
func (k *Knowledge) Size(ctx context.Context, id tenant.ID) (Size, error) {
	var s Size
	err := k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlSize, id.UUID, k.Target()).Scan(&s.Model, &s.Entries, &s.Phrasings, &s.Pending)
	})
	if err != nil {
		return Size{}, lookup(err, "size of tenant %s", id)
	}
	return s, nil
}
