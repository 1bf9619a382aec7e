package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"testing"

	"storebot/rag/sheet"
)

// A line is a row with its problems.
type line struct {
	row      sheet.Row
	problems []sheet.Problem
}

// readAll reads a file from its bytes to its end.
func readAll(data []byte, opts sheet.Options) (info sheet.Info, lines []line, err error) {
	r, err := sheet.Open(bytes.NewReader(data), int64(len(data)), opts)
	if err != nil {
		return sheet.Info{}, nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for {
		row, problems, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Info(), lines, nil
		}
		if err != nil {
			return r.Info(), lines, err
		}
		lines = append(lines, line{row, problems})
	}
}

func mustRead(t *testing.T, data []byte, opts sheet.Options) (sheet.Info, []line) {
	t.Helper()
	info, lines, err := readAll(data, opts)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return info, lines
}

// only returns the one row of a CSV text under the plain header.
func only(t *testing.T, text string) line {
	t.Helper()
	_, lines := mustRead(t, []byte(text), sheet.Options{})
	if len(lines) != 1 {
		t.Fatalf("%d rows, want 1: %+v", len(lines), lines)
	}
	return lines[0]
}

func seq(rows []sheet.Row) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func fileReason(t *testing.T, err error) sheet.Reason {
	t.Helper()
	var file *sheet.FileError
	if !errors.As(err, &file) {
		t.Fatalf("error %v (%T), want a FileError", err, err)
	}
	if file.Cure == "" {
		t.Errorf("%v says no cure", err)
	}
	return file.Reason
}
