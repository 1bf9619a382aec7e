package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// MaxForeseen is how many entries of a change that is not made yet are looked at: they
// are held at once, with an index of the shop as it would be.
const MaxForeseen = 20_000

func tooManyToForesee() error {
	return &rag.InputError{Code: "too_many_to_foresee", Message: fmt.Sprintf("the change is of more than %d entries", MaxForeseen),
		Cure: "make it in parts, or ask the checks afterwards"}
}

// Selected returns those of the selected entries that are there, without their use.
// Error: *rag.InputError for more than MaxForeseen.
func (k *Knowledge) Selected(ctx context.Context, id tenant.ID, which rag.Selection) (list []rag.Entry, err error) {
	if which.Filter != nil {
		if err := k.countUse(ctx, id); err != nil {
			return nil, err
		}
	}
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		selected, err := k.selected(ctx, tx, id, which)
		if err != nil {
			return err
		}
		if len(selected) > MaxForeseen {
			return tooManyToForesee()
		}
		list, err = readEntries(ctx, tx, id, selected)
		return err
	})
	return list, err
}

// ForeseeImport returns the entries that committing a staged import now would write:
// those that it overwrites by their ids, those that it adds by ids of their own. Nothing
// is stored. Errors: rag.ErrNotFound; *rag.InputError for one that was started, or more
// than MaxForeseen entries.
func (k *Knowledge) ForeseeImport(ctx context.Context, id tenant.ID, importID uuid.UUID, policy rag.OnChange) (put []rag.Entry, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		m, err := importIn(ctx, tx, sqlGetImport, id, importID)
		if err == nil && m.State != rag.Staged {
			err = importStarted()
		}
		if err != nil {
			return err
		}
		m.OnChange = policy
		for after := 0; ; {
			part, err := nextPart(ctx, tx, id, importID, after, "")
			if err != nil || len(part) == 0 {
				return err
			}
			after = part[len(part)-1].Position
			created, updated, err := k.plan(ctx, tx, id, m, part, false)
			if err != nil {
				return err
			}
			for _, e := range append(updated, created...) {
				put = append(put, rag.Entry{ID: e.id}.With(e.content))
			}
			if len(put) > MaxForeseen {
				return tooManyToForesee()
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}
