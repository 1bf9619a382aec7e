package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"storebot/rag"
	"storebot/tenant"
)

// purgeBatch is how many vectors a transaction of a purge deletes.
const purgeBatch = 5000

const (
	// In the order of the key, past $3: a caller that goes on where it stopped
	// does not read again what has its vector already.
	sqlPending = `
		SELECT p.id, p.text FROM phrasing p
		LEFT JOIN LATERAL (
			SELECT true AS there FROM embedding WHERE tenant_id = $1 AND model = $2 AND phrasing_id = p.id OFFSET 0) m ON true
		WHERE p.tenant_id = $1 AND p.id > $3 AND m.there IS NULL
		ORDER BY p.id LIMIT $4`

	// A phrasing may have been deleted while its vector was made.
	sqlStoreVectors = `
		INSERT INTO embedding (tenant_id, model, phrasing_id, vector)
		SELECT $1, $2, p.id, r.vector
		FROM unnest($3::uuid[], $4::halfvec[]) AS r(id, vector)
		CROSS JOIN LATERAL (SELECT id FROM phrasing WHERE tenant_id = $1 AND id = r.id OFFSET 0) p
		ON CONFLICT DO NOTHING`

	sqlSwitch = `UPDATE shop SET embed_model = $2 WHERE tenant_id = $1`

	sqlPurge = `
		DELETE FROM embedding m USING (
			SELECT phrasing_id, model FROM embedding
			WHERE tenant_id = $1 AND model <> $2 AND model <> (SELECT embed_model FROM shop WHERE tenant_id = $1)
			LIMIT $3) old
		WHERE m.tenant_id = $1 AND m.model = old.model AND m.phrasing_id = old.phrasing_id`

	sqlUnsettled = `
		SELECT s.embed_model <> $2
		    OR (SELECT count(*) FROM phrasing WHERE tenant_id = $1) <> (SELECT count(*) FROM embedding WHERE tenant_id = $1 AND model = $2)
		FROM shop s WHERE s.tenant_id = $1`

	sqlTenants = `SELECT id FROM identity.tenant WHERE id > $1 ORDER BY id LIMIT $2`
)

// Pending returns at most limit of the shop's phrasings past after that lack a
// vector of model, by id.
func (k *Knowledge) Pending(ctx context.Context, id tenant.ID, model string, after uuid.UUID, limit int) (list []rag.Phrasing, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		list, err = k.pending(ctx, tx, id, model, after, limit)
		return err
	})
	return list, err
}

func (k *Knowledge) pending(ctx context.Context, tx pgx.Tx, id tenant.ID, model string, after uuid.UUID, limit int) ([]rag.Phrasing, error) {
	rows, err := tx.Query(ctx, sqlPending, planned, id.UUID, model, after, limit)
	if err != nil {
		return nil, fmt.Errorf("find phrasings without a vector: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Phrasing])
	if err != nil {
		return nil, fmt.Errorf("find phrasings without a vector: %w", err)
	}
	return list, nil
}

// StoreVectors stores one vector a phrasing. What is there already stays, and
// phrasings that are no more are passed over.
func (k *Knowledge) StoreVectors(ctx context.Context, id tenant.ID, model string, list []rag.Phrasing, vectors [][]float32) error {
	if len(list) != len(vectors) {
		return fmt.Errorf("store vectors: %d of them for %d phrasings", len(vectors), len(list))
	}
	ids := make([]uuid.UUID, len(list))
	half := make([]pgvector.HalfVector, len(list))
	for i := range list {
		ids[i], half[i] = list[i].ID, pgvector.NewHalfVector(vectors[i])
	}
	return k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if err := vectorTypes(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlReplan); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlStoreVectors, id.UUID, model, ids, half); err != nil {
			return fmt.Errorf("store vectors: %w", err)
		}
		return nil
	})
}

// Settle ends embedding for a shop: if every phrasing has a vector of model it
// publishes, searches the shop with model from now on, has the vectors of other
// models deleted if it was another one before, and calls finish, all in one
// transaction. Else it returns false. A change of the shop's entries happens
// wholly before it or wholly after it.
func (k *Knowledge) Settle(ctx context.Context, id tenant.ID, model string, finish func(ctx context.Context, tx pgx.Tx) error) (settled bool, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var before string
		if err := tx.QueryRow(ctx, sqlLock, id.UUID).Scan(&before); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		left, err := k.pending(ctx, tx, id, model, uuid.Nil, 1)
		if err != nil || len(left) > 0 {
			return err
		}
		if before != model {
			if _, err := tx.Exec(ctx, sqlSwitch, id.UUID, model); err != nil {
				return fmt.Errorf("switch tenant %s to %s: %w", id, model, err)
			}
			if err := k.Jobs.Purge(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := k.publish(ctx, tx, id); err != nil {
			return err
		}
		settled = true
		return finish(ctx, tx)
	})
	return settled && err == nil, err
}

// Purge deletes some of the vectors whose model is neither the one that the
// shop is searched with nor the target, and says whether more may be left.
func (k *Knowledge) Purge(ctx context.Context, id tenant.ID) (more bool, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlPurge, id.UUID, k.Target(), purgeBatch)
		if err != nil {
			return fmt.Errorf("purge vectors: %w", err)
		}
		more = tag.RowsAffected() == purgeBatch
		return nil
	})
	return more, err
}

// EnqueueUnsettled has the vectors made, in the background, of every shop that is
// searched with another model than model or has phrasings without a vector of it. A
// shop with which that fails keeps no other from it.
func (k *Knowledge) EnqueueUnsettled(ctx context.Context, model string) error {
	return eachTenant(ctx, k.DB, func(ids []tenant.ID) error {
		unsettled, err := holding(ctx, k.DB, ids, sqlUnsettled, model)
		if err != nil {
			return fmt.Errorf("find shops to embed: %w", err)
		}
		return each(ctx, unsettled, func(id tenant.ID) error {
			return k.DB.InTenant(ctx, id, func(tx pgx.Tx) error { return k.Jobs.Embed(ctx, tx, id) })
		})
	})
}
