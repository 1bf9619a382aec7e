package lite

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// A matrix is a linear map with a bias. Its weights stay in the eight bits of the
// file and meet inputs of sixteen: a quarter of the time of floating point (measured:
// 3.3 ms a question, then 0.8), and of its memory. Each input is rounded
// to steps of its own, 65,534 of them over its range, so that nothing is lost to it.
type matrix struct {
	in, out int // multiples of Block and of lanes
	// In the order in which tiles take them. For each lanes of the outputs: the
	// weights, for each pair of inputs, two an output; the scales, for each Block of inputs.
	weights []int8
	scales  []float32
	bias    []float32
}

// A tile of a product is what is computed at a time: that many inputs by that
// many of the outputs.
const (
	rows  = 6
	lanes = 16
)

// newMatrix takes weights and scales in the order of the file: one output after the other.
func newMatrix(in, out int, raw []byte, scales, bias []float32) matrix {
	m := matrix{in: in, out: out, weights: make([]int8, 0, in*out), scales: make([]float32, 0, in*out/Block), bias: bias}
	for o := 0; o < out; o += lanes {
		for i := 0; i < in; i += 2 {
			for lane := range lanes {
				from := (o+lane)*in + i
				m.weights = append(m.weights, int8(raw[from]), int8(raw[from+1]))
			}
		}
		for block := 0; block < in; block += Block {
			for lane := range lanes {
				m.scales = append(m.scales, scales[((o+lane)*in+block)/Block])
			}
		}
	}
	return m
}

// A table holds vectors in eight bits, in the order of the file.
type table struct {
	weights []byte
	scales  []float32
}

// get sets x to the vector at index i; all are as long as x.
func (t *table) get(x []float32, i int) {
	at := i * len(x)
	for j, w := range t.weights[at:][:len(x)] {
		x[j] = float32(int8(w)) * t.scales[(at+j)/Block]
	}
}

// apply maps each of n vectors in x to one in y.
func (m *matrix) apply(y, x []float32, n int, s *Scratch) {
	in := m.in
	s.narrow = grow(s.narrow, (n+rows-1)*in) // the last tile reads to its end
	s.steps = grow(s.steps, n)
	for i := range n {
		s.steps[i] = narrow(s.narrow[i*in:][:in], x[i*in:])
	}
	for o := 0; o < m.out; o += lanes {
		bias := m.bias[o:][:lanes]
		for i := 0; i < n; i += rows {
			var sums [rows * lanes]float32
			tile(&sums, m.weights[o*in:], m.scales[o*in/Block:], s.narrow[i*in:], in)
			for row := range min(rows, n-i) {
				to, step := y[(i+row)*m.out+o:][:lanes], s.steps[i+row]
				for lane, sum := range sums[row*lanes:][:lanes] {
					to[lane] = sum*step + bias[lane]
				}
			}
		}
	}
}

// narrow sets y to x, as long as y, in steps of the number that it returns.
func narrow(y []int16, x []float32) float32 {
	x = x[:len(y)]
	most := max(vek32.Max(x), -vek32.Min(x))
	if most == 0 {
		clear(y)
		return 0
	}
	// Added to a number this small, it leaves no bits behind the point: the sum
	// is rounded, and its last bits are the whole number.
	const rounding = 3 << 22
	per := math.MaxInt16 / most
	for i, v := range x {
		y[i] = int16(math.Float32bits(float32(v*per) + rounding))
	}
	return most / math.MaxInt16
}

// tileGo adds to sums, row by row, what the inputs x, rows of them of length in,
// give with the weights and scales of one lanes of the outputs.
func tileGo(sums *[rows * lanes]float32, weights []int8, scales []float32, x []int16, in int) {
	for block := 0; block < in; block += Block {
		for row := range rows {
			var whole [lanes]int32 // below 2^31: Block × 2^7 × 2^15 is 2^28
			for i := block; i < block+Block; i += 2 {
				a, b := int32(x[row*in+i]), int32(x[row*in+i+1])
				w := (*[2 * lanes]int8)(weights[i*lanes:])
				for lane := range lanes {
					whole[lane] += a*int32(w[2*lane]) + b*int32(w[2*lane+1])
				}
			}
			scale := scales[block/Block*lanes:][:lanes]
			for lane, sum := range whole {
				sums[row*lanes+lane] += float32(float32(sum) * scale[lane])
			}
		}
	}
}
