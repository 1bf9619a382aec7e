package lite

import "golang.org/x/sys/cpu"

// tile adds to sums what tileGo does.
func tile(sums *[rows * lanes]float32, weights []int8, scales []float32, x []int16, in int) {
	if !cpu.X86.HasAVX2 {
		tileGo(sums, weights, scales, x, in)
		return
	}
	_, _, _ = weights[lanes*in-1], scales[lanes*in/Block-1], x[rows*in-1]
	tileAVX2(sums, &weights[0], &scales[0], &x[0], in)
}

//go:noescape
func tileAVX2(sums *[rows * lanes]float32, weights *int8, scales *float32, x *int16, in int)
