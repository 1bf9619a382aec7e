package ragpg

import (
	"context"
	"fmt"

	"storebot/rag/confidence"
	"storebot/tenant"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// labelled is what thresholds are found from.
type labelled struct {
	labels []confidence.Label
	asked  []float64 // the confidences of the shop's questions
}

const (
	// labelsRead and askedRead bound how far back a shop is looked at: its traffic
	// and its entries change.
	labelsRead = 2000
	askedRead  = 5000
)

// Confidences of different engines are fitted apart, so that only those of the
// engine that answers now count: that of the newest question. Of a question that has
// become a check, the check alone tells: the merchant's word stands above a shopper's,
// and one question does not count twice.
const (
	sqlAsked = `
		SELECT confidence FROM (
			SELECT confidence, engine, first_value(engine) OVER (ORDER BY created_at DESC, id DESC) AS newest
			FROM message
			WHERE tenant_id = $1 AND author = 'bot' AND decision <> 'small_talk' AND engine <> '' AND created_at > now() - interval '90 days'
			ORDER BY created_at DESC, id DESC LIMIT $2) AS latest
		WHERE engine = newest`

	// Beside sqlAsked: answers from products' rows, which no engine found.
	sqlAskedProducts = `
		SELECT count(*), count(rating), count(*) FILTER (WHERE rating > 0) FROM (
			SELECT reason, rating FROM message
			WHERE tenant_id = $1 AND author = 'bot' AND decision <> 'small_talk' AND created_at > now() - interval '90 days'
			ORDER BY created_at DESC, id DESC LIMIT $2) AS latest
		WHERE reason = 'product'`

	sqlLabels = `
		SELECT l.confidence, l.correct, l.source = 'check' FROM label l
		WHERE l.tenant_id = $1 AND l.created_at > now() - interval '1 year'
		  AND l.engine = coalesce((
			SELECT engine FROM message
			WHERE tenant_id = $1 AND author = 'bot' AND decision <> 'small_talk' AND engine <> '' ORDER BY created_at DESC, id DESC LIMIT 1), l.engine)
		  AND NOT EXISTS (
			SELECT FROM message b
			JOIN message q ON q.tenant_id = $1 AND q.conversation_id = b.conversation_id AND q.client_key = b.client_key AND q.author = 'shopper'
			JOIN answer_check c ON c.tenant_id = $1 AND c.question = q.text
			WHERE b.tenant_id = $1 AND b.id = l.message_id)
		ORDER BY l.created_at DESC, l.id LIMIT $2`

	// $4: whether the entry found first answers. Direct answers, and those that put
	// one entry in other words, rest on it alone.
	sqlLabelMessage = `
		INSERT INTO label (tenant_id, id, source, message_id, confidence, engine, correct)
		SELECT $1, $5, $3, id, confidence, engine, $4 FROM message
		WHERE tenant_id = $1 AND id = $2 AND author = 'bot' AND engine <> '' AND confidence IS NOT NULL
		  AND (decision = 'direct' OR reason IN ('warm', 'translated'))
		ON CONFLICT (tenant_id, source, message_id) DO UPDATE SET correct = excluded.correct, created_at = now()`

	// After "did you mean" a shopper takes the first question, or one of the others,
	// or asks something else, which says that none was right. Who leaves says nothing.
	// LATERAL: see sqlFindQuestions.
	sqlLabelChoices = `
		INSERT INTO label (tenant_id, id, source, message_id, confidence, engine, correct, created_at)
		SELECT $1, gen_random_uuid(), 'choice', b.id, b.confidence, b.engine, coalesce(n.entry_ids[1] = b.found_ids[1], false), b.created_at
		FROM message b
		CROSS JOIN LATERAL (
			SELECT decision, entry_ids, reason FROM message
			WHERE tenant_id = $1 AND conversation_id = b.conversation_id AND author = 'bot' AND (created_at, id) > (b.created_at, b.id)
			ORDER BY created_at, id LIMIT 1) n
		WHERE b.tenant_id = $1 AND b.author = 'bot' AND b.decision = 'clarify' AND b.found_ids <> '{}' AND b.engine <> ''
		  AND b.created_at > now() - interval '90 days' AND (n.decision <> 'small_talk' OR n.reason = 'person')
		ON CONFLICT (tenant_id, source, message_id) DO NOTHING`
)

func readLabels(ctx context.Context, tx pgx.Tx, id tenant.ID) (k labelled, err error) {
	rows, err := tx.Query(ctx, sqlLabels, planned, id.UUID, labelsRead)
	if err == nil {
		k.labels, err = pgx.CollectRows(rows, pgx.RowToStructByPos[confidence.Label])
	}
	if err != nil {
		return k, fmt.Errorf("read labels: %w", err)
	}
	rows, err = tx.Query(ctx, sqlAsked, planned, id.UUID, askedRead)
	if err == nil {
		k.asked, err = pgx.CollectRows(rows, pgx.RowTo[float64])
	}
	if err != nil {
		return k, fmt.Errorf("read confidences: %w", err)
	}
	return k, nil
}

// A LabelSource is who says whether an entry was right, as stored.
type LabelSource string

// LabelShopper labels a message by its rating.
const LabelShopper LabelSource = "shopper"

// LabelMessage says, in the caller's transaction, whether the entry that a reply
// gave answers its question; a source's last word on a message counts. A reply that
// gave no single entry gets no label. The caller asks for the shop's calibration in
// the same transaction.
func LabelMessage(ctx context.Context, tx pgx.Tx, id tenant.ID, message uuid.UUID, source LabelSource, correct bool) error {
	if _, err := tx.Exec(ctx, sqlLabelMessage, id.UUID, message, string(source), correct, uuid.New()); err != nil {
		return fmt.Errorf("label message %s: %w", message, err)
	}
	return nil
}
