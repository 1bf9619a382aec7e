package lite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The file of a model is its numbers one after the other, little-endian: counts
// and lengths in four bytes, biases and scales as 32-bit floats, weights as
// below. Read and Write pass through it in the same order.

// Block is how many weights share a scale.
const Block = 64

var errShort = errors.New("lite: the file of the model is cut short")

// Read reads a model from its file. It takes 6 MB of memory beside data, which it keeps.
func Read(data []byte) (*Model, error) {
	r := &reader{data: data}
	m := &Model{vocabulary: vocabulary{ids: map[string]int32{}}}
	m.vocabulary.scores = r.floats(r.number())
	m.vocabulary.begins = make([]bool, len(m.vocabulary.scores))
	for id := range m.vocabulary.scores {
		m.vocabulary.name(int32(id), string(r.bytes(r.number())))
	}
	m.width = r.number()
	m.pieces.scales, m.pieces.weights = r.weights(r.number() * m.width)
	m.places = places(m.width)
	m.layers = make([]layer, r.number())
	in := m.width
	for i := range m.layers {
		out, wide, attended := r.number(), r.number(), r.number()
		l := layer{attended: attended, before: r.scaling(in), attend: r.matrix(in, 3*attended), collect: r.matrix(attended, out)}
		if in != out {
			widen := r.matrix(in, out)
			l.widen = &widen
		}
		l.between, l.open, l.shut = r.scaling(out), r.matrix(out, wide), r.matrix(wide, out)
		m.layers[i], in = l, out
	}
	m.pool = r.matrix(in, Dimensions)
	if r.err == nil && len(r.data) > 0 {
		r.err = fmt.Errorf("lite: %d bytes are left over after the model", len(r.data))
	}
	return m, r.err
}

type reader struct {
	data []byte
	err  error
}

// bytes takes the next n bytes; once they are too few, nothing, and err says so.
func (r *reader) bytes(n int) []byte {
	if r.err != nil || n > len(r.data) {
		r.err = errShort
		return nil
	}
	part := r.data[:n]
	r.data = r.data[n:]
	return part
}

func (r *reader) number() int {
	if raw := r.bytes(4); raw != nil {
		return int(binary.LittleEndian.Uint32(raw))
	}
	return 0
}

func (r *reader) floats(n int) []float32 {
	raw := r.bytes(4 * n)
	list := make([]float32, len(raw)/4)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return list
}

// weights reads n numbers of eight bits, and before them a scale for each block.
func (r *reader) weights(n int) (scales []float32, raw []byte) {
	return r.floats(n / Block), r.bytes(n)
}

func (r *reader) matrix(in, out int) matrix {
	scales, raw := r.weights(in * out)
	bias := r.floats(out)
	if r.err != nil {
		return matrix{}
	}
	return newMatrix(in, out, raw, scales, bias)
}

func (r *reader) scaling(n int) scaling { return scaling{r.floats(n), r.floats(n)} }
