// Package insightpg reads the figures of one shop out of its stored turns. It
// writes nothing but the baseline, and holds no rule of what an outcome is
// worth: that is insight's.
package insightpg

import (
	"context"
	"errors"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

// Store reads and writes one database.
type Store struct{ db *tenantpg.DB }

// NewStore returns a Store over db.
func NewStore(db *tenantpg.DB) *Store { return &Store{db} }

const sqlBaseline = `
	SELECT minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency FROM baseline WHERE tenant_id = $1`

// Baseline returns what the merchant said; ok is false while nothing was.
func (s *Store) Baseline(ctx context.Context, id tenant.ID) (b insight.Baseline, ok bool, err error) {
	err = s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, sqlBaseline, id.UUID).Scan(&b.MinutesToFirstReply, &b.MinutesPerConversation, &b.HourlyWageMinor, &b.Currency)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return insight.Baseline{}, false, nil
	}
	return b, err == nil, err
}

const sqlSetBaseline = `
	INSERT INTO baseline (tenant_id, minutes_to_first_reply, minutes_per_conversation, hourly_wage_minor, currency)
	VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (tenant_id) DO UPDATE SET minutes_to_first_reply = $2, minutes_per_conversation = $3,
	    hourly_wage_minor = $4, currency = $5, updated_at = now()`

// SetBaseline replaces what the merchant said.
func (s *Store) SetBaseline(ctx context.Context, id tenant.ID, b insight.Baseline) error {
	return s.db.InTenant(ctx, id, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sqlSetBaseline, id.UUID, b.MinutesToFirstReply, b.MinutesPerConversation, b.HourlyWageMinor, b.Currency)
		return err
	})
}
