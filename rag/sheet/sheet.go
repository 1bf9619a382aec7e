// Package sheet is a merchant's FAQ spreadsheet, in and out: CSV in the
// encodings and with the delimiters that Excel, WPS and Google Sheets write,
// and XLSX. It tells row by row what is wrong and how to mend it. It never
// stores anything, never guesses what a column means and never cuts a text.
//
// # What reading changes
//
// A text comes out as it stands in the cell, script, accents and width intact,
// but for this:
//
//   - white space at both ends of a cell, and of each phrasing, is removed;
//     no-break spaces among it are reported;
//   - CRLF and CR become LF; other line separators too, and that is reported;
//   - invisible characters that only deceive (zero-width space and no-break,
//     byte order marks, bidirectional overrides and isolates, tag characters)
//     are removed and reported; joiners stay, scripts and emoji need them;
//   - control characters and undecodable bytes become U+FFFD and make the row
//     invalid;
//   - one apostrophe is taken off a cell that starts with apostrophes followed
//     by a formula sign (see below);
//   - language names and tags become BCP 47: zh-TW is zh-Hant;
//   - a date is a moment: a day begins an entry with its first, and ends it with
//     its last.
//
// # Cells that a spreadsheet would run
//
// A cell that starts with = + - @ (or their full-width forms) is a formula to
// a spreadsheet. WriteCSV puts an apostrophe before it. So that this can be
// undone for every text, one apostrophe is added before any run of
// apostrophes, also an empty one, that is followed by such a sign, and reading
// takes one off. XLSX says itself which cell is text: there only runs of at
// least one apostrophe get another.
//
// # Phrasings
//
// One cell holds many: each line is one, and | separates them too. A | that
// belongs to a phrasing is written \|, and backslashes right before a | are
// doubled; backslashes elsewhere are plain. Several phrasing columns
// ("phrasing 1", "相似問2", unnamed cells to the right of one) are read as one
// list. A phrasing equal to the question or to an earlier one is dropped and
// reported.
//
// Every valid row that reading yields is the same after WriteCSV or WriteXLSX
// and reading again, but for its number.
package sheet

import (
	"time"

	"storebot/rag"
)

// A Row is one entry of a spreadsheet, cleaned as the package comment says.
type Row struct {
	Number    int // as the spreadsheet shows it, the first is 1
	Question  string
	Answer    string
	Category  string
	Language  string // BCP 47 or ""
	Phrasings []string
	// Terms are read in Options.Zone and written in the zone of its times.
	Terms rag.Terms
}

// A Format is a kind of file.
type Format string

// The formats that are read and written.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// An Encoding says how the bytes of a CSV file make characters.
type Encoding string

// The encodings that are read. Windows1252 is never detected: no byte sequence
// proves it.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	GB18030     Encoding = "gb18030"
	Big5        Encoding = "big5"
	Windows1252 Encoding = "windows-1252"
)

// Columns says which column holds what, by number: A is 1, 0 is "none".
// Question and Answer are needed.
type Columns struct {
	Question, Answer, Category, Language int
	Phrasings                            []int
	HasHeader                            bool // the first row that is not empty holds names, not an entry
}

// Options overrule what Open finds out by itself; the zero value overrules
// nothing.
type Options struct {
	Encoding  Encoding       // CSV only
	Delimiter byte           // CSV only: ',', ';' or tab
	Sheet     string         // XLSX only: the name of the sheet to read
	Columns   *Columns       // read by position, whatever the header says
	Zone      *time.Location // that dates are meant in; nil: UTC

	// What the rows are; "": what the headers say, and of a workbook that has both, entries.
	Subject  rag.Subject
	Currency string // ISO 4217, of products' prices that do not say it

	find func(rows []record) (layout, int, error) // the header; nil: an FAQ's. Its error is a *HeaderError
}

// Info is what Open found out about a file.
type Info struct {
	Format      Format
	Encoding    Encoding // "" for XLSX
	Delimiter   byte     // 0 for XLSX
	Sheet       string   // the sheet that is read; "" for CSV
	OtherSheets []string // the sheets that are not read
	HeaderRow   int      // its number; 0 when there is none
	Header      []string // the header's cells
	Ignored     []string // header cells of columns that are not read: id, error, unknown ones
}
