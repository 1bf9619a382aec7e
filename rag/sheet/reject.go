package sheet

import (
	"fmt"
	"strings"

	"storebot/rag"
)

// A Reason names why a whole file cannot be read; the list below is all.
type Reason string

// Reasons of a FileError.
const (
	Empty           Reason = "empty"
	NotASheet       Reason = "not_a_sheet"
	OldExcel        Reason = "old_excel"
	Encrypted       Reason = "encrypted"
	TooLarge        Reason = "too_large"
	Broken          Reason = "broken"
	UnclosedQuote   Reason = "unclosed_quote"
	UnknownEncoding Reason = "unknown_encoding"
	NoSuchSheet     Reason = "no_such_sheet"
	BadOption       Reason = "bad_option"
)

// A FileError says why a file cannot be read, or not to its end, and what to
// do about it.
type FileError struct {
	Reason     Reason
	Message    string
	Cure       string
	Candidates []Encoding // of UnknownEncoding: those worth offering
	err        error
}

func (e *FileError) Error() string {
	text := "sheet: " + e.Message
	if e.err != nil {
		text += ": " + e.err.Error()
	}
	if e.Cure != "" {
		text += " (" + e.Cure + ")"
	}
	return text
}

// Unwrap returns the cause, or nil.
func (e *FileError) Unwrap() error { return e.err }

// ProductHeaderCure says how a sheet of products is to be headed.
const ProductHeaderCure = "name the columns sku, name, price, currency, stock, link and image in the first row, as an exported file does"

// A HeaderError says that no row names the columns that are needed: a question and an
// answer, or a SKU and something of what is told of it. It
// carries what a person needs in order to say which columns they are.
type HeaderError struct {
	Info    Info // format, encoding, delimiter and sheet are set
	Subject rag.Subject
	Missing []string   // names of fields: "question", "answer", "sku", "name"
	Twice   string     // the field that two columns name, or ""
	Found   []string   // the cells of the row that should be the header
	Preview [][]string // the first rows, at most five
}

func (e *HeaderError) Error() string {
	what := "no column is called " + strings.Join(e.Missing, " or ")
	if e.Twice != "" {
		what = fmt.Sprintf("more than one column is called %s", e.Twice)
	}
	cure := "name the columns question and answer, or 問題 and 答案, or 问题 and 答案; or say which column is which"
	if e.Subject == rag.OfProducts {
		cure = ProductHeaderCure
	}
	return fmt.Sprintf("sheet: %s; the header row has %q (%s)", what, e.Found, cure)
}
