package ragpg

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"
)

// commitTimeout bounds one group's commit.
const commitTimeout = 8 * time.Second

const foreignKeyViolation = "23503"

func micro(n int64) time.Duration { return time.Duration(n) * time.Microsecond }

// Conversations reads conversations, and stores what is not a turn.
type Conversations struct {
	// Patience is how long a topic may be looked for in the database.
	Patience time.Duration

	db     *tenantpg.DB
	writer *Writer
	opened *lru.Cache[openKey, rag.Conversation]
	topics *lru.Cache[topicKey, rag.Topic]

	// Calibrations is asked with each new label; nil: the next sweep finds it.
	Calibrations Calibrations
}

type openKey struct {
	tenant tenant.ID
	token  rag.ConversationToken
}

// opened is bounded by this many conversations; a conversation of the last
// minutes is found there without a round trip.
const openedSize = 1 << 16

// NewConversations returns Conversations whose writes go through w.
func NewConversations(db *tenantpg.DB, w *Writer) *Conversations {
	c, err := lru.New[openKey, rag.Conversation](openedSize)
	if err != nil {
		panic(err) // only a size below one
	}
	topics, err := lru.New[topicKey, rag.Topic](topicsSize)
	if err != nil {
		panic(err)
	}
	return &Conversations{Patience: topicPatience, db: db, writer: w, opened: c, topics: topics}
}

// Start stores a new conversation and returns the token that opens it.
func (c *Conversations) Start(ctx context.Context, id tenant.ID, conv rag.Conversation) (rag.ConversationToken, error) {
	token, convID := rag.NewConversationToken()
	_, hash, err := token.Parse()
	if err != nil {
		return "", err
	}
	conv.ID = convID
	if err := c.writer.StartConversation(ctx, id, conv, hash); err != nil {
		return "", err
	}
	c.opened.Add(openKey{id, token}, conv)
	c.topics.Add(topicKey{id, convID}, rag.Topic{}) // there is none to be read
	return token, nil
}

// Open returns the conversation that token opens in this tenant.
// Error: rag.ErrNotFound, whether the id or the secret is wrong.
func (c *Conversations) Open(ctx context.Context, id tenant.ID, token rag.ConversationToken) (rag.Conversation, error) {
	if conv, ok := c.opened.Get(openKey{id, token}); ok {
		return conv, nil
	}
	convID, hash, err := token.Parse()
	if err != nil {
		return rag.Conversation{}, err
	}
	conv := rag.Conversation{ID: convID}
	var stored []byte
	var state rag.State
	err = c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlConversation, id.UUID, convID).Scan(&stored, &conv.Language, &conv.Origin, &state)
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return rag.Conversation{}, rag.ErrNotFound
	case err != nil:
		return rag.Conversation{}, fmt.Errorf("%w: %w", rag.ErrStorage, err)
	case subtle.ConstantTimeCompare(stored, hash) == 0:
		return rag.Conversation{}, rag.ErrNotFound
	}
	// A process that has just started does not know yet whom the bot must leave to
	// people. What somebody has taken since the row was read stays theirs.
	if state == rag.Waiting || state == rag.ByStaff {
		c.writer.Handovers.hold(id, convID, state)
	}
	c.opened.Add(openKey{id, token}, conv)
	return conv, nil
}

const sqlConversation = `
	SELECT token_hash, language, origin, state FROM conversation WHERE tenant_id = $1 AND id = $2`

// Messages returns a conversation's messages, oldest first, at most the last 200.
func (c *Conversations) Messages(ctx context.Context, id tenant.ID, conversation uuid.UUID) ([]rag.Message, error) {
	var out []rag.Message
	err := c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		var err error
		out, err = messagesOf(ctx, tx, id, conversation)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", rag.ErrStorage, err)
	}
	return out, nil
}

func messagesOf(ctx context.Context, tx pgx.Tx, id tenant.ID, conversation uuid.UUID) ([]rag.Message, error) {
	rows, err := tx.Query(ctx, sqlMessages, id.UUID, conversation)
	if err != nil {
		return nil, err
	}
	out, err := pgx.CollectRows(rows, pgx.RowToStructByName[rag.Message])
	if err != nil {
		return nil, err
	}
	return out, addSources(ctx, tx, id, out)
}

const sqlMessages = `
	SELECT id, author, text, decision, created_at, rating, note, position, entry_ids, products FROM (
		SELECT id, author, text, coalesce(decision, '') AS decision, created_at, coalesce(rating, 0) AS rating,
		       CASE WHEN author = 'system' THEN reason ELSE '' END AS note, coalesce(position, 0) AS position,
		       CASE decision WHEN 'composed' THEN entry_ids END AS entry_ids, products
		FROM message WHERE tenant_id = $1 AND conversation_id = $2
		ORDER BY created_at DESC, id DESC LIMIT 200
	) AS latest ORDER BY created_at, id`

// Rate stores whether a reply helped: 1 or -1; the last word counts, as a label too.
// Error: rag.ErrNotFound unless the message is a reply of this conversation.
func (c *Conversations) Rate(ctx context.Context, id tenant.ID, conversation, message uuid.UUID, rating int) error {
	return storageError(c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlRate, id.UUID, conversation, message, rating)
		if err == nil && tag.RowsAffected() == 0 {
			err = rag.ErrNotFound
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlNoteRating, id.UUID, message, rating); err != nil {
			return err
		}
		if err := LabelMessage(ctx, tx, id, message, LabelShopper, rating > 0); err != nil || c.Calibrations == nil {
			return err
		}
		return c.Calibrations.Calibrate(ctx, tx, id)
	}))
}

// A question whose answer did not help is a gap until it did.
const sqlNoteRating = `
	WITH asked AS (
		SELECT q.id, q.text, q.language, q.created_at
		FROM message b
		JOIN message q ON q.tenant_id = $1 AND q.conversation_id = b.conversation_id AND q.client_key = b.client_key AND q.author = 'shopper'
		WHERE b.tenant_id = $1 AND b.id = $2 AND b.decision <> 'small_talk'
	), forgiven AS (
		DELETE FROM gap g USING asked a
		WHERE $3 > 0 AND g.tenant_id = $1 AND g.message_id = a.id AND g.kind = 'not_helpful' AND g.state = 'open'
	)
	INSERT INTO gap (tenant_id, id, message_id, question, language, kind, created_at)
	SELECT $1, gen_random_uuid(), id, text, language, 'not_helpful', created_at FROM asked WHERE $3 < 0
	ON CONFLICT (tenant_id, message_id) DO NOTHING`

const sqlRate = `
	UPDATE message SET rating = $4, rated_at = now() WHERE tenant_id = $1 AND conversation_id = $2 AND id = $3 AND author = 'bot'`

func (c *Conversations) exec(ctx context.Context, id tenant.ID, sql string, args ...any) error {
	return storageError(c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sql, args...)
		if err == nil && tag.RowsAffected() == 0 {
			return rag.ErrNotFound
		}
		return err
	}))
}
