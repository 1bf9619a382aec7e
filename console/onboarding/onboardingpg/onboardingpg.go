// Package onboardingpg reads how far a shop's set-up is, and writes the little
// of it that no other table tells. It holds no rule of what ticks a step: that
// is onboarding's.
package onboardingpg

import (
	"context"
	"errors"

	"storebot/console/onboarding"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

// Store reads and writes one database.
type Store struct{ db *tenantpg.DB }

// NewStore returns a Store over db.
func NewStore(db *tenantpg.DB) *Store { return &Store{db} }

// A shop's settings are as old as the shop until somebody saves them.
const sqlFacts = `
	SELECT s.updated_at > t.created_at,
	       (SELECT count(*) FROM entry WHERE tenant_id = $1),
	       o.tried_at IS NOT NULL,
	       s.seen_on_site_at IS NOT NULL,
	       EXISTS (SELECT FROM baseline WHERE tenant_id = $1),
	       coalesce(o.passed, '{}')
	FROM shop s JOIN identity.tenant t ON t.id = s.tenant_id
	LEFT JOIN onboarding o ON o.tenant_id = s.tenant_id
	WHERE s.tenant_id = $1`

// Facts returns what is known of a shop. Error: tenant.ErrNotFound.
func (s *Store) Facts(ctx context.Context, id tenant.ID) (f onboarding.Facts, err error) {
	var passed []string
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlFacts, id.UUID).Scan(&f.Saved, &f.Entries, &f.Tried, &f.Seen, &f.Baseline, &passed)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return f, tenant.ErrNotFound
	}
	for _, p := range passed {
		f.Passed = append(f.Passed, onboarding.Step(p))
	}
	return f, err
}

const sqlPass = `
	INSERT INTO onboarding (tenant_id, passed) VALUES ($1, ARRAY[$2::text])
	ON CONFLICT (tenant_id) DO UPDATE SET passed = onboarding.passed || $2::text
	WHERE NOT onboarding.passed @> ARRAY[$2::text]`

// Pass notes that a step was passed; once is as good as twice.
func (s *Store) Pass(ctx context.Context, id tenant.ID, step onboarding.Step) error {
	return s.exec(ctx, id, sqlPass, id.UUID, string(step))
}

const sqlTried = `
	INSERT INTO onboarding (tenant_id, tried_at) VALUES ($1, now())
	ON CONFLICT (tenant_id) DO UPDATE SET tried_at = now() WHERE onboarding.tried_at IS NULL`

// MarkTried notes that a question was asked on trial; the first time counts.
func (s *Store) MarkTried(ctx context.Context, id tenant.ID) error {
	return s.exec(ctx, id, sqlTried, id.UUID)
}

func (s *Store) exec(ctx context.Context, id tenant.ID, sql string, args ...any) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}
