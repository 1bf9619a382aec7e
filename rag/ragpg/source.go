package ragpg

import (
	"context"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// addSources gives each composed reply the entries that it rests on. One that
// was deleted since is left out: its words are no longer the shop's.
func addSources(ctx context.Context, tx pgx.Tx, id tenant.ID, messages []rag.Message) error {
	var ids []uuid.UUID
	for _, m := range messages {
		ids = append(ids, m.EntryIDs...)
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Query(ctx, sqlSources, id.UUID, ids)
	if err != nil {
		return err
	}
	entries := map[uuid.UUID]rag.Entry{}
	var e rag.Entry
	if _, err := pgx.ForEachRow(rows, []any{&e.ID, &e.Question, &e.Answer}, func() error {
		entries[e.ID] = e
		return nil
	}); err != nil {
		return err
	}
	for i := range messages {
		for _, entry := range messages[i].EntryIDs {
			if e, ok := entries[entry]; ok {
				messages[i].Sources = append(messages[i].Sources, e)
			}
		}
	}
	return nil
}

const sqlSources = `
	SELECT id, question, answer FROM entry WHERE tenant_id = $1 AND id = ANY($2) AND state = 'published'`
