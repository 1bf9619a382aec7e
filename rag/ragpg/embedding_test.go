package ragpg_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"

	"storebot/rag"
)

// Vectors of another model come back beside the texts that they are of, in half
// precision; storing them again changes nothing.
func TestVectorsComeBackBesideTheirTexts(t *testing.T) {
	const model, dimensions, rows = "wide@1", 64, 300
	b := newBench(t)
	b.Target = func() string { return model }
	b.commit(t, b.stage(t, faq(rows/3)), rag.Overwrite)
	list, err := b.Pending(t.Context(), b.shop, model, uuid.Nil, 2*rows)
	if err != nil || len(list) != rows {
		t.Fatalf("%d phrasings to embed, %v", len(list), err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	vectors := make([][]float32, rows)
	of := map[string][]float32{}
	for i := range vectors {
		vectors[i] = make([]float32, dimensions)
		for d := range vectors[i] {
			vectors[i][d] = random.Float32() - 0.5
		}
		of[list[i].Text] = vectors[i]
	}
	other := make([][]float32, rows)
	for i := range other {
		other[i] = make([]float32, dimensions)
	}
	for _, v := range [][][]float32{vectors, other} {
		if err := b.StoreVectors(t.Context(), b.shop, model, list, v); err != nil {
			t.Fatal(err)
		}
	}
	b.exec(t, `UPDATE shop SET embed_model = $1 WHERE tenant_id = $2`, model, b.shop.UUID)
	known, err := b.Load(t.Context(), b.shop)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for e, entry := range known.Entries {
		for p, text := range append([]string{entry.Question}, entry.Phrasings...) {
			got, want := known.Vectors[e][p], of[text]
			for d := range want {
				if math.Abs(float64(got[d]-want[d])) > 1.0/2048 {
					t.Fatalf("%q: number %d is %v, want %v", text, d, got[d], want[d])
				}
			}
			n++
		}
	}
	if n != rows {
		t.Errorf("%d texts were loaded, want %d", n, rows)
	}
}
