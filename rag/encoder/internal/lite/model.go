package lite

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// Dimensions of a vector.
const Dimensions = 512

// Longest is how many pieces of a text the model reads: a shopper's question
// has ten or twenty.
const Longest = 128

// A Model is the encoder, ready to run. It never changes; many goroutines may
// use it, each with a Scratch of its own.
type Model struct {
	vocabulary vocabulary
	width      int // of a piece's vector
	pieces     table
	places     []float32 // what is added to a piece's vector, by where it stands
	layers     []layer
	pool       matrix // of the mean of the last layer, under a hyperbolic tangent
}

// A Scratch is the working memory of one text at a time; the zero value works.
type Scratch struct {
	ids                                                      []int32
	x, normal, qkv, mixed, y, wide, out, fits, value, vector []float32
	// Of what a matrix is applied to: see narrow.
	narrow []int16
	steps  []float32
}

// A Reading is how a text was split: into words, of which some are pieces of the
// vocabulary whole.
type Reading struct{ Words, Whole int }

// Read splits a text, for Encode.
func (m *Model) Read(s *Scratch, text string) Reading {
	s.ids = m.vocabulary.split(s.ids[:0], text)
	words, whole := m.vocabulary.count(s.ids)
	return Reading{words, whole}
}

// Encode gives the vector of the text that was read last, of unit length and
// valid until the next call; nil for a text without anything in it.
func (m *Model) Encode(s *Scratch) []float32 {
	n := min(len(s.ids), Longest)
	if n == 0 {
		return nil
	}
	s.x = grow(s.x, n*m.width)
	for i, id := range s.ids[:n] {
		x := s.x[i*m.width : (i+1)*m.width]
		// The model was trained with each piece's vector twice in the sum.
		m.pieces.get(x, int(id))
		vek32.MulNumber_Inplace(x, 2)
		vek32.Add_Inplace(x, m.places[i*m.width:][:m.width])
	}
	for i := range m.layers {
		m.layers[i].run(s, n)
	}
	width := m.pool.in
	mean := grow(s.y, width)
	copy(mean, s.x[:width])
	for i := 1; i < n; i++ {
		vek32.Add_Inplace(mean, s.x[i*width:(i+1)*width])
	}
	vek32.MulNumber_Inplace(mean, 1/float32(n))
	s.vector = grow(s.vector, m.pool.out)
	m.pool.apply(s.vector, mean, 1, s)
	for i, v := range s.vector {
		s.vector[i] = float32(math.Tanh(float64(v)))
	}
	vek32.MulNumber_Inplace(s.vector, 1/vek32.Norm(s.vector))
	return s.vector
}

// places gives what is added to a piece's vector of this width for each place in a text:
// sines and cosines of wavelengths from 2π to 10,000·2π (Vaswani et al., NeurIPS 2017, 3.5).
func places(width int) []float32 {
	list := make([]float32, Longest*width)
	half := width / 2
	for at := range Longest {
		x := list[at*width:]
		for i := range half {
			angle := float64(at) * math.Pow(10000, -float64(i)/float64(half-1))
			x[i] = float32(math.Sin(angle))
			x[half+i] = float32(math.Cos(angle))
		}
	}
	return list
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
