package ragpg

import (
	"context"
	"encoding/json"
	"errors"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

var _ rag.Replies = (*Writer)(nil)

type replyKey struct {
	tenant       tenant.ID
	conversation uuid.UUID
	key          uuid.UUID
}

// answered is a stored reply with the question that got it.
type answered struct {
	question string
	reply    rag.Reply
}

// to is the reply to a repeated question. Error: rag.ErrKeyReused if it is another.
func (a answered) to(question string) (rag.Reply, bool, error) {
	if rag.Mask(a.question) != rag.Mask(question) { // what is masked depends on who had the conversation
		return rag.Reply{}, true, rag.ErrKeyReused
	}
	return a.reply, true, nil
}

// repliesSize is how many of the latest replies are at hand, each with a few
// hundred bytes: a client asks again within seconds.
const repliesSize = 1 << 13

// Recall implements rag.Replies.
func (w *Writer) Recall(ctx context.Context, id tenant.ID, q rag.Question) (rag.Reply, bool, error) {
	question := rag.Mask(q.Text)
	if known, ok := w.replies.Get(replyKey{id, q.Conversation, q.ClientKey}); ok {
		return known.to(question)
	}
	if !q.Retry {
		return rag.Reply{}, false, nil
	}
	look, cancel := context.WithTimeout(ctx, w.Patience)
	defer cancel()
	stored, err := w.stored(look, id, q.Conversation, q.ClientKey)
	if err != nil { // not there, or not to be read now: the write will tell
		return rag.Reply{}, false, nil
	}
	return stored.to(question)
}

// stored reads the reply of an earlier turn with a client key. Error:
// rag.ErrNotFound, rag.ErrStorage.
func (w *Writer) stored(ctx context.Context, id tenant.ID, conversation, key uuid.UUID) (a answered, err error) {
	r := &a.reply
	err = w.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		var first, total int64
		var sources, found []byte
		var questionID uuid.UUID
		var answered bool
		err := tx.QueryRow(ctx, sqlStoredTurn, id.UUID, conversation, key).Scan(&a.question, &questionID, &answered, &r.ID, &r.Text, &r.Language,
			&r.Decision, &r.Reason, &r.Confidence, &r.Engine, &r.Version, &r.Interrupted, &first, &total,
			&r.AskedAs, &r.Composing, &sources, &found, &r.Products)
		if err != nil {
			return err
		}
		if !answered {
			*r = handedOver(questionID, "")
			return nil
		}
		r.Timings = rag.Timings{FirstWords: micro(first), Total: micro(total)}
		if r.Sources, err = entriesOf(sources); err == nil {
			r.Found, err = entriesOf(found)
		}
		return err
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return answered{}, rag.ErrNotFound
	case err != nil:
		return answered{}, storageError(err)
	}
	if r.Reason == rag.ReasonWhichProduct {
		r.Suggestions = product.Names(r.Products)
	}
	if r.Decision == rag.Clarify {
		for _, m := range r.Found {
			r.Suggestions = append(r.Suggestions, m.Entry.Question)
		}
	}
	return a, nil
}

// entriesOf reads entries of sqlStoredTurn.
func entriesOf(list []byte) (out []rag.Match, err error) {
	var entries []*rag.Entry
	if err := json.Unmarshal(list, &entries); err != nil {
		return nil, err
	}
	for _, e := range entries {
		out = append(out, rag.Match{Entry: e})
	}
	return out, nil
}

// Entries that were deleted since are left out.
const (
	storedEntries = `
		coalesce((SELECT jsonb_agg(jsonb_build_object('ID', e.id, 'Question', e.question, 'Answer', e.answer, 'Category', e.category, 'Language', e.language) ORDER BY u.n)
		          FROM unnest(`
	ofTheTurn = `) WITH ORDINALITY AS u (id, n) JOIN entry e ON e.tenant_id = $1 AND e.id = u.id), '[]')`

	sqlStoredTurn = `
		SELECT q.text, q.id, b.id IS NOT NULL, coalesce(b.id, q.id), coalesce(b.text, ''), coalesce(b.language, ''),
		       coalesce(b.decision, ''), coalesce(b.reason, ''), coalesce(b.confidence, 0), coalesce(b.engine, ''),
		       coalesce(b.knowledge_version, 0), coalesce(b.interrupted, false), coalesce(b.first_words_us, 0), coalesce(b.total_us, 0),
		       coalesce(b.asked_as, ''), coalesce(b.composing, ''),` +
		storedEntries + `b.entry_ids` + ofTheTurn + `,` + storedEntries + `b.found_ids` + ofTheTurn + `, b.products
		FROM message q
		LEFT JOIN message b ON b.tenant_id = q.tenant_id AND b.conversation_id = q.conversation_id
		                   AND b.client_key = q.client_key AND b.author = 'bot'
		WHERE q.tenant_id = $1 AND q.conversation_id = $2 AND q.client_key = $3 AND q.author = 'shopper'`
)
