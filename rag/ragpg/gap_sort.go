package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/cluster"
	"storebot/tenant"
)

const (
	sqlSetGapState = `UPDATE gap_cluster SET state = $3 WHERE tenant_id = $1 AND id = $2`

	// Answered questions stay answered.
	sqlSetQuestionsState = `UPDATE gap SET state = $3 WHERE tenant_id = $1 AND cluster_id = $2 AND state <> 'answered'`

	sqlLockGaps = `SELECT id FROM gap_cluster WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`

	sqlMoveQuestions = `
		UPDATE gap SET cluster_id = $2, state = CASE WHEN state = 'answered' THEN state ELSE (
			SELECT state FROM gap_cluster WHERE tenant_id = $1 AND id = $2) END
		WHERE tenant_id = $1 AND cluster_id = ANY ($3::uuid[])`

	sqlDropGaps = `DELETE FROM gap_cluster WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`

	sqlQuestionCluster = `
		SELECT c.id, c.state FROM gap g JOIN gap_cluster c ON c.tenant_id = $1 AND c.id = g.cluster_id
		WHERE g.tenant_id = $1 AND g.id = $2 AND g.state = c.state FOR UPDATE`

	sqlNewGap = `
		INSERT INTO gap_cluster (tenant_id, id, question, language, state)
		SELECT $1, $2, question, language, $4 FROM gap WHERE tenant_id = $1 AND id = $3`

	sqlMoveQuestion = `UPDATE gap SET cluster_id = $2 WHERE tenant_id = $1 AND id = $3`
)

// SetGapState dismisses a gap or brings it back. What joins a dismissed one later
// is dismissed too. Error: rag.ErrNotFound.
func (l *Learning) SetGapState(ctx context.Context, id tenant.ID, gap uuid.UUID, state rag.GapState) error {
	return l.inTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlSetGapState, id.UUID, gap, state)
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		if err != nil {
			return lookup(err, "gap %s", gap)
		}
		_, err = tx.Exec(ctx, sqlSetQuestionsState, id.UUID, gap, state)
		return err
	})
}

// MergeGaps moves the questions of others into a gap and removes the others.
// Error: rag.ErrNotFound unless all of them are there; then nothing changes.
func (l *Learning) MergeGaps(ctx context.Context, id tenant.ID, into uuid.UUID, others []uuid.UUID) (g rag.Gap, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlLockLearning, id.UUID); err != nil {
			return err
		}
		wanted := map[uuid.UUID]bool{into: true}
		rest := make([]uuid.UUID, 0, len(others))
		for _, o := range others {
			if !wanted[o] {
				wanted[o] = true
				rest = append(rest, o)
			}
		}
		rows, err := tx.Query(ctx, sqlLockGaps, id.UUID, append(rest[:len(rest):len(rest)], into))
		if err != nil {
			return err
		}
		there, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		if len(there) != len(wanted) {
			return fmt.Errorf("merge gaps: %w", rag.ErrNotFound)
		}
		if _, err := tx.Exec(ctx, sqlMoveQuestions, id.UUID, into, rest); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlDropGaps, id.UUID, rest); err != nil {
			return err
		}
		if err := l.rename(ctx, tx, id, into); err != nil {
			return err
		}
		g, _, err = l.gap(ctx, tx, id, into)
		return err
	})
	return g, err
}

// SplitGap takes one question out of its gap into one of its own. Error:
// rag.ErrNotFound.
func (l *Learning) SplitGap(ctx context.Context, id tenant.ID, question uuid.UUID) (g rag.Gap, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlLockLearning, id.UUID); err != nil {
			return err
		}
		var old uuid.UUID
		var state rag.GapState
		if err := tx.QueryRow(ctx, sqlQuestionCluster, id.UUID, question).Scan(&old, &state); err != nil {
			return lookup(err, "question %s", question)
		}
		own := uuid.Must(uuid.NewV7())
		if _, err := tx.Exec(ctx, sqlNewGap, id.UUID, own, question, state); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlMoveQuestion, id.UUID, own, question); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlDropEmptyClusters, id.UUID); err != nil {
			return err
		}
		if err := l.rename(ctx, tx, id, old); err != nil {
			return err
		}
		g, _, err = l.gap(ctx, tx, id, own)
		return err
	})
	return g, err
}

const sqlClusterQuestions = `
	SELECT id, question, language FROM gap WHERE tenant_id = $1 AND cluster_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3`

// rename calls a cluster by its most typical question, where it has any.
func (l *Learning) rename(ctx context.Context, tx pgx.Tx, id tenant.ID, gap uuid.UUID) error {
	rows, err := tx.Query(ctx, sqlClusterQuestions, id.UUID, gap, shownQuestions)
	if err != nil {
		return err
	}
	questions, err := pgx.CollectRows(rows, pgx.RowToStructByPos[newQuestion])
	if err != nil || len(questions) == 0 {
		return err
	}
	texts := make([]string, len(questions))
	for i, q := range questions {
		texts[i] = q.Question
	}
	g := cluster.New(texts)
	g.Open()
	for i, text := range texts {
		g.Add(0, i, text)
	}
	_, err = tx.Exec(ctx, sqlPutCluster, id.UUID, gap, questions[g.Typical(0)].ID)
	return err
}
