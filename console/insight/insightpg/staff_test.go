package insightpg_test

import (
	"testing"
	"time"

	"storebot/console/insight"
)

// What a conversation takes and how long people let wait is what the hand-overs of
// the inbox say; those that nobody asked for or answered say nothing.
func TestStaffAreMeasuredByTheirHandOvers(t *testing.T) {
	s := newStage(t, nil)
	now := noon.Add(30 * day)
	handOver := func(at time.Time, reason string, reply, handled time.Duration, replies int, ended bool) {
		t.Helper()
		id := s.put(t, play{at: at, turns: []said{{decision: "abstain", rating: 1}}, staff: true})
		var us *int64
		if reply > 0 {
			n := reply.Microseconds()
			us = &n
		}
		s.exec(t, `INSERT INTO handover (tenant_id, id, conversation_id, reason, asked_at, first_reply_us, replies, handled_us, ended_at, ended_as)
			VALUES ($1, gen_random_uuid(), $2, $3, $4::timestamptz, $5, $6, $7, CASE WHEN $8 THEN $4::timestamptz + interval '1 hour' END, CASE WHEN $8 THEN 'solved' END)`,
			s.shop.UUID, id, reason, at, us, replies, handled.Microseconds(), ended)
	}
	for i := range 40 {
		handOver(noon.Add(time.Duration(i)*time.Minute), "asked", time.Duration(i+1)*time.Minute, 4*time.Minute, 1, true)
	}
	handOver(noon, "staff", time.Hour, 8*time.Minute, 1, true) // stepped in: kept nobody waiting, but it took time
	handOver(noon, "asked", 0, 0, 0, true)                     // nobody came
	handOver(noon, "asked", time.Minute, time.Hour, 1, false)  // not over yet
	handOver(noon.Add(-100*day), "asked", time.Hour, time.Hour, 1, true)
	r := s.report(t, insight.Period{From: noon, To: noon.Add(day)}, now)
	// 41 waits: one minute twice, and two to forty.
	if p := r.StaffFirstReply; p.N != 41 || p.P50 != 20*time.Minute || p.P99 <= 39*time.Minute || r.Met != 41 || r.ByOutcome[insight.HandedOff] != 43 {
		t.Errorf("%+v", r)
	}
	minutes, n, err := s.Measured(t.Context(), s.shop, now)
	if err != nil || n != 41 || minutes < 4.09 || minutes > 4.1 { // forty of four minutes and one of eight
		t.Errorf("%v minutes of %d, %v", minutes, n, err)
	}
	other := s.newShop(t, "UTC")
	if minutes, n, err := s.Measured(t.Context(), other, now); minutes != 0 || n != 0 || err != nil {
		t.Errorf("a neighbour: %v, %d, %v", minutes, n, err)
	}
}

// Off hours are by the shop's own clock and opening times.
func TestOffHoursAreThoseWithoutPeople(t *testing.T) {
	s := newStage(t, nil)
	s.shop = s.newShop(t, "Asia/Taipei")
	p := insight.Period{From: noon.Add(-day), To: noon.Add(2 * day)}
	// Tuesday 10 March in Taipei is eight hours ahead of UTC.
	for _, local := range []string{"08:59", "09:30", "11:59", "12:00", "13:00", "20:00", "21:00", "23:59"} {
		at, err := time.Parse("2006-01-02 15:04 -0700", "2026-03-10 "+local+" +0800")
		if err != nil {
			t.Fatal(err)
		}
		s.put(t, play{at: at, turns: []said{{decision: "direct"}}})
	}
	if r := s.report(t, p, noon); r.HoursKnown || r.OffHours != 0 {
		t.Errorf("hours that were not said: %+v", r)
	}
	s.exec(t, `INSERT INTO hours (tenant_id) VALUES ($1)`, s.shop.UUID)
	s.exec(t, `INSERT INTO opening (tenant_id, weekday, opens, closes) VALUES ($1, 2, 540, 720), ($1, 2, 780, 1260)`, s.shop.UUID)
	if r := s.report(t, p, noon); !r.HoursKnown || r.OffHours != 4 || r.Conversations != 8 {
		t.Errorf("08:59, 12:00, 21:00 and 23:59 are off hours: %+v", r)
	}
	if rows := s.pages(t, p, 3, insight.Filter{OffHours: true}, noon); len(rows) != 4 {
		t.Errorf("behind the off hours: %+v", rows)
	}
	s.exec(t, `UPDATE hours SET closed_on = '{2026-03-10}' WHERE tenant_id = $1`, s.shop.UUID)
	if r := s.report(t, p, noon); r.OffHours != 8 {
		t.Errorf("a day on which the shop is closed: %+v", r)
	}
}
