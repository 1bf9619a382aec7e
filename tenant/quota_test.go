package tenant

import (
	"context"
	"testing"
	"time"
)

// slowUsages takes counts, and time.
type slowUsages struct {
	Usages
	now  *time.Time
	told [][]Count
}

func (u *slowUsages) AddCounts(_ context.Context, counts []Count) (map[ID]Standing, error) {
	u.told = append(u.told, counts)
	*u.now = u.now.Add(10 * time.Millisecond)
	out := map[ID]Standing{}
	for _, c := range counts {
		out[c.Tenant] = Standing{Messages: c.Messages}
	}
	return out, nil
}

// A shop that nobody asks any more is told of no longer, and forgotten after an hour.
func TestMeterForgetsAShopThatIsNotAsked(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	usages := &slowUsages{now: &now}
	clock := func() time.Time { return now }
	s := New(Config{Directory: directoryOf{}, Usages: usages, Now: clock})
	id := NewID()
	if err := s.AllowQuestion(id); err != nil {
		t.Fatal(err)
	}
	s.CountAnswer(id, 0)
	for range 3 {
		now = now.Truncate(countEvery).Add(countEvery)
		s.TellCounts(t.Context())
	}
	if len(usages.told) != 1 || usages.told[0][0].Messages != 1 {
		t.Errorf("told %v, want one message once", usages.told)
	}
	now = now.Add(forgetAfter)
	s.TellCounts(t.Context())
	if len(s.meter.shops) != 0 {
		t.Errorf("%d shops are in memory, want none", len(s.meter.shops))
	}
}
