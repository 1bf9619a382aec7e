package ragpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

var _ rag.History = (*Conversations)(nil)

type topicKey struct {
	tenant       tenant.ID
	conversation uuid.UUID
}

// topics is bounded by this many conversations, each with a few hundred bytes;
// an older one's last question is read from the database.
const topicsSize = 1 << 14

// topicPatience bounds that read: without it the question stands for itself.
const topicPatience = 300 * time.Millisecond

// SetTopic implements rag.History.
func (c *Conversations) SetTopic(id tenant.ID, conversation uuid.UUID, t rag.Topic) {
	key := topicKey{id, conversation}
	if t.Question == "" {
		old, known := c.topics.Get(key)
		if !known {
			return // the database knows both
		}
		old.Clarified = t.Clarified
		t = old
	}
	c.topics.Add(key, t)
}

// Topic implements rag.History. What is not in memory (after a restart, or the
// turn went to another process) is the last stored question that entries were
// found for, without its entry, the product told of, and whether the last reply offered a choice.
// Error: rag.ErrStorage.
func (c *Conversations) Topic(ctx context.Context, id tenant.ID, conversation uuid.UUID) (rag.Topic, error) {
	key := topicKey{id, conversation}
	if t, ok := c.topics.Get(key); ok {
		return t, nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.Patience)
	defer cancel()
	var t rag.Topic
	err := c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlTopic, id.UUID, conversation).Scan(&t.Question, &t.Clarified, &t.SKU)
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return rag.Topic{}, fmt.Errorf("%w: %w", rag.ErrStorage, err)
	}
	c.topics.ContainsOrAdd(key, t)
	return t, nil
}

const sqlTopic = `
	SELECT q.text, b.decision = 'clarify' AND NOT EXISTS (
		SELECT FROM message l
		WHERE l.tenant_id = $1 AND l.conversation_id = $2 AND l.author = 'bot' AND l.decision <> 'small_talk'
		  AND (l.created_at, l.id) > (b.created_at, b.id)),
	       CASE WHEN jsonb_array_length(b.products) = 1 THEN b.products -> 0 ->> 'sku' ELSE '' END
	FROM message b
	JOIN message q ON q.tenant_id = b.tenant_id AND q.conversation_id = b.conversation_id
	              AND q.client_key = b.client_key AND q.author = 'shopper'
	WHERE b.tenant_id = $1 AND b.conversation_id = $2 AND b.author = 'bot' AND b.decision IN ('direct', 'composed', 'clarify')
	ORDER BY b.created_at DESC, b.id DESC LIMIT 1`
