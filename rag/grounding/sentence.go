package grounding

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence bounds a sentence, in bytes; a longer one is dropped whole. It
// bounds the time that one sentence takes, too.
const maxSentence = 1200

// A splitter cuts a stream into sentences with the citation marks behind them.
// It works rune by rune, so that the pieces in which the stream comes make no
// difference. A sentence is complete with the first character of the next one:
// before that a citation may follow.
type splitter struct {
	carry    []byte // of a rune that is not complete
	buf      []byte // the sentence, and what stands behind its end
	end      int    // length of the sentence once its end was seen; 0 before
	cite     bool   // inside a citation mark behind the end
	stop     rune   // the character that ended it
	overlong bool
}

// write feeds a piece and calls yield with each sentence that is complete;
// ok is false for one that was too long to keep.
func (s *splitter) write(piece string, yield func(sentence string, ok bool)) {
	s.carry = append(s.carry, piece...)
	for len(s.carry) > 0 && (utf8.FullRune(s.carry) || len(s.carry) >= utf8.UTFMax) {
		r, n := utf8.DecodeRune(s.carry)
		s.carry = s.carry[n:]
		s.feed(r, yield)
	}
}

// close yields what is left.
func (s *splitter) close(yield func(string, bool)) {
	for range s.carry {
		s.feed(utf8.RuneError, yield)
	}
	s.carry = nil
	if len(s.buf) > 0 {
		s.flush(len(s.buf), yield)
	}
}

func (s *splitter) feed(r rune, yield func(string, bool)) {
	if s.end > 0 {
		s.behind(r, yield)
		return
	}
	s.buf = utf8.AppendRune(s.buf, r)
	switch {
	case r == '\n':
		s.flush(len(s.buf), yield)
		return
	case strings.ContainsRune("。！？!?.…", r):
		s.end, s.stop = len(s.buf), r
	case len(s.buf) > maxSentence:
		s.overlong = true
		s.buf = append(s.buf[:0], s.buf[len(s.buf)-64:]...)
	}
}

// behind takes what follows a possible end.
func (s *splitter) behind(r rune, yield func(string, bool)) {
	rest := string(s.buf[s.end:])
	switch {
	case s.cite:
		s.buf = utf8.AppendRune(s.buf, r)
		switch {
		case r == ']' || r == '］' || r == '】':
			s.end, s.cite = len(s.buf), false
		case len(s.buf)-s.end > 40 || !citing(r):
			s.cite = false
			s.flush(s.end, yield)
		}
	case r == '\n':
		s.buf = utf8.AppendRune(s.buf, r)
		s.flush(len(s.buf), yield)
	case r == '[' || r == '［' || r == '【':
		s.buf, s.cite = utf8.AppendRune(s.buf, r), true
	case unicode.IsSpace(r):
		if len(rest) < 64 {
			s.buf = utf8.AppendRune(s.buf, r)
		}
	case rest == "" && (strings.ContainsRune("。！？!?.…", r) || strings.ContainsRune("\"'”’」』）)*", r)):
		s.buf = utf8.AppendRune(s.buf, r)
		s.end = len(s.buf)
		if strings.ContainsRune("。！？!?…", r) {
			s.stop = r
		}
	case !s.ends(rest, r):
		s.end = 0
		s.feed(r, yield)
	default:
		s.flush(s.end, yield)
		s.feed(r, yield)
	}
}

// citing reports what a citation mark may hold.
func citing(r rune) bool {
	return r < 0x80 && r != '[' && r != '(' || r >= '０' && r <= '９' || strings.ContainsRune("，、來源来条條目", r)
}

// flush yields the first n bytes and feeds the rest again as the next sentence's.
func (s *splitter) flush(n int, yield func(string, bool)) {
	sentence, rest := string(s.buf[:n]), strings.TrimLeftFunc(string(s.buf[n:]), unicode.IsSpace)
	ok := !s.overlong
	s.buf, s.end, s.cite, s.overlong = s.buf[:0], 0, false, false
	yield(sentence, ok)
	for _, r := range rest {
		s.feed(r, yield)
	}
}

// ends decides whether the character s.stop ended the sentence, rest being the
// blanks and citations behind it and next the character after these.
func (s *splitter) ends(rest string, next rune) bool {
	if strings.ContainsRune("。！？", s.stop) {
		return true
	}
	wide := unicode.Is(unicode.Han, next) || strings.ContainsRune("「『《（", next)
	before := string(s.buf[:s.end])
	last := before[strings.LastIndexAny(before, " \t\n(（「“\"")+1:]
	if s.stop != '.' {
		return rest != "" || wide && !strings.Contains(last, "://")
	}
	if rest == "" {
		return wide && !digit(rune(before[max(0, len(before)-2)]))
	}
	if strings.ContainsAny(rest, "[]［］【】") {
		return true
	}
	last = strings.ToLower(last)
	switch {
	case abbreviations[last]:
		return false
	case listNumber(last, before):
		return false
	case strings.Count(last, ".") > 1 && len(last) <= 6, last == "etc.": // a.m., U.S.
		return unicode.IsUpper(next) || wide
	}
	return true
}

// listNumber reports "1." at the beginning of a line.
func listNumber(last, before string) bool {
	return len(last) == 2 && digit(rune(last[0])) && strings.TrimSpace(before) == last
}

var abbreviations = map[string]bool{"e.g.": true, "i.e.": true, "no.": true, "mr.": true, "mrs.": true, "ms.": true, "dr.": true, "vs.": true, "approx.": true,
	"incl.": true, "excl.": true, "max.": true, "min.": true, "tel.": true, "ext.": true, "st.": true, "jan.": true, "feb.": true, "mar.": true, "apr.": true,
	"aug.": true, "sept.": true, "sep.": true, "oct.": true, "nov.": true, "dec.": true, "mon.": true, "tue.": true, "wed.": true, "thu.": true, "fri.": true, "nos.": true}
