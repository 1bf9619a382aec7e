package rageval

import (
	"math"
	"testing"
)

func TestAgreement(t *testing.T) {
	for name, c := range map[string]struct {
		truth, made []int
		want        Clustering
	}{
		"perfect":    {[]int{0, 0, 1, 1}, []int{5, 5, 7, 7}, Clustering{ARI: 1, Purity: 1, Precision: 1, Recall: 1}},
		"all in one": {[]int{0, 0, 1, 1}, []int{0, 0, 0, 0}, Clustering{ARI: 0, Purity: .5, Precision: .5, Recall: 1}},
		"each alone": {[]int{0, 0, 1, 1}, []int{0, 1, 2, 3}, Clustering{ARI: 0, Purity: 1, Precision: 1, Recall: .5}},
		// By hand: 1 pair together rightly of 2 true and 3 made among 6: chance 1, most 2.5.
		"one strayed": {[]int{0, 0, 1, 1}, []int{0, 0, 0, 1}, Clustering{ARI: 0, Purity: .75, Precision: (2./3 + 2./3 + 1./3 + 1) / 4, Recall: (1 + 1 + .5 + .5) / 4}},
	} {
		got := agreement(c.truth, c.made)
		for figure, v := range map[string][2]float64{
			"ARI": {got.ARI, c.want.ARI}, "purity": {got.Purity, c.want.Purity}, "precision": {got.Precision, c.want.Precision}, "recall": {got.Recall, c.want.Recall},
		} {
			if math.Abs(v[0]-v[1]) > 1e-9 {
				t.Errorf("%s: %s is %v, want %v", name, figure, v[0], v[1])
			}
		}
	}
}

// On the demo shop's own questions in three scripts what is put together mostly
// belongs together.
func TestClusterTheDemoShop(t *testing.T) {
	const demo = "../../cmd/storebot/internal/demo/"
	set, err := Load(Files{FAQ: demo + "faq.csv", Questions: demo + "questions.jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	c := Cluster(set)
	t.Log(c.Summary())
	if c.Questions < 200 || c.Precision < .85 || c.Purity < .85 || c.Clusters >= c.Questions {
		t.Errorf("clustering %+v", c)
	}
}
