package ragpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// hits is how many of an entry's hits are told; as many conversations are
// looked through, newest first: each has one at least.
const hits = 50

const sqlHits = `
	WITH used AS MATERIALIZED (
		SELECT conversation_id FROM entry_use WHERE tenant_id = $1 AND entry_id = $2 ORDER BY last_used_at DESC LIMIT $3)
	SELECT q.text, q.created_at, b.confidence::float8, b.decision, coalesce(b.rating, 0)::int, u.conversation_id, b.entry_ids[1] = $2
	FROM used u
	CROSS JOIN LATERAL (
		SELECT client_key, decision, confidence, rating, entry_ids FROM message
		WHERE tenant_id = $1 AND conversation_id = u.conversation_id AND author = 'bot' AND decision IN ('direct', 'composed') AND $2 = ANY (entry_ids) OFFSET 0) b
	CROSS JOIN LATERAL (
		SELECT text, created_at FROM message
		WHERE tenant_id = $1 AND conversation_id = u.conversation_id AND client_key = b.client_key AND author = 'shopper' OFFSET 0) q
	ORDER BY q.created_at DESC LIMIT $3`

// Hits returns the questions with a reply that rests on an entry, the newest
// first, at most fifty. Error: rag.ErrNotFound.
func (k *Knowledge) Hits(ctx context.Context, id tenant.ID, entry rag.EntryID) (list []rag.Hit, err error) {
	if err := k.countUse(ctx, id); err != nil {
		return nil, err
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var e rag.Entry
		if err := k.get(ctx, tx, id, entry, &e); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlHits, planned, id.UUID, entry, hits)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Hit])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list hits of entry %s: %w", entry, err)
	}
	return list, nil
}
