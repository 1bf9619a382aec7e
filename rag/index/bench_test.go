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

func BenchmarkBuild(b *testing.B) {
	for _, size := range [][2]int{{200, 0}, {200, 20}, {1000, 20}, {20000, 1}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			shop := madeUp(size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				x := Build(shop, nil, Options{})
				b.ReportMetric(float64(x.Bytes())/1e6, "MB")
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, size := range [][2]int{{200, 0}, {200, 20}, {1000, 20}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			shop := madeUp(size[0], size[1])
			x := Build(shop, nil, Options{})
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				x.Search(shop[i%len(shop)].Question, nil)
				i++
			}
		})
	}
}
