package ollamatest

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"

	"github.com/ollama/ollama/fs/ggml"
)

// A Model can be written as a GGUF file that the server runs.
type Model interface {
	write(path string) error
	template() string // of a chat turn; "" for an embedder
}

// floats are the values of one tensor, stored as float32.
type floats []float32

// WriteTo writes the values as a GGUF file holds them.
func (f floats) WriteTo(w io.Writer) (int64, error) {
	return int64(4 * len(f)), binary.Write(w, binary.LittleEndian, []float32(f))
}

// tensors are the tensors of a model in the making.
type tensors []*ggml.Tensor

// add appends a tensor; shape is in GGUF order, the inner dimension first.
func (ts *tensors) add(name string, values floats, shape ...uint64) {
	*ts = append(*ts, &ggml.Tensor{Name: name, Shape: shape, WriterTo: values})
}

// zeros appends a tensor of zeros: a layer with zero weights adds nothing to
// what passes it by its shortcut.
func (ts *tensors) zeros(name string, shape ...uint64) {
	n := uint64(1)
	for _, s := range shape {
		n *= s
	}
	ts.add(name, make(floats, n), shape...)
}

// ones appends a vector of ones: a norm that only norms.
func (ts *tensors) ones(name string, n uint64) {
	values := make(floats, n)
	for i := range values {
		values[i] = 1
	}
	ts.add(name, values, n)
}

// code fills row with as many +1 as -1 in random order. Such a vector has mean
// 0 and variance 1, so that a layer norm and an RMS norm leave it as it is, and
// two of them have a cosine near 0 (standard deviation 1/√len). len is even.
func code(row floats, random *rand.Rand) {
	for i := range row {
		row[i] = float32(1 - 2*(i%2))
	}
	random.Shuffle(len(row), func(i, j int) { row[i], row[j] = row[j], row[i] })
}

func writeGGUF(path string, keys ggml.KV, ts tensors) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := ggml.WriteGGUF(file, keys, ts); err != nil {
		return err
	}
	return file.Close()
}
