package ragpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

const (
	sqlLastReply = `
		SELECT decision, reason FROM message
		WHERE tenant_id = $1 AND conversation_id = $2 AND author = 'bot' ORDER BY created_at DESC, id DESC LIMIT 1`

	sqlInsertContact = `
		INSERT INTO contact (tenant_id, id, conversation_id, name, reach, note, client_key, consent)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (tenant_id, conversation_id, client_key) DO NOTHING`

	sqlContactByKey = `
		SELECT name = $4 AND reach = $5 AND note = $6 FROM contact
		WHERE tenant_id = $1 AND conversation_id = $2 AND client_key = $3`

	sqlInsertNotice = `INSERT INTO notice (tenant_id, id, conversation_id, kind) VALUES ($1, $2, $3, $4)`
)

// RequestPerson hands a conversation over and returns where it stands. reason is
// what the shopper's side knows, or "": then the last reply tells. Asked
// again it changes nothing. Error: rag.ErrNotFound.
func (h *Handovers) RequestPerson(ctx context.Context, id tenant.ID, conv rag.Conversation, reason string, now time.Time) (rag.Standing, error) {
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return rag.Standing{}, err
	}
	hold, err := h.within(ctx, id, conv.ID, func(l *locked) error {
		return h.ask(ctx, l, shop, conv, reason, rag.NoticeWaiting, now)
	})
	if err != nil {
		return rag.Standing{}, err
	}
	return h.stand(ctx, shop, conv, hold, now)
}

// LeaveContact stores how a shopper can be reached, hands the conversation over
// and returns where it stands. A second time with the same key nothing is
// stored. Errors: rag.ErrNotFound; rag.ErrKeyReused when the first was another contact.
func (h *Handovers) LeaveContact(ctx context.Context, id tenant.ID, conv rag.Conversation, c rag.Contact, now time.Time) (rag.Standing, error) {
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return rag.Standing{}, err
	}
	if c.ClientKey == uuid.Nil {
		c.ClientKey = uuid.NewSHA1(conv.ID, fmt.Appendf(nil, "%q %q %q", c.Name, c.Reach, c.Note))
	}
	hold, err := h.within(ctx, id, conv.ID, func(l *locked) error {
		tag, err := l.tx.Exec(ctx, sqlInsertContact, id.UUID, uuid.Must(uuid.NewV7()), conv.ID, c.Name, c.Reach, c.Note, c.ClientKey, c.Consent)
		if err != nil {
			return fmt.Errorf("insert contact: %w", err)
		}
		if tag.RowsAffected() == 0 {
			var same bool
			err := l.tx.QueryRow(ctx, sqlContactByKey, id.UUID, conv.ID, c.ClientKey, c.Name, c.Reach, c.Note).Scan(&same)
			if err == nil && !same {
				err = rag.ErrKeyReused
			}
			return err
		}
		return h.ask(ctx, l, shop, conv, "", rag.NoticeContact, now)
	})
	if err != nil {
		return rag.Standing{}, err
	}
	return h.stand(ctx, shop, conv, hold, now)
}

// ask hands over and has staff told. A contact is told of even when people have
// the conversation already.
func (h *Handovers) ask(ctx context.Context, l *locked, shop rag.Shop, conv rag.Conversation, reason, notice string, now time.Time) error {
	if reason == "" {
		var decision rag.Decision
		err := l.tx.QueryRow(ctx, sqlLastReply, l.tenant.UUID, l.conversation).Scan(&decision, &reason)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("last reply: %w", err)
		}
		reason = rag.HandOverReason(decision, reason)
	}
	asking := rag.NewAsking(shop, reason, conv.Language, now)
	asked, err := l.do(ctx, rag.Deed{Kind: rag.HandOver, Reason: reason}, &asking)
	if err != nil || !asked && notice != rag.NoticeContact {
		return err
	}
	if !asked {
		l.Position++
		if err := l.store(ctx, false, false); err != nil {
			return err
		}
	}
	return notify(ctx, l, h.Notify, notice)
}

// notify stores a notice and has it sent.
func notify(ctx context.Context, l *locked, send func(context.Context, pgx.Tx, tenant.ID, uuid.UUID) error, kind string) error {
	if send == nil {
		return nil
	}
	notice := uuid.Must(uuid.NewV7())
	if err := l.exec(ctx, sqlInsertNotice, l.tenant.UUID, notice, l.conversation, kind); err != nil {
		return fmt.Errorf("insert notice: %w", err)
	}
	return send(ctx, l.tx, l.tenant, notice)
}

const (
	sqlHold = `
		SELECT state, coalesce(state_at, created_at), position FROM conversation WHERE tenant_id = $1 AND id = $2`

	sqlMessagesAfter = `
		SELECT id, author, text, '' AS decision, created_at, 0 AS rating, CASE author WHEN 'system' THEN reason ELSE '' END AS note, position,
		       '{}'::uuid[] AS entry_ids, NULL::jsonb AS products
		FROM message WHERE tenant_id = $1 AND conversation_id = $2 AND position > $3
		ORDER BY position LIMIT 200`

	// Only a wait that had somebody to end it tells how long the next may be.
	sqlWaitStats = `
		SELECT coalesce(percentile_cont(.5) WITHIN GROUP (ORDER BY first_reply_open_us), 0)::bigint, count(*)::int,
		       (SELECT count(*)::int FROM conversation WHERE tenant_id = $1 AND state = 'waiting' AND state_at < $2)
		FROM handover
		WHERE tenant_id = $1 AND asked_at > now() - interval '30 days' AND first_reply_open_us IS NOT NULL AND reason <> 'staff'`
)

// After returns a conversation's hold and its staff and system messages past
// a position, in order, at most 200. Error: rag.ErrNotFound.
func (h *Handovers) After(ctx context.Context, id tenant.ID, conversation uuid.UUID, position int) (hold rag.Hold, list []rag.Message, err error) {
	// The hold is read first: what is said between the two is past its position
	// and comes with the next call too.
	err = h.DB.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlHold, id.UUID, conversation).QueryRow(func(row pgx.Row) error {
			return row.Scan(&hold.State, &hold.Since, &hold.Position)
		})
		b.In(id, sqlMessagesAfter, id.UUID, conversation, position).Query(func(rows pgx.Rows) (err error) {
			list, err = pgx.CollectRows(rows, pgx.RowToStructByName[rag.Message])
			return err
		})
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return rag.Hold{}, nil, rag.ErrNotFound
	}
	return hold, list, storageError(err)
}

// Stand tells where a conversation stands. Error: rag.ErrNotFound.
func (h *Handovers) Stand(ctx context.Context, id tenant.ID, conv rag.Conversation, hold rag.Hold, now time.Time) (rag.Standing, error) {
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return rag.Standing{}, err
	}
	return h.stand(ctx, shop, conv, hold, now)
}

func (h *Handovers) stand(ctx context.Context, shop rag.Shop, conv rag.Conversation, hold rag.Hold, now time.Time) (rag.Standing, error) {
	var w rag.WaitStats
	if hold.State == rag.Waiting {
		err := h.DB.InTenant(ctx, shop.ID, func(tx pgx.Tx) error {
			var typical int64
			err := tx.QueryRow(ctx, sqlWaitStats, shop.ID.UUID, hold.Since).Scan(&typical, &w.N, &w.Ahead)
			w.Typical = micro(typical)
			return err
		})
		if err != nil {
			return rag.Standing{}, storageError(err)
		}
	}
	return rag.Stand(shop, hold, w, conv.Language, now), nil
}
