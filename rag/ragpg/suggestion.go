package ragpg

import (
	"context"
	"time"

	"storebot/rag"
	"storebot/tenant"

	"github.com/jackc/pgx/v5"
)

const (
	// askedSince is how far back it counts what shoppers ask.
	askedSince = 30 * 24 * time.Hour
	// askedOften is from how many conversations on an entry counts as asked for: two may
	// be one shopper and the merchant who tries it.
	askedOften = 3
	// askedAge is how old the ranking may be. It reads all of the shop's use of thirty
	// days, and a widget whose first questions change by the second helps nobody.
	askedAge = 10 * time.Minute
	// askedMost is how many entries are ranked, of all languages.
	askedMost = 200
)

const (
	// Of entries that were asked as often the one that has been there longer comes first:
	// their ids tell.
	sqlMostAsked = `
		SELECT entry_id FROM entry_use WHERE tenant_id = $1 AND last_used_at > $2
		GROUP BY entry_id HAVING count(*) >= $3 ORDER BY count(*) DESC, entry_id LIMIT $4`

	// $5 are the entries by how often they are asked. All suggestions are by that, or
	// all by the merchant's order where too few are.
	sqlSuggestions = `
		WITH live AS (
			SELECT question, answer, language, position, array_position($5::uuid[], id) AS rank FROM entry
			WHERE tenant_id = $1 AND state = 'published'
			  AND (valid_from IS NULL OR valid_from <= $4) AND (valid_until IS NULL OR valid_until > $4)),
		spoken AS (
			SELECT question, answer, position, rank FROM live
			WHERE language = (
			      SELECT language FROM live
			      ORDER BY language = $2 DESC, left(language, 2) = left($2, 2) DESC, position LIMIT 1))
		SELECT question, answer FROM spoken
		ORDER BY CASE WHEN (SELECT count(rank) FROM spoken) >= $3 THEN rank END, position LIMIT $3`
)

// Suggestions returns at most n questions that the shop answers now: those that answered
// in the most conversations of the last thirty days if n did so in askedOften or more,
// else the merchant's first ones. They are in language, else in the other Chinese script
// if language is Chinese, else in the first entry's. The list is shared between callers:
// nobody changes it. Error: as of Shop.
func (s *Shops) Suggestions(ctx context.Context, id tenant.ID, language string, n int) ([]rag.Suggestion, error) {
	key := suggestionKey{id, language, n}
	return recent(ctx, s, s.suggestions, key, func(ctx context.Context) (list []rag.Suggestion, err error) {
		asked, err := s.mostAsked(ctx, id)
		if err != nil {
			return nil, err
		}
		err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlSuggestions, id.UUID, language, n, s.now(), asked)
			if err != nil {
				return err
			}
			list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Suggestion])
			return err
		})
		return list, err
	})
}

// mostAsked returns the entries that shoppers ask for, the most asked first.
func (s *Shops) mostAsked(ctx context.Context, id tenant.ID) ([]rag.EntryID, error) {
	return within(ctx, s, askedAge, s.ranks, id, func(ctx context.Context) (ranked []rag.EntryID, err error) {
		err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
			rows, err := tx.Query(ctx, sqlMostAsked, id.UUID, s.now().Add(-askedSince), askedOften, askedMost)
			if err != nil {
				return err
			}
			ranked, err = pgx.CollectRows(rows, pgx.RowTo[rag.EntryID])
			return err
		})
		return ranked, err
	})
}
