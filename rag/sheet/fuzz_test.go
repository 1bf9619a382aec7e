package sheet_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"storebot/rag/sheet"
)

// FuzzRead: no file makes reading panic, and it ends in rows or in an error
// that says what to do.
func FuzzRead(f *testing.F) {
	big5, _ := traditionalchinese.Big5.NewEncoder().Bytes([]byte(traditional))
	gb, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(simplified))
	var book bytes.Buffer
	if err := sheet.WriteXLSX(&book, seq([]sheet.Row{{Question: "q", Answer: "a", Phrasings: []string{"x", "y"}}})); err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{nil, []byte("question,answer\nq,\"a\"\"\n\"\n"), []byte("sep=;\nq;a\n"), []byte("\xFF\xFEq\x00,\x00a\x00\n\x00"),
		[]byte(traditional), big5, gb, book.Bytes()} {
		f.Add(seed)
	}
	f.Fuzz(readAnyhow)
}

// FuzzWorkbook reaches behind the zip archive, where random bytes do not come.
func FuzzWorkbook(f *testing.F) {
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	f.Add(`<worksheet `+main+`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s" s="1"><v>1</v></c></row><row r="3"><c t="inlineStr"><is><t>q_x0041_</t></is></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2.5</v></c></row></sheetData></worksheet>`,
		`<sst `+main+` count="2" uniqueCount="2"><si><t>question</t></si><si><r><t>ans</t></r><r><t>wer</t></r></si></sst>`,
		`<styleSheet `+main+`><numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy\-mm"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, rows, texts, styles string) {
		base := workbook(t, func(*excelize.File) error { return nil })
		readAnyhow(t, repack(t, base, map[string]string{
			"xl/worksheets/sheet1.xml": rows, "xl/sharedStrings.xml": texts, "xl/styles.xml": styles}))
	})
}

func readAnyhow(t *testing.T, data []byte) {
	for _, opts := range []sheet.Options{{}, {Columns: &sheet.Columns{Question: 1, Answer: 2, Phrasings: []int{3}}}} {
		_, lines, err := readAll(data, opts)
		var file *sheet.FileError
		var header *sheet.HeaderError
		if err != nil && !errors.As(err, &file) && !errors.As(err, &header) {
			t.Fatalf("error without a cure: %v", err)
		}
		for _, l := range lines {
			if l.row.Number < 1 || (sheet.Valid(l.problems) && (l.row.Question == "" || l.row.Answer == "")) {
				t.Fatalf("%+v", l)
			}
		}
	}
}

// FuzzRoundTrip: a valid row from any CSV text is the same after writing.
func FuzzRoundTrip(f *testing.F) {
	f.Add("=q", "'=a", `p\|q|"r"`)
	f.Add("_x0041_x0042_", "a\u200B", "'\n|")
	f.Fuzz(func(t *testing.T, question, answer, phrasings string) {
		_, lines, err := readAll(quoted(question, answer, "", "", phrasings), sheet.Options{Encoding: sheet.UTF8})
		if err != nil || len(lines) == 0 || !sheet.Valid(lines[0].problems) {
			return
		}
		sameAgain(t, lines[0].row)
	})
}
