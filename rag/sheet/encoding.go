package sheet

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// sampleBytes is how much text from the first non-ASCII line on is looked at.
const sampleBytes = 1 << 20

var decoders = map[Encoding]encoding.Encoding{
	UTF8:        nil, // cells are checked one by one
	UTF16LE:     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	UTF16BE:     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	GB18030:     simplifiedchinese.GB18030,
	Big5:        traditionalchinese.Big5,
	Windows1252: charmap.Windows1252,
}

var byteOrderMarks = []struct {
	mark     string
	encoding Encoding
}{{"\xEF\xBB\xBF", UTF8}, {"\xFF\xFE", UTF16LE}, {"\xFE\xFF", UTF16BE}}

// text decodes src to UTF-8, without a byte order mark. Bytes that have no
// meaning become U+FFFD, or, in UTF-8, stay for clean to find.
func text(src io.ReaderAt, size int64, enc Encoding) (io.Reader, error) {
	dec, known := decoders[enc]
	if !known {
		return nil, &FileError{Reason: BadOption, Message: fmt.Sprintf("the encoding %q is not known", enc),
			Cure: "use utf-8, utf-16le, utf-16be, gb18030, big5 or windows-1252"}
	}
	var skip int64
	if marked, mark := byteOrderMark(src); marked == enc {
		skip = mark
	}
	in := io.NewSectionReader(src, skip, size-skip)
	if dec == nil {
		return in, nil
	}
	return dec.NewDecoder().Reader(in), nil
}

func byteOrderMark(src io.ReaderAt) (Encoding, int64) {
	head := make([]byte, 3)
	n, _ := src.ReadAt(head, 0)
	for _, m := range byteOrderMarks {
		if bytes.HasPrefix(head[:n], []byte(m.mark)) {
			return m.encoding, int64(len(m.mark))
		}
	}
	return "", 0
}

// detectEncoding reads the whole file once: UTF-8 is proven, not sampled.
func detectEncoding(src io.ReaderAt, size int64) (Encoding, error) {
	if enc, _ := byteOrderMark(src); enc != "" {
		return enc, nil
	}
	s, err := survey(io.NewSectionReader(src, 0, size))
	if err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	if s.zeros > 0 && s.zeros >= size/100 {
		switch {
		case s.wide[0] > 3*s.wide[1]:
			return UTF16LE, nil
		case s.wide[1] > 3*s.wide[0]:
			return UTF16BE, nil
		}
		return "", notASheet("the file is not text")
	}
	if s.valid || damagedUTF8(s.sample) {
		return UTF8, nil
	}
	return chinese(s.sample)
}

// A surveyed file: whether it is valid UTF-8 to the end, its zero bytes, the
// delimiters, spaces and line ends that it has as UTF-16 (little endian, big
// endian), and a sample from its first non-ASCII character on.
type surveyed struct {
	valid  bool
	zeros  int64
	wide   [2]int
	sample []byte
}

func survey(in io.Reader) (surveyed, error) {
	s := surveyed{valid: true}
	buf := make([]byte, 64<<10)
	var rest int // bytes of an unfinished UTF-8 sequence at the start of buf
	var offset int
	var before byte
	for {
		n, err := in.Read(buf[rest:])
		chunk := buf[:rest+n]
		for i, b := range chunk[rest:] {
			if b == 0 {
				s.zeros++
			}
			if (offset+i)&1 == 1 && b|before != 0 && (b == 0 || before == 0) && bytes.IndexByte([]byte(" ,;\t\r\n"), b|before) >= 0 {
				if b == 0 {
					s.wide[0]++
				} else {
					s.wide[1]++
				}
			}
			before = b
		}
		s.collect(chunk[rest:])
		offset += n
		rest = 0
		if s.valid {
			cut := len(chunk)
			if err == nil {
				cut = lastWhole(chunk)
			}
			s.valid = utf8.Valid(chunk[:cut])
			rest = copy(buf, chunk[cut:])
		}
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, err
		}
	}
}

func (s *surveyed) collect(chunk []byte) {
	if len(s.sample) == 0 {
		i := bytes.IndexFunc(chunk, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			return
		}
		chunk = chunk[i:]
	}
	s.sample = append(s.sample, chunk[:min(len(chunk), sampleBytes-len(s.sample))]...)
}

// lastWhole is the length of chunk without a UTF-8 sequence that its end cuts.
func lastWhole(chunk []byte) int {
	for i := 1; i <= min(utf8.UTFMax, len(chunk)); i++ {
		if b := chunk[len(chunk)-i]; utf8.RuneStart(b) {
			if !utf8.FullRune(chunk[len(chunk)-i:]) {
				return len(chunk) - i
			}
			break
		}
	}
	return len(chunk)
}

// damagedUTF8 tells UTF-8 with a few broken places (a text cut by bytes, two
// files joined) from other encodings, whose bytes form UTF-8 by chance only.
func damagedUTF8(sample []byte) bool {
	var whole, broken int
	for len(sample) > 0 {
		r, n := utf8.DecodeRune(sample)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			whole++
		}
		sample = sample[n:]
	}
	return whole > 9*broken
}
