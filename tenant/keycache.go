package tenant

import (
	"context"
	"errors"
	"sync"
	"time"
)

// How long what was read of a key is believed, counted from before the read or
// from before the last question for changes (watch), whichever is later.
// keyFresh and keyPatience together are the second within which a change made
// elsewhere takes effect, as long as the store answers within keyPatience.
const (
	keyFresh    = 750 * time.Millisecond
	keyPatience = 250 * time.Millisecond
	// keyOutage is how long a good key works while the store can not be asked:
	// nothing can be suspended or revoked there in that time either.
	keyOutage = 10 * time.Minute
	// keyRead ends a read that nobody's deadline ends: it is shared by all who wait.
	keyRead = 2 * time.Second
)

// Bounds of the memory and of the load that made-up keys cause. Unknown keys
// have a room of their own, so that a flood of them pushes no shop out, and few
// reads at once, so that it leaves the store's connections to others.
const (
	maxKnown   = 50_000
	maxUnknown = 10_000
	newReads   = 8
)

// keyCache keeps what keys open. Each question of a shopper passes here.
//
// While watch runs, one question twice a second asks for the changes of all
// keys and keeps what did not change fresh. Without it, or when that question
// fails, each key in use is read anew by itself.
type keyCache struct {
	read func(context.Context, Hash) (KeyInfo, error)
	now  func() time.Time
	slot chan struct{} // taken by reads of keys not known

	mu      sync.RWMutex
	epoch   int64     // counts forget: a read begun before one is not kept after it
	asked   time.Time // when the last question for changes that was answered began
	known   map[Hash]keyEntry
	unknown map[Hash]time.Time // when the read that did not find it began
	reads   map[Hash]*keyRequest
}

type keyEntry struct {
	info  KeyInfo
	at    time.Time // when the read began
	tried time.Time // when a later read failed; zero: none did
}

// keyRequest is one read under way; info and err are set before done closes.
type keyRequest struct {
	done  chan struct{}
	begun time.Time
	epoch int64
	info  KeyInfo
	err   error
}

func newKeyCache(read func(context.Context, Hash) (KeyInfo, error), now func() time.Time) *keyCache {
	return &keyCache{
		read: read, now: now, slot: make(chan struct{}, newReads),
		known: map[Hash]keyEntry{}, unknown: map[Hash]time.Time{}, reads: map[Hash]*keyRequest{},
	}
}

// get returns what a key opens; ErrNotFound when nothing.
func (c *keyCache) get(ctx context.Context, hash Hash) (KeyInfo, error) {
	entry, found, err := c.look(hash)
	switch {
	case found == settled:
		return entry.info, err
	case found == aged:
		return c.refresh(ctx, hash, entry.info)
	}
	select {
	case c.slot <- struct{}{}:
		defer func() { <-c.slot }()
	case <-ctx.Done():
		return KeyInfo{}, ctx.Err()
	}
	// Who had the slot before may have asked for the same key.
	if entry, found, err = c.look(hash); found == settled {
		return entry.info, err
	}
	request := c.start(ctx, hash)
	select {
	case <-request.done:
		return request.info, request.err
	case <-ctx.Done():
		return KeyInfo{}, ctx.Err()
	}
}

// What look found.
type keyFound int

const (
	nothing keyFound = iota // the store must be asked
	settled                 // the answer, good or not
	aged                    // an answer that serves only while the store can not be asked
)

func (c *keyCache) look(hash Hash) (keyEntry, keyFound, error) {
	now := c.now()
	c.mu.RLock()
	entry, known := c.known[hash]
	missed, unknown := c.unknown[hash]
	at := later(entry.at, c.asked)
	c.mu.RUnlock()
	switch {
	case known && now.Sub(at) < keyFresh:
		return entry, settled, nil
	case known && now.Sub(at) < keyOutage:
		// A store that just failed is not asked again by every request.
		if now.Sub(entry.tried) < keyFresh {
			return entry, settled, nil
		}
		return entry, aged, nil
	case unknown && now.Sub(missed) < keyFresh:
		return keyEntry{}, settled, ErrNotFound
	}
	return keyEntry{}, nothing, nil
}

// refresh reads anew, and falls back on old when the store fails or is late.
func (c *keyCache) refresh(ctx context.Context, hash Hash, old KeyInfo) (KeyInfo, error) {
	request := c.start(ctx, hash)
	patience := time.NewTimer(keyPatience - c.now().Sub(request.begun))
	defer patience.Stop()
	select {
	case <-request.done:
		if request.err != nil && !errors.Is(request.err, ErrNotFound) {
			return old, nil
		}
		return request.info, request.err
	case <-patience.C:
		return old, nil
	case <-ctx.Done():
		return KeyInfo{}, ctx.Err()
	}
}

// start joins the read of hash that is under way, or begins one.
func (c *keyCache) start(ctx context.Context, hash Hash) *keyRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	// One begun before forget may have read what is no longer so.
	if request := c.reads[hash]; request != nil && request.epoch == c.epoch {
		return request
	}
	request := &keyRequest{done: make(chan struct{}), begun: c.now(), epoch: c.epoch}
	c.reads[hash] = request
	go c.run(context.WithoutCancel(ctx), hash, request)
	return request
}

func (c *keyCache) run(ctx context.Context, hash Hash, request *keyRequest) {
	ctx, cancel := context.WithTimeout(ctx, keyRead)
	defer cancel()
	request.info, request.err = c.read(ctx, hash)

	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(request.done)
	if c.reads[hash] == request {
		delete(c.reads, hash)
	}
	if request.epoch != c.epoch {
		return
	}
	switch {
	case request.err == nil:
		delete(c.unknown, hash)
		makeRoom(c.known, hash, maxKnown)
		c.known[hash] = keyEntry{info: request.info, at: request.begun}
	case errors.Is(request.err, ErrNotFound):
		delete(c.known, hash)
		makeRoom(c.unknown, hash, maxUnknown)
		c.unknown[hash] = request.begun
	default:
		if entry, known := c.known[hash]; known {
			entry.tried = c.now()
			c.known[hash] = entry
		}
	}
}

// forget drops what is known of a shop's keys: they were just changed.
func (c *keyCache) forget(id ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(func(other ID) bool { return other == id })
}

// drop forgets the keys of the shops that changed names. c.mu is held.
func (c *keyCache) drop(changed func(ID) bool) {
	c.epoch++
	for hash, entry := range c.known {
		if changed(entry.info.Tenant) {
			delete(c.known, hash)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// makeRoom keeps m below max: any entry may go, for a map's order is random
// enough and what is asked for comes back with one read.
func makeRoom[V any](m map[Hash]V, hash Hash, max int) {
	if _, there := m[hash]; there {
		return
	}
	for victim := range m {
		if len(m) < max {
			return
		}
		delete(m, victim)
	}
}
