package live

import (
	"storebot/tenant"

	"github.com/google/uuid"
)

// perConversation is how many may watch one conversation at once: a shopper's
// tabs. The longest watching gives way to a new one.
const perConversation = 8

// A Shopper watches one conversation.
type Shopper struct {
	hub      *Hub
	key      Key
	wake     chan struct{}
	done     chan struct{}
	position int // the highest that it was woken for; guarded by hub.mu
	typing   bool
	serial   int
}

// WatchConversation begins a watch; Stop ends it.
func (h *Hub) WatchConversation(id tenant.ID, conversation uuid.UUID) *Shopper {
	s := &Shopper{hub: h, key: Key{id, conversation}, wake: make(chan struct{}, 1), done: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.shoppers[s.key]
	if all == nil {
		all = map[*Shopper]struct{}{}
		h.shoppers[s.key] = all
	}
	var oldest *Shopper
	for other := range all {
		s.serial = max(s.serial, other.serial+1)
		if oldest == nil || other.serial < oldest.serial {
			oldest = other
		}
	}
	if len(all) >= perConversation {
		delete(all, oldest)
		close(oldest.done)
	}
	all[s] = struct{}{}
	if h.closed {
		close(s.done)
	}
	return s
}

// Wake is readable when something happened.
func (s *Shopper) Wake() <-chan struct{} { return s.wake }

// Done is closed when the watch must end.
func (s *Shopper) Done() <-chan struct{} { return s.done }

// Seen says up to which position the watcher has everything.
func (s *Shopper) Seen(position int) {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	s.position = max(s.position, position)
}

// Typing reports whether a person began or went on writing since it was asked last.
func (s *Shopper) Typing() bool {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	was := s.typing
	s.typing = false
	return was
}

// Stop ends the watch.
func (s *Shopper) Stop() {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	all := s.hub.shoppers[s.key]
	delete(all, s)
	if len(all) == 0 {
		delete(s.hub.shoppers, s.key)
	}
}

// maxChanged is how many conversations an inbox keeps apart until it is read.
const maxChanged = 100

// An Inbox watches all conversations of a shop.
type Inbox struct {
	hub     *Hub
	id      tenant.ID
	wake    chan struct{}
	done    chan struct{}
	changed map[uuid.UUID]struct{} // guarded by hub.mu
	all     bool
}

// WatchInbox begins a watch; Stop ends it.
func (h *Hub) WatchInbox(id tenant.ID) *Inbox {
	i := &Inbox{hub: h, id: id, wake: make(chan struct{}, 1), done: make(chan struct{}), changed: map[uuid.UUID]struct{}{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.inboxes[id] == nil {
		h.inboxes[id] = map[*Inbox]struct{}{}
	}
	h.inboxes[id][i] = struct{}{}
	if h.closed {
		close(i.done)
	}
	return i
}

// add is called with hub.mu held.
func (i *Inbox) add(conversation uuid.UUID) {
	if len(i.changed) >= maxChanged {
		i.all = true
	} else {
		i.changed[conversation] = struct{}{}
	}
	wake(i.wake)
}

// Wake is readable when something happened.
func (i *Inbox) Wake() <-chan struct{} { return i.wake }

// Done is closed when the watch must end.
func (i *Inbox) Done() <-chan struct{} { return i.done }

// Changed returns what happened since it was asked last: the conversations, or
// all when they were too many or some may have been missed.
func (i *Inbox) Changed() (list []uuid.UUID, all bool) {
	i.hub.mu.Lock()
	defer i.hub.mu.Unlock()
	for c := range i.changed {
		list = append(list, c)
	}
	all = i.all
	clear(i.changed)
	i.all = false
	return list, all
}

// Stop ends the watch.
func (i *Inbox) Stop() {
	i.hub.mu.Lock()
	defer i.hub.mu.Unlock()
	delete(i.hub.inboxes[i.id], i)
	if len(i.hub.inboxes[i.id]) == 0 {
		delete(i.hub.inboxes, i.id)
	}
}
