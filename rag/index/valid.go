package index

import (
	"slices"
	"time"

	"storebot/rag"
)

// past tells whether what is valid has changed since the index was read. A load
// is due then; until it is done, and while the database is away, valid keeps
// what has ended from being answered. What has begun waits for the load.
func (x *Index) past(now time.Time) bool {
	return !x.options.Until.IsZero() && !now.Before(x.options.Until)
}

// valid leaves out the matches that have ended. If the first is among them, how
// sure the search was says nothing about the next.
func valid(r rag.Retrieval, now time.Time) rag.Retrieval {
	if len(r.Matches) > 0 && !r.Matches[0].Entry.Terms.Valid(now) {
		r.Confidence = 0
	}
	r.Matches = slices.DeleteFunc(r.Matches, func(m rag.Match) bool { return !m.Entry.Terms.Valid(now) })
	return r
}
