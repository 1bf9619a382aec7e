package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// delimiterSample is how much decoded text decides on the delimiter.
const delimiterSample = 64 << 10

var delimiters = []byte{',', ';', '\t'}

// excelHint is what Excel reads, and hides, as the first line of a CSV file:
// sep=; and a line end. It returns the delimiter and the line's length.
func excelHint(head []byte) (byte, int) {
	if len(head) < 6 || !bytes.EqualFold(head[:4], []byte("sep=")) || !bytes.ContainsRune([]byte(",;\t"), rune(head[4])) {
		return 0, 0
	}
	switch {
	case head[5] == '\n':
		return head[4], 6
	case head[5] == '\r' && len(head) > 6 && head[6] == '\n':
		return head[4], 7
	case head[5] == '\r':
		return head[4], 6
	}
	return 0, 0
}

// detectDelimiter takes the delimiter under which a header is recognised; else
// the one that cuts most of the first records into the same number of cells.
// With none it is the comma: a sheet of one column.
func detectDelimiter(in *bufio.Reader) (byte, error) {
	sample, err := in.Peek(delimiterSample)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	best, bestScore := delimiters[0], 0
	for _, d := range delimiters {
		first := slices.DeleteFunc(head(newCSVSource(bytes.NewReader(sample), d), 20), func(rec record) bool { return blank(rec.cells) })
		if len(first) == 0 {
			continue
		}
		if _, _, err := findHeader(first[:min(len(first), headerRows)]); err == nil {
			return d, nil
		}
		widths := map[int]int{}
		for _, rec := range first {
			widths[len(rec.cells)]++
		}
		for width, score := range widths {
			if width > 1 && score > bestScore {
				best, bestScore = d, score
			}
		}
	}
	return best, nil
}

// head returns up to n records; an error ends it early, it is met again when
// the file itself is read.
func head(src source, n int) []record {
	var first []record
	for len(first) < n {
		rec, err := src.next()
		if err != nil {
			break
		}
		first = append(first, rec)
	}
	return first
}
