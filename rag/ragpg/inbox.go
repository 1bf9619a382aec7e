package ragpg

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// A shopper waits from the asking for a person until the first reply, and
// afterwards from their first message that no reply followed.
const (
	waitingSince = `
		       CASE WHEN h.id IS NULL THEN NULL
		            WHEN h.replies = 0 AND h.reason <> 'staff' THEN h.asked_at
		            ELSE (SELECT min(m.created_at) FROM message m
		                  WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.author = 'shopper'
		                    AND m.created_at > coalesce((SELECT max(s.created_at) FROM message s
		                        WHERE s.tenant_id = $1 AND s.conversation_id = c.id AND s.author = 'staff'), h.asked_at))
		       END`

	unread = `
		       CASE WHEN h.id IS NULL THEN 0
		            ELSE (SELECT count(*) FROM message m
		                  WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.author = 'shopper'
		                    AND m.created_at > coalesce(c.read_at, '-infinity'))
		       END`

	handoverNow = `
		LEFT JOIN handover h ON h.tenant_id = $1 AND h.conversation_id = c.id AND h.ended_at IS NULL`
)

const talkColumns = `
		SELECT c.id, c.language, c.origin, c.state, coalesce(c.reason, ''), coalesce(c.owner_id, ` + nobody + `),
		       coalesce(c.outcome, ''), coalesce(c.state_at, c.created_at), c.position, c.created_at, coalesce(owner.email, ''),` + waitingSince + `,` + unread + `,
		       coalesce(last.author, ''), coalesce(last.text, ''), coalesce(last.created_at, c.created_at),
		       k.name, k.reach, k.note, k.created_at
		FROM conversation c` + handoverNow + `
		LEFT JOIN identity.member ON member.tenant_id = $1 AND member.account_id = c.owner_id
		LEFT JOIN identity.account AS owner ON owner.id = member.account_id
		LEFT JOIN LATERAL (
			SELECT m.author, m.text, m.created_at FROM message m
			WHERE m.tenant_id = $1 AND m.conversation_id = c.id AND m.author IN ('shopper', 'staff') ORDER BY m.created_at DESC, m.id DESC LIMIT 1) last ON true
		LEFT JOIN LATERAL (
			SELECT name, reach, note, created_at FROM contact
			WHERE tenant_id = $1 AND conversation_id = c.id ORDER BY created_at DESC LIMIT 1) k ON true`

const (
	sqlOpenTalks = `
		SELECT c.id, c.state, coalesce(c.owner_id, ` + nobody + `), coalesce(c.state_at, c.created_at),` + waitingSince + `,` + unread + `
		FROM conversation c` + handoverNow + `
		WHERE c.tenant_id = $1 AND c.state IN ('waiting', 'staff')`

	sqlOpenTalksOf = sqlOpenTalks + ` AND c.id = ANY($2::uuid[])`

	sqlTalksOf = talkColumns + `
		WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[])`

	sqlTalk = talkColumns + `
		WHERE c.tenant_id = $1 AND c.id = $2`

	sqlTalks = talkColumns + `
		WHERE c.tenant_id = $1 AND (c.created_at, c.id) < ($2, $3)
		  AND EXISTS (SELECT FROM message m WHERE m.tenant_id = $1 AND m.conversation_id = c.id)
		ORDER BY c.created_at DESC, c.id DESC LIMIT $4`
)

func scanTalk(row pgx.CollectableRow) (t rag.Talk, err error) {
	var waiting, left *time.Time
	var name, reach, note *string
	err = row.Scan(&t.ID, &t.Language, &t.Origin, &t.State, &t.Reason, &t.Owner, &t.Outcome, &t.Since, &t.Position, &t.CreatedAt, &t.OwnerEmail,
		&waiting, &t.Unread, &t.LastAuthor, &t.LastText, &t.LastAt, &name, &reach, &note, &left)
	if waiting != nil {
		t.WaitingSince = *waiting
	}
	if reach != nil {
		t.Contact = &rag.Contact{Name: *name, Reach: *reach, Note: *note, CreatedAt: *left}
	}
	return t, err
}

func scanOpenTalk(row pgx.CollectableRow) (t rag.OpenTalk, err error) {
	var waiting *time.Time
	if err = row.Scan(&t.ID, &t.State, &t.Owner, &t.Since, &waiting, &t.Unread); waiting != nil {
		t.WaitingSince = *waiting
	}
	return t, err
}

// OpenTalks returns what counting and choosing need of every talk that waits or is a
// person's, judged by the shop's hours, in no order.
func (h *Handovers) OpenTalks(ctx context.Context, id tenant.ID, now time.Time) ([]rag.OpenTalk, error) {
	return h.openTalks(ctx, id, now, sqlOpenTalks)
}

// OpenTalksOf is OpenTalks of some conversations; one that is not open is left out.
func (h *Handovers) OpenTalksOf(ctx context.Context, id tenant.ID, conversations []uuid.UUID, now time.Time) ([]rag.OpenTalk, error) {
	return h.openTalks(ctx, id, now, sqlOpenTalksOf, conversations)
}

func (h *Handovers) openTalks(ctx context.Context, id tenant.ID, now time.Time, sql string, args ...any) ([]rag.OpenTalk, error) {
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	var list []rag.OpenTalk
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, append([]any{id.UUID}, args...)...)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, scanOpenTalk)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open talks: %w", storageError(err))
	}
	for i := range list {
		t := &list[i]
		t.DueAt, t.Overdue = rag.Due(shop.Hours, t.WaitingSince, now)
	}
	return list, nil
}

// TalksOf returns the conversations in their order; one that is no more is left out.
func (h *Handovers) TalksOf(ctx context.Context, id tenant.ID, conversations []uuid.UUID, now time.Time) ([]rag.Talk, error) {
	list, err := h.talks(ctx, id, now, sqlTalksOf, conversations)
	if err != nil {
		return nil, err
	}
	at := make(map[uuid.UUID]int, len(conversations))
	for i, c := range conversations {
		at[c] = i
	}
	slices.SortFunc(list, func(a, b rag.Talk) int { return cmp.Compare(at[a.ID], at[b.ID]) })
	return list, nil
}

// Talks returns at most limit talks in which something was said, the newest
// first, that began before the talk last; from the newest for a zero last.
func (h *Handovers) Talks(ctx context.Context, id tenant.ID, last rag.Talk, limit int, now time.Time) ([]rag.Talk, error) {
	if last.CreatedAt.IsZero() {
		last.CreatedAt, last.ID = now.Add(24*time.Hour), uuid.Max
	}
	return h.talks(ctx, id, now, sqlTalks, last.CreatedAt, last.ID, limit)
}

// Talk returns one. Error: rag.ErrNotFound.
func (h *Handovers) Talk(ctx context.Context, id tenant.ID, conversation uuid.UUID, now time.Time) (rag.Talk, error) {
	list, err := h.talks(ctx, id, now, sqlTalk, conversation)
	if err != nil || len(list) == 1 {
		return append(list, rag.Talk{})[0], err
	}
	return rag.Talk{}, rag.ErrNotFound
}

func (h *Handovers) talks(ctx context.Context, id tenant.ID, now time.Time, sql string, args ...any) ([]rag.Talk, error) {
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	var list []rag.Talk
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, append([]any{id.UUID}, args...)...)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, scanTalk)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("talks: %w", storageError(err))
	}
	for i := range list {
		list[i].Judge(shop.Hours, now)
	}
	return list, nil
}
