package insightpg

import (
	"context"
	"slices"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Of every quarter the entries that its answers rest on, added up.
const topEntries = `
	SELECT e.id, sum(e.n)::int, sum(e.up)::int, sum(e.down)::int
	FROM tally CROSS JOIN LATERAL unnest(entry_ids, entry_n, entry_up, entry_down) AS e (id, n, up, down)`

const (
	sqlTopEntries        = topEntries + ` WHERE tenant_id = $1 AND begins_at >= $2 AND begins_at < $3 GROUP BY e.id`
	sqlTopEntriesCounted = `WITH tally AS (` + counted + `) ` + topEntries + ` GROUP BY e.id`
	sqlEntryQuestions    = `SELECT id, question FROM entry WHERE tenant_id = $1 AND id = ANY ($2)`
)

// TopEntries returns the limit entries that most answers of a period rest on, the
// most used first. Error: insight.ErrPeriod.
func (s *Store) TopEntries(ctx context.Context, id tenant.ID, p insight.Period, limit int) ([]insight.TopEntry, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	_, until, err := s.span(ctx, id)
	if err != nil {
		return nil, err
	}
	stored, live := split(p, until)
	byID := map[uuid.UUID]*insight.TopEntry{}
	var e insight.TopEntry
	read := func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&e.Entry, &e.Answers, &e.Up, &e.Down}, func() error {
			sum := byID[e.Entry]
			if sum == nil {
				sum = &insight.TopEntry{Entry: e.Entry}
				byID[e.Entry] = sum
			}
			sum.Answers, sum.Up, sum.Down = sum.Answers+e.Answers, sum.Up+e.Up, sum.Down+e.Down
			return nil
		})
		return err
	}
	err = s.db.Batch(ctx, func(b *tenantpg.Batch) {
		prepare(b, id)
		b.In(id, tenantpg.NoLoops)
		if stored.From.Before(stored.To) {
			b.In(id, sqlTopEntries, id.UUID, stored.From, stored.To).Query(read)
		}
		for _, l := range live {
			b.In(id, sqlTopEntriesCounted, id.UUID, l.From, l.To).Query(read)
		}
	})
	if err != nil {
		return nil, err
	}
	var top []insight.TopEntry
	for _, one := range byID {
		top = append(top, *one)
	}
	slices.SortFunc(top, func(a, b insight.TopEntry) int {
		if a.Answers != b.Answers {
			return b.Answers - a.Answers
		}
		return slices.Compare(a.Entry[:], b.Entry[:])
	})
	top = top[:min(limit, len(top))]
	return top, s.name(ctx, id, top)
}

// name fills in the questions of entries.
func (s *Store) name(ctx context.Context, id tenant.ID, top []insight.TopEntry) error {
	ids, questions := make([]uuid.UUID, len(top)), map[uuid.UUID]string{}
	for i := range top {
		ids[i] = top[i].Entry
	}
	err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlEntryQuestions, id.UUID, ids).Query(func(rows pgx.Rows) error {
			var entry uuid.UUID
			var question string
			_, err := pgx.ForEachRow(rows, []any{&entry, &question}, func() error { questions[entry] = question; return nil })
			return err
		})
	})
	for i := range top {
		top[i].Question = questions[top[i].Entry]
	}
	return err
}
