package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"strings"

	"gonum.org/v1/gonum/mat"

	"storebot/rag/encoder/internal/lite"
)

// kept is how many directions are kept.
const kept = 32

// packProjection writes the mean of the texts' vectors and the directions in
// which they differ most (principal components), as 32-bit floats.
func packProjection(model, file string, paths []string) error {
	raw, err := os.ReadFile(model)
	if err != nil {
		return err
	}
	m, err := lite.Read(raw)
	if err != nil {
		return err
	}
	texts, err := readTexts(paths)
	if err != nil {
		return err
	}
	const n = lite.Dimensions
	var vectors [][]float64
	mean := make([]float64, n)
	var scratch lite.Scratch
	for _, text := range texts {
		m.Read(&scratch, text)
		vector := m.Encode(&scratch)
		row := make([]float64, n)
		for i, v := range vector {
			row[i] = float64(v)
			mean[i] += float64(v) / float64(len(texts))
		}
		vectors = append(vectors, row)
	}
	spread := mat.NewSymDense(n, nil)
	for _, row := range vectors {
		for i := range row {
			row[i] -= mean[i]
		}
		spread.SymRankOne(spread, 1, mat.NewVecDense(n, row))
	}
	var parts mat.EigenSym
	if !parts.Factorize(spread, true) {
		return fmt.Errorf("the directions of %d vectors cannot be found", len(vectors))
	}
	var directions mat.Dense
	parts.VectorsTo(&directions)
	data := appendFloats(nil, mean)
	for k := range kept {
		data = appendFloats(data, mat.Col(nil, n-1-k, &directions)) // ascending: the greatest come last
	}
	return os.WriteFile(file, data, 0o644)
}

func appendFloats(data []byte, list []float64) []byte {
	for _, v := range list {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(v)))
	}
	return data
}

// readTexts reads the English texts of vocabularies: a group a line, its
// members parted by commas.
func readTexts(paths []string) ([]string, error) {
	var texts []string
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			line, _, _ := strings.Cut(lines.Text(), "#")
			for member := range strings.SplitSeq(line, ",") {
				member = strings.TrimSpace(member)
				if member != "" && member[0] < 0x80 {
					texts = append(texts, member)
				}
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return texts, nil
}
