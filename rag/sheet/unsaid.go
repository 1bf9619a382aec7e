package sheet

import "storebot/rag"

// Unsaid tells which parts of an entry the file has no column for.
func (r *Reader) Unsaid() rag.Unsaid {
	l := r.layout
	return rag.Unsaid{
		Category: l.category < 0, Language: l.language < 0, Phrasings: len(l.phrasings) == 0,
		State: l.state < 0, From: l.from < 0, Until: l.until < 0,
	}
}
