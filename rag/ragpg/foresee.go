package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

// MaxForeseen is how many entries or products of a change that is not made yet are looked at: they
// are held at once, with an index of the shop as it would be.
const MaxForeseen = 20_000

func tooManyToForesee() error {
	return &rag.InputError{Code: "too_many_to_foresee", Message: fmt.Sprintf("the change is of more than %d entries or products", MaxForeseen),
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

// ForeseeImport returns what committing a staged import now would write. Nothing
// is stored. Errors: rag.ErrNotFound; *rag.InputError for one that was started, or more
// than MaxForeseen entries and products.
func (k *Knowledge) ForeseeImport(ctx context.Context, id tenant.ID, importID uuid.UUID, policy rag.OnChange) (seen rag.Foreseen, err error) {
	err = k.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		m, _, err := k.waiting(ctx, tx, sqlGetImport, id, importID)
		if err != nil {
			return err
		}
		m.OnChange = policy
		about, err := k.subject(id, m)
		if err != nil {
			return err
		}
		if err := may(about, policy); err != nil {
			return err
		}
		for after := 0; ; {
			part, err := nextPart(ctx, tx, id, importID, after, "")
			if err != nil || len(part) == 0 {
				return err
			}
			after = part[len(part)-1].Position
			plan, err := about.plan(ctx, tx, part, false)
			if err != nil {
				return err
			}
			plan.foresee(&seen)
			if len(seen.Entries)+len(seen.Products) > MaxForeseen {
				return tooManyToForesee()
			}
		}
	})
	if err != nil {
		return rag.Foreseen{}, err
	}
	return seen, nil
}
