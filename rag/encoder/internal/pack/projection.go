package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"strings"

	"gonum.org/v1/gonum/mat"

	"storebot/rag/encoder/internal/lite"
)

const (
	// kept is how many directions are kept.
	kept = 64
	// roundness is how far the scatter within groups is drawn to a sphere's.
	roundness = 0.5
)

// packProjection writes the mean of the words' vectors, and the directions of
// Fisher's linear discriminant analysis between the groups of paraphrases: those
// in which groups differ most for how much their own members differ. All are
// 32-bit floats.
func packProjection(model, file, paraphrases string, words []string) error {
	raw, err := os.ReadFile(model)
	if err != nil {
		return err
	}
	m, err := lite.Read(raw)
	if err != nil {
		return err
	}
	groups, err := readGroups(paraphrases)
	if err != nil {
		return err
	}
	texts, err := readWords(words)
	if err != nil {
		return err
	}
	mean := mat.NewVecDense(lite.Dimensions, nil)
	for _, text := range texts {
		mean.AddScaledVec(mean, 1/float64(len(texts)), encode(m, text))
	}
	within, between := scatter(m, groups, mean)
	directions, err := discriminant(within, between)
	if err != nil {
		return err
	}
	data := appendFloats(nil, mean.RawVector().Data)
	for k := range kept {
		data = appendFloats(data, mat.Col(nil, k, directions))
	}
	return os.WriteFile(file, data, 0o644)
}

func encode(m *lite.Model, text string) *mat.VecDense {
	var scratch lite.Scratch
	m.Read(&scratch, strings.ToLower(text))
	vector := mat.NewVecDense(lite.Dimensions, nil)
	for i, v := range m.Encode(&scratch) {
		vector.SetVec(i, float64(v))
	}
	return vector
}

// scatter is the mean covariance of the groups' members, and that of the
// groups' means, of vectors less the mean and of unit length.
func scatter(m *lite.Model, groups [][]string, mean *mat.VecDense) (within, between *mat.SymDense) {
	within, between = mat.NewSymDense(lite.Dimensions, nil), mat.NewSymDense(lite.Dimensions, nil)
	var centers []*mat.VecDense
	middle := mat.NewVecDense(lite.Dimensions, nil)
	for _, group := range groups {
		var members []*mat.VecDense
		center := mat.NewVecDense(lite.Dimensions, nil)
		for _, text := range group {
			vector := encode(m, text)
			vector.SubVec(vector, mean)
			vector.ScaleVec(1/mat.Norm(vector, 2), vector)
			members = append(members, vector)
			center.AddScaledVec(center, 1/float64(len(group)), vector)
		}
		for _, vector := range members {
			vector.SubVec(vector, center)
			within.SymRankOne(within, 1/float64(len(groups)*(len(group)-1)), vector)
		}
		centers = append(centers, center)
		middle.AddScaledVec(middle, 1/float64(len(groups)), center)
	}
	for _, center := range centers {
		center.SubVec(center, middle)
		between.SymRankOne(between, 1/float64(len(groups)-1), center)
	}
	return within, between
}

// discriminant finds the directions, best first: those of the whole scatter
// after the directions of the scatter within are made of unit length.
func discriminant(within, between *mat.SymDense) (*mat.Dense, error) {
	const n = lite.Dimensions
	round := mat.NewSymDense(n, nil)
	round.ScaleSym(1-roundness, within)
	for i := range n {
		round.SetSym(i, i, round.At(i, i)+roundness*mat.Trace(within)/n)
	}
	var inner, outer mat.EigenSym
	if !inner.Factorize(round, true) {
		return nil, fmt.Errorf("the scatter within %d dimensions cannot be taken apart", n)
	}
	var whiten mat.Dense
	inner.VectorsTo(&whiten)
	for j, size := range inner.Values(nil) {
		for i := range n {
			whiten.Set(i, j, whiten.At(i, j)/math.Sqrt(size))
		}
	}
	var all, left, seen mat.Dense
	all.Add(within, between)
	left.Mul(whiten.T(), &all)
	seen.Mul(&left, &whiten)
	whole := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i + 1 {
			whole.SetSym(i, j, (seen.At(i, j)+seen.At(j, i))/2)
		}
	}
	if !outer.Factorize(whole, true) {
		return nil, fmt.Errorf("the scatter between groups of %d dimensions cannot be taken apart", n)
	}
	var turned, directions mat.Dense
	outer.VectorsTo(&turned)
	best := mat.NewDense(n, kept, nil)
	for k := range kept {
		best.SetCol(k, mat.Col(nil, n-1-k, &turned)) // ascending: the greatest come last
	}
	directions.Mul(&whiten, best)
	return &directions, nil
}

func appendFloats(data []byte, list []float64) []byte {
	for _, v := range list {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(v)))
	}
	return data
}
