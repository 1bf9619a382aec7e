package sheet

import (
	"strings"
	"testing"

	"storebot/rag"
)

// Whether by header or by position, a sheet is silent on what it has no column for.
func TestUnsaid(t *testing.T) {
	none := rag.Unsaid{Category: true, Language: true, Phrasings: true, State: true, From: true, Until: true}
	for file, want := range map[string]rag.Unsaid{
		"question,answer\na,b\n":               none,
		"問題,答案,分類,相似問\na,b,,\n":                {Language: true, State: true, From: true, Until: true},
		"question,answer,lang,state\na,b,,\n":  {Category: true, Phrasings: true, From: true, Until: true},
		"q,a,valid from,expires,notes\na,b,,,": {Category: true, Language: true, Phrasings: true, State: true},
	} {
		r, err := Open(strings.NewReader(file), int64(len(file)), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Unsaid(); got != want {
			t.Errorf("%q is silent on %+v, want %+v", file, got, want)
		}
	}
	for columns, want := range map[*Columns]rag.Unsaid{
		{Question: 1, Answer: 2}:                                   none,
		{Question: 1, Answer: 2, Category: 3, Phrasings: []int{4}}: {Language: true, State: true, From: true, Until: true},
	} {
		r, err := Open(strings.NewReader("a,b,c,d\n"), 8, Options{Columns: columns})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Unsaid(); got != want {
			t.Errorf("by position %+v it is silent on %+v, want %+v", columns, got, want)
		}
	}
}
