package rag

import (
	"strconv"
	"time"
)

// An EntryState says whether an entry may be answered at all.
type EntryState string

// The states of an entry, as stored.
const (
	Drafted   EntryState = "draft"     // the merchant's alone
	Published EntryState = "published" // answered within its dates
)

// Terms say when an entry is answered. The zero value: from now on, for good.
type Terms struct {
	State EntryState // "": Published
	From  time.Time  // the first moment; zero: always was
	Until time.Time  // the first moment no more; zero: never ends
}

// Valid tells whether an entry with these terms is answered at a moment.
func (t Terms) Valid(at time.Time) bool {
	return t.State != Drafted && !at.Before(t.From) && (t.Until.IsZero() || at.Before(t.Until))
}

// Next returns the first moment after at when Valid may turn out otherwise;
// zero: there is none.
func (t Terms) Next(at time.Time) time.Time {
	switch {
	case t.State == Drafted:
		return time.Time{}
	case t.From.After(at):
		return t.From
	case t.Until.After(at):
		return t.Until
	}
	return time.Time{}
}

// clean gives the state its name and the dates the precision of their columns.
func (t Terms) clean() Terms {
	if t.State == "" {
		t.State = Published
	}
	for _, at := range []*time.Time{&t.From, &t.Until} {
		if !at.IsZero() {
			*at = at.UTC().Truncate(time.Second)
		}
	}
	return t
}

func (t Terms) check() error {
	switch {
	case t.State != Drafted && t.State != Published:
		return &InputError{Code: "unknown_state", Message: "the state is not known", Cure: "use draft or published"}
	case !t.From.IsZero() && !t.Until.IsZero() && !t.From.Before(t.Until):
		return &InputError{Code: "dates_crossed", Message: "the entry ends before it begins", Cure: "give an end after the beginning"}
	}
	return nil
}

// marks are what Content.Hash adds for terms that are not the usual ones. They
// begin with a zero byte, which no text of an entry can hold.
func (t Terms) marks() (marks []string) {
	if t.State == Drafted {
		marks = append(marks, "\x00draft")
	}
	if !t.From.IsZero() {
		marks = append(marks, "\x00from"+strconv.FormatInt(t.From.Unix(), 10))
	}
	if !t.Until.IsZero() {
		marks = append(marks, "\x00until"+strconv.FormatInt(t.Until.Unix(), 10))
	}
	return marks
}
