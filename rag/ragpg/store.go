package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"storebot/rag"
	"storebot/tenant"
)

// A stored is an entry on its way into the tables.
type stored struct {
	id       rag.EntryID
	content  rag.Content
	hash     rag.Hash
	question rag.Hash

	position  int64 // of one that comes back to its place; 0: the last
	createdAt time.Time
}

// Row-level security forbids COPY, so rows go in as arrays, a statement a table.
// All arrays of one are of one length; beside each other in the list they need no
// copy of all rows first, and keep their order.
const (
	sqlInsertEntries = `
		INSERT INTO entry (tenant_id, id, question, answer, category, language, content_hash, question_hash, change_id)
		SELECT $1, unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
		       unnest($7::bytea[]), unnest($8::bytea[]), $9::uuid`

	// The same with terms, which few sheets have.
	sqlInsertTermed = `
		INSERT INTO entry (tenant_id, id, question, answer, category, language, content_hash, question_hash, change_id, state, valid_from, valid_until)
		SELECT $1, unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]),
		       unnest($7::bytea[]), unnest($8::bytea[]), $9::uuid, unnest($10::text[]), unnest($11::timestamptz[]), unnest($12::timestamptz[])`

	sqlReinsertEntry = `
		INSERT INTO entry (tenant_id, id, position, question, answer, category, language, content_hash, question_hash, change_id,
		                   state, valid_from, valid_until, created_at)
		OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`

	sqlUpdateEntry = `
		UPDATE entry
		SET question = $3, answer = $4, category = $5, language = $6, content_hash = $7, question_hash = $8, updated_at = now(),
		    change_id = $9, state = $10, valid_from = $11, valid_until = $12
		WHERE tenant_id = $1 AND id = $2`

	sqlDeletePhrasings = `DELETE FROM phrasing WHERE tenant_id = $1 AND entry_id = $2`

	sqlInsertPhrasings = `
		INSERT INTO phrasing (tenant_id, id, entry_id, ordinal, text)
		SELECT $1, unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::int[]), unnest($5::text[])`

	sqlInsertVectors = `
		INSERT INTO embedding (tenant_id, model, phrasing_id, vector) SELECT $1, $2, unnest($3::uuid[]), unnest($4::halfvec[])`
)

// store inserts created (all of them as the last ones, or all at their places)
// and overwrites updated as part of a change, with their phrasings, keeping what
// the latter were; and with their vectors where the embedder of this process
// makes them. These are made while the texts go in.
func (k *Knowledge) store(ctx context.Context, tx pgx.Tx, id tenant.ID, model string, change uuid.UUID, created, updated []stored) error {
	all := append(created[:len(created):len(created)], updated...)
	if len(all) == 0 {
		return nil
	}
	var phrasings phrasingColumns
	for _, e := range all {
		phrasings.add(e.id, 0, e.content.Question)
		for i, p := range e.content.Phrasings {
			phrasings.add(e.id, i+1, p)
		}
	}
	embedded := func() (wired, error) { return nil, nil }
	if inline := k.Inline.Model(); inline == model || inline == k.Target() {
		if err := vectorTypes(ctx, tx); err != nil {
			return err
		}
		embedded = k.embed(ctx, newVectorWire(tx), phrasings.texts)
	}
	// Whatever happens, what was started must have ended before the return.
	textsErr := k.storeTexts(ctx, tx, id, change, created, updated, phrasings)
	vectors, err := embedded()
	if textsErr != nil {
		return textsErr
	}
	if err != nil {
		return fmt.Errorf("embed with %s: %w", k.Inline.Model(), err)
	}
	if vectors == nil {
		return nil
	}
	if _, err := tx.Exec(ctx, sqlInsertVectors, id.UUID, k.Inline.Model(), phrasings.ids, vectors); err != nil {
		return fmt.Errorf("insert vectors: %w", err)
	}
	return nil
}

func (k *Knowledge) storeTexts(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, created, updated []stored, phrasings phrasingColumns) error {
	if len(created) > 0 && created[0].position > 0 {
		if err := reinsertEntries(ctx, tx, id, change, created); err != nil {
			return err
		}
	} else if len(created) > 0 {
		if err := insertEntries(ctx, tx, id, change, created); err != nil {
			return err
		}
	}
	if len(updated) > 0 {
		if err := keep(ctx, tx, id, change, false, ids(updated)); err != nil {
			return err
		}
		var b pgx.Batch
		for i := range updated {
			e := &updated[i]
			b.Queue(sqlUpdateEntry, id.UUID, e.id, e.content.Question, e.content.Answer, e.content.Category, e.content.Language, e.hash[:], e.question[:],
				change, e.content.Terms.State, moment(e.content.Terms.From), moment(e.content.Terms.Until))
			b.Queue(sqlDeletePhrasings, id.UUID, e.id)
		}
		if err := tx.SendBatch(ctx, &b).Close(); err != nil {
			return fmt.Errorf("update entries: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, sqlInsertPhrasings, id.UUID, phrasings.ids, phrasings.entries, phrasings.ordinals, phrasings.texts); err != nil {
		return fmt.Errorf("insert phrasings: %w", err)
	}
	return nil
}

// embed starts embedding texts and returns what waits for the vectors.
func (k *Knowledge) embed(ctx context.Context, wire vectorWire, texts []string) func() (wired, error) {
	type outcome struct {
		vectors wired
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		var encoded wired
		vectors, err := k.Inline.EmbedPassages(ctx, texts)
		if err == nil {
			encoded, err = wire.encode(vectors)
		}
		done <- outcome{encoded, err}
	}()
	return func() (wired, error) {
		o := <-done
		return o.vectors, o.err
	}
}

type phrasingColumns struct {
	ids, entries []pgtype.UUID // as pgx encodes it fastest
	ordinals     []int32
	texts        []string
}

func (c *phrasingColumns) add(entry rag.EntryID, ordinal int, text string) {
	// Version 7 ids grow, so a shop's rows lie together in the index.
	c.ids = append(c.ids, pgtype.UUID{Bytes: uuid.Must(uuid.NewV7()), Valid: true})
	c.entries = append(c.entries, pgtype.UUID{Bytes: entry, Valid: true})
	c.ordinals = append(c.ordinals, int32(ordinal))
	c.texts = append(c.texts, text)
}

func ids(list []stored) []uuid.UUID {
	all := make([]uuid.UUID, len(list))
	for i := range list {
		all[i] = list[i].id
	}
	return all
}

// moment is a time as its column holds it.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// usual are the terms that entry has by itself.
var usual = rag.Terms{State: rag.Published}

func insertEntries(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, list []stored) error {
	ids := make([]pgtype.UUID, len(list))
	texts := [4][]string{}
	var hashes, questions [][]byte
	termed := false
	for i := range list {
		e := &list[i]
		ids[i] = pgtype.UUID{Bytes: e.id, Valid: true}
		for c, text := range [4]string{e.content.Question, e.content.Answer, e.content.Category, e.content.Language} {
			texts[c] = append(texts[c], text)
		}
		hashes = append(hashes, e.hash[:])
		questions = append(questions, e.question[:])
		termed = termed || e.content.Terms != usual
	}
	sql, args := sqlInsertEntries, []any{id.UUID, ids, texts[0], texts[1], texts[2], texts[3], hashes, questions, change}
	if termed {
		states, from, until := make([]string, len(list)), make([]*time.Time, len(list)), make([]*time.Time, len(list))
		for i := range list {
			t := list[i].content.Terms
			states[i], from[i], until[i] = string(t.State), moment(t.From), moment(t.Until)
		}
		sql, args = sqlInsertTermed, append(args, states, from, until)
	}
	if _, err := tx.Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("insert entries: %w", err)
	}
	return nil
}

func reinsertEntries(ctx context.Context, tx pgx.Tx, id tenant.ID, change uuid.UUID, list []stored) error {
	var b pgx.Batch
	for i := range list {
		e := &list[i]
		c, t := &e.content, &e.content.Terms
		b.Queue(sqlReinsertEntry, id.UUID, e.id, e.position, c.Question, c.Answer, c.Category, c.Language, e.hash[:], e.question[:],
			change, t.State, moment(t.From), moment(t.Until), e.createdAt)
	}
	if err := tx.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("put entries back: %w", err)
	}
	return nil
}
