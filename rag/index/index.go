// Package index is one shop's published knowledge in memory, built once and
// searched by many goroutines, and the cache that keeps it as fresh as the
// database says.
//
// It reads no database and no network itself: a Loader and an Embedder are
// handed in. It never decides whether a match is good enough to be shown.
package index

import (
	"time"

	"storebot/rag/lexical"
	"storebot/rag/product"
)

// Options say what a built index is of.
type Options struct {
	Version int64          // the knowledge version of the entries
	Until   time.Time      // the entries are those until this moment; zero: they do not change by themselves
	Model   string         // the embedder that made the vectors; "" and lexical.Model: none are used
	Shelf   *product.Shelf // what the shop sells, beside the entries: nothing of it takes part in their ranking
	Without Part           // parts left out, to measure what each is worth
}

func (o Options) analyzer() lexical.Analyzer {
	return lexical.Analyzer{Plain: o.Without&Vocabulary != 0, Narrow: o.Without&Thesaurus != 0}
}

// A Part of the ranking that can be left out. What cannot is the nearest
// phrasing.
type Part uint8

// The parts.
const (
	Classifier   Part = 1 << iota // what the phrasings teach
	Fields                        // answers and categories
	Vocabulary                    // the shop vocabulary
	Thesaurus                     // the meanings of everyday words
	Dense                         // an embedding model's vectors
	Discriminant                  // what the phrasings' vectors teach
)

// Vectors holds what an embedder made of each entry's texts: for entry i,
// Vectors[i][0] is the question's and Vectors[i][1+j] phrasing j's. A nil stands
// for a text that is not embedded yet.
type Vectors [][][]float32

// matchLimit is how many matches a retrieval holds at most.
const matchLimit = 10

// held is the memory of all that is kept of a shop.
func (x *Index) held() int64 { return int64(x.Bytes() + x.options.Shelf.Bytes()) }
