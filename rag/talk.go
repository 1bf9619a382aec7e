package rag

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"
)

// A Talk is a conversation as lists show it to staff.
type Talk struct {
	Conversation
	Hold
	CreatedAt    time.Time
	OwnerEmail   string    // "" without an owner, or when they are no member any more
	WaitingSince time.Time // since when the shopper waits for a person's words; zero: not
	DueAt        time.Time // when that becomes too long; zero: nobody waits, or the shop does not open
	Overdue      bool
	Unread       int    // the shopper's messages that staff have not read
	LastAuthor   string // of the shopper and staff; what the bot says is alike in many
	LastText     string
	LastAt       time.Time
	Contact      *Contact // the last that was left; nil: none
}

// Judge fills in when a talk is due by the shop's hours, and whether that is past.
func (t *Talk) Judge(h Hours, now time.Time) { t.DueAt, t.Overdue = Due(h, t.WaitingSince, now) }

// Due returns when the waiting of a shopper who waits since a moment becomes too long
// by the shop's hours, and whether that is past. Zero: nobody waits, or the shop does
// not open.
func Due(h Hours, since, now time.Time) (at time.Time, overdue bool) {
	if since.IsZero() {
		return at, false
	}
	at, ok := h.Due(since, h.ReplyWithin)
	if !ok {
		return time.Time{}, false
	}
	return at, !at.After(now)
}

// An OpenTalk is what counting and choosing need of a talk that waits or is a person's.
type OpenTalk struct {
	ID           uuid.UUID
	State        State
	Owner        uuid.UUID // a member's account; zero: nobody's
	Since        time.Time // of the state
	WaitingSince time.Time // as a Talk's
	DueAt        time.Time // when the waiting becomes too long, see Due
	Overdue      bool
	Unread       int
}

// An InboxView is a choice of a shop's talks.
type InboxView int

// The views. All but ViewAll are of those that wait or are a person's.
const (
	ViewWaiting InboxView = iota
	ViewMine
	ViewOverdue
	ViewAll
)

// InboxCounts is how many talks each view has.
type InboxCounts struct {
	Waiting, Mine, Overdue int
	Unread                 int // messages, in waiting and in one's own
}

// ownedBy tells whether a talk is a member's. A platform admin who looks at the shop
// is none, and has none of those that nobody has.
func (t *OpenTalk) ownedBy(me uuid.UUID) bool { return me != uuid.Nil && t.Owner == me }

// CountInbox counts open talks for a member.
func CountInbox(open []OpenTalk, me uuid.UUID) (c InboxCounts) {
	for i := range open {
		t := &open[i]
		if t.Overdue {
			c.Overdue++
		}
		if t.State == Waiting {
			c.Waiting++
		}
		if t.ownedBy(me) {
			c.Mine++
		}
		if t.State == Waiting || t.ownedBy(me) {
			c.Unread += t.Unread
		}
	}
	return c
}

// Select returns the open talks of a view for a member, whose shopper waits
// longest first, and after those whose shopper does not wait. Of a last that is not
// zero, only those that come after it, whether it is still among them or not.
func Select(open []OpenTalk, view InboxView, me uuid.UUID, last OpenTalk) []OpenTalk {
	out := slices.DeleteFunc(slices.Clone(open), func(t OpenTalk) bool {
		if last.ID != uuid.Nil && t.compare(last) <= 0 {
			return true
		}
		switch view {
		case ViewWaiting:
			return t.State != Waiting
		case ViewMine:
			return !t.ownedBy(me)
		case ViewOverdue:
			return !t.Overdue
		case ViewAll:
		}
		return false
	})
	slices.SortFunc(out, OpenTalk.compare)
	return out
}

// compare orders talks as Select does; no two are alike.
func (t OpenTalk) compare(u OpenTalk) int {
	return cmp.Or(
		cmp.Compare(zeroLast(t.WaitingSince), zeroLast(u.WaitingSince)), t.WaitingSince.Compare(u.WaitingSince),
		t.Since.Compare(u.Since), bytes.Compare(t.ID[:], u.ID[:]),
	)
}

func zeroLast(t time.Time) int {
	if t.IsZero() {
		return 1
	}
	return 0
}

// A Line is one thing in a conversation as staff see it.
type Line struct {
	ID         uuid.UUID
	Author     string // shopper, bot, staff, system, or note: for staff alone
	Text       string
	CreatedAt  time.Time
	StaffID    uuid.UUID // who wrote it, of staff and note
	StaffEmail string    // "" when they are no member any more
	Note       string    // what a system line notes: one of the Note constants

	// The rest is the bot's.
	Decision    Decision
	Reason      string
	Confidence  float64
	Engine      string
	Sources     []Source
	Interrupted bool
	Rating      int
	Total       time.Duration
}

// A Source is an entry that a reply rests on.
type Source struct {
	Entry    EntryID
	Question string // "" when the entry is no more
}

// A PastHandOver is one hand-over of a conversation, from its asking to its end.
type PastHandOver struct {
	Reason     string
	AskedAt    time.Time
	TakenAt    time.Time     // zero: not yet
	FirstReply time.Duration // 0: none, or nobody waited for one
	EndedAt    time.Time     // zero: it lasts
	EndedAs    string
}

// A Record is all that was said, noted and left in a conversation.
type Record struct {
	Lines     []Line // the last 200, oldest first
	Contacts  []Contact
	HandOvers []PastHandOver
	Introduction
	Satisfaction int // 1 to 5; 0: the shopper did not say
}
