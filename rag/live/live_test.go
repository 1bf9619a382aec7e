package live

import (
	"slices"
	"testing"

	"storebot/rag"
	"storebot/tenant"

	"github.com/google/uuid"
)

func awake(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestWhoIsWoken(t *testing.T) {
	h := NewHub()
	id, other, conversation := tenant.NewID(), tenant.NewID(), uuid.New()
	s, inbox := h.WatchConversation(id, conversation), h.WatchInbox(id)
	// A conversation of the same id in another tenant is another one.
	foreign, foreignInbox := h.WatchConversation(other, conversation), h.WatchInbox(other)
	moved := Change{Tenant: id, Conversation: conversation, Kind: Moved, State: rag.ByStaff, Position: 3}
	h.Publish(moved)
	if !awake(s.Wake()) || !awake(inbox.Wake()) {
		t.Error("who watches is not woken")
	}
	if list, all := inbox.Changed(); all || !slices.Equal(list, []uuid.UUID{conversation}) {
		t.Errorf("the inbox is told %v, %v", list, all)
	}
	h.Publish(moved)
	if awake(s.Wake()) {
		t.Error("the same position wakes twice")
	}
	s.Seen(7)
	h.Moved(Change{Tenant: id, Conversation: conversation, Position: 7, State: rag.ByStaff})
	if awake(s.Wake()) {
		t.Error("what was seen wakes")
	}
	h.Publish(Change{Tenant: id, Conversation: conversation, Kind: Typing})
	if !awake(s.Wake()) || !s.Typing() || s.Typing() {
		t.Error("writing is not told once")
	}
	if awake(foreign.Wake()) || awake(foreignInbox.Wake()) || h.ByStaff(other, conversation) {
		t.Error("another tenant is told")
	}
	if !h.ByStaff(id, conversation) {
		t.Error("it is not known who has it")
	}
	h.Publish(Change{Tenant: id, Conversation: conversation, Kind: Moved, State: rag.ByBot, Position: 8})
	if h.ByStaff(id, conversation) {
		t.Error("it is held after it was handed back")
	}
	h.Missed()
	if !awake(foreign.Wake()) || !awake(foreignInbox.Wake()) {
		t.Error("after a loss not everybody looks")
	}
	if _, all := foreignInbox.Changed(); !all {
		t.Error("after a loss the inbox does not read everything")
	}
}

func TestWatchesAreBounded(t *testing.T) {
	h := NewHub()
	id, conversation := tenant.NewID(), uuid.New()
	var all []*Shopper
	for range perConversation + 2 {
		all = append(all, h.WatchConversation(id, conversation))
	}
	for i, s := range all {
		select {
		case <-s.Done():
			if i > 1 {
				t.Errorf("watch %d was ended", i)
			}
		default:
			if i < 2 {
				t.Errorf("watch %d, the longest there, goes on", i)
			}
		}
		s.Stop()
	}
	if got := h.Stats(); got != (Stats{}) || len(h.Watched()) != 0 {
		t.Errorf("after all stopped: %+v", got)
	}
	inbox := h.WatchInbox(id)
	for range maxChanged + 1 {
		h.Publish(Change{Tenant: id, Conversation: uuid.New(), Kind: Turned})
	}
	if list, all := inbox.Changed(); !all || len(list) != maxChanged {
		t.Errorf("%d changes, all %v", len(list), all)
	}
	h.Close()
	h.Close()
	late := h.WatchConversation(id, conversation)
	for _, done := range []<-chan struct{}{inbox.Done(), late.Done(), h.WatchInbox(id).Done()} {
		select {
		case <-done:
		default:
			t.Error("a watch goes on after the end")
		}
	}
}
