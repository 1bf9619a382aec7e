package rag_test

import (
	"strings"
	"testing"

	"storebot/rag"
)

func TestHashTellsContentsApart(t *testing.T) {
	base := rag.Content{Question: "q", Answer: "a", Category: "c", Language: "en", Phrasings: []string{"x", "y"}}
	if base.Hash() != base.Clean().Hash() {
		t.Error("the same content has two hashes")
	}
	seen := map[rag.Hash]int{base.Hash(): -1}
	for i, c := range []rag.Content{
		{Question: "qa", Answer: "", Category: "c", Language: "en", Phrasings: []string{"x", "y"}},
		{Question: "q", Answer: "a", Category: "", Language: "en", Phrasings: []string{"c", "x", "y"}},
		{Question: "q", Answer: "a", Category: "c", Language: "", Phrasings: []string{"x", "y"}},
		{Question: "q", Answer: "a", Category: "c", Language: "en", Phrasings: []string{"xy"}},
		{Question: "q", Answer: "a", Category: "c", Language: "en", Phrasings: []string{"y", "x"}},
		{Question: "q", Answer: "a", Category: "c", Language: "en"},
	} {
		if other, there := seen[c.Hash()]; there {
			t.Errorf("contents %d and %d have one hash", i, other)
		}
		seen[c.Hash()] = i
	}
	if rag.QuestionHash(" q\n") != rag.QuestionHash("q") || rag.QuestionHash("q") == rag.QuestionHash("Q") {
		t.Error("the hash of a question is not that of its trimmed text")
	}
}

func TestClean(t *testing.T) {
	c := rag.Content{Question: " q ", Answer: "a\n", Phrasings: []string{"", "q", " x", "x", "y"}}.Clean()
	if c.Question != "q" || c.Answer != "a" || strings.Join(c.Phrasings, ",") != "x,y" {
		t.Errorf("%+v", c)
	}
}
