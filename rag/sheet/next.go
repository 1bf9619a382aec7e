package sheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"storebot/rag"
)

// scientific is a long number that Excel rewrote and cut to its first digits.
var scientific = regexp.MustCompile(`\b\d(\.\d+)?E\+\d{1,3}\b`)

var excelErrors = []string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

// Next returns the next row that is not empty, with its problems: all of them
// in one go, warnings among them (see Valid). A row that is not valid is still
// returned as far as it could be read, for WriteRejected. After the last row
// the error is io.EOF; a *FileError says that the file cannot be read on.
func (r *Reader) Next() (Row, []Problem, error) {
	for {
		rec, err := r.record()
		if err != nil {
			return Row{}, nil, err
		}
		if blank(rec.cells) {
			continue
		}
		row, problems := r.layout.row(rec)
		return row, problems, nil
	}
}

// A check collects the problems of one row.
type check struct {
	rec      record
	layout   layout
	problems []Problem
}

func (c *check) report(column int, code Code, message, cure string) {
	name := ""
	if column >= 0 {
		name = c.layout.name(column)
	}
	c.problems = append(c.problems, Problem{Row: c.rec.number, Column: name, Code: code, Message: message, Cure: cure})
}

// name is what a person calls a column.
func (l layout) name(column int) string {
	if column < len(l.header) && l.header[column] != "" {
		return l.header[column]
	}
	letters, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return fmt.Sprint(column + 1)
	}
	return letters
}

func (l layout) row(rec record) (Row, []Problem) {
	c := &check{rec: rec, layout: l}
	row := Row{
		Number:   rec.number,
		Question: c.field(l.question, rag.MaxQuestion, QuestionTooLong),
		Answer:   c.field(l.answer, rag.MaxAnswer, AnswerTooLong),
		Category: c.field(l.category, rag.MaxCategory, CategoryTooLong),
		Language: c.language(l.language),
	}
	if row.Question == "" {
		c.report(l.question, MissingQuestion, "the question is empty", "write the question that shoppers ask")
	}
	if row.Answer == "" {
		c.report(l.answer, MissingAnswer, "the answer is empty", "write the answer that shoppers get")
	}
	row.Terms = c.terms()
	row.Phrasings = c.phrasings(row.Question)
	c.extra()
	return row, c.problems
}

// text is a cell, cleaned, with what was found in it reported.
func (c *check) text(column int) string {
	if column < 0 || column >= len(c.rec.cells) {
		return ""
	}
	cell, what := clean(c.rec.cells[column])
	for _, f := range []struct {
		bit           found
		code          Code
		message, cure string
	}{
		{foundInvisible, InvisibleRemoved, "invisible characters were removed", "nothing to do, unless an emoji or a word now looks different"},
		{foundSpace, SpaceTrimmed, "no-break spaces at the ends were removed", "nothing to do"},
		{foundBreak, LineBreakReplaced, "unusual line separators became line breaks", "nothing to do, unless lines now break in the wrong place"},
		{foundControl, ControlCharacter, "the text has control characters, shown as \uFFFD", "delete them, or type the text anew"},
		{foundDecoding, BadDecoding, "characters were lost, shown as \uFFFD", "check the encoding of the file, or type the text anew"},
	} {
		if what&f.bit != 0 {
			c.report(column, f.code, f.message, f.cure)
		}
	}
	if strings.Contains(cell, "E+") {
		if number := scientific.FindString(cell); number != "" {
			c.report(column, BrokenNumber, fmt.Sprintf("%s looks like a long number that the spreadsheet has shortened", number),
				"format the cell as text and type the number anew")
		}
	}
	return unprotect(cell)
}

func (c *check) field(column, limit int, code Code) string {
	cell := c.text(column)
	c.wrongValue(column, cell)
	c.length(column, cell, limit, code)
	return cell
}

func (c *check) wrongValue(column int, text string) {
	if slices.Contains(excelErrors, text) {
		c.report(column, ExcelError, fmt.Sprintf("the cell holds the spreadsheet error %s", text), "mend the formula, or write the text itself")
	}
}

func (c *check) length(column int, text string, limit int, code Code) {
	if len(text) <= limit {
		return
	}
	if n := utf8.RuneCountInString(text); n > limit {
		c.report(column, code, fmt.Sprintf("the text has %d characters, %d are allowed", n, limit), "shorten it, or make two entries of it")
	}
}

func (c *check) phrasings(question string) []string {
	columns := c.layout.phrasings
	if c.layout.overflow {
		columns = slices.Clone(columns)
		for i := len(c.layout.header); i < len(c.rec.cells); i++ {
			columns = append(columns, i)
		}
	}
	var list []string
	seen := map[string]bool{question: true}
	for _, column := range columns {
		for _, p := range splitPhrasings(c.text(column)) {
			if seen[p] {
				c.report(column, RepeatedPhrasing, fmt.Sprintf("%q stands there already and was left out", shorten(p)), "nothing to do")
				continue
			}
			seen[p] = true
			list = append(list, p)
			c.wrongValue(column, p)
			c.length(column, p, rag.MaxQuestion, PhrasingTooLong)
		}
	}
	if len(list) > rag.MaxPhrasings {
		c.report(columns[0], TooManyPhrasings, fmt.Sprintf("there are %d phrasings, %d are allowed", len(list), rag.MaxPhrasings),
			"keep the ones that differ most")
	}
	return list
}

// extra reports text to the right of the header: in CSV the trace of a
// delimiter that should have been quoted.
func (c *check) extra() {
	if c.layout.header == nil || c.layout.overflow || len(c.rec.cells) <= len(c.layout.header) {
		return
	}
	over := c.rec.cells[len(c.layout.header):]
	if !blank(over) {
		c.report(-1, ExtraCells, fmt.Sprintf("the row has %d cells more than the header: %q", len(over), shorten(strings.Join(over, " "))),
			`put a text that contains the delimiter in quotes: "like, this"`)
	}
}

func shorten(text string) string {
	text, _ = clean(text)
	if utf8.RuneCountInString(text) <= 60 {
		return text
	}
	return string([]rune(text)[:60]) + "…"
}
