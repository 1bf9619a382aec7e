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

// MaxChecks is how many checks a merchant can save; they are all asked on every
// change. Those that corrections and gaps leave come on top.
const MaxChecks = 5000

// nobody is the id of none: uuid.Nil.
const nobody = `'00000000-0000-0000-0000-000000000000'`

const (
	sqlListChecks = `
		SELECT id, question, coalesce(entry_id, ` + nobody + `), coalesce(product_id, ` + nobody + `), source, created_at
		FROM answer_check WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC`

	// Of other questions: the one for this is replaced.
	sqlCountSaved = `SELECT count(*) FROM answer_check WHERE tenant_id = $1 AND source = 'saved' AND question_hash <> $2`

	// The merchant's last word on a question counts.
	sqlPutCheck = `
		INSERT INTO answer_check (tenant_id, id, question, question_hash, entry_id, product_id, source)
		SELECT $1, $2, $3, $4, nullif($5::uuid, ` + nobody + `), nullif($6::uuid, ` + nobody + `), $7
		WHERE ($5 = ` + nobody + ` OR EXISTS (SELECT FROM entry WHERE tenant_id = $1 AND id = $5))
		  AND ($6 = ` + nobody + ` OR EXISTS (SELECT FROM product WHERE tenant_id = $1 AND id = $6 AND deleted_at IS NULL))
		ON CONFLICT (tenant_id, question_hash) DO UPDATE
		SET entry_id = excluded.entry_id, product_id = excluded.product_id, source = excluded.source, created_at = excluded.created_at
		RETURNING id, question, coalesce(entry_id, ` + nobody + `), coalesce(product_id, ` + nobody + `), source, created_at`

	sqlDeleteChecks = `DELETE FROM answer_check WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`

	// What shoppers found helpful, each question once with its last answer, unless
	// a check says otherwise. An answer from a product that is gone tells nothing.
	sqlHelped = `
		SELECT DISTINCT ON (q.text) b.id, q.text, coalesce(b.entry_ids[1], ` + nobody + `), coalesce(p.id, ` + nobody + `), 'helpful', b.created_at
		FROM (
			SELECT id, conversation_id, client_key, entry_ids, products, created_at FROM message
			WHERE tenant_id = $1 AND rating = 1 AND decision = 'direct' AND created_at >= $2
			  AND (cardinality(entry_ids) = 1 OR reason = 'product' AND jsonb_array_length(products) = 1)
			ORDER BY created_at DESC LIMIT $3) b
		JOIN message q ON q.tenant_id = $1 AND q.conversation_id = b.conversation_id AND q.client_key = b.client_key AND q.author = 'shopper'
		LEFT JOIN product p ON p.tenant_id = $1 AND p.sku = b.products -> 0 ->> 'sku' AND p.deleted_at IS NULL
		WHERE (p.id IS NOT NULL OR b.entry_ids[1] IS NOT NULL) AND NOT EXISTS (SELECT FROM answer_check c WHERE c.tenant_id = $1 AND c.question = q.text)
		ORDER BY q.text, b.created_at DESC`
)

// Checks returns a shop's checks, the newest first.
func (l *Learning) Checks(ctx context.Context, id tenant.ID) (list []rag.Check, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlListChecks, id.UUID)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Check])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list checks: %w", err)
	}
	return list, nil
}

// Helped returns questions whose answers shoppers since a moment said had helped,
// of the newest limit such answers, as checks for the entries that were given.
func (l *Learning) Helped(ctx context.Context, id tenant.ID, since time.Time, limit int) (list []rag.Check, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sqlHelped, id.UUID, since, limit)
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rag.Check])
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list helpful answers: %w", err)
	}
	return list, nil
}

// CreateCheck saves a check of want's question, entry and product; one for the same
// question is replaced. Errors: rag.ErrNotFound when the entry or the product is not there; *rag.InputError when the question is
// empty or too long, or there are MaxChecks that were saved.
func (l *Learning) CreateCheck(ctx context.Context, id tenant.ID, want rag.Check) (c rag.Check, err error) {
	if want.Question, err = rag.CheckQuestion(want.Question); err != nil {
		return c, err
	}
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		hash := rag.QuestionHash(want.Question)
		var n int
		if err := tx.QueryRow(ctx, sqlCountSaved, id.UUID, hash[:]).Scan(&n); err != nil {
			return err
		}
		if n >= MaxChecks {
			return &rag.InputError{Code: "too_many_checks", Message: fmt.Sprintf("the shop has saved %d checks", n), Cure: "delete some that say the same"}
		}
		want.Source = rag.Saved
		if c, err = putCheck(ctx, tx, id, want); err != nil {
			return err
		}
		return l.Calibrations.Calibrate(ctx, tx, id)
	})
	return c, err
}

func putCheck(ctx context.Context, tx pgx.Tx, id tenant.ID, want rag.Check) (rag.Check, error) {
	hash := rag.QuestionHash(want.Question)
	rows, err := tx.Query(ctx, sqlPutCheck, id.UUID, uuid.Must(uuid.NewV7()), want.Question, hash[:], want.Entry, want.Product, want.Source)
	if err != nil {
		return rag.Check{}, fmt.Errorf("save a check: %w", err)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[rag.Check])
	if err != nil {
		return c, lookup(err, "entry %s or product %s of a check", want.Entry, want.Product)
	}
	return c, nil
}

// DeleteChecks deletes those of the checks that are there and says how many
// these were.
func (l *Learning) DeleteChecks(ctx context.Context, id tenant.ID, checks []uuid.UUID) (deleted int, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, sqlDeleteChecks, id.UUID, checks)
		if deleted = int(tag.RowsAffected()); err != nil || deleted == 0 {
			return err
		}
		return l.Calibrations.Calibrate(ctx, tx, id)
	})
	if err != nil {
		return 0, fmt.Errorf("delete checks: %w", err)
	}
	return deleted, nil
}
