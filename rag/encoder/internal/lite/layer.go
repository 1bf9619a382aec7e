package lite

import (
	"math"

	"github.com/viterin/vek/vek32"
)

// A scaling is what a layer normalisation learns.
type scaling struct{ scale, shift []float32 }

// normalize sets y to the n vectors in x, each brought to mean 0 and variance 1,
// scaled and shifted.
func (s *scaling) normalize(y, x []float32, n int) {
	const epsilon = 1e-6
	width := len(s.scale)
	for i := range n {
		in, out := x[i*width:(i+1)*width], y[i*width:(i+1)*width]
		mean := vek32.Mean(in)
		vek32.SubNumber_Into(out, in, mean)
		inverse := float32(1 / math.Sqrt(float64(vek32.Dot(out, out)/float32(width)+epsilon)))
		vek32.MulNumber_Inplace(out, inverse)
		vek32.Mul_Inplace(out, s.scale)
		vek32.Add_Inplace(out, s.shift)
	}
}

// heads is the number of attention heads of both layers.
const heads = 4

// A layer is one of a transformer: attention, then a network of two maps, each
// on normalised input and added to what came in.
type layer struct {
	before   scaling
	attend   matrix // to queries, keys and values, side by side
	collect  matrix
	widen    *matrix // brings the input to the output's width; nil: it has it
	between  scaling
	open     matrix
	shut     matrix
	attended int // the width of queries, of keys and of values
}

// run replaces the n vectors in s.x by the layer's.
func (l *layer) run(s *Scratch, n int) {
	width := l.collect.out
	s.normal = grow(s.normal, n*l.attend.in)
	l.before.normalize(s.normal, s.x, n)
	s.qkv = grow(s.qkv, n*l.attend.out)
	l.attend.apply(s.qkv, s.normal, n, s)
	l.attention(s, n)
	s.y = grow(s.y, n*width)
	l.collect.apply(s.y, s.mixed, n, s)
	if l.widen != nil {
		s.out = grow(s.out, n*width)
		l.widen.apply(s.out, s.x, n, s)
		vek32.Add_Inplace(s.y, s.out)
	} else {
		vek32.Add_Inplace(s.y, s.x)
	}
	s.normal = grow(s.normal, n*width)
	l.between.normalize(s.normal, s.y, n)
	s.wide = grow(s.wide, n*l.open.out)
	l.open.apply(s.wide, s.normal, n, s)
	vek32.MaximumNumber_Inplace(s.wide, 0)
	s.x = grow(s.x, n*width)
	l.shut.apply(s.x, s.wide, n, s)
	vek32.Add_Inplace(s.x, s.y)
}

// attention sets s.mixed to the values, mixed by how well each key fits each
// query, head by head.
func (l *layer) attention(s *Scratch, n int) {
	width, stride := l.attended, l.attend.out
	part := width / heads
	s.mixed = grow(s.mixed, n*width)
	clear(s.mixed)
	s.fits, s.value = grow(s.fits, n), grow(s.value, part)
	scale := float32(1 / math.Sqrt(float64(part)))
	for h := range heads {
		for i := range n {
			query := s.qkv[i*stride+h*part:][:part]
			top := float32(math.Inf(-1))
			for j := range n {
				s.fits[j] = scale * vek32.Dot(query, s.qkv[j*stride+width+h*part:][:part])
				top = max(top, s.fits[j])
			}
			var sum float32
			for j, w := range s.fits {
				s.fits[j] = float32(math.Exp(float64(w - top)))
				sum += s.fits[j]
			}
			mixed := s.mixed[i*width+h*part:][:part]
			for j, w := range s.fits {
				vek32.MulNumber_Into(s.value, s.qkv[j*stride+2*width+h*part:][:part], w/sum)
				vek32.Add_Inplace(mixed, s.value)
			}
		}
	}
}
