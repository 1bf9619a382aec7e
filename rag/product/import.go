package product

import (
	"time"

	"github.com/google/uuid"
)

// An Import is a file of products that was taken in.
type Import struct {
	ID        uuid.UUID
	File      string // its name
	CreatedAt time.Time
	Created   int
	Updated   int
	UndoneAt  *time.Time // nil: it was not taken back
	// Of one that was taken back: what went, what is again as it was, and what stays
	// because it was changed since.
	Removed, Restored, Kept int
}
