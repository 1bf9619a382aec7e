package gateway

import (
	"sync"
	"time"

	"storebot/tenant"
)

// streams counts what is open: a stream costs memory for as long as its caller
// likes, however seldom it is opened. Keys are a shop and an address; one that
// holds none is forgotten.
type streams struct {
	mu   sync.Mutex
	open map[streamKey]int
}

type streamKey struct {
	tenant  tenant.ID
	address string
}

// whenClosed is when it is worth trying again: nobody knows when another
// stream closes.
const whenClosed = 10 * time.Second

// hold counts one more stream of the caller's address in the shop, until it is
// released; tenant.ErrRateLimited if limit are open. Zero: no limit.
func (s *streams) hold(c tenant.Caller, limit int) (release func(), err error) {
	if limit <= 0 {
		return func() {}, nil
	}
	key := streamKey{c.Tenant, c.Address}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[key] >= limit {
		return nil, &rateError{retryAfter: whenClosed}
	}
	if s.open == nil {
		s.open = map[streamKey]int{}
	}
	s.open[key]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[key]--; s.open[key] == 0 {
			delete(s.open, key)
		}
	}, nil
}
