package lite

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A vocabulary splits texts into the pieces of words that the model knows, by
// the likeliest split under a unigram model (Kudo, "Subword Regularization", ACL 2018).
type vocabulary struct {
	ids     map[string]int32
	scores  []float32 // log probability by id
	begins  []bool    // by id: whether a word begins with it
	longest int       // bytes of the longest piece
}

const (
	// space stands for a space, and begins every text.
	space = "▁"
	// unknown is the id of a character that no piece has.
	unknown = 0
	// unknownScore is below that of every known piece.
	unknownScore = -30
	// reserved ids stand for no piece of text.
	reserved = 6
)

// split appends the ids of a text's pieces to dst. Several unknown characters in
// a row are one.
func (v *vocabulary) split(dst []int32, text string) []int32 {
	text = norm.NFKC.String(text)
	if text == "" {
		return dst
	}
	marked := space + strings.ReplaceAll(text, " ", space)
	best := make([]float32, len(marked)+1)
	from := make([]int32, len(marked)+1)
	id := make([]int32, len(marked)+1)
	for i := 1; i < len(best); i++ {
		best[i] = float32(math.Inf(-1))
	}
	for i := 0; i < len(marked); {
		_, size := utf8.DecodeRuneInString(marked[i:])
		if score := best[i] + unknownScore; score > best[i+size] {
			best[i+size], from[i+size], id[i+size] = score, int32(i), unknown
		}
		for end := i + 1; end <= min(i+v.longest, len(marked)); end++ {
			piece, known := v.ids[marked[i:end]]
			if !known {
				continue
			}
			if score := best[i] + v.scores[piece]; score >= best[end] {
				best[end], from[end], id[end] = score, int32(i), piece
			}
		}
		i += size
	}
	first := len(dst)
	for at := len(marked); at > 0; at = int(from[at]) {
		if id[at] == unknown && len(dst) > first && dst[len(dst)-1] == unknown {
			continue
		}
		dst = append(dst, id[at])
	}
	slices.Reverse(dst[first:])
	return dst
}

// name says which piece an id stands for.
func (v *vocabulary) name(id int32, piece string) {
	if id < reserved {
		return
	}
	v.ids[piece] = id
	v.begins[id] = strings.HasPrefix(piece, space)
	v.longest = max(v.longest, len(piece))
}

// count counts the words of a text's pieces, and those of them that are one
// piece.
func (v *vocabulary) count(ids []int32) (words, whole int) {
	for i, id := range ids {
		if !v.begins[id] {
			continue
		}
		words++
		if i+1 == len(ids) || v.begins[ids[i+1]] {
			whole++
		}
	}
	return words, whole
}
