package lexical

// A Kind says what sort of unit a term is; an index gives each its own weight.
type Kind uint8

// The kinds of terms.
const (
	Word     Kind = iota // a stemmed word of an alphabetic script
	Function             // a word or character that carries grammar rather than a topic: "the", "的"
	Number               // digits, or letters with digits (a SKU), whole
	Char                 // one character of a script without spaces
	Pair                 // two such characters side by side
	Phrase               // two words side by side
	Gram                 // three or four letters of a word, its edges marked
	Letters              // two letters side by side anywhere in a text, word edges too: its style
	Concept              // a meaning of the shop vocabulary
	Related              // a meaning of the thesaurus
	Kinds                // how many kinds there are
)

// A Term is one unit that two texts can share. Equal units have equal hashes;
// different ones collide once in four billion pairs.
type Term struct {
	Hash uint32
	Kind Kind
}

const (
	hashOffset = 2166136261
	hashPrime  = 16777619
)

// hash is FNV-1a over the code points, salted with the kind and mixed at the
// end so that every bit is usable.
func hash(kind Kind, runes []rune) uint32 {
	h := uint32(hashOffset)
	h = (h ^ uint32(kind)) * hashPrime
	for _, r := range runes {
		h = (h ^ uint32(r&0xff)) * hashPrime
		h = (h ^ uint32(r>>8)) * hashPrime
	}
	return mix(h)
}

func join(kind Kind, a, b uint32) uint32 {
	h := uint32(hashOffset)
	h = (h ^ uint32(kind)) * hashPrime
	h = (h ^ a) * hashPrime
	h = (h ^ b) * hashPrime
	return mix(h)
}

// mix is the finaliser of MurmurHash3 (Appleby, public domain).
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
