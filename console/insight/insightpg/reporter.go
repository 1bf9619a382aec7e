package insightpg

import (
	"maps"
	"slices"
	"time"

	"storebot/console/insight"
)

// A reporter adds tallies up to a report.
type reporter struct {
	insight.Report
	zone  *time.Location
	hours insight.Hours
	young time.Time // a conversation whose last reply is later cannot be judged yet
	first insight.Waits
	total insight.Waits
	days  map[string]*dayOf
}

type dayOf struct {
	insight.Day
	first insight.Waits
}

func newReporter(zone *time.Location, hours insight.Hours, young time.Time) *reporter {
	return &reporter{
		Report: insight.Report{ByOutcome: map[insight.Outcome]int{}, ByDecision: map[string]int{}, Ratings: map[insight.Heard]insight.Ratings{}},
		zone:   zone, hours: hours, young: young, days: map[string]*dayOf{},
	}
}

func (r *reporter) add(t *tally) {
	var conversations, without int
	for outcome, n := range t.byOutcome() {
		if n > 0 {
			r.ByOutcome[outcome] += n
		}
		conversations += n
		if outcome.WithoutStaff() {
			without += n
		}
	}
	for _, d := range []struct {
		decision string
		n        int32
	}{{"direct", t.direct}, {"composed", t.composed}, {"clarify", t.clarify}, {"abstain", t.abstain}, {"small_talk", t.pleasantry}} {
		if d.n > 0 {
			r.ByDecision[d.decision] += int(d.n)
			r.Questions += int(d.n)
		}
	}
	r.Conversations += conversations
	r.RatedUp += int(t.up)
	r.RatedDown += int(t.down)
	r.Replied += int(t.replied)
	for heard, n := range t.ratings() {
		if n.N() > 0 {
			sum := r.Ratings[heard]
			r.Ratings[heard] = insight.Ratings{Content: sum.Content + n.Content, Discontent: sum.Discontent + n.Discontent}
		}
	}
	if r.hours.Known() && !r.hours.Open(t.beginsAt.In(r.zone)) {
		r.OffHours += conversations
	}

	untouched, confirmed, returned := r.later(t.untouchedLast), r.later(t.confirmedLast), r.later(t.returnedLast)
	r.NotYetDurable += untouched
	r.Judged += without - untouched - confirmed - returned
	r.CameBack += int(t.cameBack) - returned

	date := t.beginsAt.In(r.zone).Format(time.DateOnly)
	day := r.days[date]
	if day == nil {
		day = &dayOf{Day: insight.Day{Date: date}}
		r.days[date] = day
	}
	day.Conversations += conversations
	day.AnsweredWithoutStaff += without
	for i, bin := range t.firstBins {
		r.first.Add(bin, int64(t.firstN[i]))
		day.first.Add(bin, int64(t.firstN[i]))
	}
	for i, bin := range t.totalBins {
		r.total.Add(bin, int64(t.totalN[i]))
	}
}

// later counts the times that are too young.
func (r *reporter) later(times []time.Time) (n int) {
	for _, at := range times {
		if at.After(r.young) {
			n++
		}
	}
	return n
}

func (r *reporter) done() insight.Report {
	r.HoursKnown = r.hours.Known()
	r.FirstWords, r.Total, r.Spread = r.first.Percentiles(), r.total.Percentiles(), r.first.Bands()
	for _, date := range slices.Sorted(maps.Keys(r.days)) {
		day := r.days[date]
		day.FirstWords = day.first.Percentiles()
		r.Days = append(r.Days, day.Day)
	}
	return r.Report
}
