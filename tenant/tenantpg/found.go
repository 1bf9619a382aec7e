package tenantpg

import (
	"context"

	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlAddTenant = `
	INSERT INTO identity.tenant (id, slug, name, status) VALUES ($1, $2, $3, $4)`

const sqlAddShop = `
	INSERT INTO shop (tenant_id, language, time_zone, publishable_key) VALUES ($1, $2, $3, $4)`

const sqlAddKey = `
	INSERT INTO identity.key (key_hash, tenant_id, allowed_origins) VALUES ($1, $2, $3)`

const sqlAddAccount = `
	INSERT INTO identity.account (id, email, password_hash) VALUES ($1, $2, $3)`

const sqlAddMember = `
	INSERT INTO identity.member (tenant_id, account_id, role) VALUES ($1, $2, $3)`

// Found stores a new shop, its key, and its owner and session if there are any,
// in one transaction of the new tenant.
func (s *Store) Found(ctx context.Context, f tenant.Founded) error {
	id := f.Shop.ID
	err := s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(sqlAddTenant, id, f.Shop.Slug, f.Shop.Name, f.Shop.Status)
		batch.Queue(sqlAddShop, id, f.Shop.Language, f.Shop.TimeZone, f.Shop.Key)
		batch.Queue(sqlAddKey, f.KeyHash[:], id, f.Shop.AllowedOrigins)
		if f.Owner != nil {
			batch.Queue(sqlAddAccount, f.Owner.ID, f.Owner.Email, f.Owner.PasswordHash)
			batch.Queue(sqlAddMember, id, f.Owner.ID, tenant.Owner)
		}
		if f.Session != nil {
			batch.Queue(sqlAddSession, f.Session.Hash[:], f.Session.Account, id, f.Session.UserAgent, f.Life)
		}
		return tx.SendBatch(ctx, &batch).Close()
	})
	switch taken(err) {
	case "tenant_slug_key":
		return tenant.ErrSlugTaken
	case "account_email":
		return tenant.ErrEmailTaken
	}
	return err
}
