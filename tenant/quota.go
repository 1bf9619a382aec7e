package tenant

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A Resource is what a shop's use of is counted.
type Resource string

// The resources.
const (
	Messages     Resource = "messages_month" // shoppers' questions answered, in a calendar month (UTC)
	Entries      Resource = "entries"        // entries held
	ModelSeconds Resource = "model_seconds"  // time that the chat model worked, in a calendar month
	Storage      Resource = "storage_bytes"  // text and vectors held
)

// Quota is what a shop may use; nil: not limited.
type Quota struct {
	Messages, Entries, ModelSeconds, Storage *int64
}

// Usage is what a shop used this month (UTC), and what it holds.
type Usage struct {
	Messages, Entries, ModelSeconds, Storage int64
}

// QuotaError is ErrQuotaExceeded with what is used up.
type QuotaError struct {
	Resource    Resource
	Used, Limit int64
}

// ErrQuotaExceeded is what every QuotaError is.
var ErrQuotaExceeded = errors.New("tenant: quota exceeded")

func (e *QuotaError) Error() string {
	return fmt.Sprintf("tenant: quota of %s exceeded: %d of %d", e.Resource, e.Used, e.Limit)
}

// Unwrap returns ErrQuotaExceeded.
func (e *QuotaError) Unwrap() error { return ErrQuotaExceeded }

// A Count is what one process counted of a shop since it last told.
type Count struct {
	Tenant   ID
	Messages int64
	Model    time.Duration
}

// A Standing is how a shop stands with its monthly resources, over all processes.
type Standing struct {
	Quota    Quota
	Messages int64
	Model    time.Duration
}

// Usages keeps counts and quotas. The month is the store's clock's, in UTC.
type Usages interface {
	// AddCounts adds counts to this month's and returns how every shop in them
	// stands now. All of them are stored, or none.
	AddCounts(ctx context.Context, counts []Count) (map[ID]Standing, error)
	// Usage returns a shop's usage and quota; what it holds as last measured.
	Usage(ctx context.Context, id ID) (Usage, Quota, error)
	// EntriesNow counts the shop's entries.
	EntriesNow(ctx context.Context, id ID) (int64, error)
	// MeasureHoldings measures what some shops hold that were not measured for
	// age, and reports whether there are more.
	MeasureHoldings(ctx context.Context, age time.Duration) (more bool, err error)
}

// countEvery is how often counts are told to the store. A quota may be overrun
// by what other processes let through meanwhile, and a process that is killed
// loses so much of its count: in the shop's favour.
const countEvery = 5 * time.Second

// meter counts in this process, so that no answer waits for a count.
type meter struct {
	now   func() time.Time
	mu    sync.Mutex
	shops map[ID]*metered
}

type metered struct {
	Standing
	month int // of Standing, 12·year+month
	known bool
	fresh Count     // not told yet
	used  time.Time // by a shopper
}

func newMeter(now func() time.Time) *meter { return &meter{now: now, shops: map[ID]*metered{}} }

func month(t time.Time) int { t = t.UTC(); return 12*t.Year() + int(t.Month()) }

// shop returns the counts of a shop that is used now. m.mu is held.
func (m *meter) shop(id ID) *metered {
	s := m.of(id)
	s.used = m.now()
	return s
}

// of returns the counts of a shop. m.mu is held.
func (m *meter) of(id ID) *metered {
	s := m.shops[id]
	if s == nil {
		s = &metered{fresh: Count{Tenant: id}}
		m.shops[id] = s
	}
	if this := month(m.now()); s.month != this {
		s.Standing.Messages, s.Model, s.month = 0, 0, this
	}
	return s
}

// AllowQuestion refuses a shopper's question when the shop's messages of the
// month are used up. Error: a QuotaError. It asks nobody.
func (s *Service) AllowQuestion(id ID) error {
	s.meter.mu.Lock()
	defer s.meter.mu.Unlock()
	shop := s.meter.shop(id)
	return over(Messages, shop.Messages+shop.fresh.Messages, shop.Quota.Messages)
}

// AllowModel reports whether the shop may use the chat model still: without it
// the merchant's own words are given. It asks nobody.
func (s *Service) AllowModel(id ID) bool {
	s.meter.mu.Lock()
	defer s.meter.mu.Unlock()
	shop := s.meter.shop(id)
	return over(ModelSeconds, int64((shop.Model+shop.fresh.Model)/time.Second), shop.Quota.ModelSeconds) == nil
}

// CountAnswer counts one answered question, and the model's time on it.
func (s *Service) CountAnswer(id ID, model time.Duration) {
	s.meter.mu.Lock()
	defer s.meter.mu.Unlock()
	shop := s.meter.shop(id)
	shop.fresh.Messages++
	shop.fresh.Model += model
}

// AllowGrowth refuses what adds to the shop's knowledge when its entries or its
// storage are used up. Entries are counted now; storage is as last measured,
// some minutes ago. What is added in one step may go past the quota. Error: a QuotaError.
func (s *Service) AllowGrowth(ctx context.Context, id ID) error {
	usage, quota, err := s.usages.Usage(ctx, id)
	if err != nil {
		return err
	}
	if quota.Entries != nil {
		if usage.Entries, err = s.usages.EntriesNow(ctx, id); err != nil {
			return err
		}
	}
	return errors.Join(over(Entries, usage.Entries, quota.Entries), over(Storage, usage.Storage, quota.Storage))
}

func over(what Resource, used int64, limit *int64) error {
	if limit == nil || used < *limit {
		return nil
	}
	return &QuotaError{what, used, *limit}
}

// Usage returns what the shop used and may use. What this process has not told
// yet is in it.
func (s *Service) Usage(ctx context.Context, id ID) (Usage, Quota, error) {
	usage, quota, err := s.usages.Usage(ctx, id)
	if err != nil {
		return Usage{}, Quota{}, err
	}
	s.meter.mu.Lock()
	defer s.meter.mu.Unlock()
	if shop := s.meter.shops[id]; shop != nil {
		usage.Messages += shop.fresh.Messages
	}
	return usage, quota, nil
}

// RunMeter tells the store every few seconds what was counted, until ctx ends;
// what is left then is told last.
func (s *Service) RunMeter(ctx context.Context) {
	ticker := time.NewTicker(countEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), countEvery)
			s.TellCounts(last)
			cancel()
			return
		case <-ticker.C:
			s.TellCounts(ctx)
		}
	}
}

// forgetAfter is when a shop that nobody asks leaves the meter's memory.
const forgetAfter = time.Hour

// TellCounts adds what was counted since the last time to the store, and learns
// how the shops stand. What could not be told is kept for the next time.
func (s *Service) TellCounts(ctx context.Context) {
	m := s.meter
	var counts []Count
	m.mu.Lock()
	for id, shop := range m.shops {
		if !shop.known || shop.fresh.Messages > 0 || m.now().Sub(shop.used) < countEvery {
			counts = append(counts, shop.fresh)
			shop.fresh = Count{Tenant: id}
		} else if m.now().Sub(shop.used) > forgetAfter {
			delete(m.shops, id)
		}
	}
	m.mu.Unlock()
	if len(counts) == 0 {
		return
	}
	standings, err := s.usages.AddCounts(ctx, counts)
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range counts {
		shop := m.of(c.Tenant) // telling is no use: else no shop would ever be forgotten
		if err != nil {
			shop.fresh.Messages += c.Messages
			shop.fresh.Model += c.Model
			continue
		}
		if standing, there := standings[c.Tenant]; there {
			shop.Standing, shop.known = standing, true
		}
	}
	if err != nil {
		s.log.WarnContext(ctx, "usage is not counted yet", "error", err)
	}
}

// MeasureHoldings measures what the shops hold that were not measured for age.
func (s *Service) MeasureHoldings(ctx context.Context, age time.Duration) (more bool, err error) {
	return s.usages.MeasureHoldings(ctx, age)
}
