package ragpg

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// shownQuestions bounds the questions of one gap that are read, the newest first.
const shownQuestions = 200

// A gap's questions in the state that the list shows, $2. Demand is counted by
// conversation: who asks twice is one shopper, and one of two weeks ago weighs half.
const gapsFrom = `
	FROM gap_cluster c
	JOIN LATERAL (
		SELECT sum(questions)::bigint AS questions, count(*) AS conversations, sum(not_helpful)::bigint AS not_helpful,
		       sum(not_taken_up)::bigint AS not_taken_up, min(first_at) AS first_at, max(last_at) AS last_at,
		       sum(power(0.5, extract(epoch FROM $3::timestamptz - last_at) / 1209600)) AS demand
		FROM (
			SELECT count(*) AS questions, count(*) FILTER (WHERE g.kind = 'not_helpful') AS not_helpful,
			       count(*) FILTER (WHERE g.kind = 'not_taken_up') AS not_taken_up,
			       min(g.created_at) AS first_at, max(g.created_at) AS last_at
			FROM gap g JOIN message m ON m.tenant_id = $1 AND m.id = g.message_id
			WHERE g.tenant_id = $1 AND g.cluster_id = c.id AND g.state = $2 GROUP BY m.conversation_id) AS talk
	) d ON d.conversations > 0
	WHERE c.tenant_id = $1 AND c.state = $2`

const gapColumns = `c.id, c.question, c.language, d.questions, d.conversations, d.not_helpful, d.not_taken_up, d.first_at, d.last_at,
	coalesce(c.entry_id, ` + nobody + `)`

const (
	sqlListGaps = `SELECT ` + gapColumns + gapsFrom + ` ORDER BY d.demand DESC, d.last_at DESC, c.id LIMIT $4`

	sqlCountGaps = `
		SELECT count(*) FROM gap_cluster c WHERE c.tenant_id = $1 AND c.state = $2
		AND EXISTS (SELECT FROM gap g WHERE g.tenant_id = $1 AND g.cluster_id = c.id AND g.state = $2)`

	sqlGetGap = `SELECT ` + gapColumns + gapsFrom + ` AND c.id = $4`

	sqlGapState = `SELECT state FROM gap_cluster WHERE tenant_id = $1 AND id = $2 FOR UPDATE`

	sqlGapQuestions = `
		SELECT g.id, g.question, g.language, g.kind, m.conversation_id, g.created_at
		FROM gap g JOIN message m ON m.tenant_id = $1 AND m.id = g.message_id
		WHERE g.tenant_id = $1 AND g.cluster_id = $2 AND g.state = $3 ORDER BY g.created_at DESC, g.id DESC LIMIT $4`

	sqlGapConversation = `
		SELECT m.conversation_id FROM gap g JOIN message m ON m.tenant_id = $1 AND m.id = g.message_id
		WHERE g.tenant_id = $1 AND g.id = $2`
)

// ListGaps returns the gaps in a state, those most asked for first, at most
// limit, and how many there are.
func (l *Learning) ListGaps(ctx context.Context, id tenant.ID, state rag.GapState, limit int) (gaps []rag.Gap, total int, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListGaps, id.UUID, state, l.Now(), limit)
		if err != nil {
			return err
		}
		if gaps, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Gap]); err != nil {
			return err
		}
		return tx.QueryRow(ctx, sqlCountGaps, id.UUID, state).Scan(&total)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("list gaps: %w", err)
	}
	return gaps, total, nil
}

// GetGap returns a gap with its questions, at most the 200 newest. Error:
// rag.ErrNotFound, also for one of which all questions were answered.
func (l *Learning) GetGap(ctx context.Context, id tenant.ID, gap uuid.UUID) (g rag.Gap, questions []rag.GapQuestion, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		g, questions, err = l.gap(ctx, tx, id, gap)
		return err
	})
	return g, questions, err
}

func (l *Learning) gap(ctx context.Context, tx pgx.Tx, id tenant.ID, gap uuid.UUID) (g rag.Gap, questions []rag.GapQuestion, err error) {
	var state rag.GapState
	if err := tx.QueryRow(ctx, sqlGapState, id.UUID, gap).Scan(&state); err != nil {
		return g, nil, lookup(err, "gap %s", gap)
	}
	rows, err := tx.Query(ctx, sqlGetGap, id.UUID, state, l.Now(), gap)
	if err != nil {
		return g, nil, err
	}
	if g, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[rag.Gap]); err != nil {
		return g, nil, lookup(err, "gap %s", gap)
	}
	if rows, err = tx.Query(ctx, sqlGapQuestions, id.UUID, gap, state, shownQuestions); err != nil {
		return g, nil, err
	}
	questions, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.GapQuestion])
	return g, questions, err
}

// GapConversation returns the conversation that a gap's question is from, its
// last 200 messages. Error: rag.ErrNotFound.
func (l *Learning) GapConversation(ctx context.Context, id tenant.ID, question uuid.UUID) (messages []rag.Message, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		var conversation uuid.UUID
		if err := tx.QueryRow(ctx, sqlGapConversation, id.UUID, question).Scan(&conversation); err != nil {
			return lookup(err, "question %s", question)
		}
		var err error
		messages, err = messagesOf(ctx, tx, id, conversation)
		return err
	})
	return messages, err
}

// A question counts as answered if its reply gave the shop's words and was not
// rated as no help. A "did you mean" that led to an answer is that answer's
// beginning, and no question of its own.
const sqlCoverage = `
	SELECT count(*), count(*) FILTER (WHERE answered), count(*) FILTER (WHERE NOT answered AND gap = 'answered'),
	       count(*) FILTER (WHERE NOT answered AND gap = 'open')
	FROM (
		SELECT b.decision IN ('direct', 'composed') AND coalesce(b.rating, 0) >= 0 AS answered, g.state AS gap
		FROM message b
		LEFT JOIN message q ON q.tenant_id = $1 AND q.conversation_id = b.conversation_id AND q.client_key = b.client_key
		     AND q.author = 'shopper' AND (b.decision NOT IN ('direct', 'composed') OR b.rating = -1)
		LEFT JOIN gap g ON g.tenant_id = $1 AND g.message_id = q.id
		WHERE b.tenant_id = $1 AND b.author = 'bot' AND b.decision <> 'small_talk' AND b.created_at >= $2
		  AND NOT (b.decision = 'clarify' AND EXISTS (
		      SELECT FROM message n WHERE n.tenant_id = $1 AND n.conversation_id = b.conversation_id
		      AND n.decision IN ('direct', 'composed') AND n.created_at > b.created_at AND n.created_at < b.created_at + $3::interval))
	) AS asked`

// Coverage counts the questions since a moment.
func (l *Learning) Coverage(ctx context.Context, id tenant.ID, since time.Time) (c rag.Coverage, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlCoverage, id.UUID, since, patience).Scan(&c.Questions, &c.Answered, &c.Learnt, &c.Open)
	})
	if err != nil {
		return c, fmt.Errorf("coverage of tenant %s: %w", id, err)
	}
	return c, nil
}
