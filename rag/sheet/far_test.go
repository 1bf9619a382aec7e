package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"storebot/rag/sheet"
)

// rewritten is a workbook whose first sheet's rows are these.
func rewritten(t *testing.T, rows string) []byte {
	t.Helper()
	file := workbook(t, func(book *excelize.File) error { return setRows(book, "Sheet1", 1, []any{"question", "answer"}) })
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if part.Name == "xl/worksheets/sheet1.xml" {
			at := bytes.Index(text, []byte("</sheetData>"))
			text = append(append(append([]byte{}, text[:at]...), rows...), text[at:]...)
		}
		p, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Rows and columns that no spreadsheet has, or that are far from the rest, break nothing and
// cost little.
func TestCellsFarAway(t *testing.T) {
	var wide strings.Builder
	for n := range 3000 {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>`, n+2, n+2)
	}
	const cell = ` t="inlineStr"><is><t>q</t></is></c></row>`
	for name, c := range map[string]struct {
		rows   string
		reason sheet.Reason // "": none
	}{
		"a row of two thousand millions": {`<row r="2000000000"><c r="A2000000000"` + cell, sheet.Broken},
		"a row that is no number":        {`<row r="x"><c r="A2"` + cell, sheet.Broken},
		"no such column":                 {`<row r="2"><c r="ZZZZZZ2"` + cell, sheet.Broken},
		"a shared text that is not":      {`<row r="2"><c r="A2" t="s"><v>99999999</v></c><c r="B2" t="s"><v>-1</v></c></row>`, ""},
		"the last column, once":          {`<row r="2"><c r="A2"` + strings.TrimSuffix(cell, "</row>") + `<c r="XFD2"` + cell, ""},
		"the last column, often":         {wide.String(), sheet.TooLarge},
	} {
		_, _, err := readAll(rewritten(t, c.rows), sheet.Options{})
		if c.reason == "" && err != nil || c.reason != "" && fileReason(t, err) != c.reason {
			t.Errorf("%s: %v, want %q", name, err, c.reason)
		}
	}
}
