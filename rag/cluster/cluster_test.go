package cluster_test

import (
	"fmt"
	"testing"

	"storebot/rag/cluster"
)

func TestQuestionsThatAskTheSame(t *testing.T) {
	same := [][]string{
		{"Do you wrap gifts?", "can you wrap gifts please", "gift wrapping for my mother"},
		{"可以開統編嗎？", "可以开统编吗", "統編可以開嗎"},
		{"Is the green tea organic?", "organic green tea", "is your tea organic"},
		{"門市幾點開門", "门市几点开门？"},
	}
	var texts []string
	for _, list := range same {
		texts = append(texts, list...)
	}
	g := cluster.New(texts)
	numbers := map[int]int{} // by cluster: which list it is of
	for i, list := range same {
		for j, text := range list {
			n, opened := g.Assign(10*i+j, text)
			if opened != (j == 0) {
				t.Errorf("%q: opened %v", text, opened)
			}
			if opened {
				numbers[n] = i
			}
			if numbers[n] != i {
				t.Errorf("%q is with %q", text, same[numbers[n]][0])
			}
		}
	}
	if key := g.Typical(0); key > 2 {
		t.Errorf("the first cluster's typical question is %d", key)
	}
}

// A text without a term is like nothing, also like another one.
func TestNothingIsLikeNothing(t *testing.T) {
	g := cluster.New([]string{"?!", "…", "tea"})
	for i, text := range []string{"?!", "…", "tea", ""} {
		if n, opened := g.Assign(i, text); !opened || n != i {
			t.Errorf("%q went to %d", text, n)
		}
	}
}

// The order of a map must not decide: the same questions give the same clusters.
func TestTheSameTwice(t *testing.T) {
	words := []string{"tea", "tin", "gift", "wrap", "parcel", "late", "organic", "price", "store", "open"}
	var texts []string
	for i := range 200 {
		texts = append(texts, fmt.Sprintf("%s %s %s", words[i%10], words[i*7%10], words[i*3%7]))
	}
	put := func() (out []int) {
		g := cluster.New(texts)
		for i, text := range texts {
			n, _ := g.Assign(i, text)
			out = append(out, n)
		}
		return out
	}
	if a, b := fmt.Sprint(put()), fmt.Sprint(put()); a != b {
		t.Errorf("two runs differ:\n%s\n%s", a, b)
	}
}
