package index

import "time"

// Stats are the cache's counters since it was made.
type Stats struct {
	Shops       int       // in memory now
	Bytes       int64     // that they hold
	Loads       int64     // finished, failed ones included
	LoadErrors  int64     // failed
	Evictions   int64     // shops forgotten for want of room
	LexicalOnly int64     // questions answered without a vector that should have had one
	CheckErrors int64     // version checks that failed
	CheckedAt   time.Time // the last version check that succeeded
}

// Stats returns a copy of the counters.
func (c *Cache) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	stats := c.stats
	stats.Shops = c.order.Len()
	return stats
}
