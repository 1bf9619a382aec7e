package ragpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	// suggestSure is the confidence from which a question needs no phrasing of
	// its own.
	suggestSure = 0.95
	// suggestFrom is how many conversations are looked through, newest first.
	suggestFrom = 2000
	suggestions = 20
)

// A question speaks for an entry if the entry answered it, though not surely,
// and nobody complained; the more so if the shopper was offered questions to
// choose from and then asked the entry's own. What personal data was masked in
// is left out.
const sqlSuggestPhrasings = `
	WITH used AS MATERIALIZED (
		SELECT conversation_id FROM entry_use WHERE tenant_id = $1 AND entry_id = $2 ORDER BY last_used_at DESC LIMIT $4),
	turn AS MATERIALIZED (
		SELECT q.text, b.created_at, b.decision, b.confidence, b.rating, b.entry_ids[1] AS entry,
		       lead(q.text) OVER w AS next_text, lead(b.entry_ids[1]) OVER w AS next_entry
		FROM used u
		CROSS JOIN LATERAL (
			SELECT client_key, created_at, decision, confidence, rating, entry_ids FROM message
			WHERE tenant_id = $1 AND conversation_id = u.conversation_id AND author = 'bot' OFFSET 0) b
		CROSS JOIN LATERAL (
			SELECT text FROM message
			WHERE tenant_id = $1 AND conversation_id = u.conversation_id AND client_key = b.client_key AND author = 'shopper' OFFSET 0) q
		WINDOW w AS (PARTITION BY u.conversation_id ORDER BY b.created_at)),
	spoken AS (
		SELECT t.text, t.created_at, t.confidence, t.decision = 'clarify' AS chosen
		FROM turn t JOIN entry e ON e.tenant_id = $1 AND e.id = $2
		WHERE t.decision IN ('direct', 'composed') AND t.entry = $2 AND t.confidence < $3 AND coalesce(t.rating, 1) > 0
		   OR t.decision = 'clarify' AND t.next_entry = $2 AND btrim(t.next_text) = e.question)
	SELECT min(s.text), count(*), count(*) FILTER (WHERE s.chosen), max(s.confidence)::float8, max(s.created_at)
	FROM spoken s
	WHERE s.text !~ '\[[a-z-]+\]' AND length(s.text) <= $5
	  AND NOT EXISTS (SELECT FROM phrasing p WHERE p.tenant_id = $1 AND p.entry_id = $2 AND lower(p.text) = lower(btrim(s.text)))
	GROUP BY lower(btrim(s.text))
	ORDER BY 3 DESC, 2 DESC, 5 DESC LIMIT $6`

// SuggestPhrasings returns shoppers' questions that might become phrasings of
// an entry, the most promising first, at most twenty. Error: rag.ErrNotFound.
func (k *Knowledge) SuggestPhrasings(ctx context.Context, id tenant.ID, entry rag.EntryID) (list []rag.PhrasingSuggestion, err error) {
	if err := k.countUse(ctx, id); err != nil {
		return nil, err
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var e rag.Entry
		if err := k.get(ctx, tx, id, entry, &e); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, sqlSuggestPhrasings, planned, id.UUID, entry, suggestSure, suggestFrom, rag.MaxQuestion, suggestions)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.PhrasingSuggestion])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("suggest phrasings of entry %s: %w", entry, err)
	}
	return list, nil
}
