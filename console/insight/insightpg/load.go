package insightpg

import (
	"context"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"
)

// Load returns when shoppers asked over a period, as far as it has come. Weeks are
// counted from the first conversation in it. Error: insight.ErrPeriod.
func (s *Store) Load(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (l insight.Load, err error) {
	if err := p.Check(); err != nil {
		return l, err
	}
	if now.Before(p.To) {
		p.To = now
	}
	if !p.From.Before(p.To) {
		return l, nil
	}
	first := p.To
	err = s.tallies(ctx, id, p, now, func(zone *time.Location) func(t *tally) {
		return func(t *tally) {
			if t.beginsAt.Before(first) {
				first = t.beginsAt
			}
			for o, n := range t.byOutcome() {
				l.Count(t.beginsAt.In(zone), o, n)
			}
		}
	}, func(*tenantpg.Batch) {})
	if err != nil {
		return insight.Load{}, err
	}
	if first.Before(p.From) {
		first = p.From
	}
	l.Weeks = p.To.Sub(first).Hours() / (7 * 24)
	return l, nil
}
