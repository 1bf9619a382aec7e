package ragpg

import (
	"context"
	"errors"
	"fmt"
	"io"

	"storebot/rag"
)

// partBytes bounds a part's texts: long ones must not fill the memory.
const partBytes = 4 << 20

// A readRow is a row on its way into a part.
type readRow struct {
	rag.StagedRow
	stored bool // it comes from a part, not from the file
	// Of an entry.
	valid             bool
	content, question rag.Hash
}

// A rowSource reads the rows of one file.
type rowSource interface {
	// next reads the next row and returns how many texts and bytes it brings into a part;
	// io.EOF after the last one, *sheet.FileError if the file cannot be read on.
	next(row *readRow) (texts, bytes int, err error)
	// prepare does what rows need before they are judged, while others are.
	prepare(part []readRow)
	// about writes into an import what the file says of itself.
	about(m *rag.Import)
	// most is how many rows one file may have.
	most() int
	Close() error
}

// A partReader reads a file's rows in parts.
type partReader struct {
	source   rowSource
	size     int // rows in a part, and half of the texts in it
	position int // rows read
}

// run sends all rows, in parts. Errors: *sheet.FileError, *rag.InputError for no
// rows or too many, the context's.
func (r *partReader) run(ctx context.Context, parts chan<- []readRow) error {
	for {
		part, err := r.next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return err
		}
		if len(part) > 0 {
			r.source.prepare(part)
			select {
			case parts <- part:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if end && r.position == 0 {
			return &rag.InputError{Code: "no_rows", Message: "the file has a header and no rows", Cure: "write rows under it, for example a question and an answer"}
		}
		if end {
			return nil
		}
	}
}

// next returns a part's rows; with io.EOF, the last ones.
func (r *partReader) next() ([]readRow, error) {
	var part []readRow
	texts, bytes := 0, 0
	for len(part) < r.size && texts < 2*r.size && bytes < partBytes {
		var row readRow
		t, b, err := r.source.next(&row)
		if err != nil {
			return part, err
		}
		if r.position == r.source.most() {
			return nil, &rag.InputError{Code: "too_many_rows", Message: fmt.Sprintf("the file has more than %d rows", r.source.most()), Cure: "split it"}
		}
		if part == nil {
			part = make([]readRow, 0, r.size)
		}
		r.position++
		row.Position = r.position
		part = append(part, row)
		texts += t
		bytes += b
	}
	return part, nil
}
