// Package live is what this process knows of the conversations that people take
// part in: who holds which, and who watches. It wakes watchers and never says
// what happened: they read that from the database after the position they have,
// so that a lost or repeated word does no harm. It does no I/O; ragpg feeds it
// from Postgres' notifications and checks it against the stored positions.
package live

import (
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

// A Kind says what happened in a conversation.
type Kind int

// The kinds.
const (
	Moved  Kind = iota // people or the shop did something: its position grew
	Turned             // the shopper wrote, or the bot answered
	Typing             // a person is writing
)

// A Change is one thing that happened in a conversation.
type Change struct {
	Tenant       tenant.ID
	Conversation uuid.UUID
	Kind         Kind
	State        rag.State // as it is now; "" when it did not change
	Position     int       // of Moved
}

// Key names a conversation.
type Key struct {
	Tenant       tenant.ID
	Conversation uuid.UUID
}

// held is bounded by this many conversations. One that was pushed out is
// treated as the bot's; the store refuses the bot's words then.
const heldSize = 1 << 16

// A Hub is safe for concurrent use. Use NewHub.
type Hub struct {
	held *lru.Cache[Key, rag.State]

	mu       sync.Mutex
	shoppers map[Key]map[*Shopper]struct{}
	inboxes  map[tenant.ID]map[*Inbox]struct{}
	closed   bool
}

// NewHub returns a hub that knows nothing.
func NewHub() *Hub {
	held, err := lru.New[Key, rag.State](heldSize)
	if err != nil {
		panic(err) // only a size below one
	}
	return &Hub{held: held, shoppers: map[Key]map[*Shopper]struct{}{}, inboxes: map[tenant.ID]map[*Inbox]struct{}{}}
}

// ByStaff implements rag.Holds.
func (h *Hub) ByStaff(id tenant.ID, conversation uuid.UUID) bool {
	state, ok := h.held.Get(Key{id, conversation})
	return ok && state == rag.ByStaff
}

// Hold notes who holds a conversation. Only those that the bot does not answer
// alone take room.
func (h *Hub) Hold(k Key, state rag.State) {
	switch state {
	case "":
	case rag.ByStaff, rag.Waiting:
		h.held.Add(k, state)
	default:
		h.held.Remove(k)
	}
}

// Publish wakes whom a change concerns.
func (h *Hub) Publish(c Change) {
	k := Key{c.Tenant, c.Conversation}
	h.Hold(k, c.State)
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.shoppers[k] {
		switch {
		case c.Kind == Moved && c.Position > s.position:
			s.position = c.Position
			wake(s.wake)
		case c.Kind == Typing:
			s.typing = true
			wake(s.wake)
		}
	}
	if c.Kind == Typing {
		return
	}
	for i := range h.inboxes[c.Tenant] {
		i.add(c.Conversation)
	}
}

// Moved wakes the shoppers whose position a conversation is past, as a check
// found it. An inbox reads anew by itself now and then.
func (h *Hub) Moved(c Change) {
	k := Key{c.Tenant, c.Conversation}
	h.Hold(k, c.State)
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.shoppers[k] {
		if c.Position > s.position {
			s.position = c.Position
			wake(s.wake)
		}
	}
}

// Missed wakes everybody: something may have been said that this process did
// not hear.
func (h *Hub) Missed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, all := range h.shoppers {
		for s := range all {
			wake(s.wake)
		}
	}
	for _, all := range h.inboxes {
		for i := range all {
			i.all = true
			wake(i.wake)
		}
	}
}

// Watched returns the conversations that shoppers watch and those that people
// hold or are waited for in, by tenant: what a check must look at.
func (h *Hub) Watched() map[tenant.ID][]uuid.UUID {
	keys := map[Key]struct{}{}
	h.mu.Lock()
	for k := range h.shoppers {
		keys[k] = struct{}{}
	}
	h.mu.Unlock()
	for _, k := range h.held.Keys() {
		keys[k] = struct{}{}
	}
	out := map[tenant.ID][]uuid.UUID{}
	for k := range keys {
		out[k.Tenant] = append(out[k.Tenant], k.Conversation)
	}
	return out
}

// Stats is how many watch.
type Stats struct{ Shoppers, Inboxes int }

// Stats returns the counts.
func (h *Hub) Stats() (s Stats) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, all := range h.shoppers {
		s.Shoppers += len(all)
	}
	for _, all := range h.inboxes {
		s.Inboxes += len(all)
	}
	return s
}

// Close ends every watch, now and later: the process stops, and its watchers go
// on at another.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	h.closed = true
	for _, all := range h.shoppers {
		for s := range all {
			close(s.done)
		}
	}
	for _, all := range h.inboxes {
		for i := range all {
			close(i.done)
		}
	}
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is awake
	}
}
