package ragpg

import (
	"context"

	"storebot/rag"
	"storebot/tenant"

	"github.com/jackc/pgx/v5"
)

// Face returns how a shop's widget looks and which pages are the shop's own.
// Errors: as of Shop.
func (s *Shops) Face(ctx context.Context, id tenant.ID) (rag.Face, error) {
	return recent(ctx, s, s.faces, id, func(ctx context.Context) (f rag.Face, err error) {
		err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
			return tx.QueryRow(ctx, sqlFace, id.UUID).Scan(&f.Look.Color, &f.Look.Side, &f.Look.Label, &f.Look.Hosted, &f.Origins)
		})
		return f, err
	})
}

const sqlFace = `
	SELECT coalesce(l.color, ''), coalesce(l.side, ''), coalesce(l.label, ''), coalesce(l.hosted, true), k.allowed_origins
	FROM identity.key k LEFT JOIN widget_look l ON l.tenant_id = k.tenant_id
	WHERE k.tenant_id = $1 AND k.revoked_at IS NULL`
