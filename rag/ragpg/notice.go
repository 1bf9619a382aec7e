package ragpg

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	sqlMailState = `
		SELECT count(*) FILTER (WHERE sent_at IS NOT NULL)::int, count(*) FILTER (WHERE failed_at IS NOT NULL AND sent_at IS NULL)::int,
		       coalesce((SELECT failure FROM notice WHERE tenant_id = $1 AND (sent_at IS NOT NULL OR failure <> '')
		                 ORDER BY coalesce(sent_at, failed_at, created_at) DESC LIMIT 1), '')
		FROM notice WHERE tenant_id = $1 AND created_at > now() - interval '30 days'`

	// That a conversation waits is told only while it does. Without addresses the
	// shop's owners are told.
	sqlNotice = `
		SELECT n.kind, n.conversation_id, t.name, s.language,
		       CASE WHEN cardinality(coalesce(h.notify, '{}')) > 0 THEN h.notify
		            ELSE ARRAY(SELECT a.email FROM identity.member m JOIN identity.account a ON a.id = m.account_id
		                       WHERE m.tenant_id = $1 AND m.role = 'owner' ORDER BY m.created_at LIMIT 10) END,
		       coalesce((SELECT text FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = n.conversation_id AND m.author = 'shopper'
		                 ORDER BY m.created_at DESC, m.id DESC LIMIT 1), '')
		FROM notice n
		JOIN conversation c ON c.tenant_id = $1 AND c.id = n.conversation_id
		JOIN shop s ON s.tenant_id = $1
		JOIN identity.tenant t ON t.id = n.tenant_id
		LEFT JOIN hours h ON h.tenant_id = $1
		WHERE n.tenant_id = $1 AND n.id = $2 AND n.sent_at IS NULL AND (n.kind = 'contact' OR c.state = 'waiting')`

	sqlNoticed = `
		UPDATE notice
		SET tries = tries + 1, failure = $3, sent_at = CASE WHEN $3 = '' THEN now() END, failed_at = CASE WHEN $3 <> '' AND $4 THEN now() END
		WHERE tenant_id = $1 AND id = $2`
)

// MailState returns what became of the mails to a shop's staff in the last 30 days.
func (h *Handovers) MailState(ctx context.Context, id tenant.ID) (m rag.MailState, err error) {
	m.Configured = h.Notify != nil
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlMailState, id.UUID).Scan(&m.Sent, &m.Failed, &m.LastFailure)
	})
	return m, storageError(err)
}

// Notice returns one that is still to be told, to at least one address. Error:
// rag.ErrNotFound when there is nothing to tell any more.
func (h *Handovers) Notice(ctx context.Context, id tenant.ID, notice uuid.UUID) (n rag.Notice, err error) {
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlNotice, id.UUID, notice).Scan(&n.Kind, &n.Conversation, &n.Shop, &n.Language, &n.To, &n.Question)
	})
	if errors.Is(err, pgx.ErrNoRows) || err == nil && len(n.To) == 0 {
		return rag.Notice{}, rag.ErrNotFound
	}
	// Who the shopper is stays inside.
	n.Question = rag.Mask(n.Question)
	return n, storageError(err)
}

// Noticed notes that a notice was sent (failure ""), or why not; final says that
// it is not tried again.
func (h *Handovers) Noticed(ctx context.Context, id tenant.ID, notice uuid.UUID, failure string, final bool) error {
	return storageError(h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlNoticed, id.UUID, notice, failure, final)
		return err
	}))
}
