package lexical

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// An Analyzer turns texts into terms. It keeps buffers and the words it has
// seen, so one is for one goroutine at a time; the zero value works.
type Analyzer struct {
	// Plain leaves the shop vocabulary out: no Concept terms.
	Plain bool
	// Narrow leaves the thesaurus out: no Related terms.
	Narrow bool

	runes  []rune
	text   []byte
	pieces []piece
	words  map[string]spelling
}

// A spelling is what one spelling of a word stands for.
type spelling struct {
	words []Term
	grams []Term
}

const (
	// maxWord bounds the letters of a word that are looked at; longer runs
	// are pasted noise.
	maxWord = 40
	// maxSpellings bounds the memo of an Analyzer that lives long.
	maxSpellings = 1 << 14
)

// Append adds the terms of a text to dst, in reading order, with repeats. It
// never fails: what is neither letter nor digit separates.
func (a *Analyzer) Append(dst []Term, text string) []Term {
	dst = a.appendPlain(dst, text)
	if !a.Plain {
		dst = shop.appendConcepts(dst, a.pieces)
	}
	if !a.Narrow {
		dst = thesaurus.appendConcepts(dst, a.pieces)
	}
	return dst
}

// appendPlain adds the terms that need no vocabulary, and leaves the text's
// pieces in a.pieces.
func (a *Analyzer) appendPlain(dst []Term, text string) []Term {
	a.runes = appendFold(a.runes[:0], text)
	a.pieces = a.pieces[:0]
	runes := a.runes
	dst = appendLetters(dst, runes)
	var previous uint32 // the last word's hash; 0 after a break
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case unspaced(r):
			end := i + 1
			for end < len(runes) && unspaced(runes[end]) {
				end++
			}
			dst = a.appendUnspaced(dst, runes[i:end])
			i, previous = end, 0
		case wordRune(r):
			end := wordEnd(runes, i)
			dst, previous = a.appendWord(dst, runes[i:end], previous)
			i = end
		default:
			if r != ' ' {
				previous = 0
				a.pieces = append(a.pieces, piece{})
			}
			i++
		}
	}
	return dst
}

// appendLetters adds every two letters or digits side by side, whatever stands
// between words counting as one space. It goes through function words as well:
// how something is asked tells questions of the shop's kind from others.
func appendLetters(dst []Term, runes []rune) []Term {
	pair := [2]rune{' ', ' '}
	for i := 0; i <= len(runes); i++ {
		pair[0] = pair[1]
		switch {
		case i < len(runes) && unspaced(runes[i]):
			pair[1] = ' '
			continue
		case i < len(runes) && wordRune(runes[i]):
			pair[1] = runes[i]
		default:
			pair[1] = ' '
		}
		if pair[0] != ' ' || pair[1] != ' ' {
			dst = append(dst, Term{hash(Letters, pair[:]), Letters})
		}
	}
	return dst
}

// appendUnspaced adds the characters and pairs of a run without spaces.
func (a *Analyzer) appendUnspaced(dst []Term, run []rune) []Term {
	for i := range run {
		term := Term{hash(Char, run[i:i+1]), Char}
		if functionChars[run[i]] {
			term.Kind = Function
		}
		a.pieces = append(a.pieces, piece{term.Hash, Char})
		dst = append(dst, term)
		if i+1 < len(run) {
			dst = append(dst, Term{hash(Pair, run[i:i+2]), Pair})
		}
	}
	return dst
}

// appendWord adds one word, its phrase with the word before it and its grams,
// and returns its hash.
func (a *Analyzer) appendWord(dst []Term, run []rune, previous uint32) ([]Term, uint32) {
	for _, r := range run {
		if unicode.IsDigit(r) {
			dst, whole := appendNumber(dst, run)
			a.pieces = append(a.pieces, piece{whole, Word})
			return dst, whole
		}
	}
	s := a.spelling(run)
	for _, word := range s.words {
		a.pieces = append(a.pieces, piece{word.Hash, Word})
		dst = append(dst, word)
		if previous != 0 {
			dst = append(dst, Term{join(Phrase, previous, word.Hash), Phrase})
		}
		previous = word.Hash
	}
	return append(dst, s.grams...), previous
}

// appendNumber adds digits whole, without the marks inside (1,299 is 1299,
// XK-200 is xk200), and the pieces of a joined one (200 of xk-200).
func appendNumber(dst []Term, run []rune) ([]Term, uint32) {
	var buffer [maxWord]rune
	whole := buffer[:0]
	pieces, start := 0, 0
	first := len(dst)
	dst = append(dst, Term{}) // the whole goes here
	for i := 0; i <= len(run); i++ {
		if i < len(run) && wordRune(run[i]) {
			if len(whole) < maxWord {
				whole = append(whole, run[i])
			}
			continue
		}
		if i > start {
			dst = append(dst, Term{hash(Number, run[start:i]), Number})
			pieces++
		}
		start = i + 1
	}
	dst[first] = Term{hash(Number, whole), Number}
	if pieces < 2 {
		dst = dst[:first+1]
	}
	return dst, dst[first].Hash
}

// spelling looks a word up in the memo, or works it out.
func (a *Analyzer) spelling(run []rune) spelling {
	if len(run) > maxWord {
		run = run[:maxWord]
	}
	a.text = a.text[:0]
	for _, r := range run {
		a.text = utf8.AppendRune(a.text, r)
	}
	if s, ok := a.words[string(a.text)]; ok {
		return s
	}
	s := spell(string(a.text))
	if a.words == nil || len(a.words) >= maxSpellings {
		a.words = make(map[string]spelling)
	}
	a.words[string(a.text)] = s
	return s
}

func spell(text string) spelling {
	base, ending, _ := strings.Cut(strings.ReplaceAll(text, "’", "'"), "'")
	words, known := endings[ending]
	switch whole := contractions[base+ending]; {
	case whole != nil:
		words = whole
	case known || ending == "":
		words = append([]string{base}, words...)
	default:
		words = []string{base + ending}
	}
	var s spelling
	for _, word := range words {
		kind := Word
		if functionWords[word] {
			kind = Function
		}
		stem := []rune(stemmed(word))
		s.words = append(s.words, Term{hash(Word, stem), kind})
		if kind == Word {
			s.grams = appendGrams(s.grams, []rune(word))
		}
	}
	return s
}

// stemmed applies the Porter2 stemmer to plain Latin words; others stay.
func stemmed(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return word
		}
	}
	return english.Stem(word, true)
}

// appendGrams adds every three and four letters side by side of a word with
// its edges marked, so that a typo or an ending leaves most of them alike.
func appendGrams(dst []Term, word []rune) []Term {
	var buffer [maxWord + 2]rune
	marked := append(append(append(buffer[:0], '<'), word...), '>')
	for n := 3; n <= 4; n++ {
		for i := 0; i+n <= len(marked); i++ {
			dst = append(dst, Term{hash(Gram, marked[i:i+n]), Gram})
		}
	}
	return dst
}
