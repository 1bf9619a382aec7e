package lexical

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"
)

func TestEmbedder(t *testing.T) {
	var e Embedder
	ctx := context.Background()
	texts := []string{"Where is my parcel?", "我的包裹在哪裡", "", "?!", "Where is my parcel?"}
	passages, err := e.EmbedPassages(ctx, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		query, err := e.EmbedQuery(ctx, text)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(query, passages[i]) {
			t.Errorf("%q embeds differently as a question and as a passage", text)
		}
		if len(query) != e.Dimensions() {
			t.Errorf("%q has %d dimensions", text, len(query))
		}
		want := 1.0
		if i == 2 || i == 3 {
			want = 0
		}
		if length := math.Sqrt(cosine(query, query)); math.Abs(length-want) > 1e-5 {
			t.Errorf("the vector of %q has length %v, want %v", text, length, want)
		}
	}
}

func TestEmbedderPutsLikeTextsTogether(t *testing.T) {
	var e Embedder
	at := func(text string) []float32 {
		v, err := e.EmbedQuery(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	near, far := cosine(at("track my parcel"), at("tracking of parcels")), cosine(at("track my parcel"), at("gift card balance"))
	if near < far+0.2 {
		t.Errorf("like texts have the cosine %.2f, unlike ones %.2f", near, far)
	}
	if same := cosine(at("退貨需要運費嗎"), at("退货需要运费吗")); same < 0.999 {
		t.Errorf("one question in two scripts has the cosine %.3f", same)
	}
}

func TestEmbedderStopsWithItsContext(t *testing.T) {
	var e Embedder
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.EmbedPassages(ctx, []string{"a"}); err != context.Canceled {
		t.Errorf("got the error %v", err)
	}
}

func TestEmbedderIsSafeForConcurrentUse(t *testing.T) {
	var e Embedder
	want, _ := e.EmbedQuery(context.Background(), "same text")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got, _ := e.EmbedQuery(context.Background(), "same text"); !slices.Equal(got, want) {
					t.Error("the vector changed")
				}
			}
		})
	}
	group.Wait()
}

func cosine(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func BenchmarkEmbed(b *testing.B) {
	var e Embedder
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.EmbedQuery(b.Context(), "Hi, where is the parcel that I ordered last week?"); err != nil {
			b.Fatal(err)
		}
	}
}
