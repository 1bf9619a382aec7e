package sheet

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A Reader yields the rows of one file. It holds no more than a few rows of a
// CSV file at a time; of an XLSX file its shared texts up to 16 MB, the rest
// lies in temporary files until Close.
type Reader struct {
	info    Info
	layout  layout
	pending []record // read while looking for the header
	rows    source
}

// Open finds out what src is and where its columns are. src is read until
// Close. Errors: *HeaderError when the columns must be asked for, *FileError
// when the file cannot be read, others from src.
func Open(src io.ReaderAt, size int64, opts Options) (*Reader, error) {
	format, err := detectFormat(src, size)
	if err != nil {
		return nil, err
	}
	if format == XLSX {
		return openXLSX(src, size, opts)
	}
	return openCSV(src, size, opts)
}

// Info tells what Open found out.
func (r *Reader) Info() Info { return r.info }

// Close frees what the reader holds; src stays open.
func (r *Reader) Close() error { return r.rows.Close() }

func (r *Reader) record() (record, error) {
	if len(r.pending) > 0 {
		rec := r.pending[0]
		r.pending = r.pending[1:]
		return rec, nil
	}
	return r.rows.next()
}

func openCSV(src io.ReaderAt, size int64, opts Options) (*Reader, error) {
	if opts.Sheet != "" {
		return nil, &FileError{Reason: NoSuchSheet, Message: "a CSV file has no sheets", Cure: "leave the sheet's name out"}
	}
	info := Info{Format: CSV, Encoding: opts.Encoding, Delimiter: opts.Delimiter}
	if info.Encoding == "" {
		enc, err := detectEncoding(src, size)
		if err != nil {
			return nil, err
		}
		info.Encoding = enc
	}
	decoded, err := text(src, size, info.Encoding)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(decoded, delimiterSample)
	start, _ := in.Peek(7)
	hint, length := excelHint(start)
	if _, err := in.Discard(length); err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if info.Delimiter == 0 {
		info.Delimiter = hint
	}
	if info.Delimiter == 0 {
		if info.Delimiter, err = detectDelimiter(in); err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
	}
	if !bytes.Contains(delimiters, []byte{info.Delimiter}) {
		return nil, &FileError{Reason: BadOption, Message: fmt.Sprintf("the delimiter %q is not known", info.Delimiter),
			Cure: "use a comma, a semicolon or a tab"}
	}
	r := &Reader{info: info, rows: newCSVSource(in, info.Delimiter)}
	if err := r.start(opts); err != nil {
		return nil, err
	}
	return r, nil
}

// start finds the columns. Rows that were read for it and are no header, nor
// above it, are kept for Next.
func (r *Reader) start(opts Options) error {
	var first []record
	for len(first) < headerRows {
		rec, err := r.rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if len(first) > 0 || !blank(rec.cells) {
			first = append(first, rec)
		}
	}
	if len(first) == 0 {
		return empty()
	}
	var (
		at  int
		err error
	)
	if columns := opts.Columns; columns != nil {
		if r.layout, err = chosen(*columns); err != nil {
			return err
		}
		if !columns.HasHeader {
			r.pending = first
			return nil
		}
		r.layout.header = cleanAll(first[0].cells)
	} else {
		find := findHeader
		if opts.find != nil {
			find = opts.find
		}
		if r.layout, at, err = find(first); err != nil {
			err.(*HeaderError).Info = r.info
			return err
		}
		last := len(r.layout.header) - 1
		named := r.layout.phrasings
		r.layout.overflow = r.info.Format == XLSX && len(named) > 0 && named[len(named)-1] == last
	}
	r.layout.zone = opts.Zone
	r.info.HeaderRow, r.info.Header, r.info.Ignored = first[at].number, r.layout.header, r.layout.ignored
	r.pending = first[at+1:]
	return nil
}

func cleanAll(cells []string) []string {
	cleaned := make([]string, len(cells))
	for i, cell := range cells {
		cleaned[i], _ = clean(cell)
	}
	return cleaned
}

func empty() *FileError {
	return &FileError{Reason: Empty, Message: "the file has no rows", Cure: "upload a sheet with a question and an answer column"}
}

func notASheet(message string) *FileError {
	return &FileError{Reason: NotASheet, Message: message, Cure: "open it in a spreadsheet and save it as XLSX or CSV UTF-8"}
}

// detectFormat goes by the first bytes, never by the file's name.
func detectFormat(src io.ReaderAt, size int64) (Format, error) {
	if size <= 0 {
		return "", empty()
	}
	start := make([]byte, min(size, 512))
	if _, err := src.ReadAt(start, 0); err != nil && err != io.EOF {
		return "", fmt.Errorf("read file: %w", err)
	}
	starts := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(start, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch markup := strings.ToLower(string(bytes.TrimLeft(start, "\xEF\xBB\xBF \t\r\n"))); {
	case starts("PK\x03\x04", "PK\x05\x06"):
		return XLSX, nil
	case starts("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return "", oleError(src, size)
	case starts("%PDF"):
		return "", notASheet("the file is a PDF")
	case starts("\x89PNG", "\xFF\xD8\xFF", "GIF8", "\x1F\x8B", "Rar!", "7z\xBC\xAF", "\x7FELF"):
		return "", notASheet("the file is a picture, an archive or a program")
	case strings.HasPrefix(markup, "<!doctype"), strings.HasPrefix(markup, "<html"), strings.HasPrefix(markup, "<?xml"), strings.HasPrefix(markup, "<table"):
		return "", notASheet("the file is a web page or XML, whatever its name says")
	case strings.HasPrefix(markup, `{\rtf`), strings.HasPrefix(markup, "{\""):
		return "", notASheet("the file is a text document or JSON")
	}
	return CSV, nil
}

// oleError tells an encrypted XLSX from an old XLS: both come in the same
// container, the former with a stream of that name (MS-OFFCRYPTO 2.3.4.4).
func oleError(src io.ReaderAt, size int64) error {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	in := io.NewSectionReader(src, 0, size)
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := in.Read(buf[kept:])
		if bytes.Contains(buf[:kept+n], name) {
			return &FileError{Reason: Encrypted, Message: "the file is protected by a password", Cure: "save it without the password"}
		}
		if err != nil {
			return &FileError{Reason: OldExcel, Message: "the file is in the format of Excel 97–2003 or an older Word", Cure: "save it as XLSX or CSV UTF-8"}
		}
		kept = copy(buf, buf[max(0, kept+n-len(name)):kept+n])
	}
}
