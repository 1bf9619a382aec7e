package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook, against zip bombs and for memory. Texts of 100,000
// entries take some 100 MB of XML.
const (
	maxUnpacked  = 512 << 20 // all parts
	maxOther     = 64 << 20  // parts that lie in memory: styles, pictures, …
	maxParts     = 10000
	maxRatio     = 200 // of a part above bombBytes; the texts of a sheet are packed some 15 times
	bombBytes    = 32 << 20
	inMemory     = 16 << 20 // larger sheets and shared texts go to temporary files
	maxUntagged  = 1 << 20  // bytes of XML without a tag; a cell has 32,767 characters
	maxCells     = 32 << 20 // of all rows, each up to its last cell: 100,000 rows of 300 columns
	workbookPart = "xl/workbook.xml"
)

func openXLSX(src io.ReaderAt, size int64, opts Options) (*Reader, error) {
	if opts.Encoding != "" || opts.Delimiter != 0 {
		return nil, &FileError{Reason: BadOption, Message: "an XLSX file has no encoding and no delimiter to choose", Cure: "leave them out"}
	}
	if err := inspect(src, size); err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(io.NewSectionReader(src, 0, size),
		excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: inMemory})
	if err != nil {
		if book != nil {
			err = errors.Join(err, book.Close())
		}
		return nil, broken(err)
	}
	r, err := openSheet(book, opts)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return r, nil
}

// openSheet takes the sheet that the options name, else the first one with a
// header; else the first one that is not empty is asked about.
func openSheet(book *excelize.File, opts Options) (*Reader, error) {
	names := book.GetSheetList()
	wanted := names
	if opts.Sheet != "" {
		if !slices.Contains(names, opts.Sheet) {
			return nil, &FileError{Reason: NoSuchSheet, Message: fmt.Sprintf("there is no sheet called %q", opts.Sheet),
				Cure: fmt.Sprintf("choose one of %q", names)}
		}
		wanted = []string{opts.Sheet}
	}
	var ask error
	for _, name := range wanted {
		rows, err := book.Rows(name)
		if err != nil {
			continue // a chart sheet has no rows
		}
		others := slices.DeleteFunc(slices.Clone(names), func(other string) bool { return other == name })
		r := &Reader{info: Info{Format: XLSX, Sheet: name, OtherSheets: others}, rows: &sheetSource{book: book, rows: rows}}
		if err = r.start(opts); err == nil {
			return r, nil
		}
		if err := rows.Close(); err != nil {
			return nil, broken(err)
		}
		var header *HeaderError
		if nothing := new(FileError); errors.As(err, &nothing) && nothing.Reason == Empty {
			continue
		} else if !errors.As(err, &header) {
			return nil, err
		}
		if ask == nil {
			ask = err
		}
	}
	if ask == nil {
		return nil, empty()
	}
	return nil, ask
}

// sheetSource streams one sheet of a workbook.
type sheetSource struct {
	book   *excelize.File
	rows   *excelize.Rows
	number int
	cells  int // of the rows so far
}

func (s *sheetSource) next() (record, error) {
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return record{}, broken(err)
		}
		return record{}, io.EOF
	}
	s.number++
	cells, err := s.rows.Columns()
	if err != nil {
		return record{}, broken(fmt.Errorf("row %d: %w", s.number, err))
	}
	// A cell in the last of 16,384 columns costs as much as all the empty ones before it.
	if s.cells += len(cells); s.cells > maxCells {
		return record{}, &FileError{Reason: TooLarge, Message: fmt.Sprintf("up to row %d the sheet has more than %d cells, empty ones among them", s.number, maxCells),
			Cure: "delete the columns to the right of the last one that you use, or save it as CSV UTF-8"}
	}
	return record{number: s.number, cells: cells}, nil
}

func (s *sheetSource) Close() error {
	return errors.Join(s.rows.Close(), s.book.Close())
}

func broken(err error) *FileError {
	return &FileError{Reason: Broken, Message: "the XLSX file is damaged", Cure: "open it in a spreadsheet, save it again as XLSX, or use CSV UTF-8", err: err}
}

// inspect refuses what the workbook reader would take without a word: bombs,
// parts whose checksum is wrong, and XML that ends early.
func inspect(src io.ReaderAt, size int64) error {
	archive, err := zip.NewReader(src, size)
	if err != nil {
		return broken(err)
	}
	if len(archive.File) > maxParts {
		return tooLarge(fmt.Sprintf("more than %d parts", maxParts))
	}
	var total, other uint64
	isBook := false
	for _, part := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		isBook = isBook || name == workbookPart
		unpacked := part.UncompressedSize64
		if unpacked > maxUnpacked || total+unpacked > maxUnpacked {
			return tooLarge(fmt.Sprintf("more than %d MiB unpacked", maxUnpacked>>20))
		}
		total += unpacked
		if unpacked > bombBytes && unpacked/max(1, part.CompressedSize64) > maxRatio {
			return tooLarge(fmt.Sprintf("%s is a zip bomb", part.Name))
		}
		if !spills(name) {
			if other += unpacked; other > maxOther {
				return tooLarge(fmt.Sprintf("more than %d MiB beside the sheets", maxOther>>20))
			}
		}
	}
	if !isBook {
		return notAWorkbook(archive)
	}
	for _, part := range archive.File {
		if strings.HasSuffix(strings.ToLower(part.Name), ".xml") {
			if err := wellFormed(part); err != nil {
				return broken(fmt.Errorf("%s: %w", part.Name, err))
			}
		}
	}
	return nil
}

// spills tells which parts the workbook reader puts into temporary files.
func spills(name string) bool {
	return strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
}

func tooLarge(message string) *FileError {
	return &FileError{Reason: TooLarge, Message: "the XLSX file is too large: " + message, Cure: "remove pictures and other sheets, or save it as CSV UTF-8"}
}

func notAWorkbook(archive *zip.Reader) error {
	for _, part := range archive.File {
		switch name := strings.ToLower(part.Name); {
		case name == "xl/workbook.bin":
			return notASheet("the file is a binary workbook (XLSB)")
		case strings.HasPrefix(name, "word/"):
			return notASheet("the file is a Word document")
		case strings.HasPrefix(name, "ppt/"):
			return notASheet("the file is a presentation")
		case name == "mimetype", name == "content.xml":
			return notASheet("the file is an OpenDocument file")
		case strings.HasPrefix(name, "index/"):
			return notASheet("the file is an Apple Numbers document")
		}
	}
	return notASheet("the file is a zip archive, not a workbook")
}

// wellFormed reads a part to its end: its checksum, its XML, and that no text
// in it is longer than a cell can be.
func wellFormed(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	decoder := xml.NewDecoder(&tagged{in: in})
	decoder.CharsetReader = func(charset string, input io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("the encoding %q is not supported", charset)
	}
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// tagged fails on a text without a tag that no spreadsheet writes, before it
// lies in memory.
type tagged struct {
	in    io.Reader
	since int
}

func (t *tagged) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	for _, b := range p[:n] {
		if b == '<' {
			t.since = 0
		} else if t.since++; t.since > maxUntagged {
			return 0, fmt.Errorf("more than %d bytes without a tag", maxUntagged)
		}
	}
	return n, err
}
