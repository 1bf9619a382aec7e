package ragpg_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
)

// The search in the database ranks as the plain inner product of the stored
// vectors does. Stored are half precision numbers, so the reference takes the
// vectors as they come back, and the query rounded alike.
func TestSearchRanksAsTheInnerProduct(t *testing.T) {
	const model, dimensions, rows = "wide@1", 64, 300
	b := newBench(t)
	b.Target = func() string { return model }
	b.commit(t, b.stage(t, faq(rows/3)), rag.Overwrite)
	list, err := b.Pending(t.Context(), b.shop, model, uuid.Nil, 2*rows)
	if err != nil || len(list) != rows {
		t.Fatalf("%d phrasings to embed, %v", len(list), err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	unit := func() []float32 {
		v, sum := make([]float32, dimensions), 0.0
		for i := range v {
			v[i] = float32(random.NormFloat64())
			sum += float64(v[i]) * float64(v[i])
		}
		for i := range v {
			v[i] /= float32(math.Sqrt(sum))
		}
		return v
	}
	vectors := make([][]float32, rows)
	for i := range vectors {
		vectors[i] = unit()
	}
	vectors[7], vectors[9] = vectors[8], make([]float32, dimensions) // a tie, and a text without content
	for range 2 {                                                    // the second time nothing is left to store
		if err := b.StoreVectors(t.Context(), b.shop, model, list, vectors); err != nil {
			t.Fatal(err)
		}
	}
	b.exec(t, `UPDATE shop SET embed_model = $1 WHERE tenant_id = $2`, model, b.shop.UUID)
	known, err := b.Load(t.Context(), b.shop)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[uuid.UUID][]float32{} // the phrasings' ids grow in the order of the entries
	n := 0
	for _, texts := range known.Vectors {
		for _, v := range texts {
			stored[list[n].ID] = v
			n++
		}
	}
	for trial := range 20 {
		query := make([]float32, dimensions)
		for i, v := range unit() {
			query[i] = float32(math.Round(float64(v)*1024) / 1024) // is a half precision number
		}
		if trial == 0 {
			copy(query, stored[list[8].ID])
		}
		type scored struct {
			id    uuid.UUID
			score float64
		}
		var want []scored
		scores := map[uuid.UUID]float64{}
		for id, v := range stored {
			var sum float64
			for i := range v {
				sum += float64(v[i]) * float64(query[i])
			}
			want, scores[id] = append(want, scored{id, sum}), sum
		}
		slices.SortFunc(want, func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.score, a.score), slices.Compare(a.id[:], b.id[:]))
		})
		hits, err := b.Search(t.Context(), b.shop, model, query, rows)
		if err != nil || len(hits) != rows {
			t.Fatalf("%d hits, %v", len(hits), err)
		}
		for i, h := range hits {
			// Sums in single precision may swap what differs by less than that.
			if math.Abs(h.Score-want[i].score) > 1e-6 || h.Phrasing != want[i].id && math.Abs(scores[h.Phrasing]-want[i].score) > 1e-6 {
				t.Fatalf("trial %d: place %d has %s with %v, want %s with %v", trial, i, h.Phrasing, h.Score, want[i].id, want[i].score)
			}
		}
		if trial == 0 && fmt.Sprint(hits[0].Phrasing, hits[1].Phrasing) != fmt.Sprint(list[7].ID, list[8].ID) {
			t.Errorf("a tie is not broken by id")
		}
	}
}
