package rag_test

import (
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
)

// Who looks at a shop without being a member of it has no conversation there.
func TestATalkWithoutAnOwnerIsNobodys(t *testing.T) {
	member := uuid.New()
	open := []rag.OpenTalk{
		{State: rag.Waiting, Unread: 2},
		{State: rag.ByStaff, Owner: member, Unread: 3},
		{State: rag.ByStaff, Owner: uuid.New(), Unread: 5},
	}
	for _, one := range []struct {
		who  string
		me   uuid.UUID
		want rag.InboxCounts
		mine int
	}{
		{"a member", member, rag.InboxCounts{Waiting: 1, Mine: 1, Unread: 5}, 1},
		{"a platform admin who looks", uuid.Nil, rag.InboxCounts{Waiting: 1, Unread: 2}, 0},
	} {
		if got := rag.CountInbox(open, one.me); got != one.want {
			t.Errorf("%s: %+v, want %+v", one.who, got, one.want)
		}
		if got := rag.Select(open, rag.ViewMine, one.me, rag.OpenTalk{}); len(got) != one.mine {
			t.Errorf("%s has %d conversations, want %d", one.who, len(got), one.mine)
		}
	}
}
