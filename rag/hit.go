package rag

import (
	"time"

	"github.com/google/uuid"
)

// A Hit is a shopper's question with a reply that rests on an entry.
type Hit struct {
	Question     string // masked, as it was stored
	AskedAt      time.Time
	Confidence   float64 // of the reply's first entry
	Decision     Decision
	Rating       int // 1 helped, -1 did not, 0 none
	Conversation uuid.UUID
	First        bool // the entry is the first that the reply rests on
}
