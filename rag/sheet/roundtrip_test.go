package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"storebot/rag/sheet"
)

// hostile pieces meet each other in arbitrary texts far more often than random
// characters would.
var hostile = []string{"'", "=", "+", "-", "@", "＝", "|", `\`, `\|`, "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "　", "\u00A0",
	"\u200B", "\uFEFF", "\u202E", "\U000E0041", "\u2028", "\v", "_x0041_", "_x005F_", "_xD800_", "_", "x0041_", "#N/A", "1.2E+11",
	"退貨", "é", "e\u0301", "👩\u200D💻", "<b>", "&amp;", "sep=;"}

var anyText = rapid.Custom(func(t *rapid.T) string {
	piece := rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringOf(anyRune), rapid.Just("退"))
	return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
})

// anyRune leaves out what makes every row invalid.
var anyRune = rapid.Rune().Filter(func(r rune) bool { return !unicode.IsControl(r) && r != utf8.RuneError && r&0xFFFE != 0xFFFE })

// quoted is a CSV file with one row of these cells as they are.
func quoted(cells ...string) []byte {
	for i, cell := range cells {
		cells[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return []byte("\uFEFFquestion,answer,category,language,phrasings,phrasings 2\r\n" + strings.Join(cells, ",") + "\r\n")
}

func equal(a, b sheet.Row) bool {
	return a.Question == b.Question && a.Answer == b.Answer && a.Category == b.Category && a.Language == b.Language &&
		slices.Equal(a.Phrasings, b.Phrasings)
}

// Whatever reading yields as valid is the same after writing and reading.
func TestRoundTrip(t *testing.T) {
	var tried, valid int
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"", "en", "zh-TW", "zh_cn", "英文", "pt-br", "sr-Latn-RS"}).Draw(t, "language")
		file := quoted(anyText.Draw(t, "question"), anyText.Draw(t, "answer"), anyText.Draw(t, "category"), language,
			anyText.Draw(t, "phrasings"), anyText.Draw(t, "more"))
		tried++
		_, lines, err := readAll(file, sheet.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(lines) == 0 || !sheet.Valid(lines[0].problems) {
			return
		}
		valid++
		sameAgain(t, lines[0].row)
	})
	if valid < tried/4 {
		t.Errorf("only %d of %d rows were valid: the property is hardly tried", valid, tried)
	}
}

// sameAgain writes row in every format and reads it back.
func sameAgain(t rapid.TB, row sheet.Row) {
	t.Helper()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"csv":  func(b *bytes.Buffer) error { return sheet.WriteCSV(b, seq([]sheet.Row{row})) },
		"xlsx": func(b *bytes.Buffer) error { return sheet.WriteXLSX(b, seq([]sheet.Row{row})) },
		"rejected": func(b *bytes.Buffer) error {
			return sheet.WriteRejected(b, func(yield func(sheet.Rejected, error) bool) { yield(sheet.Rejected{Row: row}, nil) })
		},
	} {
		var file bytes.Buffer
		if err := write(&file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, lines, err := readAll(file.Bytes(), sheet.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(lines) != 1 || !equal(lines[0].row, row) || !sheet.Valid(lines[0].problems) {
			t.Fatalf("%s:\nwrote %.2000q\nread  %.2000q", name, fmt.Sprint(row), fmt.Sprint(lines))
		}
		for _, p := range lines[0].problems {
			if p.Code != sheet.BrokenNumber {
				t.Fatalf("%s: reading an own file warns: %+v", name, p)
			}
		}
	}
}

// Phrasings of an entry may take more than the 32,767 characters of a cell.
func TestRoundTripOfLongestEntry(t *testing.T) {
	row := sheet.Row{Question: strings.Repeat("問", 500), Answer: strings.Repeat("😀", 8000), Category: "c"}
	for i := range 200 {
		row.Phrasings = append(row.Phrasings, "="+strings.Repeat("|", 390)+strings.Repeat("字", i%100)+string(rune('a'+i/100)))
	}
	sameAgain(t, row)
}

// No cell of a written CSV file starts with what a spreadsheet runs.
func TestNoFormulaGoesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, lines, err := readAll(quoted(anyText.Draw(t, "question"), "answer", "", "", ""), sheet.Options{})
		if err != nil || len(lines) == 0 {
			return
		}
		var file bytes.Buffer
		if err := sheet.WriteCSV(&file, seq([]sheet.Row{lines[0].row})); err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(file.String(), "\r\n")
		if strings.ContainsAny(strings.TrimPrefix(body, `"`)[:1], "=+-@\t\r") {
			t.Fatalf("starts a formula: %q", body)
		}
	})
}
