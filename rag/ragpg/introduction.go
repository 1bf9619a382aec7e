package ragpg

import (
	"context"
	"errors"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Introduce stores who the shopper of a conversation is and what the page
// shows, in the place of what was known. Error: rag.ErrNotFound.
func (c *Conversations) Introduce(ctx context.Context, id tenant.ID, conversation uuid.UUID, i rag.Introduction) error {
	return c.exec(ctx, id, sqlIntroduce, id.UUID, conversation, i.Shopper, i.SKU, i.Title, i.Price)
}

const sqlIntroduce = `
	INSERT INTO introduction (tenant_id, conversation_id, shopper, sku, title, price) VALUES ($1, $2, $3, $4, $5, $6)
	ON CONFLICT (tenant_id, conversation_id)
	DO UPDATE SET shopper = $3, sku = $4, title = $5, price = $6, updated_at = now()`

// Introduction returns what is known of a conversation's shopper and page; the
// zero Introduction when nothing is.
func (c *Conversations) Introduction(ctx context.Context, id tenant.ID, conversation uuid.UUID) (i rag.Introduction, err error) {
	err = c.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlIntroduction, id.UUID, conversation).Scan(&i.Shopper, &i.SKU, &i.Title, &i.Price)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return rag.Introduction{}, nil
	}
	return i, storageError(err)
}

const sqlIntroduction = `
	SELECT shopper, sku, title, price FROM introduction WHERE tenant_id = $1 AND conversation_id = $2`

// RateConversation stores how content the shopper was, 1 to 5; the last word
// counts. Error: rag.ErrNotFound.
func (c *Conversations) RateConversation(ctx context.Context, id tenant.ID, conversation uuid.UUID, score int) error {
	return c.exec(ctx, id, sqlRateConversation, id.UUID, conversation, score)
}

const sqlRateConversation = `
	INSERT INTO satisfaction (tenant_id, conversation_id, score) VALUES ($1, $2, $3)
	ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET score = $3, created_at = now()`

// Erase deletes a conversation with all that refers to it. Another process may
// hold it open for a while: what is written to it there finds no row and is
// refused as rag.ErrNotFound. Error: rag.ErrNotFound.
func (c *Conversations) Erase(ctx context.Context, id tenant.ID, token rag.ConversationToken) error {
	conversation, _, err := token.Parse()
	if err != nil {
		return err
	}
	if err := c.exec(ctx, id, sqlErase, id.UUID, conversation); err != nil {
		return err
	}
	c.opened.Remove(openKey{id, token})
	c.topics.Remove(topicKey{id, conversation})
	return nil
}

const sqlErase = `
	DELETE FROM conversation WHERE tenant_id = $1 AND id = $2`
