package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"storebot/rag/encoder/internal/lite"
)

// The published model's sizes.
const (
	pieceWidth = 256
	width      = 512
	wide       = 1536
)

// attended is the width of the attention, by layer.
var attended = []int{256, 512}

// Where the published model keeps its weights.
const (
	pieces  = "module/Embeddings_en"
	kernels = "module/Encoder_en/KonaTransformer/Encode/Layer_%d/TransformerLayer/MultiheadAttention/%s/kernel/part_0"
	biases  = "module_apply_default/Encoder_en/KonaTransformer/Encode/Layer_%d/TransformerLayer/%s/ConcatPartitions/concat"
	wides   = "module_apply_default/Encoder_en/KonaTransformer/Encode/TransformerStack/Layer_%d/TransformerLayer/FFN/%s/Tensordot/Reshape_1"
	pooled  = "module/Encoder_en/hidden_layers/tanh_layer_0/%s"
)

// packModel writes the file that lite.Read reads.
func packModel(folder, file string) error {
	published, err := readWeights(folder)
	if err != nil {
		return err
	}
	w := &writer{from: published}
	if err := w.vocabulary(filepath.Join(folder, "vocab.json")); err != nil {
		return err
	}
	w.number(pieceWidth)
	table := w.get(pieces)
	w.number(len(table) / pieceWidth)
	w.weights(table)
	w.number(len(attended))
	in := pieceWidth
	for l, attended := range attended {
		w.number(width)
		w.number(wide)
		w.number(attended)
		bias := func(name string) string { return fmt.Sprintf(biases, l, name) }
		w.scaling(bias("layer_prepostprocess/layer_norm/layer_norm_%s"))
		w.matrix(fmt.Sprintf(kernels, l, "qkv_transform_single"), bias("MultiheadAttention/qkv_transform_single/bias"), in)
		w.matrix(fmt.Sprintf(kernels, l, "output_transform_single"), bias("MultiheadAttention/output_transform_single/bias"), attended)
		if in != width {
			w.matrix(bias("dense/kernel"), bias("dense/bias"), in)
		}
		w.scaling(bias("FFN/layer_prepostprocess/layer_norm/layer_norm_%s"))
		w.matrix(fmt.Sprintf(wides, l, "conv1"), bias("FFN/conv1/bias"), width)
		w.matrix(fmt.Sprintf(wides, l, "conv2"), bias("FFN/conv2/bias"), wide)
		in = width
	}
	w.matrix(fmt.Sprintf(pooled, "weights"), fmt.Sprintf(pooled, "bias"), in)
	if w.err != nil {
		return w.err
	}
	return os.WriteFile(file, w.data, 0o644)
}

// readWeights reads a TensorFlow.js model: a list of names and shapes, and
// their numbers one after the other in several files.
func readWeights(folder string) (map[string][]float32, error) {
	var model struct {
		WeightsManifest []struct {
			Paths   []string
			Weights []struct {
				Name, Dtype string
				Shape       []int
			}
		}
	}
	if err := readJSON(filepath.Join(folder, "model.json"), &model); err != nil {
		return nil, err
	}
	all := make(map[string][]float32)
	for _, group := range model.WeightsManifest {
		var data []byte
		for _, path := range group.Paths {
			part, err := os.ReadFile(filepath.Join(folder, path))
			if err != nil {
				return nil, err
			}
			data = append(data, part...)
		}
		for _, weight := range group.Weights {
			n := 1
			for _, length := range weight.Shape {
				n *= length
			}
			if len(data) < 4*n {
				return nil, fmt.Errorf("the files in %s end before %s", folder, weight.Name)
			}
			if weight.Dtype == "float32" {
				list := make([]float32, n)
				for i := range list {
					list[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
				}
				all[weight.Name] = list
			}
			data = data[4*n:]
		}
	}
	return all, nil
}

func readJSON(path string, value any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, value); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// A writer writes the published weights as lite.Read wants them.
type writer struct {
	from map[string][]float32
	data []byte
	err  error
}

func (w *writer) get(name string) []float32 {
	list := w.from[name]
	if list == nil {
		w.err = errors.Join(w.err, fmt.Errorf("the published model has no %s", name))
	}
	return list
}

func (w *writer) vocabulary(path string) error {
	var list [][2]any // piece, log probability; some marks have none
	if err := readJSON(path, &list); err != nil {
		return err
	}
	w.number(len(list))
	for _, entry := range list {
		score, _ := entry[1].(float64)
		w.floats([]float32{float32(score)})
	}
	for _, entry := range list {
		piece, ok := entry[0].(string)
		if !ok {
			return fmt.Errorf("%s: %v is not a piece", path, entry[0])
		}
		w.number(len(piece))
		w.data = append(w.data, piece...)
	}
	return nil
}

func (w *writer) number(n int) { w.data = binary.LittleEndian.AppendUint32(w.data, uint32(n)) }

func (w *writer) floats(list []float32) {
	for _, v := range list {
		w.data = binary.LittleEndian.AppendUint32(w.data, math.Float32bits(v))
	}
}

// weights writes a scale a block, then a byte a number.
func (w *writer) weights(list []float32) {
	var scales []float32
	bytes := make([]byte, len(list))
	for from := 0; from < len(list); from += lite.Block {
		var top float64
		for _, v := range list[from : from+lite.Block] {
			top = max(top, math.Abs(float64(v)))
		}
		scale := top / math.MaxInt8
		scales = append(scales, float32(scale))
		for i, v := range list[from : from+lite.Block] {
			if scale > 0 {
				bytes[from+i] = byte(int8(math.RoundToEven(float64(v) / scale)))
			}
		}
	}
	w.floats(scales)
	w.data = append(w.data, bytes...)
}

// matrix writes a map from so many numbers, its rows by output.
func (w *writer) matrix(weights, bias string, in int) {
	published := w.get(weights) // its rows are by input
	rows := make([]float32, len(published))
	out := len(published) / in
	for i := range in {
		for o := range out {
			rows[o*in+i] = published[i*out+o]
		}
	}
	w.weights(rows)
	w.floats(w.get(bias))
}

func (w *writer) scaling(name string) {
	w.floats(w.get(fmt.Sprintf(name, "scale")))
	w.floats(w.get(fmt.Sprintf(name, "bias")))
}
