package platformpg

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/tenant"
)

const sqlRows = `
	SELECT t.id, t.slug, t.name, t.status, t.created_at, t.delete_at, t.deleted_at, t.receipt,
	       coalesce(u.messages, 0), coalesce(h.entries, 0), coalesce(u.model_us, 0) / 1000000, coalesce(h.storage_bytes, 0),
	       q.messages_month, q.entries, q.model_seconds, q.storage_bytes,
	       (SELECT count(*) FROM identity.member m WHERE m.tenant_id = t.id),
	       (SELECT max(s.last_seen_at) FROM identity.session s WHERE s.tenant_id = t.id AND s.expires_at > now()),
	       (SELECT max(a.asked_at) FROM identity.usage a WHERE a.tenant_id = t.id)
	FROM identity.tenant t
	LEFT JOIN identity.usage u ON u.tenant_id = t.id AND u.month = date_trunc('month', now() AT TIME ZONE 'UTC')::date
	LEFT JOIN identity.holding h ON h.tenant_id = t.id
	LEFT JOIN identity.quota q ON q.tenant_id = t.id
	WHERE ($1 = '' OR position(lower($1) IN lower(t.name)) > 0 OR position(lower($1) IN t.slug) > 0)
	  AND ($2 = '' OR $2 = CASE WHEN t.delete_at IS NOT NULL THEN 'deleting' ELSE t.status END)
	  AND t.slug > $3
	ORDER BY t.slug LIMIT $4`

const sqlRowCount = `
	SELECT count(*) FROM identity.tenant t
	WHERE ($1 = '' OR position(lower($1) IN lower(t.name)) > 0 OR position(lower($1) IN t.slug) > 0)
	  AND ($2 = '' OR $2 = CASE WHEN t.delete_at IS NOT NULL THEN 'deleting' ELSE t.status END)`

// Rows returns shops by slug, and how many there are in all.
func (s *Store) Rows(ctx context.Context, q tenant.RowQuery) (out []tenant.Row, total int64, err error) {
	err = s.db.Identity(ctx, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, sqlRowCount, q.Search, q.Status).Scan(&total); err != nil {
			return err
		}
		rows, _ := tx.Query(ctx, sqlRows, q.Search, q.Status, q.After, q.Limit)
		out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r tenant.Row, err error) {
			var gone, deleted, seen, asked *time.Time
			u, l := &r.Usage, &r.Quota
			err = row.Scan(&r.ID, &r.Slug, &r.Name, &r.Status, &r.CreatedAt, &gone, &deleted, &r.Deleted.Rows,
				&u.Messages, &u.Entries, &u.ModelSeconds, &u.Storage, &l.Messages, &l.Entries, &l.ModelSeconds, &l.Storage,
				&r.Members, &seen, &asked)
			r.DeleteAt, r.MemberSeenAt, r.AskedAt = zero(gone), zero(seen), zero(asked)
			r.Deleted.Tenant, r.Deleted.At = r.ID, zero(deleted)
			return r, err
		})
		return err
	})
	return out, total, err
}

const sqlSetStatus = `
	UPDATE identity.tenant SET status = $2 WHERE id = $1 AND status <> 'deleted'`

// SetStatusAs suspends or resumes a shop.
func (s *Store) SetStatusAs(ctx context.Context, status tenant.Status, a tenant.Act) error {
	return s.acted(ctx, a, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlSetStatus, a.Tenant, status))
	})
}

const sqlQuota = `
	SELECT q.messages_month, q.entries, q.model_seconds, q.storage_bytes
	FROM identity.tenant t LEFT JOIN identity.quota q ON q.tenant_id = t.id
	WHERE t.id = $1 AND t.status <> 'deleted'`

const sqlSetQuota = `
	INSERT INTO identity.quota (tenant_id, messages_month, entries, model_seconds, storage_bytes) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (tenant_id) DO UPDATE SET messages_month = excluded.messages_month, entries = excluded.entries,
	    model_seconds = excluded.model_seconds, storage_bytes = excluded.storage_bytes, updated_at = now()`

// SetQuotaAs replaces a shop's quota; the audit says what it was before.
func (s *Store) SetQuotaAs(ctx context.Context, q tenant.Quota, a tenant.Act) error {
	return s.db.Identity(ctx, func(tx pgx.Tx) error {
		var old tenant.Quota
		err := tx.QueryRow(ctx, sqlQuota, a.Tenant).Scan(&old.Messages, &old.Entries, &old.ModelSeconds, &old.Storage)
		if err != nil {
			return found(err)
		}
		if _, err := tx.Exec(ctx, sqlSetQuota, a.Tenant, q.Messages, q.Entries, q.ModelSeconds, q.Storage); err != nil {
			return err
		}
		a.Detail = difference(old, q)
		return note(ctx, tx, a)
	})
}

// difference says what changed, as "messages_month none -> 1000".
func difference(old, now tenant.Quota) string {
	text := func(n *int64) string {
		if n == nil {
			return "none"
		}
		return fmt.Sprint(*n)
	}
	var out []string
	for _, one := range []struct {
		what     tenant.Resource
		old, now *int64
	}{
		{tenant.Messages, old.Messages, now.Messages}, {tenant.Entries, old.Entries, now.Entries},
		{tenant.ModelSeconds, old.ModelSeconds, now.ModelSeconds}, {tenant.Storage, old.Storage, now.Storage},
	} {
		if before, after := text(one.old), text(one.now); before != after {
			out = append(out, fmt.Sprintf("%s %s -> %s", one.what, before, after))
		}
	}
	return strings.Join(out, ", ")
}

const sqlAddVisit = `
	INSERT INTO identity.visit (id, token_hash, tenant_id, admin_email, reason, expires_at)
	SELECT $2, $3, id, $4, $5, now() + $6::interval FROM identity.tenant WHERE id = $1 AND status <> 'deleted'
	RETURNING expires_at`

// AddVisit opens a shop to its holder.
func (s *Store) AddVisit(ctx context.Context, hash tenant.Hash, life time.Duration, a tenant.Act) (expires time.Time, err error) {
	err = s.acted(ctx, a, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlAddVisit, a.Tenant, uuid.New(), hash[:], a.Admin, a.Reason, life).Scan(&expires)
	})
	return expires, found(err)
}

const sqlAddReset = `
	INSERT INTO identity.reset (token_hash, account_id, expires_at)
	SELECT $2, id, now() + $3::interval FROM identity.account WHERE lower(email) = lower($1)`

// AddResetAs makes a link to a new password.
func (s *Store) AddResetAs(ctx context.Context, email string, hash tenant.Hash, life time.Duration, a tenant.Act) error {
	return s.acted(ctx, a, func(tx pgx.Tx) error {
		return changed(tx.Exec(ctx, sqlAddReset, email, hash[:], life))
	})
}
