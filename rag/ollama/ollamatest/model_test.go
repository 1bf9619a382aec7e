package ollamatest

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ollama/ollama/fs/ggml"
)

// A repeated token aborts the whole server, so no text may make one.
func TestPiecesAreDifferentAndWhole(t *testing.T) {
	for _, text := range []string{
		"One word after another.",
		"a a a a a a",
		"the the the the end the end",
		"x",
		"th th th",
		"您好。三到五個工作天 送達 [1]。\nSecond line.",
		strings.Repeat("again and ", 40),
	} {
		got := pieces(text)
		if strings.Join(got, "") != text {
			t.Errorf("%q came back as %q", text, got)
		}
		sorted := slices.Sorted(slices.Values(got))
		if len(slices.Compact(sorted)) != len(got) {
			t.Errorf("%q has repeated pieces: %q", text, got)
		}
	}
}

func TestModelsAreReadableGGUF(t *testing.T) {
	for name, m := range map[string]Model{"qwen2": Script{Text: "It comes in three days."}, "bert": Words{Seed: 1}} {
		path := filepath.Join(t.TempDir(), "model.gguf")
		if err := m.write(path); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		decoded, err := ggml.Decode(file, -1)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := decoded.KV().Architecture(); got != name {
			t.Errorf("architecture %q, want %q", got, name)
		}
	}
}

func TestRepeatedWordIsWrittenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "model.gguf")
	if err := (Words{Vocabulary: []string{"same", "same", "other"}}).write(path); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoded, err := ggml.Decode(file, -1)
	if err != nil {
		t.Fatal(err)
	}
	// Padding, unknown, and the two words.
	if got := decoded.KV().Strings("tokenizer.ggml.tokens"); len(got) != 4 {
		t.Errorf("tokens %q, want 4", got)
	}
}

// The models rest on this: a norm must leave a code as it is.
func TestCodesHaveMeanZeroAndVarianceOne(t *testing.T) {
	row := make(floats, 256)
	code(row, rand.New(rand.NewPCG(1, 1)))
	sum, squares := float32(0), float32(0)
	for _, x := range row {
		sum, squares = sum+x, squares+x*x
	}
	if sum != 0 || squares != float32(len(row)) {
		t.Errorf("sum %v and squares %v, want 0 and %d", sum, squares, len(row))
	}
}
