// Package rag is what is known and what is said: entries and their phrasings,
// the conversation, the decision taken for each question, and the two verbs
// that move them: Answer (a shopper's question to a stored reply) and Ingest
// (a merchant's sheet to entries).
//
// It does no I/O of its own. What it needs from outside stands here as small
// interfaces, each comment being the contract; the adapters are named for what
// they wrap (ragpg, ollama, index).
package rag

import (
	"context"
	"errors"
	"time"

	"storebot/rag/product"
	"storebot/rag/prompt"

	"github.com/google/uuid"
)

// EntryID names an entry within its tenant.
type EntryID = uuid.UUID

// An Entry is one question with its answer, in the merchant's own words.
type Entry struct {
	ID        EntryID
	Question  string   // as the merchant wrote it, at most MaxQuestion runes
	Answer    string   // plain text, at most MaxAnswer runes
	Category  string   // the merchant's own grouping; may be empty
	Language  string   // BCP 47: en, zh-Hant, zh-Hans; "" when it could not be told
	Phrasings []string // other ways of asking, without Question itself
	Terms     Terms
	UpdatedAt time.Time
	Usage     Usage // where a list or a single entry was asked for; else zero
}

// Limits of an entry, in runes; Ingest reports what exceeds them, never cuts.
const (
	MaxQuestion  = 500
	MaxAnswer    = 8000
	MaxCategory  = 100
	MaxPhrasings = 200
	// MaxAsk bounds a shopper's question.
	MaxAsk = 2000
)

// A Match is an entry found for a question.
type Match struct {
	Entry    *Entry
	Phrasing string  // the question or phrasing of the entry that matched best
	Score    float64 // the ranker's own score; comparable within one retrieval only
}

// A Retrieval is what was found for one question: matches best first, at most
// ten, and the calibrated probability that the first one answers it.
type Retrieval struct {
	Matches    []Match
	Confidence float64        // 0…1, calibrated; 0 without matches
	Engine     string         // what ranked: "builtin-1" words alone, "builtin-en-2" or a model's name with digest also vectors, "lexical" words alone because no vector was to be had
	Version    int64          // the knowledge version that was searched
	Shelf      *product.Shelf // what the shop sells; nil: nothing
}

// An Embedder turns texts into vectors. It returns one vector a text, in
// order, each of length Dimensions and of unit length (or all zero for a text
// without content). A query and a passage may be embedded differently.
// Errors: ErrModelUnavailable when the engine cannot serve now.
type Embedder interface {
	// Model is the stored name: two embedders with the same name produce
	// comparable vectors, others never are compared.
	Model() string
	Dimensions() int
	EmbedQuery(ctx context.Context, text string) ([]float32, error)
	EmbedPassages(ctx context.Context, texts []string) ([][]float32, error)
}

// A Prompt is what a generator is given.
type Prompt = prompt.Prompt

// A Generator writes text. Generate calls emit with each piece in order and
// returns nil only when the model itself said that it was done: a broken or
// cancelled stream is an error (ErrModelUnavailable, ErrModelInterrupted or the
// context's). After an error from emit it stops and returns that error.
type Generator interface {
	Model() string
	Generate(ctx context.Context, p Prompt, emit func(text string) error) error
}

// Errors of this domain. The gateway's one table turns them into codes and
// public texts.
var (
	ErrNotFound         = errors.New("rag: not found")
	ErrModelUnavailable = errors.New("rag: model unavailable")
	ErrModelInterrupted = errors.New("rag: model stopped before it was done")
	ErrNoKnowledge      = errors.New("rag: the shop has no published entries")
	ErrKeyReused        = errors.New("rag: client key was used for another question")
	ErrEmptyQuestion    = errors.New("rag: the question has no text")
	ErrStorage          = errors.New("rag: could not be stored now")
)
