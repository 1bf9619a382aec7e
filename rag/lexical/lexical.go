// Package lexical turns text into terms that two texts can share: one
// tokenizer for every language a shopper may type in, the fold that makes
// traditional and simplified Chinese one script, the language of a text, the shop
// vocabulary and the thesaurus of everyday words, and the built-in embedder made of
// the same terms.
//
// It knows nothing of entries, tenants or scores: it never ranks.
package lexical

//go:generate go run ./internal/foldgen
