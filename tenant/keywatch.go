package tenant

import (
	"context"
	"time"
)

// Changes are what happened to credentials of any kind since a revision.
type Changes struct {
	Revision int64 // the newest
	Tenants  []ID  // whose keys or status changed; the same one may stand twice
	// Complete says that Tenants has all of them. It is false when the store no
	// longer has every change since then, as after a restored backup.
	Complete bool
}

const (
	// watchEvery and keyPatience together stay below keyFresh, so that a key in
	// use is read again only when it changed.
	watchEvery = 400 * time.Millisecond
	// watchRead ends a question that the store does not answer.
	watchRead = 2 * time.Second
)

// WatchKeys keeps the keys in memory fresh until ctx ends, by asking for the
// changes of all of them at once. It returns ctx's error. Without it, and
// while the store does not answer, each key is read by itself (ShopByKey).
func (s *Service) WatchKeys(ctx context.Context) error {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	revision := int64(-1)
	for {
		revision = s.keys.ask(ctx, revision, s.directory.ChangesSince)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// ask takes over what changed since revision and returns the revision that is
// now known; a question that failed changes nothing.
func (c *keyCache) ask(ctx context.Context, revision int64, changes func(context.Context, int64) (Changes, error)) int64 {
	begun := c.now()
	ctx, cancel := context.WithTimeout(ctx, watchRead)
	defer cancel()
	found, err := changes(ctx, revision)
	if err != nil {
		return revision
	}
	changed := make(map[ID]bool, len(found.Tenants))
	for _, id := range found.Tenants {
		changed[id] = true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !found.Complete:
		c.drop(func(ID) bool { return true })
	case len(changed) > 0:
		c.drop(func(id ID) bool { return changed[id] })
	}
	c.asked = later(c.asked, begun)
	return found.Revision
}
