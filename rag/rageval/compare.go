package rageval

import "storebot/rag"

// A Difference is an in-scope question that two engines place differently: one
// finds the right entry first and the other does not.
type Difference struct {
	Question string  `json:"q"`
	Right    string  `json:"right"` // the question of a right entry
	First    Finding `json:"first"`
	Second   Finding `json:"second"`
}

// A Finding is what one engine put first.
type Finding struct {
	Entry      string  `json:"entry"` // its question; "" when nothing was found
	Rank       int     `json:"rank"`  // of the first right entry; 0 when it was not found
	Confidence float64 `json:"confidence"`
}

// Compare lists the questions that two engines answer differently, in the
// set's order. The outcomes are of the same set.
func Compare(set *Set, first, second []Outcome) []Difference {
	questions := make(map[rag.EntryID]string, len(set.Entries))
	for _, e := range set.Entries {
		questions[e.ID] = e.Question
	}
	var differences []Difference
	for i, a := range first {
		b := second[i]
		if a.Right() == b.Right() {
			continue
		}
		differences = append(differences, Difference{
			Question: a.Question.Text, Right: questions[a.Question.Right[0]], First: finding(a), Second: finding(b),
		})
	}
	return differences
}

func finding(o Outcome) Finding {
	f := Finding{Rank: o.Rank, Confidence: o.Confidence}
	if len(o.Retrieval.Matches) > 0 {
		f.Entry = o.Retrieval.Matches[0].Entry.Question
	}
	return f
}
