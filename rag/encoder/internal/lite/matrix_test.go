package lite

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMatrix compares with the sum that a matrix stands for, for numbers of texts
// that fill tiles and that do not.
func TestMatrix(t *testing.T) {
	const in, out = 2 * Block, 3 * lanes
	random := rand.New(rand.NewPCG(1, 2))
	raw, scales, bias := make([]byte, in*out), make([]float32, in*out/Block), make([]float32, out)
	for i := range raw {
		raw[i] = byte(int8(random.IntN(255) - 127))
	}
	for i := range scales {
		scales[i] = random.Float32() / 100
	}
	for i := range bias {
		bias[i] = random.Float32()
	}
	m := newMatrix(in, out, raw, scales, bias)
	var s Scratch
	for n := 1; n <= 2*rows+1; n++ {
		x, y := make([]float32, n*in), make([]float32, n*out)
		for i := range x {
			x[i] = float32(random.NormFloat64()) * float32(1+i/in) // each input has a range of its own
		}
		clear(x[(n-1)*in:]) // and the last none
		m.apply(y, x, n, &s)
		for i := range n {
			for o := range out {
				want, size := float64(bias[o]), 0.0
				for k := range in {
					term := float64(x[i*in+k]) * float64(int8(raw[o*in+k])) * float64(scales[(o*in+k)/Block])
					want += term
					size += math.Abs(term)
				}
				if got := float64(y[i*out+o]); math.Abs(got-want) > size/10000+1e-6 {
					t.Fatalf("%d inputs: output %d of input %d is %g, want %g", n, o, i, got, want)
				}
			}
		}
	}
}

// TestTile holds the processor's way to the plain one, to the bit, with the
// largest numbers there can be too.
func TestTile(t *testing.T) {
	const in = 3 * Block
	random := rand.New(rand.NewPCG(3, 4))
	weights, scales, x := make([]int8, lanes*in), make([]float32, lanes*in/Block), make([]int16, rows*in)
	for round := range 50 {
		for i := range weights {
			weights[i] = int8(random.IntN(256) - 128)
			if round == 0 {
				weights[i] = math.MinInt8
			}
		}
		for i := range scales {
			scales[i] = random.Float32()
		}
		for i := range x {
			x[i] = int16(random.IntN(1<<16) - 1<<15)
			if round == 0 {
				x[i] = math.MinInt16
			}
		}
		var want, got [rows * lanes]float32
		for i := range want {
			want[i] = random.Float32()
			got[i] = want[i]
		}
		tileGo(&want, weights, scales, x, in)
		tile(&got, weights, scales, x, in)
		if got != want {
			t.Fatalf("round %d: got %v, want %v", round, got, want)
		}
	}
}

func TestNarrow(t *testing.T) {
	x := []float32{-3, -2.9999, -1e-9, 0, 1e-9, 0.5, 1.7, 2.9999}
	y := make([]int16, len(x))
	step := narrow(y, x)
	if step != 3.0/math.MaxInt16 || y[0] != -math.MaxInt16 {
		t.Errorf("steps of %g, the first number is %d of them", step, y[0])
	}
	for i, v := range x {
		if got := float32(y[i]) * step; math.Abs(float64(got-v)) > 0.501*float64(step) {
			t.Errorf("%g became %g", v, got)
		}
	}
	if step := narrow(y, make([]float32, len(y))); step != 0 || y[0] != 0 {
		t.Errorf("zeros became %v in steps of %g", y, step)
	}
}

func BenchmarkTile(b *testing.B) {
	const in = 512
	weights, scales, x := make([]int8, lanes*in), make([]float32, lanes*in/Block), make([]int16, rows*in)
	for name, tile := range map[string]func(*[rows * lanes]float32, []int8, []float32, []int16, int){"processor": tile, "plain": tileGo} {
		b.Run(name, func(b *testing.B) {
			var sums [rows * lanes]float32
			for b.Loop() {
				tile(&sums, weights, scales, x, in)
			}
		})
	}
}
