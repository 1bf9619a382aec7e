package ragpg

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"storebot/rag"
	"storebot/tenant"
)

const (
	sqlAnswerGap = `UPDATE gap SET state = 'answered' WHERE tenant_id = $1 AND cluster_id = $2 AND state = 'open'`

	sqlGapEntry = `UPDATE gap_cluster SET entry_id = $3, state = 'open' WHERE tenant_id = $1 AND id = $2`
)

// gapChecks is how many of a gap's questions become checks, the newest.
const gapChecks = 20

// ApproveGap answers a gap: entry gets the content, and a new entry is made where
// entry is zero; without content the gap's questions become phrasings of the entry.
// The gap's questions are answered with it and become checks, all in one
// transaction. Errors: rag.ErrNotFound for the gap or the entry, *rag.InputError
// as from CreateEntry.
func (l *Learning) ApproveGap(ctx context.Context, id tenant.ID, by, gap uuid.UUID, entry rag.EntryID, c *rag.Content) (rag.Entry, error) {
	_, questions, err := l.GetGap(ctx, id, gap)
	if err != nil {
		return rag.Entry{}, err
	}
	phrasings := rag.Phrasings(questions)
	return l.learn(ctx, id, by, entry, c, phrasings, func(tx pgx.Tx, e rag.Entry) error {
		if _, err := tx.Exec(ctx, sqlAnswerGap, id.UUID, gap); err != nil {
			return fmt.Errorf("answer gap %s: %w", gap, err)
		}
		if _, err := tx.Exec(ctx, sqlGapEntry, id.UUID, gap, e.ID); err != nil {
			return fmt.Errorf("answer gap %s: %w", gap, err)
		}
		for _, p := range phrasings[:min(gapChecks, len(phrasings))] {
			if _, err := putCheck(ctx, tx, id, rag.Check{Question: p, Entry: e.ID, Source: rag.FromGap}); err != nil {
				return err
			}
		}
		return l.Calibrations.Calibrate(ctx, tx, id)
	})
}

// Correct says which entry should have answered a question: it becomes a phrasing
// of entry, or entry gets the content, or a new entry is made of it where entry is
// zero. The question is no product's phrasing any more, and becomes a check. by is the
// account. Errors: as of ApproveGap, and as of CreateCheck for the question.
func (l *Learning) Correct(ctx context.Context, id tenant.ID, by uuid.UUID, question string, entry rag.EntryID, c *rag.Content) (e rag.Entry, saved rag.Check, err error) {
	if question, err = rag.CheckQuestion(question); err != nil {
		return e, saved, err
	}
	e, err = l.learn(ctx, id, by, entry, c, []string{question}, func(tx pgx.Tx, e rag.Entry) error {
		taken, err := l.Knowledge.unphrase(ctx, tx, id, newAct(rag.Editing, by), question, uuid.Nil)
		if err != nil {
			return err
		}
		if taken > 0 { // the entry may have had the question already
			if err := l.Knowledge.publish(ctx, tx, id); err != nil {
				return err
			}
		}
		if saved, err = putCheck(ctx, tx, id, rag.Check{Question: question, Entry: e.ID, Source: rag.Correction}); err != nil {
			return err
		}
		return l.Calibrations.Calibrate(ctx, tx, id)
	})
	return e, saved, err
}

// Entry returns one of the shop's entries. Error: rag.ErrNotFound.
func (l *Learning) Entry(ctx context.Context, id tenant.ID, entry rag.EntryID) (e rag.Entry, err error) {
	err = l.inTenant(ctx, id, func(tx pgx.Tx) error { return l.Knowledge.get(ctx, tx, id, entry, &e) })
	return e, err
}

// learn stores content, or phrasings added to an entry, and what also does with
// it in the same transaction.
func (l *Learning) learn(ctx context.Context, id tenant.ID, by uuid.UUID, entry rag.EntryID, c *rag.Content, phrasings []string, also func(pgx.Tx, rag.Entry) error) (result rag.Entry, err error) {
	k := l.Knowledge
	if c == nil {
		return l.phrase(ctx, id, by, entry, phrasings, also)
	}
	e, err := k.prepare(*c)
	if err != nil {
		return rag.Entry{}, err
	}
	e.id, e.content.By = entry, by
	kind := rag.Editing
	if entry == uuid.Nil {
		kind, e.id = rag.Creating, uuid.Must(uuid.NewV7())
	}
	result, _, err = k.put(ctx, id, e, kind, "", also)
	return result, err
}

// phrase adds phrasings to an entry. What it says beside them is read under the shop's
// lock: what somebody else wrote into it meanwhile stays.
func (l *Learning) phrase(ctx context.Context, id tenant.ID, by uuid.UUID, entry rag.EntryID, phrasings []string, also func(pgx.Tx, rag.Entry) error) (result rag.Entry, err error) {
	k := l.Knowledge
	err = k.change(ctx, id, func(tx pgx.Tx, model string) (bool, error) {
		var known rag.Entry
		if err := k.get(ctx, tx, id, entry, &known); err != nil {
			return false, err
		}
		more := known.Content()
		more.Phrasings = append(more.Phrasings, phrasings...)
		e, err := k.prepare(more)
		if err != nil {
			return false, err
		}
		e.id, e.content.By = entry, by
		var change uuid.UUID
		result, change, err = k.putIn(ctx, tx, id, model, e, rag.Editing, "", also)
		return change != uuid.Nil, err
	})
	if err != nil {
		return rag.Entry{}, err
	}
	return result, nil
}
