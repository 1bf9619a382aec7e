package confidence

import (
	"math"
	"slices"
)

// A Model is a logistic regression on a feature vector.
type Model struct {
	Bias    float64
	Weights [Size]float64
}

// Probability is the model's for one vector.
func (m *Model) Probability(v [Size]float64) float64 {
	z := m.Bias
	for i, w := range m.Weights {
		z += w * v[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// An Example is one retrieval whose truth is known.
type Example struct {
	Features Features
	Right    bool    // the first entry answers
	Weight   float64 // how much it counts; sets of different sizes can be made to count alike
}

// Fit finds the model of the greatest likelihood over the values that uses
// lists by name, with an L2 penalty of ridge on the weights of the standardised values, by Newton's method (iteratively
// reweighted least squares; Hastie, Tibshirani and Friedman, "The Elements of
// Statistical Learning", 4.4).
func Fit(examples []Example, uses []string, ridge float64) Model {
	const n = Size + 1
	mean, spread := moments(examples)
	rows := make([][n]float64, len(examples))
	for i, e := range examples {
		for j, v := range e.Features.Vector() {
			if slices.Contains(uses, Names[j]) {
				rows[i][j] = (v - mean[j]) / spread[j]
			}
		}
		rows[i][Size] = 1
	}
	var beta [n]float64
	for range 50 {
		var gradient [n]float64
		var hessian [n][n]float64
		for i, x := range rows {
			var z float64
			for j := range n {
				z += beta[j] * x[j]
			}
			p := 1 / (1 + math.Exp(-z))
			residual := -p
			if examples[i].Right {
				residual++
			}
			w := examples[i].Weight
			curve := w * max(p*(1-p), 1e-6)
			for j := range n {
				gradient[j] += w * residual * x[j]
				for k := range j + 1 {
					hessian[j][k] += curve * x[j] * x[k]
				}
			}
		}
		for j := range Size {
			gradient[j] -= ridge * beta[j]
			hessian[j][j] += ridge
		}
		hessian[Size][Size] += 1e-9
		step := solve(hessian, gradient)
		var moved float64
		for j := range n {
			beta[j] += step[j]
			moved = max(moved, math.Abs(step[j]))
		}
		if moved < 1e-8 {
			break
		}
	}
	m := Model{Bias: beta[Size]}
	for j := range Size {
		m.Weights[j] = beta[j] / spread[j]
		m.Bias -= beta[j] * mean[j] / spread[j]
	}
	return m
}

// moments are the weighted mean and standard deviation of each value; one that
// never varies gets the deviation 1.
func moments(examples []Example) (mean, spread [Size]float64) {
	var total float64
	for _, e := range examples {
		total += e.Weight
		for j, v := range e.Features.Vector() {
			mean[j] += e.Weight * v
		}
	}
	for j := range mean {
		mean[j] /= total
	}
	for _, e := range examples {
		for j, v := range e.Features.Vector() {
			spread[j] += e.Weight * (v - mean[j]) * (v - mean[j])
		}
	}
	for j := range spread {
		spread[j] = math.Sqrt(spread[j] / total)
		if spread[j] < 1e-9 {
			spread[j] = 1
		}
	}
	return mean, spread
}

// solve finds x with a·x = b for a symmetric positive definite a of which the
// lower half is given (Cholesky).
func solve(a [Size + 1][Size + 1]float64, b [Size + 1]float64) [Size + 1]float64 {
	n := len(b)
	for j := range n {
		for k := range j {
			for i := j; i < n; i++ {
				a[i][j] -= a[i][k] * a[j][k]
			}
		}
		root := math.Sqrt(max(a[j][j], 1e-12))
		for i := j; i < n; i++ {
			a[i][j] /= root
		}
	}
	for i := range n {
		for k := range i {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[k][i] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
