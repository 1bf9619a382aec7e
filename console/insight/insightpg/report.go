package insightpg

import (
	"context"
	"fmt"
	"time"

	"storebot/console/insight"
	"storebot/tenant"
	"storebot/tenant/tenantpg"

	"github.com/jackc/pgx/v5"
)

const sqlOpenGaps = `SELECT count(*)::int FROM gap WHERE tenant_id = $1 AND state = 'open'`

// Report returns the figures of a shop over a period. now tells which
// conversations are too young to be judged durable. Error: insight.ErrPeriod.
func (s *Store) Report(ctx context.Context, id tenant.ID, p insight.Period, now time.Time) (insight.Report, error) {
	if err := p.Check(); err != nil {
		return insight.Report{}, err
	}
	hours, err := s.hours(ctx, id)
	if err != nil {
		return insight.Report{}, err
	}
	var r *reporter
	err = s.tallies(ctx, id, p, now, func(zone *time.Location) func(t *tally) {
		r = newReporter(zone, hours, now.Add(-insight.DurableAfter))
		return r.add
	}, func(b *tenantpg.Batch) {
		b.In(id, sqlOpenGaps, id.UUID).QueryRow(func(row pgx.Row) error { return row.Scan(&r.OpenGaps) })
		b.In(id, sqlStaff, id.UUID, p.From, p.To).QueryRow(func(row pgx.Row) error { return scanStaff(row, &r.StaffFirstReply, &r.Met) })
		b.In(id, sqlReasons, id.UUID, p.From, p.To).Query(func(rows pgx.Rows) (err error) {
			r.HandOvers, err = readReasons(rows)
			return err
		})
	})
	if err != nil {
		return insight.Report{}, err
	}
	return r.done(), nil
}

const sqlSpan = `
	SELECT time_zone, coalesce((SELECT ends_at FROM tally_until WHERE tenant_id = $1 AND isfinite(ends_at)), '0001-01-01 00:00:00+00')
	FROM shop WHERE tenant_id = $1`

// tallies calls what begin returns for the shop's time zone with every tally of
// a period, in no order: those of the table, and what has to be counted now. more queues what belongs
// to the same moment.
func (s *Store) tallies(ctx context.Context, id tenant.ID, p insight.Period, now time.Time,
	begin func(zone *time.Location) func(t *tally), more func(b *tenantpg.Batch)) error {
	location, until, err := s.span(ctx, id)
	if err != nil {
		return err
	}
	add := begin(location)
	read := func(rows pgx.Rows) error { return each(rows, add) }
	stored, live := split(p, until)
	young := now.Add(-insight.DurableAfter)
	return s.db.Batch(ctx, func(b *tenantpg.Batch) {
		prepare(b, id)
		b.In(id, tenantpg.NoLoops)
		if stored.From.Before(stored.To) {
			b.In(id, sqlTallies, id.UUID, stored.From, stored.To, young).Query(read)
		}
		for _, l := range live {
			b.In(id, sqlCounted, id.UUID, l.From, l.To, young).Query(read)
		}
		more(b)
	})
}

// span counts what is due, and returns the shop's time zone and until when all is counted.
func (s *Store) span(ctx context.Context, id tenant.ID) (*time.Location, time.Time, error) {
	if err := s.RollUp(ctx, id); err != nil {
		return nil, time.Time{}, err
	}
	var zone string
	var until time.Time
	err := s.db.Batch(ctx, func(b *tenantpg.Batch) {
		b.In(id, sqlSpan, id.UUID).QueryRow(func(row pgx.Row) error { return row.Scan(&zone, &until) })
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("the shop's time zone: %w", err)
	}
	return location, until, nil
}

// split parts a period into the whole quarters before until, which the table
// has, and the rest.
func split(p insight.Period, until time.Time) (stored insight.Period, live []insight.Period) {
	from := p.From.Truncate(quarter)
	if from.Before(p.From) {
		from = from.Add(quarter)
	}
	to := p.To.Truncate(quarter)
	if until.Before(to) {
		to = until
	}
	if !from.Before(to) {
		return insight.Period{}, []insight.Period{p}
	}
	if p.From.Before(from) {
		live = append(live, insight.Period{From: p.From, To: from})
	}
	if to.Before(p.To) {
		live = append(live, insight.Period{From: to, To: p.To})
	}
	return insight.Period{From: from, To: to}, live
}
