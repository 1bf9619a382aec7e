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
)

const (
	sqlStaffMessage = `
		SELECT id, text, created_at, staff_id, position FROM message
		WHERE tenant_id = $1 AND conversation_id = $2 AND client_key = $3 AND author = 'staff'`

	// Since when the shopper waits, as in talkColumns.
	sqlWaitingSince = `
		SELECT CASE WHEN h.replies = 0 AND h.reason <> 'staff' THEN h.asked_at
		            ELSE (SELECT min(m.created_at) FROM message m
		                  WHERE m.tenant_id = $1 AND m.conversation_id = $2 AND m.author = 'shopper'
		                    AND m.created_at > coalesce((SELECT max(s.created_at) FROM message s
		                        WHERE s.tenant_id = $1 AND s.conversation_id = $2 AND s.author = 'staff'), h.asked_at))
		       END
		FROM handover h WHERE h.tenant_id = $1 AND h.conversation_id = $2 AND h.ended_at IS NULL`

	// A message is never older than what it answers, whichever clock told its time.
	sqlInsertStaffMessage = `
		INSERT INTO message (tenant_id, conversation_id, id, client_key, author, text, language, staff_id, position, first_words_us, created_at)
		SELECT $1, $2, $3, $4, 'staff', $5, $6, $7, $8, $9,
		       greatest(now(), (SELECT max(created_at) + interval '1 us' FROM message WHERE tenant_id = $1 AND conversation_id = $2))
		RETURNING created_at`

	sqlCountReply = `
		UPDATE handover
		SET replies = replies + 1, first_reply_at = coalesce(first_reply_at, now()),
		    first_reply_us = coalesce(first_reply_us, $3), first_reply_open_us = coalesce(first_reply_open_us, $4)
		WHERE tenant_id = $1 AND conversation_id = $2 AND ended_at IS NULL`

	sqlMarkRead = `UPDATE conversation SET read_at = now() WHERE tenant_id = $1 AND id = $2`

	sqlInsertStaffNote = `
		INSERT INTO staff_note (tenant_id, id, conversation_id, client_key, staff_id, text) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (tenant_id, conversation_id, client_key) DO NOTHING`

	sqlStaffNote = `
		SELECT id, text, created_at, staff_id FROM staff_note WHERE tenant_id = $1 AND conversation_id = $2 AND client_key = $3`
)

// Reply stores what a person writes to the shopper, and makes the conversation
// theirs. With a key that was used before it changes nothing and returns the
// first message. Errors: rag.ErrNotFound; rag.ErrKeyReused when that had another text.
func (h *Handovers) Reply(ctx context.Context, id tenant.ID, conversation, by, key uuid.UUID, text string) (rag.Line, error) {
	line := rag.Line{Author: "staff", Text: text, StaffID: by}
	shop, err := h.Shops.Shop(ctx, id)
	if err != nil {
		return rag.Line{}, err
	}
	_, err = h.within(ctx, id, conversation, func(l *locked) error {
		var before rag.Line
		err := l.tx.QueryRow(ctx, sqlStaffMessage, id.UUID, conversation, key).
			Scan(&before.ID, &before.Text, &before.CreatedAt, &before.StaffID, nil)
		switch {
		case err == nil && before.Text != text:
			return rag.ErrKeyReused
		case err == nil:
			line = before
			line.Author = "staff"
			return nil
		case !errors.Is(err, pgx.ErrNoRows):
			return err
		}
		return h.reply(ctx, l, shop, &line, key)
	})
	return line, err
}

func (h *Handovers) reply(ctx context.Context, l *locked, shop rag.Shop, line *rag.Line, key uuid.UUID) error {
	if _, err := l.do(ctx, rag.Deed{Kind: rag.TakeOver, By: line.StaffID}, nil); err != nil {
		return err
	}
	var since *time.Time
	if err := l.tx.QueryRow(ctx, sqlWaitingSince, l.tenant.UUID, l.conversation).Scan(&since); err != nil {
		return fmt.Errorf("since when the shopper waits: %w", err)
	}
	var waited, open *int64
	if since != nil {
		w := max(0, l.now.Sub(*since).Microseconds())
		o := shop.Hours.Between(*since, l.now).Microseconds()
		waited, open = &w, &o
	}
	l.Position++
	line.ID = uuid.Must(uuid.NewV7())
	if err := l.tx.QueryRow(ctx, sqlInsertStaffMessage, l.tenant.UUID, l.conversation, line.ID, key, line.Text, l.language, line.StaffID, l.Position, waited).
		Scan(&line.CreatedAt); err != nil {
		return fmt.Errorf("insert staff message: %w", err)
	}
	if err := l.exec(ctx, sqlActOnHandover, l.tenant.UUID, l.conversation); err != nil {
		return err
	}
	if err := l.exec(ctx, sqlCountReply, l.tenant.UUID, l.conversation, waited, open); err != nil {
		return fmt.Errorf("count reply: %w", err)
	}
	if err := l.exec(ctx, sqlMarkRead, l.tenant.UUID, l.conversation); err != nil {
		return err
	}
	return l.store(ctx, false, true)
}

// AddNote stores what staff write for each other; nothing else changes but that
// somebody worked on it. Errors: as of Reply.
func (h *Handovers) AddNote(ctx context.Context, id tenant.ID, conversation, by, key uuid.UUID, text string) (rag.Line, error) {
	line := rag.Line{Author: "note"}
	_, err := h.within(ctx, id, conversation, func(l *locked) error {
		tag, err := l.tx.Exec(ctx, sqlInsertStaffNote, id.UUID, uuid.Must(uuid.NewV7()), conversation, key, by, text)
		if err != nil {
			return fmt.Errorf("insert note: %w", err)
		}
		if err := l.tx.QueryRow(ctx, sqlStaffNote, id.UUID, conversation, key).Scan(&line.ID, &line.Text, &line.CreatedAt, &line.StaffID); err != nil {
			return err
		}
		if line.Text != text {
			return rag.ErrKeyReused
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		if err := l.exec(ctx, sqlActOnHandover, id.UUID, conversation); err != nil {
			return err
		}
		// Nothing for the shopper: the position stays.
		return l.exec(ctx, sqlNotifyTalk, id.UUID, conversation, "turned "+string(l.State))
	})
	return line, err
}

// MarkRead says that staff have read a conversation up to now. Error: rag.ErrNotFound.
func (h *Handovers) MarkRead(ctx context.Context, id tenant.ID, conversation uuid.UUID) error {
	_, err := h.within(ctx, id, conversation, func(l *locked) error {
		if err := l.exec(ctx, sqlMarkRead, id.UUID, conversation); err != nil {
			return err
		}
		return l.exec(ctx, sqlNotifyTalk, id.UUID, conversation, "turned "+string(l.State))
	})
	return err
}

// Typing tells the shopper that a person is writing. Error: rag.ErrNotFound.
func (h *Handovers) Typing(ctx context.Context, id tenant.ID, conversation uuid.UUID) error {
	_, err := h.within(ctx, id, conversation, func(l *locked) error {
		if err := l.exec(ctx, sqlActOnHandover, id.UUID, conversation); err != nil {
			return err
		}
		return l.exec(ctx, sqlNotifyTalk, id.UUID, conversation, "typing")
	})
	return err
}
