package ragpg

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/live"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// Handovers stores what passes between the bot and people. Every change of who
// has a conversation is made here, under the row lock of the conversation, by rag.Hold.Apply.
type Handovers struct {
	DB    *tenantpg.DB
	Hub   *live.Hub
	Shops *Shops
	// Notify puts the mail that tells staff into the transaction; nil: nobody is told.
	Notify func(ctx context.Context, tx pgx.Tx, id tenant.ID, notice uuid.UUID) error
}

// A locked is a conversation whose row this transaction has.
type locked struct {
	tx           pgx.Tx
	tenant       tenant.ID
	conversation uuid.UUID
	rag.Hold
	language string
	now      time.Time // of the transaction
}

const (
	sqlLockHold = `
		SELECT c.state, coalesce(c.reason, ''), coalesce(c.owner_id, ` + nobody + `), coalesce(c.outcome, ''),
		       coalesce(c.state_at, c.created_at), c.position, coalesce(nullif(c.language, ''), s.language), now()
		FROM conversation c JOIN shop s ON s.tenant_id = c.tenant_id
		WHERE c.tenant_id = $1 AND c.id = $2 FOR NO KEY UPDATE OF c`

	sqlStoreHold = `
		UPDATE conversation
		SET state = $3, state_at = $4, reason = nullif($5, ''), owner_id = nullif($6, ` + nobody + `::uuid),
		    outcome = nullif($7, ''), position = $8,
		    wants_person_at = CASE WHEN $9 THEN coalesce(wants_person_at, now()) ELSE wants_person_at END,
		    staff_at = CASE WHEN $10 THEN coalesce(staff_at, now()) ELSE staff_at END
		WHERE tenant_id = $1 AND id = $2`

	sqlInsertNote = `
		INSERT INTO message (tenant_id, conversation_id, id, client_key, author, text, language, reason, position)
		VALUES ($1, $2, $3, $3, 'system', $4, $5, $6, $7)`

	sqlBeginHandover = `
		INSERT INTO handover (tenant_id, id, conversation_id, reason, in_hours) VALUES ($1, $2, $3, $4, $5)`

	sqlTakeHandover = `
		UPDATE handover SET taken_at = coalesce(taken_at, now()), taken_by = $3, acted_at = coalesce(acted_at, now())
		WHERE tenant_id = $1 AND conversation_id = $2 AND ended_at IS NULL`

	// Of the time since the last deed, at most two minutes were work on this.
	sqlActOnHandover = `
		UPDATE handover
		SET handled_us = handled_us + coalesce(least(extract(epoch FROM now() - acted_at) * 1e6, 120e6), 0)::bigint, acted_at = now()
		WHERE tenant_id = $1 AND conversation_id = $2 AND ended_at IS NULL`

	sqlEndHandover = `
		UPDATE handover SET ended_at = now(), ended_as = $3 WHERE tenant_id = $1 AND conversation_id = $2 AND ended_at IS NULL`

	sqlNotifyTalk = `SELECT pg_notify('talk', $1::uuid::text || ' ' || $2::uuid::text || ' ' || $3::text)`
)

// lock returns a conversation with its row lock taken. Error: rag.ErrNotFound.
func lock(ctx context.Context, tx pgx.Tx, id tenant.ID, conversation uuid.UUID) (*locked, error) {
	l := &locked{tx: tx, tenant: id, conversation: conversation}
	err := tx.QueryRow(ctx, sqlLockHold, id.UUID, conversation).
		Scan(&l.State, &l.Reason, &l.Owner, &l.Outcome, &l.Since, &l.Position, &l.language, &l.now)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, rag.ErrNotFound
	}
	return l, err
}

// do applies a deed and reports whether it changed anything. note is the text of
// NoteWaiting if the caller has it; others are made here.
func (l *locked) do(ctx context.Context, d rag.Deed, asking *rag.Asking) (bool, error) {
	c, changed := l.Apply(d, l.now)
	if !changed {
		return false, nil
	}
	if c.Begin != "" {
		var inHours *bool
		if asking != nil {
			inHours = asking.InHours
		}
		if err := l.exec(ctx, sqlBeginHandover, l.tenant.UUID, uuid.Must(uuid.NewV7()), l.conversation, c.Begin, inHours); err != nil {
			return false, fmt.Errorf("begin hand-over: %w", err)
		}
	}
	if c.Taken {
		if err := l.exec(ctx, sqlTakeHandover, l.tenant.UUID, l.conversation, d.By); err != nil {
			return false, fmt.Errorf("take hand-over: %w", err)
		}
	}
	l.Hold = c.Hold
	if c.Note != "" {
		text := rag.NoteText(l.language, c.Note)
		if asking != nil {
			text = asking.Note
		}
		if err := l.exec(ctx, sqlInsertNote, l.tenant.UUID, l.conversation, uuid.Must(uuid.NewV7()), text, l.language, c.Note, l.Position); err != nil {
			return false, fmt.Errorf("note %s: %w", c.Note, err)
		}
	}
	if d.Kind != rag.HandOver {
		if err := l.exec(ctx, sqlActOnHandover, l.tenant.UUID, l.conversation); err != nil {
			return false, err
		}
	}
	if c.End != "" {
		if err := l.exec(ctx, sqlEndHandover, l.tenant.UUID, l.conversation, c.End); err != nil {
			return false, fmt.Errorf("end hand-over: %w", err)
		}
	}
	return true, l.store(ctx, d.Kind == rag.HandOver, d.Kind == rag.TakeOver || c.End != "")
}

// store writes the hold and tells every process when the transaction commits.
func (l *locked) store(ctx context.Context, wanted, touched bool) error {
	if err := l.exec(ctx, sqlStoreHold, l.tenant.UUID, l.conversation,
		l.State, l.Since, l.Reason, l.Owner, l.Outcome, l.Position, wanted, touched); err != nil {
		return fmt.Errorf("store hold: %w", err)
	}
	return l.exec(ctx, sqlNotifyTalk, l.tenant.UUID, l.conversation, fmt.Sprintf("moved %s %d", l.State, l.Position))
}

func (l *locked) exec(ctx context.Context, sql string, args ...any) error {
	_, err := l.tx.Exec(ctx, sql, args...)
	return err
}

// within runs fn with a conversation locked. What it did is known in this
// process before it is acknowledged.
func (h *Handovers) within(ctx context.Context, id tenant.ID, conversation uuid.UUID, fn func(l *locked) error) (rag.Hold, error) {
	var hold rag.Hold
	err := h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		l, err := lock(ctx, tx, id, conversation)
		if err != nil {
			return err
		}
		err = fn(l)
		hold = l.Hold
		return err
	})
	if err != nil {
		return rag.Hold{}, storageError(err)
	}
	h.hold(id, conversation, hold.State)
	return hold, nil
}

// hold notes in this process who has a conversation.
func (h *Handovers) hold(id tenant.ID, conversation uuid.UUID, state rag.State) {
	if h != nil {
		h.Hub.Hold(live.Key{Tenant: id, Conversation: conversation}, state)
	}
}

// handOver stores a turn that hands its conversation over, and the hand-over, in
// one transaction of their own: it is rare, and staff are to be told. An
// earlier turn with the same key hands over nothing again.
func (w *Writer) handOver(ctx context.Context, one *write) error {
	t := one.turn
	return w.db.InTenant(ctx, one.tenant, func(tx pgx.Tx) error {
		l, err := lock(ctx, tx, one.tenant, t.Conversation)
		if err != nil {
			return err
		}
		if err := one.scan(tx.QueryRow(ctx, sqlInsertTurn, turnArgs(one.tenant, t)...)); err != nil {
			return fmt.Errorf("insert turn: %w", err)
		}
		if !one.answered {
			return nil
		}
		asked, err := l.do(ctx, rag.Deed{Kind: rag.HandOver, Reason: t.HandOver.Reason}, t.HandOver)
		one.state = l.State
		if err != nil || !asked || w.Handovers == nil {
			return err
		}
		return notify(ctx, l, w.Handovers.Notify, rag.NoticeWaiting)
	})
}

// Do applies a person's deed: TakeOver, HandBack or Close. What is so already
// stays so. Error: rag.ErrNotFound.
func (h *Handovers) Do(ctx context.Context, id tenant.ID, conversation uuid.UUID, d rag.Deed) (rag.Hold, error) {
	return h.within(ctx, id, conversation, func(l *locked) error {
		_, err := l.do(ctx, d, nil)
		return err
	})
}
