//go:build !amd64

package lite

func tile(sums *[rows * lanes]float32, weights []int8, scales []float32, x []int16, in int) {
	tileGo(sums, weights, scales, x, in)
}
