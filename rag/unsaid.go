package rag

import "slices"

// Unsaid names what a sheet has no column for, and so says nothing of: not that
// it shall be empty. A row that overwrites an entry leaves it as the entry has it.
type Unsaid struct {
	Category  bool `json:"category,omitempty"`
	Language  bool `json:"language,omitempty"`
	Phrasings bool `json:"phrasings,omitempty"`
	State     bool `json:"state,omitempty"`
	From      bool `json:"from,omitempty"`
	Until     bool `json:"until,omitempty"`
}

// Keep returns the content of a row for the one entry that has its question. What
// the merchant wrote into the row by hand stays, column or not; detect tells that of
// a language, which each row gets by itself.
func (u Unsaid) Keep(row, entry Content, detect func(text string) string) Content {
	if u.Category && row.Category == "" {
		row.Category = entry.Category
	}
	if u.Language {
		// Chinese that shows no script is told "" and got the sheet's.
		if told := detect(row.Question + "\n" + row.Answer); told == "" || row.Language == told {
			row.Language = entry.Language
		}
	}
	if u.Phrasings && len(row.Phrasings) == 0 {
		row.Phrasings = slices.Clone(entry.Phrasings)
	}
	if u.State && row.Terms.State != Drafted {
		row.Terms.State = entry.Terms.State
	}
	t := row.Terms
	if u.From && t.From.IsZero() {
		t.From = entry.Terms.From
	}
	if u.Until && t.Until.IsZero() {
		t.Until = entry.Terms.Until
	}
	if t.check() == nil { // else the one date that the sheet gives leaves no room for the other
		row.Terms = t
	}
	return row
}

// Names lists the parts as the columns of a sheet are called.
func (u Unsaid) Names() (names []string) {
	for _, part := range []struct {
		unsaid bool
		name   string
	}{
		{u.Category, "category"}, {u.Language, "language"}, {u.Phrasings, "phrasings"}, {u.State, "state"}, {u.From, "valid_from"}, {u.Until, "valid_until"},
	} {
		if part.unsaid {
			names = append(names, part.name)
		}
	}
	return names
}
