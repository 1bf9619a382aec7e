package insight_test

import (
	"testing"
	"time"

	"storebot/console/insight"
)

func TestAnHourSpanGoesOverMidnight(t *testing.T) {
	for _, c := range []struct {
		span insight.HourSpan
		has  string // of the 24 hours
	}{
		{insight.HourSpan{From: 9, Until: 12}, "000000000111000000000000"},
		{insight.HourSpan{From: 22, Until: 2}, "110000000000000000000011"},
		{insight.HourSpan{From: 8, Until: 8}, "111111111111111111111111"},
		{insight.HourSpan{From: 0, Until: 1}, "100000000000000000000000"},
	} {
		for hour, want := range c.has {
			if c.span.Has(hour) != (want == '1') {
				t.Errorf("%+v: hour %d is %v", c.span, hour, c.span.Has(hour))
			}
		}
	}
}

func TestAClosedDayHasNoHours(t *testing.T) {
	h := insight.Hours{Openings: []insight.Opening{{Weekday: 2, Opens: 540, Closes: 1080}}, ClosedOn: []string{"2026-03-17"}}
	at := time.Date(2026, 3, 10, 10, 0, 0, 0, time.UTC) // a Tuesday
	if !h.Open(at) || h.Open(at.AddDate(0, 0, 7)) || !h.Open(at.AddDate(0, 0, 14)) {
		t.Error("of three Tuesdays the second is closed")
	}
	// Nobody is away from a shop that has not said when it is there.
	if (insight.Filter{OffHours: true}).Began(at, insight.Hours{}) || !(insight.Filter{}).Began(at, insight.Hours{}) {
		t.Error("off hours of a shop that has said none")
	}
}
