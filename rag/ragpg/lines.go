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
	// The latest 200 of messages and notes together. An account that is no member any more has no name.
	sqlLines = `
		SELECT l.id, l.author, l.text, l.created_at, l.staff_id, coalesce(account.email, ''), l.note, l.decision, l.reason, l.confidence,
		       l.engine, l.entry_ids, l.interrupted, l.rating, l.total_us
		FROM (
			SELECT * FROM (
				SELECT id, author, text, created_at, coalesce(staff_id, ` + nobody + `) AS staff_id,
				       CASE WHEN author = 'system' THEN reason ELSE '' END AS note,
				       coalesce(decision, '') AS decision, CASE WHEN author = 'bot' THEN reason ELSE '' END AS reason,
				       coalesce(confidence, 0)::float8 AS confidence, engine, entry_ids, interrupted, coalesce(rating, 0) AS rating,
				       coalesce(total_us, 0) AS total_us
				FROM message WHERE tenant_id = $1 AND conversation_id = $2
				UNION ALL
				SELECT id, 'note', text, created_at, staff_id, '', '', '', 0, '', '{}', false, 0, 0
				FROM staff_note WHERE tenant_id = $1 AND conversation_id = $2
			) AS said ORDER BY created_at DESC, id DESC LIMIT 200
		) AS l
		LEFT JOIN identity.member ON member.tenant_id = $1 AND member.account_id = l.staff_id
		LEFT JOIN identity.account ON account.id = member.account_id
		ORDER BY l.created_at, l.id`

	sqlLineSources = `SELECT id, question FROM entry WHERE tenant_id = $1 AND id = ANY($2)`

	sqlContacts = `
		SELECT name, reach, note, created_at FROM contact
		WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY created_at LIMIT 50`

	sqlPastHandOvers = `
		SELECT reason, asked_at, taken_at, coalesce(first_reply_us, 0), ended_at, coalesce(ended_as, '')
		FROM handover WHERE tenant_id = $1 AND conversation_id = $2 ORDER BY asked_at LIMIT 50`

	sqlShopper = `
		SELECT coalesce(i.shopper, ''), coalesce(i.sku, ''), coalesce(i.title, ''), coalesce(i.price, ''), coalesce(s.score, 0)
		FROM (SELECT $1::uuid AS tenant_id, $2::uuid AS conversation_id) AS c
		LEFT JOIN introduction i USING (tenant_id, conversation_id)
		LEFT JOIN satisfaction s USING (tenant_id, conversation_id)`

	sqlLastQuestion = `
		SELECT text FROM message WHERE tenant_id = $1 AND conversation_id = $2 AND author = 'shopper'
		ORDER BY created_at DESC, id DESC LIMIT 1`
)

// Read returns a conversation's record; the empty one for one that is not there.
func (h *Handovers) Read(ctx context.Context, id tenant.ID, conversation uuid.UUID) (r rag.Record, err error) {
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		if r.Lines, err = lines(ctx, tx, id, conversation); err != nil {
			return fmt.Errorf("lines: %w", err)
		}
		rows, err := tx.Query(ctx, sqlContacts, id.UUID, conversation)
		if err != nil {
			return err
		}
		if r.Contacts, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c rag.Contact, err error) {
			return c, row.Scan(&c.Name, &c.Reach, &c.Note, &c.CreatedAt)
		}); err != nil {
			return fmt.Errorf("contacts: %w", err)
		}
		if rows, err = tx.Query(ctx, sqlPastHandOvers, id.UUID, conversation); err != nil {
			return err
		}
		r.HandOvers, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (p rag.PastHandOver, err error) {
			var taken, ended *time.Time
			var first int64
			err = row.Scan(&p.Reason, &p.AskedAt, &taken, &first, &ended, &p.EndedAs)
			p.TakenAt, p.EndedAt, p.FirstReply = orZero(taken), orZero(ended), micro(first)
			return p, err
		})
		if err != nil {
			return fmt.Errorf("hand-overs: %w", err)
		}
		return tx.QueryRow(ctx, sqlShopper, id.UUID, conversation).Scan(&r.Shopper, &r.SKU, &r.Title, &r.Price, &r.Satisfaction)
	})
	return r, storageError(err)
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func lines(ctx context.Context, tx pgx.Tx, id tenant.ID, conversation uuid.UUID) ([]rag.Line, error) {
	rows, err := tx.Query(ctx, sqlLines, id.UUID, conversation)
	if err != nil {
		return nil, err
	}
	var cited []uuid.UUID
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (l rag.Line, err error) {
		var entries []uuid.UUID
		var total int64
		err = row.Scan(&l.ID, &l.Author, &l.Text, &l.CreatedAt, &l.StaffID, &l.StaffEmail, &l.Note, &l.Decision, &l.Reason, &l.Confidence,
			&l.Engine, &entries, &l.Interrupted, &l.Rating, &total)
		for _, e := range entries {
			l.Sources = append(l.Sources, rag.Source{Entry: e})
		}
		l.Total = micro(total)
		cited = append(cited, entries...)
		return l, err
	})
	if err != nil || len(cited) == 0 {
		return list, err
	}
	if rows, err = tx.Query(ctx, sqlLineSources, id.UUID, cited); err != nil {
		return nil, err
	}
	questions := map[uuid.UUID]string{}
	var entry uuid.UUID
	var question string
	if _, err := pgx.ForEachRow(rows, []any{&entry, &question}, func() error { questions[entry] = question; return nil }); err != nil {
		return nil, err
	}
	for i := range list {
		for j := range list[i].Sources {
			list[i].Sources[j].Question = questions[list[i].Sources[j].Entry]
		}
	}
	return list, nil
}

// LastQuestion returns what the shopper of a conversation said last; "" when
// nothing. Error: rag.ErrNotFound.
func (h *Handovers) LastQuestion(ctx context.Context, id tenant.ID, conversation uuid.UUID) (text string, err error) {
	err = h.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var state string
		if err := tx.QueryRow(ctx, sqlHold, id.UUID, conversation).Scan(&state, nil, nil); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, sqlLastQuestion, id.UUID, conversation).Scan(&text)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = rag.ErrNotFound
	}
	return text, storageError(err)
}
