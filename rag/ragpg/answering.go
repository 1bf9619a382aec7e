package ragpg

import (
	"context"
	"fmt"
	"time"

	"storebot/rag"
	"storebot/rag/confidence"
	"storebot/tenant"

	"github.com/jackc/pgx/v5"
)

// Answering keeps how shops answer, and finds their thresholds from their labels.
// All fields are needed.
type Answering struct {
	DB     Database
	Jobs   Calibrations
	Checks CheckLabels
	// Forget is called with each shop whose settings were changed here, after the
	// commit; other processes see the change when their reading is of age.
	Forget func(id tenant.ID)
}

// Calibrations puts a shop's calibration into the transaction that makes it
// necessary, as Jobs does other work.
type Calibrations interface {
	Calibrate(ctx context.Context, tx pgx.Tx, id tenant.ID) error
}

// ownTexts is the column of a shop's own fixed texts, by language and name.
const ownTexts = `
	coalesce((SELECT jsonb_object_agg(language, texts) FROM (
		SELECT f.language, jsonb_object_agg(f.name, f.text) AS texts
		FROM fixed_text f WHERE f.tenant_id = s.tenant_id GROUP BY f.language) AS own), '{}')`

const (
	sqlAnswering = `
		SELECT s.strictness, s.tone, s.answer_budget_ms,` + ownTexts + `
		FROM shop s WHERE s.tenant_id = $1`

	sqlUpdateAnswering = `
		UPDATE shop SET strictness = $2, tone = $3, answer_budget_ms = $4, updated_at = now() WHERE tenant_id = $1`

	sqlDeleteTexts = `DELETE FROM fixed_text WHERE tenant_id = $1`

	sqlInsertText = `INSERT INTO fixed_text (tenant_id, language, name, text) VALUES ($1, $2, $3, $4)`

	sqlSetThreshold = `UPDATE shop SET direct_threshold = $2, calibrated_at = now() WHERE tenant_id = $1`
)

// Report returns how a shop answers, and what each strictness would do, from its
// latest questions and labels. Error: rag.ErrNotFound.
func (a *Answering) Report(ctx context.Context, id tenant.ID) (report rag.AnsweringReport, err error) {
	err = a.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		now := &report.Answering
		var budget int
		if err := tx.QueryRow(ctx, sqlAnswering, id.UUID).Scan(&now.Strictness, &now.Tone, &budget, &now.Texts); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		now.Budget = time.Duration(budget) * time.Millisecond
		k, err := readLabels(ctx, tx, id)
		if err != nil {
			return err
		}
		p := &report.Products
		if err := tx.QueryRow(ctx, sqlAskedProducts, planned, id.UUID, askedRead).Scan(&p.Given, &p.Rated, &p.Helped); err != nil {
			return fmt.Errorf("count answers from products: %w", err)
		}
		report.Questions, report.Labels, report.Checks = len(k.asked), len(k.labels), confidence.Checks(k.labels)
		report.Missing = confidence.Missing(k.labels)
		for _, level := range confidence.Levels {
			l := rag.LevelReport{Name: level.Name, Target: level.Target}
			l.Threshold, l.Learned = level.ThresholdOf(k.labels)
			l.AnsweredShare = confidence.SharePassing(k.asked, l.Threshold)
			p := confidence.PrecisionFrom(k.labels, l.Threshold)
			l.Labels, l.Right, l.Low, l.High = p.N, p.Right, p.Low, p.High
			report.Levels = append(report.Levels, l)
		}
		return nil
	})
	return report, err
}

// Update replaces a shop's settings and finds its threshold for them.
// Error: rag.ErrNotFound.
func (a *Answering) Update(ctx context.Context, id tenant.ID, to rag.Answering) error {
	return a.change(ctx, id, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, sqlUpdateAnswering, id.UUID, to.Strictness, string(to.Tone), int(to.Budget.Milliseconds())); err != nil {
			return fmt.Errorf("update the answering of tenant %s: %w", id, err)
		}
		if _, err := tx.Exec(ctx, sqlDeleteTexts, id.UUID); err != nil {
			return fmt.Errorf("delete fixed texts: %w", err)
		}
		var b pgx.Batch
		for language, texts := range to.Texts {
			for name, text := range texts {
				b.Queue(sqlInsertText, id.UUID, language, string(name), text)
			}
		}
		if err := tx.SendBatch(ctx, &b).Close(); err != nil {
			return fmt.Errorf("insert fixed texts: %w", err)
		}
		return a.calibrate(ctx, tx, id)
	})
}

// Calibrate makes the labels that follow from the shop's checks and from what shoppers
// chose, and finds its threshold anew. A label that is added meanwhile is counted by
// the next one. Error: rag.ErrNotFound.
func (a *Answering) Calibrate(ctx context.Context, id tenant.ID) error {
	told, version, err := a.Checks.Labels(ctx, id)
	if err != nil {
		return fmt.Errorf("ask the checks of tenant %s: %w", id, err)
	}
	return a.change(ctx, id, func(tx pgx.Tx) error {
		if err := labelChecks(ctx, tx, id, told, version); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlLabelChoices, planned, id.UUID); err != nil {
			return fmt.Errorf("label choices: %w", err)
		}
		return a.calibrate(ctx, tx, id)
	})
}

// EnqueueStale asks for the calibration of every shop whose shoppers were given a
// choice since its last one, or whose checks have other knowledge to be asked of. A
// shop with which that fails keeps no other from it.
func (a *Answering) EnqueueStale(ctx context.Context) error {
	return eachTenant(ctx, a.DB, func(ids []tenant.ID) error {
		stale, err := holding(ctx, a.DB, ids, sqlStale)
		if err != nil {
			return fmt.Errorf("find shops to calibrate: %w", err)
		}
		return each(ctx, stale, func(id tenant.ID) error {
			return a.DB.InTenant(ctx, id, func(tx pgx.Tx) error { return a.Jobs.Calibrate(ctx, tx, id) })
		})
	})
}

const sqlStale = `
	SELECT EXISTS (SELECT FROM message WHERE tenant_id = $1 AND author = 'bot' AND decision = 'clarify'
	               AND created_at > coalesce(s.calibrated_at, '-infinity'))
	    OR s.knowledge_version <> s.calibrated_version AND EXISTS (SELECT FROM answer_check WHERE tenant_id = $1)
	FROM shop s WHERE s.tenant_id = $1`

// change runs fn under the shop's lock.
func (a *Answering) change(ctx context.Context, id tenant.ID, fn func(tx pgx.Tx) error) error {
	err := a.DB.InTenant(ctx, id, func(tx pgx.Tx) error {
		var model string
		if err := tx.QueryRow(ctx, sqlLock, id.UUID).Scan(&model); err != nil {
			return lookup(err, "shop of tenant %s", id)
		}
		return fn(tx)
	})
	if err == nil {
		a.Forget(id)
	}
	return err
}

func (a *Answering) calibrate(ctx context.Context, tx pgx.Tx, id tenant.ID) error {
	var strictness string
	if err := tx.QueryRow(ctx, sqlStrictness, id.UUID).Scan(&strictness); err != nil {
		return lookup(err, "shop of tenant %s", id)
	}
	k, err := readLabels(ctx, tx, id)
	if err != nil {
		return err
	}
	var threshold *float64
	if t, learned := confidence.LevelOf(strictness).ThresholdOf(k.labels); learned {
		threshold = &t
	}
	if _, err := tx.Exec(ctx, sqlSetThreshold, id.UUID, threshold); err != nil {
		return fmt.Errorf("set the threshold of tenant %s: %w", id, err)
	}
	return nil
}

const sqlStrictness = `SELECT strictness FROM shop WHERE tenant_id = $1`
