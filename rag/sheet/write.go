package sheet

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"
)

// header is the first row of what is written; reading recognises it.
var header = []string{questionField, answerField, categoryField, languageField, stateField, fromField, untilField, phrasingsField}

// WriteCSV writes rows as UTF-8 with a byte order mark, commas and CRLF: what
// Excel opens with the right characters everywhere. It stops at the first error
// of rows or w and returns it.
func WriteCSV(w io.Writer, rows iter.Seq2[Row, error]) error {
	out := newCSVWriter(w, header)
	for row, err := range rows {
		if err != nil {
			return err
		}
		out.row(row.cells())
	}
	return out.flush()
}

// A Rejected row could not be taken in.
type Rejected struct {
	Row      Row
	Problems []Problem
}

// WriteRejected writes rows as WriteCSV does, with what is wrong in a last
// column. Mended in place the file can be uploaded as it is: reading ignores
// that column.
func WriteRejected(w io.Writer, rows iter.Seq2[Rejected, error]) error {
	out := newCSVWriter(w, append(header[:len(header):len(header)], errorField))
	for rejected, err := range rows {
		if err != nil {
			return err
		}
		out.row(append(rejected.Row.cells(), said(rejected.Problems)))
	}
	return out.flush()
}

// said is what keeps a row out, a line each.
func said(problems []Problem) string {
	var lines []string
	for _, p := range problems {
		if !p.Code.Warning() {
			lines = append(lines, p.String())
		}
	}
	return strings.Join(lines, "\n")
}

// String is one line for people.
func (p Problem) String() string {
	where := fmt.Sprintf("row %d", p.Row)
	if p.Column != "" {
		where += ", " + p.Column
	}
	if p.Cure == "" {
		return fmt.Sprintf("%s: %s", where, p.Message)
	}
	return fmt.Sprintf("%s: %s (%s)", where, p.Message, p.Cure)
}

// cells are the row's texts in the order of header, before any protection.
func (r Row) cells() []string {
	return append(append([]string{r.Question, r.Answer, r.Category, r.Language}, r.termCells()...), joinPhrasings(r.Phrasings))
}

type csvWriter struct {
	out *bufio.Writer // keeps the first error for flush
}

func newCSVWriter(w io.Writer, header []string) *csvWriter {
	c := &csvWriter{out: bufio.NewWriterSize(w, 64<<10)}
	_, _ = c.out.WriteString("\uFEFF")
	c.row(header)
	return c
}

func (c *csvWriter) row(cells []string) {
	for i, cell := range cells {
		if i > 0 {
			_ = c.out.WriteByte(',')
		}
		cell = protect(cell)
		if strings.ContainsAny(cell, "\",;\t\r\n") {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		_, _ = c.out.WriteString(cell)
	}
	_, _ = c.out.WriteString("\r\n")
}

func (c *csvWriter) flush() error {
	if err := c.out.Flush(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}
