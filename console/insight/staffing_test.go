package insight

import (
	"testing"
	"time"
)

func TestALoadIsPlannedByItsHours(t *testing.T) {
	var l Load
	l.Weeks = 4
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	l.Count(monday.Add(10*time.Hour), Untouched, 60)
	l.Count(monday.Add(10*time.Hour+45*time.Minute), HandedOff, 20)
	l.Count(monday.Add(10*time.Hour), OnlySmallTalk, 99)
	l.Count(monday.Add(6*24*time.Hour+23*time.Hour), Confirmed, 13)
	l.Count(monday.Add(6*24*time.Hour+23*time.Hour), Abstained, 1)
	l.Count(monday.Add(24*time.Hour+3*time.Hour), Returned, 6)
	l.Count(monday.Add(24*time.Hour+9*time.Hour), NotHelpful, 0)
	target := Target{Level: .8, Wait: time.Minute, Patience: 5 * time.Minute, Handle: 6 * time.Minute}
	plan := l.Plan(target)
	if l.N() != 100 || !l.Enough() || len(plan) != 3 {
		t.Fatalf("%d conversations, %+v", l.N(), plan)
	}
	// 5 and 20 an hour, of six minutes: half an Erlang and two.
	with, _ := Queue{PerHour: 5, Handle: 6 * time.Minute, Patience: 5 * time.Minute}.Staff(.8, time.Minute)
	without, _ := Queue{PerHour: 20, Handle: 6 * time.Minute, Patience: 5 * time.Minute}.Staff(.8, time.Minute)
	if want := (PlannedHour{LoadHour{80, 60, 20}, 1, 10, with, without}); plan[0] != want || with < 1 || without <= with {
		t.Errorf("%+v, want %+v", plan[0], want)
	}
	if p := plan[1]; p.Weekday != 2 || p.Hour != 3 || p.Staff != 0 || p.StaffWithoutBot != 1 {
		t.Errorf("an hour that the bot deals with: %+v", p)
	}
	if p := plan[2]; p.Weekday != 7 || p.Hour != 23 || p.ForStaff != 1 || p.Staff != 1 {
		t.Errorf("%+v", p)
	}
	for _, c := range l.Closings(8) {
		want := Closing{Hour: c.Hour, Conversations: 20, ByBot: 19}
		if c != want {
			t.Errorf("%+v, want %+v", c, want)
		}
	}
	if c := l.Closings(12); len(c) != 11 || c[0].Hour != 13 || c[0].Conversations != 100 {
		t.Errorf("open from noon on: %+v", c)
	}
	for _, p := range (Load{Hours: l.Hours, Weeks: 1.9}).Plan(target) {
		if p.Staff != 0 || p.StaffWithoutBot != 0 {
			t.Errorf("two weeks are needed: %+v", p)
		}
	}
	target.Handle = 0
	if p := l.Plan(target)[0]; p.Staff != 0 || p.Conversations != 80 {
		t.Errorf("nobody said what a conversation takes: %+v", p)
	}
}
