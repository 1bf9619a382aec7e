package ragpg

import (
	"context"

	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const sqlMailState = `
	SELECT count(*) FILTER (WHERE sent_at IS NOT NULL)::int, count(*) FILTER (WHERE failed_at IS NOT NULL AND sent_at IS NULL)::int,
	       coalesce((SELECT failure FROM notice WHERE tenant_id = $1
	                 ORDER BY coalesce(sent_at, failed_at, '-infinity') DESC LIMIT 1), '')
	FROM notice WHERE tenant_id = $1 AND created_at > now() - interval '30 days'`

// MailState returns what became of the mails to a shop's staff in the last 30 days.
func (h *Handovers) MailState(ctx context.Context, id tenant.ID) (m rag.MailState, err error) {
	m.Configured = h.Notify != nil
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlMailState, id.UUID).Scan(&m.Sent, &m.Failed, &m.LastFailure)
	})
	return m, storageError(err)
}
