package rageval

import (
	"fmt"
	"math/rand/v2"
	"time"

	"storebot/rag"
	"storebot/rag/cluster"
)

// A Clustering says how well questions that ask the same entry were put together
// as they came in, without the entries being known.
type Clustering struct {
	Questions int `json:"n"`        // in scope, each with one right entry
	Classes   int `json:"classes"`  // different right entries
	Clusters  int `json:"clusters"` // made
	// ARI is the adjusted Rand index (Hubert and Arabie, 1985): pairs put together
	// rightly, less what chance would; 1 is perfect, 0 is chance.
	ARI float64 `json:"ari"`
	// Purity is the share of questions in a cluster mostly of their own class.
	Purity float64 `json:"purity"`
	// Precision and Recall are BCubed (Bagga and Baldwin, 1998): of the questions
	// beside one the share that ask the same, and of those that ask the same the
	// share beside it.
	Precision float64 `json:"bcubed_precision"`
	Recall    float64 `json:"bcubed_recall"`
	// MicrosecondsEach is the time for one question.
	MicrosecondsEach float64 `json:"us_per_question"`
}

// Cluster puts the set's questions in scope into clusters in a fixed random order.
func Cluster(set *Set) Clustering {
	var texts []string
	var truth []int
	classes := map[rag.EntryID]int{}
	for _, q := range set.Questions {
		if len(q.Right) != 1 {
			continue
		}
		if _, known := classes[q.Right[0]]; !known {
			classes[q.Right[0]] = len(classes)
		}
		texts = append(texts, q.Text)
		truth = append(truth, classes[q.Right[0]])
	}
	began := time.Now()
	g := cluster.New(texts)
	made := make([]int, len(texts))
	clusters := 0
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(len(texts)) {
		var opened bool
		if made[i], opened = g.Assign(i, texts[i]); opened {
			clusters++
		}
	}
	took := time.Since(began)
	c := agreement(truth, made)
	c.Questions, c.Classes, c.Clusters = len(texts), len(classes), clusters
	if len(texts) > 0 {
		c.MicrosecondsEach = float64(took.Microseconds()) / float64(len(texts))
	}
	return c
}

// agreement compares what was made with what is true, by question.
func agreement(truth, made []int) Clustering {
	type cell struct{ truth, made int }
	both, byTruth, byMade, largest := map[cell]float64{}, map[int]float64{}, map[int]float64{}, map[int]float64{}
	for i := range truth {
		both[cell{truth[i], made[i]}]++
		byTruth[truth[i]]++
		byMade[made[i]]++
	}
	pairs := func(n float64) float64 { return n * (n - 1) / 2 }
	var together, trueTogether, madeTogether float64
	var c Clustering
	n := float64(len(truth))
	for at, k := range both {
		together += pairs(k)
		largest[at.made] = max(largest[at.made], k)
		c.Precision += k * k / byMade[at.made] / n
		c.Recall += k * k / byTruth[at.truth] / n
	}
	for _, k := range byTruth {
		trueTogether += pairs(k)
	}
	for made, k := range byMade {
		madeTogether += pairs(k)
		c.Purity += largest[made] / n
	}
	if n > 1 {
		chance := trueTogether * madeTogether / pairs(n)
		if most := (trueTogether + madeTogether) / 2; most != chance {
			c.ARI = (together - chance) / (most - chance)
		}
	}
	return c
}

// Summary is the figures for people.
func (c Clustering) Summary() string {
	return fmt.Sprintf("%d questions that ask %d entries, put into %d clusters\n"+
		"  adjusted Rand index  %.3f\n  purity               %.3f\n  BCubed precision     %.3f\n  BCubed recall        %.3f\n  time per question    %.0f µs\n",
		c.Questions, c.Classes, c.Clusters, c.ARI, c.Purity, c.Precision, c.Recall, c.MicrosecondsEach)
}
