package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// Bounds of one CSV record, so that a quote that is never closed does not
// swallow the file into memory. 16,384 is Excel's own number of columns; the
// largest valid record is some 500 kB.
const (
	maxRecordBytes = 4 << 20
	maxRecordCells = 16384
)

// A record is one row of cells as they stand in the file.
type record struct {
	number int // as a spreadsheet shows it: quoted line breaks do not count, empty lines do
	line   int // physical line on which a CSV record starts
	cells  []string
}

// A source yields records in order and io.EOF after the last one.
type source interface {
	next() (record, error)
	Close() error
}

// csvSource splits CSV text as spreadsheets do: a quote opens a quoted cell
// only as its first character, "" inside is a quote, text after the closing
// quote belongs to the cell, and CRLF, LF and CR end a record.
type csvSource struct {
	in        *bufio.Reader
	delimiter byte
	number    int
	line      int
	cell      []byte
}

func newCSVSource(text io.Reader, delimiter byte) *csvSource {
	return &csvSource{in: bufio.NewReaderSize(text, 64<<10), delimiter: delimiter, line: 1}
}

func (s *csvSource) Close() error { return nil }

func (s *csvSource) next() (record, error) {
	const (
		start = iota // nothing of the cell was read
		plain
		quoted
		closed // a quote inside a quoted cell: it closes, or is the first half of ""
	)
	var (
		rec   record
		state = start
		size  int
	)
	s.cell = s.cell[:0]
	for {
		b, err := s.in.ReadByte()
		if errors.Is(err, io.EOF) {
			if rec.number == 0 {
				return record{}, io.EOF
			}
			if state == quoted {
				return record{}, unclosed(rec)
			}
			return s.end(rec), nil
		}
		if err != nil {
			return record{}, fmt.Errorf("read row %d: %w", s.number+1, err)
		}
		if rec.number == 0 {
			s.number++
			rec.number, rec.line = s.number, s.line
		}
		if size++; size > maxRecordBytes {
			if state == quoted {
				return record{}, unclosed(rec)
			}
			return record{}, &FileError{Reason: TooLarge,
				Message: fmt.Sprintf("row %d (line %d of the file) is longer than %d MiB", rec.number, rec.line, maxRecordBytes>>20),
				Cure:    "check the line ends and the delimiter of the file"}
		}
		if b == '\n' || b == '\r' {
			if b == '\r' {
				if after, err := s.in.Peek(1); err == nil && after[0] == '\n' {
					if state == quoted {
						s.cell = append(s.cell, b)
					}
					b, _ = s.in.ReadByte()
				}
			}
			s.line++
			if state != quoted {
				return s.end(rec), nil
			}
		}
		switch {
		case state == quoted:
			if b == '"' {
				state = closed
				continue
			}
			s.cell = append(s.cell, b)
		case b == s.delimiter:
			if len(rec.cells) == maxRecordCells {
				return record{}, &FileError{Reason: Broken,
					Message: fmt.Sprintf("row %d has more than %d cells", rec.number, maxRecordCells),
					Cure:    "check the delimiter of the file"}
			}
			rec.cells = append(rec.cells, string(s.cell))
			s.cell = s.cell[:0]
			state = start
		case b == '"' && state == start:
			state = quoted
		case b == '"' && state == closed:
			s.cell = append(s.cell, b)
			state = quoted
		default:
			s.cell = append(s.cell, b)
			state = plain
		}
	}
}

func (s *csvSource) end(rec record) record {
	rec.cells = append(rec.cells, string(s.cell))
	return rec
}

func unclosed(rec record) error {
	return &FileError{Reason: UnclosedQuote,
		Message: fmt.Sprintf("a quote that opens in row %d (line %d of the file) is never closed", rec.number, rec.line),
		Cure:    `close it with another ", or write a " that belongs to the text as ""`}
}
