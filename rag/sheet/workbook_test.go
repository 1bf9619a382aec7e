package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"storebot/rag/sheet"
)

// workbook makes an XLSX file as people do, cell by cell.
func workbook(t *testing.T, fill func(book *excelize.File) error) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := fill(book); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func setRows(book *excelize.File, name string, first int, rows ...[]any) error {
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, first+i)
		if err != nil {
			return err
		}
		if err := book.SetSheetRow(name, cell, &row); err != nil {
			return err
		}
	}
	return nil
}

func TestFirstSheetWithAHeaderIsRead(t *testing.T) {
	file := workbook(t, func(book *excelize.File) error {
		_, err1 := book.NewSheet("說明")
		_, err2 := book.NewSheet("常見問題")
		return errors.Join(err1, err2,
			setRows(book, "說明", 1, []any{"how to", "use this"}),
			setRows(book, "常見問題", 2, []any{"我們的問答"}, []any{"編號", "問題", "答案", "相似問"}, nil, []any{1, "q", "a\r\nb", "x|y"}, []any{2, "多少", 1200}),
			book.MergeCell("常見問題", "D3", "F3"),
			book.SetCellStr("常見問題", "E5", "z"), book.SetCellStr("常見問題", "H5", "far"))
	})
	info, lines := mustRead(t, file, sheet.Options{})
	if info.Format != sheet.XLSX || info.Sheet != "常見問題" || !slices.Equal(info.OtherSheets, []string{"Sheet1", "說明"}) || info.HeaderRow != 3 {
		t.Errorf("%+v", info)
	}
	want := []sheet.Row{
		{Number: 5, Question: "q", Answer: "a\nb", Phrasings: []string{"x", "y", "z", "far"}},
		{Number: 6, Question: "多少", Answer: "1200"},
	}
	for i, l := range lines {
		if !equal(l.row, want[i]) || l.row.Number != want[i].Number || len(l.problems) > 0 {
			t.Errorf("%+v, want %+v", l, want[i])
		}
	}
	_, _, err := readAll(file, sheet.Options{Sheet: "說明"})
	var header *sheet.HeaderError
	if !errors.As(err, &header) || header.Info.Sheet != "說明" || header.Found[0] != "how to" {
		t.Errorf("chosen sheet without a header: %v", err)
	}
	_, _, err = readAll(file, sheet.Options{Sheet: "none"})
	if fileReason(t, err) != sheet.NoSuchSheet {
		t.Errorf("%v", err)
	}
	_, lines = mustRead(t, file, sheet.Options{Sheet: "說明", Columns: &sheet.Columns{Question: 1, Answer: 2}})
	if len(lines) != 1 || lines[0].row.Answer != "use this" {
		t.Errorf("%+v", lines)
	}
}

func TestWorkbookCells(t *testing.T) {
	file := workbook(t, func(book *excelize.File) error {
		return errors.Join(setRows(book, "Sheet1", 1, []any{"question", "answer"}, []any{"q"}, []any{"phone", 886912345678901234}),
			book.SetCellRichText("Sheet1", "B2", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "and plain"}}))
	})
	_, lines := mustRead(t, file, sheet.Options{})
	if lines[0].row.Answer != "bold and plain" {
		t.Errorf("rich text: %q", lines[0].row.Answer)
	}
	if len(lines[1].problems) != 1 || lines[1].problems[0].Code != sheet.BrokenNumber || lines[1].problems[0].Row != 3 {
		t.Errorf("a long number: %+v", lines[1])
	}
}

// repack copies an XLSX file with parts replaced, and more added.
func repack(t *testing.T, file []byte, parts map[string]string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, content io.Reader) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(part, content); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range in.File {
		if _, replaced := parts[f.Name]; replaced {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, r)
	}
	for name, content := range parts {
		put(name, strings.NewReader(content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUnreadableWorkbooks(t *testing.T) {
	good := workbook(t, func(book *excelize.File) error {
		return setRows(book, "Sheet1", 1, []any{"question", "answer"}, []any{"q", "a"})
	})
	const part = "xl/worksheets/sheet1.xml"
	start := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	row := `<row><c t="inlineStr"><is><t>question</t></is></c><c t="inlineStr"><is><t>answer</t></is></c></row>`
	archive := func(name string) []byte { return repack(t, emptyZip(t), map[string]string{name: "x"}) }
	secret := func() []byte {
		book := excelize.NewFile()
		defer book.Close()
		var file bytes.Buffer
		if err := book.Write(&file, excelize.Options{Password: "x"}); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	flipped := bytes.Clone(good)
	flipped[bytes.Index(flipped, []byte(part))+len(part)+20] ^= 0x55
	for name, tc := range map[string]struct {
		file []byte
		want sheet.Reason
	}{
		"empty":          {workbook(t, func(*excelize.File) error { return nil }), sheet.Empty},
		"cut xml":        {repack(t, good, map[string]string{part: start + row}), sheet.Broken},
		"bad entity":     {repack(t, good, map[string]string{part: start + row + "<row>&nope;</row></sheetData></worksheet>"}), sheet.Broken},
		"endless text":   {repack(t, good, map[string]string{part: start + row + "<row><c><v>" + strings.Repeat("0123456789", 200000)}), sheet.Broken},
		"bomb":           {repack(t, good, map[string]string{part: start + strings.Repeat("<row></row>", 4<<20)}), sheet.TooLarge},
		"bomb aside":     {repack(t, good, map[string]string{"xl/media/a.png": strings.Repeat("\x00", 40<<20)}), sheet.TooLarge},
		"damaged":        {flipped, sheet.Broken},
		"truncated file": {good[:len(good)/2], sheet.Broken},
		"encrypted":      {secret(), sheet.Encrypted},
		"word":           {archive("word/document.xml"), sheet.NotASheet},
		"opendocument":   {archive("content.xml"), sheet.NotASheet},
		"xlsb":           {archive("xl/workbook.bin"), sheet.NotASheet},
		"any zip":        {archive("readme.txt"), sheet.NotASheet},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readAll(tc.file, sheet.Options{})
			if got := fileReason(t, err); got != tc.want {
				t.Errorf("%s, want %s: %v", got, tc.want, err)
			}
		})
	}
	if _, _, err := readAll(good, sheet.Options{Delimiter: ','}); fileReason(t, err) != sheet.BadOption {
		t.Errorf("a delimiter for a workbook: %v", err)
	}
}

func emptyZip(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := zip.NewWriter(&file).Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestWritingStopsAtAnError(t *testing.T) {
	lost := errors.New("lost")
	rows := func(yield func(sheet.Row, error) bool) {
		_ = yield(sheet.Row{Question: "q", Answer: "a"}, nil) && yield(sheet.Row{}, lost)
	}
	if err := sheet.WriteCSV(io.Discard, rows); !errors.Is(err, lost) {
		t.Errorf("csv: %v", err)
	}
	if err := sheet.WriteXLSX(io.Discard, rows); !errors.Is(err, lost) {
		t.Errorf("xlsx: %v", err)
	}
	err := sheet.WriteXLSX(io.Discard, seq([]sheet.Row{{Question: "q", Answer: strings.Repeat("x", 40000)}}))
	if fileReason(t, err) != sheet.TooLarge || !strings.Contains(err.Error(), "row 2, answer") {
		t.Errorf("a text that no cell holds: %v", err)
	}
}
