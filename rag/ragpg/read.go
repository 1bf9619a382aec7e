package ragpg

import (
	"context"
	"errors"
	"fmt"
	"io"

	"storebot/rag"
	"storebot/rag/sheet"
)

// partBytes bounds a part's texts: long ones must not fill the memory.
const partBytes = 4 << 20

// A rowReader reads a sheet's rows in parts and prepares what the dry run asks
// of each.
type rowReader struct {
	reader   *sheet.Reader
	detect   func(text string) string
	shop     string // the shop's language
	size     int    // rows in a part, and half of the questions and phrasings in it
	position int    // rows read
	script   string // of Chinese rows that do not tell; "" leaves them untold
}

type readRow struct {
	rag.StagedRow
	valid             bool
	content, question rag.Hash
}

// run sends all rows, in parts. Errors: *sheet.FileError, *rag.InputError for no
// rows or too many, the context's.
func (r *rowReader) run(ctx context.Context, parts chan<- []readRow) error {
	for {
		part, err := r.next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return err
		}
		if len(part) > 0 {
			r.prepare(part)
			select {
			case parts <- part:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if end && r.position == 0 {
			return &rag.InputError{Code: "no_rows", Message: "the file has a header and no rows", Cure: "write a question and an answer under it"}
		}
		if end {
			return nil
		}
	}
}

// next returns a part's rows; with io.EOF, the last ones.
func (r *rowReader) next() ([]readRow, error) {
	var part []readRow
	texts, bytes := 0, 0
	for len(part) < r.size && texts < 2*r.size && bytes < partBytes {
		row, problems, err := r.reader.Next()
		if err != nil {
			return part, err
		}
		if r.position == rag.MaxRows {
			return nil, &rag.InputError{Code: "too_many_rows", Message: fmt.Sprintf("the file has more than %d rows", rag.MaxRows), Cure: "split it"}
		}
		if part == nil {
			part = make([]readRow, 0, r.size)
		}
		r.position++
		read := readRow{valid: sheet.Valid(problems)}
		read.Position, read.Number = r.position, row.Number
		read.Content = rag.Content{Question: row.Question, Answer: row.Answer, Category: row.Category, Language: row.Language, Phrasings: row.Phrasings,
			Terms: row.Terms}
		if read.Content.Terms.State == "" {
			read.Content.Terms.State = rag.Published
		}
		read.Problems = rowProblems(problems)
		part = append(part, read)
		texts += 1 + len(row.Phrasings)
		bytes += len(row.Question) + len(row.Answer)
		for _, p := range row.Phrasings {
			bytes += len(p)
		}
	}
	return part, nil
}

// prepare tells the rows' languages and takes their hashes. Which script Chinese
// rows are in that do not show it is settled by the first part.
func (r *rowReader) prepare(part []readRow) {
	first := part[0].Position == 1
	var told []string
	var untold []*readRow
	for i := range part {
		row := &part[i]
		c := &row.Content
		if c.Language == "" && row.valid {
			text := c.Question + "\n" + c.Answer
			if c.Language = r.detect(text); c.Language == "" && rag.EitherScript(text) {
				untold = append(untold, row)
			}
		}
		if first {
			told = append(told, c.Language)
		}
	}
	if first {
		r.script = rag.ChineseScript(r.shop, told)
	}
	for _, row := range untold {
		row.Content.Language = r.script
	}
	for i := range part {
		if row := &part[i]; row.valid {
			row.content, row.question = row.Content.Hash(), rag.QuestionHash(row.Content.Question)
		}
	}
}
