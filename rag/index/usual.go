package index

import (
	"math/rand/v2"
	"sync"

	"storebot/rag/confidence"
)

// usualSample bounds the phrasings that are asked, for each costs as much as a
// question does: with 64 the calibration error on shops left out is a hundredth
// worse, with 300 no better.
const usualSample = 100

// usualWorkers is how many processors ask the sample.
const usualWorkers = 2

// A shop of few entries says little of itself: it is taken to be like the mean
// of the shops that the confidence was fitted on, with the weight of so many
// phrasings.
const (
	priorNearest = 0.53
	priorOverlap = 0.52
	priorCount   = 5
)

// usualOf asks a sample of the shop's own questions and phrasings, each as if
// the shop did not have it. The same entries give the same sample.
func (x *Index) usualOf() confidence.Usual {
	usual := confidence.Usual{Nearest: priorNearest * priorCount, Overlap: priorOverlap * priorCount}
	random := rand.New(rand.NewPCG(3, 4))
	n := min(usualSample, len(x.phrasings))
	asked := random.Perm(len(x.phrasings))[:n]
	found := make([]confidence.Features, n)
	workers := min(usualWorkers, n)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			s := x.newSearch()
			for i := worker; i < n; i += workers {
				s.held = int32(asked[i])
				x.score(s, x.text(x.phrasings[asked[i]]))
				if s.rank(); len(s.order) > 0 {
					found[i] = x.features(s)
				}
			}
		})
	}
	group.Wait()
	for _, f := range found { // in one order, whoever was first: the sums are the same
		usual.Nearest += f.Nearest
		usual.Overlap += f.Overlap
	}
	usual.Nearest /= float64(n + priorCount)
	usual.Overlap /= float64(n + priorCount)
	return usual
}
