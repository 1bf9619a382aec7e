package ollamatest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/ollama/ollama/fs/ggml"
)

// Words is an embedding model: a text's vector is the mean of its words' codes,
// so that two texts are as near as they share words. Words outside Vocabulary
// add nothing. Another Seed or Dims is another model.
//
// It is a bert without layers: what comes out is the normed token embedding,
// pooled by the mean; the codes are such that the norm leaves them unchanged.
type Words struct {
	Seed       uint64
	Dims       int      // an even number; 256 when zero
	Vocabulary []string // lower-case words and single Han characters; Vocabulary when empty
}

// Vocabulary is what Words knows by default: words of shoppers' questions.
var Vocabulary = slices.Concat(
	strings.Fields(`a about accept account address after all an and are at back bank be before box business buy by can cancel card cards change
		check cost coupon customs damaged day days deliver delivered delivery do does email exchange fast fee for free from get gift have help how
		i if in international invoice is it item items late line long lost make many member membership money much my need new no not number of
		ok old on online open or order out pack package parcel password pay payment phone pick points price receive receipt refund return returns
		sale sell send ship shipping shop shoes size sizes some stock store support take tax than that the there they this time to track until
		used voucher vouchers want warranty was we weeks what when where which while who will with without work working wrong you your`),
	strings.Split("退貨货換换運运費费多少錢钱幾几天可以嗎吗怎麼么付款信用卡發发票尺寸保固修維维會会員员點点數数訂订單单取消送到地址電电話话店門门市時时間间查詢询優优惠券", ""),
)

func (Words) template() string { return "" }

func (m Words) write(path string) error {
	dims := m.Dims
	if dims == 0 {
		dims = 256
	}
	vocabulary := m.Vocabulary
	if len(vocabulary) == 0 {
		vocabulary = Vocabulary
	}
	const unknown, padding = 1, 0
	tokens := []string{"[PAD]", "[UNK]"}
	seen := map[string]bool{}
	for _, word := range vocabulary {
		if !seen[word] {
			seen[word] = true
			tokens = append(tokens, "\u2581"+word) // the mark of a word's first piece
		}
	}
	kinds := make([]int32, len(tokens))
	for i := range kinds {
		kinds[i] = 1
	}
	width, count := uint64(dims), uint64(len(tokens))
	codes := make(floats, width*count)
	random := rand.New(rand.NewPCG(m.Seed, 3))
	for i := 2; i < len(tokens); i++ {
		code(codes[i*dims:(i+1)*dims], random)
	}
	const positions = 512
	var ts tensors
	ts.add("token_embd.weight", codes, width, count)
	ts.ones("token_embd_norm.weight", width)
	ts.zeros("token_embd_norm.bias", width)
	ts.zeros("token_types.weight", width, 2)
	ts.zeros("position_embd.weight", width, positions)

	return writeGGUF(path, ggml.KV{
		"general.architecture":              "bert",
		"general.name":                      "words",
		"general.file_type":                 uint32(0),
		"bert.block_count":                  uint32(0),
		"bert.context_length":               uint32(positions),
		"bert.embedding_length":             uint32(dims),
		"bert.feed_forward_length":          uint32(inner),
		"bert.attention.head_count":         uint32(1),
		"bert.attention.layer_norm_epsilon": float32(1e-12),
		"bert.attention.causal":             false,
		"bert.pooling_type":                 uint32(1), // mean
		"bert.normalize_embeddings":         true,
		"tokenizer.ggml.model":              "bert",
		"tokenizer.ggml.token_type_count":   uint32(2),
		"tokenizer.ggml.tokens":             tokens,
		"tokenizer.ggml.token_type":         kinds,
		"tokenizer.ggml.add_bos_token":      false,
		"tokenizer.ggml.add_eos_token":      false,
		"tokenizer.ggml.unknown_token_id":   uint32(unknown),
		"tokenizer.ggml.padding_token_id":   uint32(padding),
		"tokenizer.ggml.cls_token_id":       uint32(padding),
		"tokenizer.ggml.separator_token_id": uint32(padding),
		"tokenizer.ggml.bos_token_id":       uint32(padding),
		"tokenizer.ggml.eos_token_id":       uint32(padding),
	}, ts)
}
