package grounding

import (
	"strings"
	"unicode"
)

type tokenKind uint8

const (
	mark tokenKind = iota // a punctuation mark or sign
	word                  // Latin letters
	han                   // one Han character
	num                   // a number, text in decimal notation
	code                  // letters and digits in one, without their joints
	link                  // scheme, "www." and the last slash cut off
	mail
	phone // digits, a leading plus kept
	term  // a weekday
)

// A token is the smallest part of a text that facts are made of.
type token struct {
	kind  tokenKind
	text  string
	glued bool // no blank stands before it
	loose bool // num: written as a word that may be none ("one", 一)
}

// tokenize cuts folded text (see fold) into tokens.
func tokenize(s string) []token {
	out := make([]token, 0, len(s)/3+4)
	rs := []rune(s)
	glued := false
	add := func(k tokenKind, text string) {
		out = append(out, token{kind: k, text: text, glued: glued})
		glued = true
	}
	for i := 0; i < len(rs); {
		r := rs[i]
		switch {
		case unicode.IsSpace(r):
			glued = false
			i++
		case unicode.Is(unicode.Han, r), r == '〇':
			if n := wideAddress(rs, i); n > 0 {
				add(link, string(rs[i:i+n]))
				i += n
				continue
			}
			add(han, string(r))
			i++
		case latin(r) || digit(r) || r == '/' && i+2 < len(rs) && rs[i+1] == '/':
			if n, k, text := address(rs, i); n > 0 {
				add(k, text)
				i += n
			} else if digit(r) {
				i = number(rs, i, add)
			} else if latin(r) {
				i = letters(rs, i, add)
			} else {
				add(mark, "/")
				i++
			}
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			add(word, string(r)) // another script: known only if it stands in a source
			i++
		default:
			add(mark, string(r))
			i++
		}
	}
	return out
}

func latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }
func digit(r rune) bool { return '0' <= r && r <= '9' }

// solid reports what an address may consist of.
func solid(r rune) bool {
	return latin(r) || digit(r) || r < 0x7F && strings.ContainsRune("-._~:/?#@!$&*+,;=%", r)
}

// address recognises a link or an e-mail address at i: anything with a scheme,
// "//", "www.", an @, or a dot between a label and two letters or more. There is no list of
// top domains: it would be short of one.
func address(rs []rune, i int) (int, tokenKind, string) {
	if i > 0 && (latin(rs[i-1]) || digit(rs[i-1])) {
		return 0, 0, "" // inside a word
	}
	end := i
	for end < len(rs) && solid(rs[end]) {
		end++
	}
	for end > i && strings.ContainsRune(".,;:!?-~*", rs[end-1]) {
		end--
	}
	s := string(rs[i:end])
	if !strings.ContainsAny(s, "@.") && !strings.Contains(s, "//") && !strings.HasPrefix(s, "javascript:") {
		return 0, 0, ""
	}
	if at := strings.IndexByte(s, '@'); at > 0 && at < len(s)-1 && !strings.Contains(s, "//") {
		if cut := strings.IndexAny(s[at:], ",;/?!"); cut > 0 {
			s = s[:at+cut]
		}
		return len([]rune(s)), mail, strings.TrimPrefix(s, "mailto:")
	}
	if strings.Contains(s, "//") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "javascript:") {
		return end - i, link, bareLink(s)
	}
	host := s
	if cut := strings.IndexAny(s, "/:?#,;!$&*+=~%"); cut >= 0 {
		host = s[:cut]
	}
	if !dotted(host) {
		return 0, 0, ""
	}
	if cut := strings.IndexAny(s, ",;!"); cut >= 0 {
		s, end = s[:cut], i+len([]rune(s[:cut]))
	}
	return end - i, link, bareLink(s)
}

// dotted reports a name such as shop.example: its last label has two letters
// or more and no digit first, and a label before it has two characters or a letter.
// "a.m.", "3.5kg", "U.S." and "9 p.m." are none.
func dotted(host string) bool {
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if len(labels) < 2 || len(last) < 2 || !latin(rune(last[0])) && last[0] < 0x80 {
		return false
	}
	first := labels[len(labels)-2]
	if first == "" || last == "am" || last == "pm" {
		return false
	}
	if strings.Trim(first, "0123456789") == "" && known(last) {
		return false // 3.kg
	}
	return true
}

// bareLink brings a link to one form.
func bareLink(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimRight(strings.TrimPrefix(s, "www."), "/.,;:!?")
}

// wideAddress recognises a host name in Chinese characters (商店.公司).
func wideAddress(rs []rune, i int) int {
	if i > 0 && unicode.IsLetter(rs[i-1]) {
		return 0
	}
	j := i
	for j < len(rs) && (unicode.IsLetter(rs[j]) || digit(rs[j]) || rs[j] == '-') {
		j++
	}
	if j+1 >= len(rs) || rs[j] != '.' || !unicode.IsLetter(rs[j+1]) {
		return 0
	}
	for j++; j < len(rs) && (unicode.IsLetter(rs[j]) || digit(rs[j]) || strings.ContainsRune("-./", rs[j])); {
		j++
	}
	return j - i
}

// number reads digits with their separators, and what is glued to them: a unit
// (500ml), an ordinal's ending (1st), or the rest of a code (2x4-b, 7-eleven).
func number(rs []rune, i int, add func(tokenKind, string)) int {
	end := run(rs, i, digit)
	for end+3 < len(rs) && (rs[end] == ',' || rs[end] == '\'' || rs[end] == '’') && run(rs, end+1, digit) == end+4 && end-i <= 15 {
		end += 4
	}
	if lakh := lakhs(rs, end); lakh > end && end-i <= 2 {
		end = lakh
	}
	if cents := end + 3; end+2 < len(rs) && rs[end] == ',' && run(rs, end+1, digit) == cents && priced(rs, i, cents) { // 12,50 €
		add(num, strings.TrimRight(strings.TrimRight(bare.Replace(string(rs[i:end]))+"."+string(rs[end+1:cents]), "0"), "."))
		return cents
	}
	dots := 0
	for end+1 < len(rs) && rs[end] == '.' && digit(rs[end+1]) {
		end = run(rs, end+1, digit)
		dots++
	}
	text := bare.Replace(string(rs[i:end]))
	if dots > 1 {
		if parts := strings.Split(text, "."); dots == 2 && len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2 {
			add(num, parts[0])
			add(mark, ".")
			add(num, parts[1])
			add(mark, ".")
			add(num, parts[2])
			return end
		}
		add(code, text)
		return end
	}
	if dots == 1 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	whole := run(rs, end, joined)
	tail := strings.Trim(string(rs[end:whole]), "-_")
	switch {
	case tail == "" || strings.Trim(string(rs[end:whole]), "0123456789-") == "": // 3-5, 0800-123-456
	case isWord(tail) && rs[end] != '-' && rs[end] != '_':
		if tail == "k" {
			text, end = text+"000", end+1
			if dots == 1 {
				text, _ = times(strings.TrimSuffix(text, "000"), 1000)
			}
		}
	case isWord(tail) && known(tail): // 30-day
	case rangeUnit(tail): // 3-5kg
	default:
		whole = i + len([]rune(strings.TrimRight(string(rs[i:whole]), "-_")))
		add(code, joint.Replace(string(rs[i:whole])))
		return whole
	}
	add(num, text)
	return end
}

var bare = strings.NewReplacer(",", "", "'", "", "’", "")

// lakhs returns the end of groups of two digits and a last one of three (1,29,900).
func lakhs(rs []rune, end int) int {
	j := end
	for j < len(rs) && rs[j] == ',' && run(rs, j+1, digit) == j+3 {
		j += 3
	}
	if j > end && j < len(rs) && rs[j] == ',' && run(rs, j+1, digit) == j+4 {
		return j + 4
	}
	return end
}

// priced reports a sign or name of a currency before i or after end, beside which a
// comma and two digits are cents.
func priced(rs []rune, i, end int) bool {
	if i > 0 && rs[i-1] == ' ' {
		i--
	}
	if i > 0 && strings.ContainsRune("€£$¥", rs[i-1]) {
		return true
	}
	after := run(rs, end, func(r rune) bool { return r == ' ' })
	if after < len(rs) && strings.ContainsRune("€£$¥", rs[after]) {
		return true
	}
	name := string(rs[after:run(rs, after, latin)])
	u, ok := units[name]
	return name == "chf" || ok && u.money()
}

// rangeUnit reports "-5kg", the end of a range whose beginning was read.
func rangeUnit(tail string) bool {
	unit := strings.TrimLeft(tail, "0123456789")
	return unit != tail && isWord(unit) && known(unit)
}

// letters reads a word, or a code that begins with letters (xk-200).
func letters(rs []rune, i int, add func(tokenKind, string)) int {
	whole := run(rs, i, joined)
	for whole > i+1 && (rs[whole-1] == '-' || rs[whole-1] == '_') {
		whole--
	}
	end := i
	for end < len(rs) && (latin(rs[end]) || end+1 < len(rs) && (rs[end] == '\'' || rs[end] == '’') && latin(rs[end+1])) {
		end++
	}
	text := strings.ReplaceAll(string(rs[i:end]), "’", "'")
	if all := string(rs[i:whole]); strings.ContainsAny(all, "0123456789") && currencyName[text] == "" {
		add(code, joint.Replace(all))
		return whole
	}
	if text == "a" || text == "p" { // a.m.
		if end+1 < len(rs) && rs[end] == '.' && rs[end+1] == 'm' && (end+2 == len(rs) || !latin(rs[end+2])) {
			text, end = text+"m", end+2
			if end < len(rs) && rs[end] == '.' {
				end++
			}
		}
	} else if end < len(rs) && rs[end] == '.' && (abbreviations[text+"."] || text == "a" || text == "p") {
		end++
		if text == "no" && run(rs, end, unicode.IsSpace) < len(rs) && digit(rs[run(rs, end, unicode.IsSpace)]) {
			text = "number" // No. 25
		} else if text == "no" {
			end--
		}
	}
	add(word, text)
	return end
}

var joint = strings.NewReplacer("-", "", "_", "")

func joined(r rune) bool { return latin(r) || digit(r) || r == '-' || r == '_' }

func run(rs []rune, i int, in func(rune) bool) int {
	for i < len(rs) && in(rs[i]) {
		i++
	}
	return i
}

func isWord(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !latin(r) }) < 0
}
