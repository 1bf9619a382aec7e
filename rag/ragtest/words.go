package ragtest

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
	"unicode"

	"storebot/rag"
)

// Words is an embedder without a model: the sum of one fixed random code a word
// (a Han character is a word). Texts are near when they share words. Another
// Seed is another model, whose vectors do not compare.
type Words struct {
	Seed uint64
	Dims int   // 64 when zero
	Err  error // returned by every call when set, for instance rag.ErrModelUnavailable
}

var _ rag.Embedder = Words{}

// Model tells seeds and lengths apart.
func (w Words) Model() string { return fmt.Sprintf("words-%d@%d", w.Dimensions(), w.Seed) }

// Dimensions is Dims.
func (w Words) Dimensions() int {
	if w.Dims == 0 {
		return 64
	}
	return w.Dims
}

// EmbedQuery embeds as EmbedPassages does.
func (w Words) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vectors, err := w.EmbedPassages(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// EmbedPassages gives each text the unit sum of its words' codes.
func (w Words) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if w.Err != nil {
			return nil, w.Err
		}
		out[i] = w.vector(text)
	}
	return out, nil
}

func (w Words) vector(text string) []float32 {
	sum := make([]float64, w.Dimensions())
	for _, word := range split(strings.ToLower(text)) {
		hash := fnv.New64a()
		hash.Write([]byte(word))
		code := rand.New(rand.NewPCG(w.Seed, hash.Sum64()))
		for i := range sum {
			sum[i] += code.NormFloat64()
		}
	}
	norm := 0.0
	for _, x := range sum {
		norm += x * x
	}
	out := make([]float32, len(sum))
	if norm > 0 {
		for i, x := range sum {
			out[i] = float32(x / math.Sqrt(norm))
		}
	}
	return out
}

func split(text string) (words []string) {
	for _, field := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		start := 0
		for i, r := range field {
			if unicode.Is(unicode.Han, r) {
				if start < i {
					words = append(words, field[start:i])
				}
				start = i + len(string(r))
				words = append(words, string(r))
			}
		}
		if start < len(field) {
			words = append(words, field[start:])
		}
	}
	return words
}
