package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/rag/product"
	"storebot/tenant"
)

const sqlPhrasedProducts = `
	SELECT ` + productColumns + ` FROM product p
	WHERE p.tenant_id = $1 AND p.deleted_at IS NULL AND cardinality(p.phrasings) > 0 ORDER BY p.position`

// CorrectToProduct says which product's row should have answered a question, which
// becomes a phrasing of it and of no other, and a check. A question that names nothing
// ("how much is it?") is about whatever is spoken of: it becomes a check alone. by is
// the account. Errors: rag.ErrNotFound; *rag.InputError as of CreateCheck, and when the
// product has all the phrasings that it may have.
func (l *Learning) CorrectToProduct(ctx context.Context, id tenant.ID, by uuid.UUID, question string, sold uuid.UUID) (p product.Product, saved rag.Check, err error) {
	if question, err = rag.CheckQuestion(question); err != nil {
		return p, saved, err
	}
	k := l.Knowledge
	err = k.change(ctx, id, func(tx pgx.Tx, _ string) (bool, error) {
		as := newAct(rag.Editing, by)
		changed, err := k.unphrase(ctx, tx, id, as, question, sold)
		if err != nil {
			return false, err
		}
		if err := tx.QueryRow(ctx, sqlGetProduct, id.UUID, sold).Scan(productInto(&p)...); err != nil {
			return false, lookup(err, "product %s", sold)
		}
		if _, known := p.Without(question); !known && product.Subject(question) != "" {
			if len(p.Phrasings) == product.MaxPhrasings {
				return false, &rag.InputError{Code: "too_many_phrasings", Message: fmt.Sprintf("the product has %d phrasings", len(p.Phrasings)), Cure: "delete some that say the same"}
			}
			p.Phrasings = append(p.Phrasings, question)
			if _, err := k.putProduct(ctx, tx, id, as, "", &p); err != nil {
				return false, err
			}
			changed++
		}
		if saved, err = putCheck(ctx, tx, id, rag.Check{Question: question, Product: sold, Source: rag.Correction}); err != nil {
			return false, err
		}
		return changed > 0, l.Calibrations.Calibrate(ctx, tx, id)
	})
	return p, saved, err
}

// unphrase takes a question from the phrasings of all products but one, as part of an
// act, and returns of how many.
func (k *Knowledge) unphrase(ctx context.Context, tx pgx.Tx, id tenant.ID, as act, question string, but uuid.UUID) (n int, err error) {
	rows, err := tx.Query(ctx, sqlPhrasedProducts, id.UUID)
	if err != nil {
		return 0, fmt.Errorf("read phrasings of products: %w", err)
	}
	list, err := productsOf(rows)
	if err != nil {
		return 0, fmt.Errorf("read phrasings of products: %w", err)
	}
	for _, p := range list {
		left, taken := p.Without(question)
		if !taken || p.ID == but {
			continue
		}
		if _, err := k.putProduct(ctx, tx, id, as, "", &left); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
