package ollamatest

import (
	"math/rand/v2"
	"strings"

	"github.com/ollama/ollama/fs/ggml"
)

// A Script is a chat model that says Text to every prompt, about one token a
// word, and ends. With Loop it begins again for ever: only num_predict, a
// cancel or a kill ends it.
//
// It is a one-layer qwen2 whose layer does nothing: the next token depends on
// the current one alone. Each token has a random code as its embedding, and the
// row of a token in the output matrix is the code of the one before it in the
// text, so that their product is large just there.
type Script struct {
	Text string
	Loop bool
}

// Sizes of the network. The logit of the right next token is sharpness, that of
// any other about ±sharpness/√width.
const (
	width     = 512
	heads     = 8
	inner     = 32
	sharpness = 40
)

func (Script) template() string {
	return "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n"
}

func (s Script) write(path string) error {
	encode, tokens := byteAlphabet()
	// One merge rule, because the loader wants at least one; "th" is its result.
	tokens = append(tokens, "th")
	first := len(tokens)
	words := pieces(s.Text)
	for _, word := range words {
		var token strings.Builder
		for i := range len(word) {
			token.WriteRune(encode[word[i]])
		}
		tokens = append(tokens, token.String())
	}
	end := len(tokens) // <|endoftext|>, <|im_start|>, <|im_end|>
	stop := end + 2
	tokens = append(tokens, "<|endoftext|>", "<|im_start|>", "<|im_end|>")
	kinds := make([]int32, len(tokens))
	for i := range kinds {
		kinds[i] = 1 // normal
		if i >= end {
			kinds[i] = 3 // control
		}
	}

	next := map[int]int{}
	for i, token := range tokens[:first] {
		if token == string(encode['\n']) {
			next[i] = first // the template ends with a line break
		}
	}
	for i := range words {
		next[first+i] = first + i + 1
	}
	next[end-1] = stop
	if s.Loop {
		next[end-1] = first
	}

	random := rand.New(rand.NewPCG(1, 2))
	count := uint64(len(tokens))
	codes, output := make(floats, count*width), make(floats, count*width)
	for i := range tokens {
		code(codes[i*width:(i+1)*width], random)
	}
	for from, to := range next {
		for j := range width {
			output[to*width+j] += codes[from*width+j] * sharpness / width
		}
	}

	var ts tensors
	ts.add("token_embd.weight", codes, width, count)
	ts.add("output.weight", output, width, count)
	ts.ones("output_norm.weight", width)
	ts.ones("blk.0.attn_norm.weight", width)
	ts.ones("blk.0.ffn_norm.weight", width)
	for _, part := range []string{"q", "k", "v"} {
		ts.zeros("blk.0.attn_"+part+".weight", width, width)
		ts.zeros("blk.0.attn_"+part+".bias", width)
	}
	ts.zeros("blk.0.attn_output.weight", width, width)
	ts.zeros("blk.0.ffn_gate.weight", width, inner)
	ts.zeros("blk.0.ffn_up.weight", width, inner)
	ts.zeros("blk.0.ffn_down.weight", inner, width)

	return writeGGUF(path, ggml.KV{
		"general.architecture":                   "qwen2",
		"general.name":                           "script",
		"general.file_type":                      uint32(0),
		"qwen2.block_count":                      uint32(1),
		"qwen2.context_length":                   uint32(32768),
		"qwen2.embedding_length":                 uint32(width),
		"qwen2.feed_forward_length":              uint32(inner),
		"qwen2.attention.head_count":             uint32(heads),
		"qwen2.attention.head_count_kv":          uint32(heads),
		"qwen2.attention.layer_norm_rms_epsilon": float32(1e-6),
		"qwen2.rope.freq_base":                   float32(1e6),
		"tokenizer.ggml.model":                   "gpt2",
		"tokenizer.ggml.pre":                     "qwen2",
		"tokenizer.ggml.tokens":                  tokens,
		"tokenizer.ggml.token_type":              kinds,
		"tokenizer.ggml.merges":                  []string{"t h"},
		"tokenizer.ggml.add_bos_token":           false,
		"tokenizer.ggml.bos_token_id":            uint32(end),
		"tokenizer.ggml.padding_token_id":        uint32(end),
		"tokenizer.ggml.eos_token_id":            uint32(stop),
	}, ts)
}

// pieces splits text after its spaces into texts that are all different: a
// repeated token aborts the whole server. A word that was there already, and a
// single byte, which the alphabet holds, goes together with the next words.
func pieces(text string) (out []string) {
	seen := map[string]bool{}
	open := ""
	for _, word := range strings.SplitAfter(text, " ") {
		open += word
		if len(open) > 1 && open != "th" && !seen[open] {
			seen[open] = true
			out, open = append(out, open), ""
		}
	}
	if open == "" {
		return out
	}
	// What is left at the end repeats an earlier piece: join it to the one
	// before, and that to its own predecessor while the result repeats too.
	for len(out) > 0 {
		open = out[len(out)-1] + open
		out = out[:len(out)-1]
		if !seen[open] {
			break
		}
	}
	return append(out, open)
}

// byteAlphabet is how byte-level BPE writes bytes as printable runes (Radford
// et al., GPT-2, 2019): printable Latin-1 stands for itself, the rest goes from
// U+0100 on. tokens are in the vocabulary's order.
func byteAlphabet() (encode [256]rune, tokens []string) {
	var rest []string
	for b := range 256 {
		printable := (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae
		if printable {
			encode[b] = rune(b)
			tokens = append(tokens, string(rune(b)))
			continue
		}
		encode[b] = rune(256 + len(rest))
		rest = append(rest, string(encode[b]))
	}
	return encode, append(tokens, rest...)
}
