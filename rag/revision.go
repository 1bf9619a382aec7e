package rag

import (
	"time"

	"github.com/google/uuid"
)

// A ChangeKind is what somebody did to entries, or to products.
type ChangeKind string

// The kinds of change, as stored.
const (
	Creating   ChangeKind = "create"
	Editing    ChangeKind = "edit"
	Stating    ChangeKind = "state"    // published many, or made them drafts
	Sorting    ChangeKind = "category" // gave many another category
	Deleting   ChangeKind = "delete"
	Importing  ChangeKind = "import"
	Restoring  ChangeKind = "restore" // brought back an earlier version
	TakingBack ChangeKind = "undo"
)

// A Changed says what one act did to a shop's entries or products, and names it, so
// that it can be taken back.
type Changed struct {
	Change uuid.UUID // uuid.Nil when nothing changed
	Count  int       // of entries or products
}

// An Undone says what taking a change back came to. What was changed again
// since stays as it is now.
type Undone struct {
	Restored int // are again what they were
	Removed  int // had come with the change
	Kept     int // were changed since, or would now repeat another
}

// A Revision is one version of an entry, whose content it has, or of a product; or that it was deleted then.
type Revision[T any] struct {
	ID      uuid.UUID // uuid.Nil: the version that stands; of a deletion, the version that it ended
	Deleted bool
	Content T          // of a deletion, what was deleted
	At      time.Time  // when it was written
	Kind    ChangeKind // by what; "" when that is no longer known
	By      string     // the e-mail address of who did it; "": the program, or it is no longer known
	File    string     // of an import
}

// A MeanwhileError refuses to overwrite what is not what its writer began with, and says
// how it came to be what it is.
type MeanwhileError struct {
	At   time.Time
	Kind ChangeKind // the rest as of a Revision
	By   string
	File string
}

func (e *MeanwhileError) Error() string {
	return "changed meanwhile, at " + e.At.UTC().Format(time.RFC3339)
}

// A RevisionPlace is where a list of revisions, newest first, goes on: after the one with that
// time and id. Its zero value is the beginning.
type RevisionPlace struct {
	At time.Time
	ID uuid.UUID
}

// UndoPeriod is how long an import can be taken back.
const UndoPeriod = 30 * 24 * time.Hour

// A BulkEdit is one change to many entries. One field is set.
type BulkEdit struct {
	State    EntryState
	Category *string
}

// A Selection is entries by their ids, or all that fit a filter.
type Selection struct {
	IDs    []EntryID
	Filter *EntryFilter
}

// A PhrasingSuggestion is a shopper's question that might become a phrasing of an
// entry.
type PhrasingSuggestion struct {
	Question   string // masked, as it was stored
	Times      int    // it was asked
	Chosen     int    // times the shopper then chose the entry's own question
	Confidence float64
	LastAsked  time.Time
}
