package sheet

import (
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// sheetName is the one sheet of a written workbook.
const sheetName = "FAQ"

// WriteXLSX writes rows as a workbook whose cells are all text. Phrasings that
// do not fit into one cell go on in unnamed cells to its right. It stops at the
// first error of rows or w and returns it; the rows are held in a temporary
// file until all are there.
func WriteXLSX(w io.Writer, rows iter.Seq2[Row, error]) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil && closed != nil {
			err = fmt.Errorf("write xlsx: %w", closed)
		}
	}()
	out, err := startSheet(book, sheetName, header, []float64{40, 80, 18, 12, 12, 16, 16, 50})
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	number := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		number++
		if number > excelize.TotalRows {
			return &FileError{Reason: TooLarge, Message: fmt.Sprintf("a sheet holds no more than %d rows", excelize.TotalRows), Cure: "export as CSV"}
		}
		cells, err := row.xlsxCells(number)
		if err != nil {
			return err
		}
		if err := out.SetRow(fmt.Sprintf("A%d", number), cells); err != nil {
			return fmt.Errorf("write row %d: %w", number, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

// startSheet sets up the one sheet: text columns wide enough to read, the
// header in bold and always in sight.
func startSheet(book *excelize.File, sheet string, header []string, widths []float64) (*excelize.StreamWriter, error) {
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	// 49 is the number format "text": what people type there stays as typed.
	plain, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return nil, err
	}
	bold, err := book.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := out.SetColStyle(1, len(header), plain); err != nil {
		return nil, err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	names := make([]any, len(header))
	for i, name := range header {
		names[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	return out, out.SetRow("A1", names)
}

func (r Row) xlsxCells(number int) ([]any, error) {
	texts := r.cells()
	last := len(texts) - 1
	texts = append(texts[:last], fitting(r.Phrasings)...)
	cells := make([]any, len(texts))
	for i, text := range texts {
		text = protectText(text)
		if cellLength(text) > excelize.TotalCellChars {
			return nil, &FileError{Reason: TooLarge,
				Message: fmt.Sprintf("row %d, %s: the text has more than %d characters, a cell holds no more", number, header[min(i, last)], excelize.TotalCellChars),
				Cure:    "export as CSV"}
		}
		if text != "" {
			cells[i] = literal(text)
		}
	}
	return cells, nil
}

// fitting joins phrasings into as few cells as hold them.
func fitting(phrasings []string) []string {
	var cells []string
	for start, end := 0, 1; start < len(phrasings); start, end = end, end+1 {
		length := cellLength(joinPhrasings(phrasings[start:end]))
		for ; end < len(phrasings); end++ {
			// 1 for the line break, and 1 kept for an apostrophe.
			length += 1 + cellLength(escapeBars(phrasings[end]))
			if length+1 > excelize.TotalCellChars {
				break
			}
		}
		cells = append(cells, joinPhrasings(phrasings[start:end]))
	}
	return cells
}

// cellLength counts as Excel does, in UTF-16 units.
func cellLength(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

var (
	escape = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)
	// chained escapes, and those of half a surrogate pair.
	unsure = regexp.MustCompile(`_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_|_x[dD][89a-fA-F][0-9a-fA-F]{2}_`)
)

// literal is a cell's value that reads back as text. Workbooks write the
// character U+0041 as _x0041_ (ECMA-376, ST_Xstring), so that this very text
// needs _x005F_x0041_. The library escapes it, but loses the unsure ones: those
// are escaped here, in runs too short for it to see an escape in.
func literal(text string) any {
	if !unsure.MatchString(text) {
		return text
	}
	var out strings.Builder
	for {
		at := escape.FindStringIndex(text)
		if at == nil {
			break
		}
		out.WriteString(text[:at[0]] + "_x005F_")
		text = text[at[0]+1:]
	}
	out.WriteString(text)
	var runs []excelize.RichTextRun
	for run := range strings.SplitAfterSeq(out.String(), "_") {
		if run != "" {
			runs = append(runs, excelize.RichTextRun{Text: run})
		}
	}
	return runs
}
