package index

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"storebot/rag"
)

// madeUp makes a shop of so many entries with so many other phrasings, in
// words that follow Zipf's law like real ones.
func madeUp(entries, phrasings int) []rag.Entry {
	random := rand.New(rand.NewPCG(7, 7))
	zipf := rand.NewZipf(random, 1.3, 4, 1500)
	syllables := strings.Fields("ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu ship pay card ment ing tion re un")
	word := func(n uint64) string {
		var b strings.Builder
		for n += 29; n > 0; n /= uint64(len(syllables)) {
			b.WriteString(syllables[n%uint64(len(syllables))])
		}
		return b.String()
	}
	sentence := func(topic, words int) string {
		var b strings.Builder
		for range words {
			n := zipf.Uint64()
			if random.IntN(3) == 0 {
				n = uint64(1500 + topic*4 + random.IntN(4))
			}
			b.WriteString(word(n))
			b.WriteByte(' ')
		}
		return strings.TrimSpace(b.String())
	}
	shop := make([]rag.Entry, entries)
	for i := range shop {
		shop[i] = rag.Entry{
			ID: rag.EntryID{byte(i), byte(i >> 8), byte(i >> 16)}, Question: sentence(i, 9), Answer: sentence(i, 40), Category: fmt.Sprint("group ", i%9),
		}
		for range phrasings {
			shop[i].Phrasings = append(shop[i].Phrasings, sentence(i, 6+random.IntN(6)))
		}
	}
	return shop
}

// madeUpVectors gives each text of a shop a vector of the built-in encoder's length,
// those of an entry near each other.
func madeUpVectors(shop []rag.Entry) Vectors {
	random := rand.New(rand.NewPCG(8, 8))
	vectors := make(Vectors, len(shop))
	for e := range shop {
		center := make([]float32, 64)
		for j := range center {
			center[j] = float32(random.NormFloat64())
		}
		for range 1 + len(shop[e].Phrasings) {
			vector := make([]float32, len(center))
			for j, v := range center {
				vector[j] = v + float32(random.NormFloat64())
			}
			vectors[e] = append(vectors[e], unit(vector...))
		}
	}
	return vectors
}

func BenchmarkBuild(b *testing.B) {
	for _, size := range [][2]int{{200, 0}, {200, 20}, {1000, 20}, {20000, 1}} {
		shop := madeUp(size[0], size[1])
		for _, vectors := range []Vectors{nil, madeUpVectors(shop)} {
			b.Run(fmt.Sprintf("%dx%d/vectors=%t", size[0], size[1], vectors != nil), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					x := Build(shop, vectors, Options{Model: "model@1"})
					b.ReportMetric(float64(x.Bytes())/1e6, "MB")
				}
			})
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, size := range [][2]int{{200, 0}, {200, 20}, {1000, 20}} {
		shop := madeUp(size[0], size[1])
		vectors := madeUpVectors(shop)
		x := Build(shop, vectors, Options{Model: "model@1"})
		for _, vector := range [][]float32{nil, vectors[0][0]} {
			b.Run(fmt.Sprintf("%dx%d/vectors=%t", size[0], size[1], vector != nil), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					x.Explain(shop[i%len(shop)].Question, vector)
					i++
				}
			})
		}
	}
}
